import { Badge, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { PortfolioRow } from '../../model/api.ts'
import { useChanged } from '../live/changed.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { UNKNOWN, useFormats } from '../ui/format.ts'
import { Hidden } from '../ui/Visually.tsx'

const useStyles = makeStyles({
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  changed: { flexShrink: 0, marginInlineEnd: '4px', color: tokens.colorBrandForeground1 },
  reason: { color: tokens.colorNeutralForeground3, marginInlineStart: '8px' },
  badge: { marginInlineStart: '6px' },
  number: { fontVariantNumeric: 'tabular-nums', fontWeight: tokens.fontWeightSemibold },
  counts: { display: 'flex', gap: '6px', alignItems: 'center', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
})

/** Not a tab stop of its own: the grid is one stop, and Enter on the row goes the same way. */
export function CustomerCell({ row }: { row: PortfolioRow }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const changed = useChanged(row.id)
  const told = changed && `${t('live.changed', { name: changed.by ?? t('live.somebody') })}, ${formats.moment(changed.at)}`
  return (
    <>
      {told && (
        <span className={styles.changed} title={told}>
          <span aria-hidden>●</span>
          <Hidden>{told}: </Hidden>
        </span>
      )}
      <AppLink className={styles.cut} to="/customers/$customer/plan" params={{ customer: row.id }} tabIndex={-1} title={row.name}>
        {row.name}
      </AppLink>
    </>
  )
}

export function PriorityCell({ row }: { row: PortfolioRow }) {
  const styles = useStyles()
  const formats = useFormats()
  const { t } = useTranslation()
  const reason = formats.text(row.priorityReason)
  const { override } = row
  const told = override
    ? t('list.overrideBy', { name: override.by, day: formats.day(override.until), reason: override.reason, computed: reason })
    : reason
  return (
    <span className={styles.cut} title={told}>
      <span className={styles.number}>{formats.number(row.priority)}</span>
      {row.override && (
        <Badge className={styles.badge} appearance="outline" color="informative" size="small">
          {t('list.override')}
        </Badge>
      )}
      <span className={styles.reason}>{row.override ? row.override.reason : reason}</span>
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

/** What is new in the figures, the kinds once each; which services stands in the hint and is read out. */
export function SignalsCell({ row, nameOf }: { row: PortfolioRow; nameOf: (service: string) => string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const kinds = [...new Set(row.signals.map(each => each.kind))]
  if (kinds.length === 0) return <span>{UNKNOWN}</span>
  return (
    <span className={styles.counts}>
      {kinds.map(kind => {
        const services = row.signals.filter(each => each.kind === kind).map(each => nameOf(each.service))
        const told = t(`list.signal.${kind}`)
        return (
          <Badge
            key={kind}
            appearance="tint"
            size="small"
            color={kind === 'gain' ? 'success' : kind === 'seats-added' ? 'informative' : 'warning'}
            title={`${told}: ${services.join(', ')}`}
          >
            {t(`list.signalShort.${kind}`)}&nbsp;{services.length}
          </Badge>
        )
      })}
    </span>
  )
}

export function LastNoteCell({ row }: { row: PortfolioRow }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <span className={styles.counts}>
      {formats.day(row.lastNote)}
      {row.silent && (
        <Badge appearance="tint" color="warning" size="small" title={t('list.silentHint')}>
          {t('list.silent')}
        </Badge>
      )}
    </span>
  )
}
