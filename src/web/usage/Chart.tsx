import { makeStyles, tokens } from '@fluentui/react-components'
import { type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UsageSeries } from '../../model/api.ts'
import type { Day } from '../../model/words.ts'
import { daysBetween, useFormats } from '../ui/format.ts'
import { brokenPath } from '../ui/Sparkline.tsx'
import { type Range, unbroken, within } from './series.ts'

const useStyles = makeStyles({
  chart: { position: 'relative', height: '200px', margin: '8px 0 24px', marginInlineStart: '44px', marginInlineEnd: '8px' },
  svg: { width: '100%', height: '100%', overflow: 'visible', display: 'block', touchAction: 'pan-y' },
  line: {
    fill: 'none',
    stroke: tokens.colorBrandForeground1,
    strokeWidth: '2px',
    vectorEffect: 'non-scaling-stroke',
    strokeLinejoin: 'round',
    strokeLinecap: 'round',
  },
  target: { stroke: tokens.colorPaletteGreenForeground1, strokeWidth: '1.5px', strokeDasharray: '6 4', vectorEffect: 'non-scaling-stroke' },
  grid: { stroke: tokens.colorNeutralStroke3, strokeWidth: '1px', vectorEffect: 'non-scaling-stroke' },
  label: {
    position: 'absolute',
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground3,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  },
  y: { insetInlineStart: '-44px', width: '38px', textAlign: 'end', transform: 'translateY(-50%)' },
  x: { top: '100%', paddingTop: '4px' },
  targetLabel: {
    insetInlineEnd: 0,
    color: tokens.colorPaletteGreenForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    padding: '0 4px',
    transform: 'translateY(-100%)',
  },
  cursor: { position: 'absolute', top: 0, bottom: 0, width: '1px', backgroundColor: tokens.colorNeutralStroke1, pointerEvents: 'none' },
  tip: {
    position: 'absolute',
    top: '-4px',
    padding: '2px 6px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackgroundInverted,
    color: tokens.colorNeutralForegroundInverted,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'nowrap',
    pointerEvents: 'none',
  },
})

type ChartProps = { series: UsageSeries; range: Range; today: Day; name: string; summary: string }

/** Percent over time with the target, as far back as `range` says. The summary and the table beside it say the same in words, so it is a picture to screen readers. */
export function Chart({ series, range, today, name, summary }: ChartProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [hovered, setHovered] = useState<number | null>(null)
  const { target } = series
  const points = within(series.points, range, today)
  // Cut before it is shortened: the pauses that tell monthly from daily may lie before the range.
  const runs = unbroken(series.points)
    .map(run => within(run, range, today))
    .filter(run => run.length > 0)
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return null
  const top = niceTop(Math.max(target * 1.25, ...points.map(point => point.percent ?? 0)))
  const span = Math.max(daysBetween(first.day, last.day), 1)
  const x = (day: string) => (daysBetween(first.day, day) / span) * 100
  const y = (percent: number) => 100 - (percent / top) * 100
  const ticks = [0, top / 2, top]
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const day = ((event.clientX - box.left) / box.width) * span
    setHovered(
      nearest(
        points.map(point => daysBetween(first.day, point.day)),
        day,
      ),
    )
  }
  const tip = hovered === null ? undefined : points[hovered]
  return (
    <div className={styles.chart}>
      <svg
        className={styles.svg}
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${t('usage.chart', { service: name })}. ${summary}`}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setHovered(null)}
      >
        {ticks.map(tick => (
          <line key={tick} className={styles.grid} x1="0" x2="100" y1={y(tick)} y2={y(tick)} />
        ))}
        <line className={styles.target} x1="0" x2="100" y1={y(target)} y2={y(target)} />
        {runs.map(run => (
          <path
            key={run[0]?.day}
            className={styles.line}
            // A point alone is drawn as a dot: a line of no length with round ends.
            d={
              run.length === 1
                ? `${brokenPath([[x(run[0]!.day), y(run[0]!.percent)]])}h0.01`
                : brokenPath(run.map(point => [x(point.day), y(point.percent)]))
            }
          />
        ))}
      </svg>
      {ticks.map(tick => (
        <span key={tick} aria-hidden className={`${styles.label} ${styles.y}`} style={{ top: `${y(tick)}%` }}>
          {formats.target(tick)}
        </span>
      ))}
      <span aria-hidden className={`${styles.label} ${styles.targetLabel}`} style={{ top: `${y(target)}%` }}>
        {t('usage.target', { percent: formats.target(target) })}
      </span>
      <span aria-hidden className={`${styles.label} ${styles.x}`} style={{ left: 0 }}>
        {formats.month(first.day)}
      </span>
      <span aria-hidden className={`${styles.label} ${styles.x}`} style={{ right: 0 }}>
        {formats.month(last.day)}
      </span>
      {tip && (
        <div aria-hidden>
          <span className={styles.cursor} style={{ left: `${x(tip.day)}%` }} />
          <span className={styles.tip} style={x(tip.day) > 50 ? { right: `${100 - x(tip.day)}%` } : { left: `${x(tip.day)}%` }}>
            {formats.day(tip.day)} · {formats.percent(tip.percent)}
          </span>
        </div>
      )}
    </div>
  )
}

/** The next round number above, so that the axis reads easily. */
const niceTop = (value: number) => [5, 10, 20, 40, 60, 80, 100, 150, 200].find(top => top >= value) ?? Math.ceil(value / 100) * 100

function nearest(values: readonly number[], wanted: number): number {
  let best = 0
  values.forEach((value, at) => {
    if (Math.abs(value - wanted) < Math.abs((values[best] ?? 0) - wanted)) best = at
  })
  return best
}
