import { Badge, makeStyles, mergeClasses, Subtitle1, tokens } from '@fluentui/react-components'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { UsageSeries } from '../../model/api.ts'
import type { Day } from '../../model/words.ts'
import { type Formats, UNKNOWN, useFormats } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import { Chart } from './Chart.tsx'
import { monthly, type Range, within } from './series.ts'

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '12px 16px 16px',
    minHeight: '320px',
  },
  head: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap' },
  title: { margin: 0, flex: '0 1 auto' },
  body: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 300px',
    gap: '24px',
    '@media (max-width: 1000px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  figure: { display: 'flex', alignItems: 'baseline', gap: '8px', flexWrap: 'wrap', margin: '8px 0 0' },
  percent: {
    fontSize: tokens.fontSizeHero800,
    lineHeight: tokens.lineHeightHero800,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  small: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, margin: '4px 0 0' },
  summary: { margin: '8px 0 0' },
  scroll: { maxHeight: '280px', overflow: 'auto', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    fontVariantNumeric: 'tabular-nums',
    fontSize: tokens.fontSizeBase200,
    '& th, & td': { padding: '4px 8px', textAlign: 'end', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
    '& th:first-child': { textAlign: 'start', fontWeight: tokens.fontWeightRegular },
    '& thead th': { position: 'sticky', top: 0, backgroundColor: tokens.colorNeutralBackground1, fontWeight: tokens.fontWeightSemibold },
    '& caption': { textAlign: 'start', fontWeight: tokens.fontWeightSemibold, padding: '0 8px 4px' },
  },
})

type ServiceCardProps = { series: UsageSeries; name: string; today: Day; range: Range }

/** One service: the figure with unit, source and age; its course; the same in words and as a table. */
export function ServiceCard({ series, name, today, range }: ServiceCardProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { current, quality } = series
  const points = within(series.points, range, today)
  const summary = summaryOf(points, series.target, t, formats)
  const lastKnown = series.points.at(-1)
  return (
    <section className={styles.card} aria-labelledby={`usage-${series.service}`} data-service={series.service}>
      <div className={styles.head}>
        <Subtitle1 as="h2" id={`usage-${series.service}`} className={styles.title}>
          {name}
        </Subtitle1>
        {quality !== 'fresh' && <StateBadge of="quality" state={quality} />}
        {series.concealed && <StateBadge of="quality" state="concealed" />}
        {!series.intended && <span className={styles.small}>{t('cell.notIntended')}</span>}
      </div>
      <p className={styles.figure}>
        <span className={mergeClasses(styles.percent, quality !== 'fresh' && styles.quiet)}>
          {current.percent === null ? UNKNOWN : formats.percent(current.percent)}
        </span>
        <span>{figureOf(series, t, formats)}</span>
        {(current.percent ?? 0) > 100 && (
          <Badge color="warning" appearance="tint" shape="rounded">
            {t('usage.over')}
          </Badge>
        )}
        <span className={styles.quiet}>{t('usage.target', { percent: formats.target(series.target) })}</span>
      </p>
      <p className={styles.small}>{originOf(series, today, t, formats)}</p>
      {!lastKnown ? (
        <Notice title={t('usage.noPoints')}>{t(`usage.noPointsHelp.${quality === 'empty' ? 'empty' : 'none'}`)}</Notice>
      ) : points.length === 0 ? (
        <Notice title={t('usage.noneInRange')}>{t('usage.noneInRangeHelp', { day: formats.day(lastKnown.day) })}</Notice>
      ) : (
        <div className={styles.body}>
          <div>
            <p className={styles.summary}>{summary}</p>
            <Chart series={series} range={range} today={today} name={name} summary={summary} />
          </div>
          <MonthTable points={points} name={name} />
        </div>
      )}
    </section>
  )
}

function MonthTable({ points, name }: { points: UsageSeries['points']; name: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={t('usage.table', { service: name })}>
      <table className={styles.table}>
        <caption>{t('usage.byMonth')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('usage.day')}</th>
            <th scope="col">{t('usage.active')}</th>
            <th scope="col">{t('usage.percent')}</th>
          </tr>
        </thead>
        <tbody>
          {monthly(points).map(point => (
            <tr key={point.day}>
              <th scope="row">{formats.day(point.day)}</th>
              <td>{formats.number(point.active)}</td>
              <td>{formats.percent(point.percent)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What the percent counts: "45 of 300 entitled seats active" where the seats are known. */
function figureOf({ current: { active, assigned, percent, percentOf }, entitled }: UsageSeries, t: TFunction, formats: Formats): string {
  if (percent === null) return t('usage.unknown')
  const of = percentOf ?? 'assigned'
  const seats = of === 'entitled' ? entitled : assigned
  if (active === null || seats === null) return t(`usage.of.${of}`)
  return t(`usage.seatsOf.${of}`, { count: seats, active: formats.number(active), seats: formats.number(seats) })
}

function originOf({ current, entitled, activatedOn }: UsageSeries, today: string, t: TFunction, formats: Formats): string {
  const parts = [
    t('usage.activeOf', {
      active: formats.number(current.active),
      assigned: formats.number(current.assigned),
      entitled: formats.number(entitled),
    }),
    current.activeUnlicensed
      ? t('usage.unlicensed', { count: current.activeUnlicensed, number: formats.number(current.activeUnlicensed) })
      : '',
    current.asOf ? t('explain.asOf', { day: formats.day(current.asOf), age: formats.age(current.asOf, today) }) : t('usage.noDate'),
    current.source.length > 0 ? t('usage.source', { source: current.source.join(', ') }) : t('explain.noSource'),
    activatedOn ? t('usage.activatedOn', { day: formats.day(activatedOn) }) : t('cell.notActivated'),
  ]
  return parts.filter(Boolean).join(' · ')
}

/** From where to where, and on which side of the target: what the eye takes from the chart. */
function summaryOf(points: UsageSeries['points'], target: number, t: TFunction, formats: Formats): string {
  const known = points.filter(point => point.percent !== null)
  const first = known[0]
  const last = known.at(-1)
  if (!first || !last) return t('usage.noPercent')
  const best = known.reduce((top, point) => ((point.percent ?? 0) > (top.percent ?? 0) ? point : top), first)
  return t((last.percent ?? 0) >= target ? 'usage.summaryAbove' : 'usage.summaryBelow', {
    from: formats.percent(first.percent),
    fromDay: formats.day(first.day),
    to: formats.percent(last.percent),
    toDay: formats.day(last.day),
    best: formats.percent(best.percent),
    bestDay: formats.day(best.day),
    target: formats.target(target),
  })
}
