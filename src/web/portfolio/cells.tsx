import { Badge, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { PortfolioRow } from '../../model/api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'

const useStyles = makeStyles({
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  reason: { color: tokens.colorNeutralForeground3, marginInlineStart: '8px' },
  number: { fontVariantNumeric: 'tabular-nums', fontWeight: tokens.fontWeightSemibold },
  counts: { display: 'flex', gap: '6px', alignItems: 'center', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
})

/** Not a tab stop of its own: the grid is one stop, and Enter on the row goes the same way. */
export function CustomerCell({ row }: { row: PortfolioRow }) {
  const styles = useStyles()
  return (
    <AppLink className={styles.cut} to="/customers/$customer/plan" params={{ customer: row.id }} tabIndex={-1} title={row.name}>
      {row.name}
    </AppLink>
  )
}

export function PriorityCell({ row }: { row: PortfolioRow }) {
  const styles = useStyles()
  const formats = useFormats()
  const reason = formats.text(row.priorityReason)
  return (
    <span className={styles.cut} title={reason}>
      <span className={styles.number}>{formats.number(row.priority)}</span>
      <span className={styles.reason}>{reason}</span>
    </span>
  )
}

/** Items to do, and beside them what the data leaves open. */
export function CountCell({ row }: { row: PortfolioRow }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const next = row.nextDue ? t('cell.nextDue', { day: formats.day(row.nextDue) }) : undefined
  return (
    <span className={styles.counts} title={next}>
      <span>{formats.number(row.dueCount)}</span>
      {row.unknownCount > 0 && (
        <Badge appearance="tint" color="warning" size="small" title={t('cell.unknownItems', { count: row.unknownCount })}>
          ?&thinsp;{formats.number(row.unknownCount)}
        </Badge>
      )}
      {row.warningCount > 0 && (
        <Badge appearance="tint" color="danger" size="small" title={t('cell.warnings', { count: row.warningCount })}>
          !&thinsp;{formats.number(row.warningCount)}
        </Badge>
      )}
    </span>
  )
}
