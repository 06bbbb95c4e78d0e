import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { UsageSeries } from '../../model/api.ts'
import type { ForecastBand, MilestoneView } from '../../model/usage-api.ts'
import { type Formats, useFormats } from '../ui/format.ts'
import { brokenPath } from '../ui/Sparkline.tsx'
import { Plot, type Stop } from './Plot.tsx'
import { type Plane, type Span, topOf } from './plane.ts'
import type { KnownPoint } from './series.ts'

const useStyles = makeStyles({
  line: {
    fill: 'none',
    stroke: tokens.colorBrandForeground1,
    strokeWidth: '2px',
    vectorEffect: 'non-scaling-stroke',
    strokeLinejoin: 'round',
    strokeLinecap: 'round',
  },
  expected: { strokeDasharray: '2 5' },
  band: { fill: tokens.colorBrandForeground1, fillOpacity: 0.14 },
  target: { stroke: tokens.colorPaletteGreenForeground1, strokeWidth: '1.5px', strokeDasharray: '6 4', vectorEffect: 'non-scaling-stroke' },
  milestone: { stroke: tokens.colorNeutralForeground3, strokeWidth: '1px', strokeDasharray: '1 4', vectorEffect: 'non-scaling-stroke' },
  ring: { stroke: tokens.colorBrandForeground1, strokeWidth: '9px', strokeLinecap: 'round', vectorEffect: 'non-scaling-stroke' },
  hole: { stroke: tokens.colorNeutralBackground1, strokeWidth: '5px', strokeLinecap: 'round', vectorEffect: 'non-scaling-stroke' },
  label: {
    position: 'absolute',
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    // The line shines through beside the letters.
    textShadow: `0 0 2px ${tokens.colorNeutralBackground1}, 0 0 2px ${tokens.colorNeutralBackground1}`,
    padding: '0 4px',
    transform: 'translateY(-100%)',
    whiteSpace: 'nowrap',
    pointerEvents: 'none',
  },
  targetLabel: { insetInlineEnd: 0, color: tokens.colorPaletteGreenForeground1 },
  milestoneLabel: { insetInlineStart: 0, color: tokens.colorNeutralForeground3 },
  day: {
    position: 'absolute',
    width: '9px',
    height: '9px',
    margin: '-5px 0 0 -5px',
    transform: 'rotate(45deg)',
    border: `2px solid ${tokens.colorNeutralForeground2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    pointerEvents: 'none',
  },
  late: { border: `2px solid ${tokens.colorPaletteDarkOrangeForeground1}`, backgroundColor: tokens.colorPaletteDarkOrangeForeground1 },
})

type PercentChartProps = {
  series: UsageSeries
  /** Inside the time shown, cut wherever data is missing. */
  runs: readonly (readonly KnownPoint[])[]
  span: Span
  band: ForecastBand
  milestones: readonly MilestoneView[]
  name: string
  describedBy: string
}

/** Share of the seats over time with target, milestones, and what is expected. */
export function PercentChart({ series, runs, span, band, milestones, name, describedBy }: PercentChartProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { target } = series
  const points = runs.flat()
  const top = topOf([...points.map(({ percent }) => percent), ...band.map(({ high }) => high)], target, milestones)
  const shown = milestones.filter(({ percent }) => percent <= top)
  const lines = (plane: Plane) => (
    <>
      {band.length > 0 && <path className={styles.band} d={bandPath(plane, points.at(-1), band)} />}
      {/* The target is drawn once, also where a milestone is the same. */}
      {shown
        .filter(({ percent }) => percent !== target)
        .map(({ id, percent }) => (
          <line key={id} className={styles.milestone} x1="0" x2="100" y1={plane.y(percent)} y2={plane.y(percent)} />
        ))}
      <line className={styles.target} x1="0" x2="100" y1={plane.y(target)} y2={plane.y(target)} />
      {band.length > 0 && <path className={mergeClasses(styles.line, styles.expected)} d={middlePath(plane, points.at(-1), band)} />}
      {runs.map(run => (
        <path key={run[0]?.day} className={styles.line} d={runPath(plane, run)} />
      ))}
      {points
        .filter(({ restated }) => restated)
        .map(point => [
          <path key={`${point.day}-ring`} className={styles.ring} d={runPath(plane, [point])} />,
          <path key={`${point.day}-hole`} className={styles.hole} d={runPath(plane, [point])} />,
        ])}
    </>
  )
  const marks = (plane: Plane) => (
    <div aria-hidden>
      <span className={mergeClasses(styles.label, styles.targetLabel)} style={{ top: `${plane.y(target)}%` }}>
        {t('usage.target', { percent: formats.target(target) })}
      </span>
      {shown.map(({ id, percent, reachedOn }) => (
        <span key={id} className={mergeClasses(styles.label, styles.milestoneLabel)} style={{ top: `${plane.y(percent)}%` }}>
          {t(`targets.name.${id}`)} {formats.target(percent)}
          {reachedOn && ' ✓'}
        </span>
      ))}
      {shown.map(
        ({ id, percent, targetDate, late }) =>
          targetDate &&
          targetDate >= span.from &&
          targetDate <= span.to && (
            <span
              key={id}
              className={mergeClasses(styles.day, late && styles.late)}
              style={{ left: `${plane.x(targetDate)}%`, top: `${plane.y(percent)}%` }}
            />
          ),
      )}
    </div>
  )
  return (
    <Plot
      label={t('usage.chart', { service: name })}
      describedBy={describedBy}
      span={span}
      top={top}
      tick={formats.target}
      stops={stopsOf(points, band, series, t, formats)}
      start={points.length - 1}
      lines={lines}
      marks={marks}
    />
  )
}

/** A point alone is a dot: a line of no length with round ends. */
function runPath({ x, y }: Plane, run: readonly KnownPoint[]): string {
  const path = brokenPath(run.map(({ day, percent }) => [x(day), y(percent)]))
  return run.length === 1 ? `${path}h0.01` : path
}

/** What is expected begins where what is known ends. */
const middlePath = ({ x, y }: Plane, last: KnownPoint | undefined, band: ForecastBand) =>
  brokenPath([...(last ? [[x(last.day), y(last.percent)] as const] : []), ...band.map(({ day, middle }) => [x(day), y(middle)] as const)])

function bandPath({ x, y }: Plane, last: KnownPoint | undefined, band: ForecastBand): string {
  const end = last ? [[x(last.day), y(last.percent)] as const] : []
  const upper = band.map(({ day, high }) => [x(day), y(high)] as const)
  const lower = band.map(({ day, low }) => [x(day), y(Math.max(low, 0))] as const).toReversed()
  return `${brokenPath([...end, ...upper, ...lower])}Z`
}

function stopsOf(points: readonly KnownPoint[], band: ForecastBand, series: UsageSeries, t: TFunction, formats: Formats): readonly Stop[] {
  const corrections = series.corrections.filter(({ measure }) => measure === 'rolling')
  return [
    ...points.map(({ day, percent, active, restated }) => {
      const correction = corrections.find(each => each.day === day)
      const corrected = correction ? t('usage.correctedFrom', { before: formats.number(correction.before) }) : t('usage.corrected')
      return {
        day,
        value: percent,
        words: [
          formats.day(day),
          t('usage.pointWords', { percent: formats.percent(percent), active: formats.number(active) }),
          ...(restated ? [corrected] : []),
        ],
      }
    }),
    ...band.map(({ day, low, middle, high }) => ({
      day,
      value: middle,
      words: [
        formats.day(day),
        t('usage.expectedWords', { middle: formats.target(middle), low: formats.target(Math.max(low, 0)), high: formats.target(high) }),
      ],
    })),
  ]
}
