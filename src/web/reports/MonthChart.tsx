import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { MilestonesSummary } from '../../model/report-api.ts'
import type { Day } from '../../model/words.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { useFormats } from '../ui/format.ts'
import { serviceName } from './names.ts'

const useStyles = makeStyles({
  title: { margin: 0 },
  words: { margin: '4px 0 12px' },
  columns: {
    display: 'flex',
    gap: '4px',
    alignItems: 'flex-end',
    height: '140px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  column: { flex: '1 1 0', minWidth: 0, height: '100%', display: 'flex', flexDirection: 'column', justifyContent: 'flex-end' },
  number: {
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    textAlign: 'center',
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: 'tabular-nums',
  },
  fill: {
    backgroundColor: tokens.colorBrandBackground,
    borderRadius: `${tokens.borderRadiusSmall} ${tokens.borderRadiusSmall} 0 0`,
  },
  names: { display: 'flex', gap: '4px', marginTop: '4px' },
  name: {
    flex: '1 1 0',
    minWidth: 0,
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
    overflow: 'visible',
  },
  table: { marginTop: '12px', '& summary': { cursor: 'pointer', marginBottom: '8px' } },
})

/** More names than this do not fit side by side on a phone. */
const MOST_NAMES = 4

/** How many were reached in each month; as a table by service, once one asks. */
export function MonthChart({ months, counts }: Pick<MilestonesSummary, 'months' | 'counts'>) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const totals = months.map(month => ({ month, count: sumOf(counts.filter(each => each.month === month)) }))
  const most = Math.max(...totals.map(({ count }) => count))
  const best = totals.findLast(({ count }) => count === most)
  const words = best && t('reports.months.words', { count: most, number: formats.number(most), month: formats.month(best.month) })
  const step = Math.ceil(months.length / MOST_NAMES)
  return (
    <section>
      <Subtitle2 as="h2" block className={styles.title}>
        {t('reports.months.title')}
      </Subtitle2>
      <p className={styles.words}>{words}</p>
      <div role="img" aria-label={`${t('reports.months.title')}. ${words}`}>
        <div className={styles.columns}>
          {totals.map(({ month, count }) => (
            <div key={month} className={styles.column}>
              {count > 0 && <span className={styles.number}>{formats.number(count)}</span>}
              <div className={styles.fill} style={{ height: `${most === 0 ? 0 : (count / most) * 85}%` }} />
            </div>
          ))}
        </div>
        <div className={styles.names}>
          {months.map((month, at) => (
            <span key={month} className={styles.name}>
              {at % step === 0 ? formats.month(month) : ''}
            </span>
          ))}
        </div>
      </div>
      <details className={styles.table}>
        <summary>{t('reports.months.table')}</summary>
        <MonthTable totals={totals} counts={counts} />
      </details>
    </section>
  )
}

type Totals = readonly Readonly<{ month: Day; count: number }>[]

function MonthTable({ totals, counts }: { totals: Totals; counts: MilestonesSummary['counts'] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const services = [...new Set(counts.map(({ service }) => service))].sort()
  return (
    <DataTable
      label={t('reports.months.title')}
      rows={[...totals].reverse()}
      keyOf={({ month }) => month}
      columns={[
        { id: 'month', head: t('reports.column.month'), cell: ({ month }) => formats.month(month) },
        ...services.map(service => ({
          id: service,
          head: serviceName(formats)(service),
          isNumber: true,
          cell: ({ month }: Totals[number]) =>
            formats.number(sumOf(counts.filter(each => each.month === month && each.service === service))),
        })),
        { id: 'all', head: t('reports.column.all'), isNumber: true, cell: ({ count }) => formats.number(count) },
      ]}
    />
  )
}

const sumOf = (counts: readonly { count: number }[]): number => counts.reduce((sum, { count }) => sum + count, 0)
