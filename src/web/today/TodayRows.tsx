import { Badge, Checkbox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { SERVICES } from '../../model/services.ts'
import type { TodayRow } from '../../model/today-api.ts'
import { inLanguage, useFormats } from '../ui/format.ts'
import { Hidden } from '../ui/Visually.tsx'
import { canComplete } from './writes.ts'

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  row: {
    display: 'grid',
    gridTemplateColumns: '32px minmax(140px, 200px) minmax(0, 1fr) minmax(110px, max-content)',
    alignItems: 'start',
    gap: '2px 12px',
    padding: '8px 12px 8px 4px',
    cursor: 'pointer',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottomWidth: 0 },
    ':hover': { backgroundColor: tokens.colorNeutralBackground2 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '@media (max-width: 640px)': { gridTemplateColumns: '32px minmax(0, 1fr)' },
  },
  chosen: { boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}` },
  under: { '@media (max-width: 640px)': { gridColumnStart: 2 } },
  customer: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  title: { overflowWrap: 'anywhere' },
  task: { fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground3 },
  required: { color: tokens.colorPaletteRedForeground1 },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  when: { textAlign: 'end', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap', '@media (max-width: 640px)': { textAlign: 'start' } },
  late: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
})

type TodayRowsProps = {
  label: string
  rows: readonly TodayRow[]
  today: string
  chosen: ReadonlySet<string>
  /** The one row of the page that Tab reaches. */
  stop: string | undefined
  onStop: (id: string) => void
  onOpen: (row: TodayRow) => void
  onChoose: (row: TodayRow) => void
}

/** Rows of one part of the day. Each has the focus as a whole; the keys are the page's. */
export function TodayRows({ label, rows, today, chosen, stop, onStop, onOpen, onChoose }: TodayRowsProps) {
  const { t, i18n } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <ul className={styles.list} aria-label={label}>
      {rows.map(row => {
        const service = row.service && inLanguage(SERVICES.find(each => each.id === row.service)?.name, i18n.language, row.service)
        const isLate = row.due !== null && row.due < today
        const what = [service, row.role && formats.text(row.role), row.assignee].filter(Boolean).join(' · ')
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the page handles the keys of its rows
          <li
            key={row.id}
            data-today-row={row.id}
            tabIndex={row.id === stop ? 0 : -1}
            className={mergeClasses(styles.row, chosen.has(row.id) && styles.chosen)}
            onFocus={() => onStop(row.id)}
            onClick={() => onOpen(row)}
          >
            {canComplete(row) ? (
              <Checkbox
                tabIndex={-1}
                aria-label={t('today.choose', { title: formats.text(row.title), customer: row.customer.name })}
                checked={chosen.has(row.id)}
                onClick={event => event.stopPropagation()}
                onChange={() => onChoose(row)}
              />
            ) : (
              <span />
            )}
            <span className={styles.customer}>{row.customer.name}</span>
            <span className={styles.under}>
              <span className={styles.title}>
                {row.task && <span className={styles.task}>{row.task} </span>}
                {formats.text(row.title)}
                {row.mandatory && (
                  <>
                    <span aria-hidden className={styles.required}>
                      {' *'}
                    </span>
                    <Hidden> {t('plan.mandatory')}</Hidden>
                  </>
                )}
              </span>
              <br />
              <span className={styles.quiet}>
                {what && `${what} — `}
                {formats.text(row.why)}
              </span>
            </span>
            <span className={mergeClasses(styles.when, styles.under)}>
              {row.due && (
                <span className={mergeClasses(isLate && styles.late)}>
                  {isLate ? t('today.late', { day: formats.shortDay(row.due) }) : t('today.due', { day: formats.shortDay(row.due) })}
                </span>
              )}
              {!row.due && row.at && <span className={styles.quiet}>{formats.moment(row.at)}</span>}
              {row.status && row.status !== 'not-started' && (
                <>
                  {' '}
                  <Badge appearance="tint" color="informative">
                    {t(`status.${row.status}`)}
                  </Badge>
                </>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
