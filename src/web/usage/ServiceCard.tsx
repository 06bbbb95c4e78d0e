import { Badge, makeStyles, mergeClasses, Subtitle1, ToggleButton, tokens } from '@fluentui/react-components'
import { lazy, type ReactNode, Suspense, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UsageSeries } from '../../model/api.ts'
import type { TargetsView } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import { BlockerBadge } from '../blockers/BlockerBadge.tsx'
import { ActionButton } from '../ui/ActionButton.tsx'
import { UNKNOWN, useFormats } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import { DailyChart } from './DailyChart.tsx'
import { DailyTable } from './DailyTable.tsx'
import { FigureTable } from './FigureTable.tsx'
import { Legend } from './Legend.tsx'
import { PercentChart } from './PercentChart.tsx'
import { bandWithin, spanOf } from './plane.ts'
import { Signals } from './Signals.tsx'
import { SourceDetails } from './SourceDetails.tsx'
import { believed, gapsIn, type Range, unbroken, within } from './series.ts'
import { Targets } from './Targets.tsx'
import { dailySummary, figureOf, originOf, overReason, summaryOf } from './words.ts'

const DenominatorDialog = lazy(() => import('./DenominatorDialog.tsx'))

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '12px 16px 16px',
    minHeight: '320px',
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
  },
  head: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap' },
  title: { margin: 0, flex: '0 1 auto' },
  body: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 320px',
    gap: '24px',
    '@media (max-width: 1000px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  figure: { display: 'flex', alignItems: 'baseline', gap: '8px', flexWrap: 'wrap', margin: 0 },
  percent: {
    fontSize: tokens.fontSizeHero800,
    lineHeight: tokens.lineHeightHero800,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  small: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, margin: '4px 0 0', overflowWrap: 'anywhere' },
  missing: { margin: '4px 0 0', paddingInlineStart: '20px' },
  views: { display: 'flex', gap: '4px', border: 0, margin: '0 0 8px', padding: 0 },
  summary: { margin: 0 },
})

/** Days that a figure usually counts. */
const USUAL_WINDOW_DAYS = 28

export type ServiceCardProps = {
  customer: string
  series: UsageSeries
  /** Absent while it is asked for, where it cannot be had, and for the past. */
  targets: TargetsView['services'][number] | undefined
  name: string
  today: Day
  range: Range
  /** As known on a day in the past. */
  isPast: boolean
  tenantName: (tenant: string) => string
  /** Why targets, and of what usage is a share, may not be set; undefined when they may. */
  refusals: Readonly<{ targets: string | undefined; share: string | undefined }>
  /** What belongs to the service besides its figures. */
  children?: ReactNode
}

/** One service: the figure with unit, source and age; its course and what is expected; the same in words and as a table. */
export function ServiceCard({ customer, series, targets, name, today, range, isPast, tenantName, refusals, children }: ServiceCardProps) {
  const styles = useStyles()
  const { quality, concealed, intended, service } = series
  const { t } = useTranslation()
  return (
    <section className={styles.card} aria-labelledby={`usage-${service}`} data-service={service}>
      <div>
        <div className={styles.head}>
          <Subtitle1 as="h2" id={`usage-${service}`} className={styles.title}>
            {name}
          </Subtitle1>
          {quality !== 'fresh' && <StateBadge of="quality" state={quality} />}
          {concealed && <StateBadge of="quality" state="concealed" />}
          {!intended && <span className={styles.small}>{t('cell.notIntended')}</span>}
          <BlockerBadge customer={customer} service={service} />
        </div>
        <Figure
          customer={customer}
          series={series}
          name={name}
          today={today}
          isPast={isPast}
          tenantName={tenantName}
          refusal={refusals.share}
        />
        {targets && <Signals signals={targets.signals} />}
      </div>
      <Course series={series} targets={targets} name={name} today={today} range={range} isPast={isPast} />
      {targets && targets.milestones.length > 0 && (
        <Targets customer={customer} service={service} serviceName={name} milestones={targets.milestones} refusal={refusals.targets} />
      )}
      <SourceDetails series={series} tenantName={tenantName} />
      <div>{children}</div>
    </section>
  )
}

type FigureProps = Pick<ServiceCardProps, 'customer' | 'series' | 'name' | 'today' | 'isPast' | 'tenantName'> & {
  refusal: string | undefined
}

/** The newest figure, of what it is a share, what it lacks and where it comes from. */
function Figure({ customer, series, name, today, isPast, tenantName, refusal }: FigureProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [isChoosing, choose] = useState(false)
  const { current, quality, target, windowDays, missing, denominator } = series
  const isOver = (current.percent ?? 0) > 100
  return (
    <>
      <p className={styles.figure}>
        <span className={mergeClasses(styles.percent, quality !== 'fresh' && styles.quiet)}>
          {current.percent === null ? UNKNOWN : formats.percent(current.percent)}
        </span>
        <span>{figureOf(series, { t, formats })}</span>
        {isOver && (
          <Badge color="warning" appearance="tint" shape="rounded">
            {t('usage.over')}
          </Badge>
        )}
        <span className={styles.quiet}>{t('usage.target', { percent: formats.target(target) })}</span>
        <ActionButton
          size="small"
          appearance="transparent"
          refusal={refusal}
          aria-label={`${t('usage.share.change')} ${t('usage.share.title', { service: name })}`}
          onClick={() => choose(true)}
        >
          {t('usage.share.change')}
        </ActionButton>
      </p>
      {isOver && <p className={styles.small}>{overReason(denominator.kind, t)}</p>}
      {quality === 'suspect' && <p className={styles.small}>{t('usage.suspect')}</p>}
      {windowDays !== null && windowDays !== USUAL_WINDOW_DAYS && (
        <p className={styles.small}>{t('usage.otherWindow', { count: windowDays, days: formats.number(windowDays) })}</p>
      )}
      <p className={styles.small}>{originOf(series, today, { t, formats })}</p>
      {/* What to do about it is of no use in the past. */}
      {missing.length > 0 && !isPast && (
        <div className={styles.small}>
          {t('usage.missing')}
          <ul className={styles.missing}>
            {missing.map(({ tenant, why }) => (
              <li key={`${tenant} ${why}`}>{t(`usage.missingPart.${why}`, { tenant: tenantName(tenant) })}</li>
            ))}
          </ul>
        </div>
      )}
      {isChoosing && (
        <Suspense fallback={null}>
          <DenominatorDialog customer={customer} series={series} serviceName={name} onClose={() => choose(false)} />
        </Suspense>
      )}
    </>
  )
}

type CourseProps = Pick<ServiceCardProps, 'series' | 'targets' | 'name' | 'today' | 'range' | 'isPast'>

/** How it went and is expected to go: picture, sentences, table. */
function Course({ series, targets, name, today, range, isPast }: CourseProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const words = useId()
  const [view, setView] = useState<'rolling' | 'daily'>('rolling')
  const { target, quality } = series
  const all = believed(series)
  const points = within(all, range, today)
  const daily = within(series.daily, range, today)
  const lastKnown = all.at(-1)
  if (!lastKnown) {
    const why = isPast ? 'past' : quality === 'empty' ? 'empty' : 'none'
    return <Notice title={t('usage.noPoints')}>{t(`usage.noPointsHelp.${why}`)}</Notice>
  }
  if (points.length === 0)
    return <Notice title={t('usage.noneInRange')}>{t('usage.noneInRangeHelp', { day: formats.day(lastKnown.day) })}</Notice>
  const milestones = targets?.milestones ?? []
  const band = bandWithin(targets?.band ?? [], points)
  // Cut before it is shortened: the pauses that tell monthly from daily may lie before the range.
  const runs = unbroken(all)
    .map(run => within(run, range, today))
    .filter(run => run.length > 0)
  const span = spanOf(points, band)
  const isDaily = view === 'daily' && daily.length > 0
  return (
    <div className={styles.body}>
      <div>
        {daily.length > 0 && (
          <fieldset className={styles.views} aria-label={t('usage.view', { service: name })}>
            <ToggleButton size="small" checked={!isDaily} onClick={() => setView('rolling')}>
              {t('usage.views.rolling')}
            </ToggleButton>
            <ToggleButton size="small" checked={isDaily} onClick={() => setView('daily')}>
              {t('usage.views.daily')}
            </ToggleButton>
          </fieldset>
        )}
        <p id={words} className={styles.summary}>
          {isDaily
            ? dailySummary(daily, { t, formats })
            : summaryOf({ runs, gaps: gapsIn(runs), target, milestones, hasDoubt: all.length < series.points.length }, { t, formats })}
        </p>
        {isDaily ? (
          <DailyChart daily={daily} name={name} describedBy={words} />
        ) : (
          span &&
          runs.length > 0 && (
            <>
              <PercentChart series={series} runs={runs} span={span} band={band} milestones={milestones} name={name} describedBy={words} />
              <Legend
                hasBand={band.length > 0}
                hasGaps={runs.length > 1}
                hasCorrections={points.some(({ restated }) => restated)}
                dates={milestones.filter(({ targetDate }) => targetDate !== null && targetDate >= span.from && targetDate <= span.to)}
              />
            </>
          )
        )}
      </div>
      {isDaily ? <DailyTable daily={daily} name={name} /> : <FigureTable points={points} band={band} milestones={milestones} name={name} />}
    </div>
  )
}
