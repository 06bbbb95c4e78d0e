import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'
import type { Day } from '../../model/words.ts'
import { useFormats } from '../ui/format.ts'
import { moved, nearest } from './cursor.ts'
import { monthStarts } from './days.ts'
import { type Plane, planeOf, type Span } from './plane.ts'

const useStyles = makeStyles({
  plot: {
    position: 'relative',
    height: '220px',
    margin: '20px 12px 28px 48px',
    outlineStyle: 'none',
    ':focus-visible': {
      boxShadow: `0 0 0 4px ${tokens.colorNeutralBackground1}, 0 0 0 6px ${tokens.colorStrokeFocus2}`,
      borderRadius: tokens.borderRadiusSmall,
    },
  },
  svg: { width: '100%', height: '100%', overflow: 'visible', display: 'block', touchAction: 'pan-y' },
  grid: { stroke: tokens.colorNeutralStroke3, strokeWidth: '1px', vectorEffect: 'non-scaling-stroke' },
  tick: { stroke: tokens.colorNeutralStroke1, strokeWidth: '1px', vectorEffect: 'non-scaling-stroke' },
  label: {
    position: 'absolute',
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground3,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  },
  y: { insetInlineStart: '-48px', width: '42px', textAlign: 'end', transform: 'translateY(-50%)' },
  x: { top: '100%', paddingTop: '4px', transform: 'translateX(-50%)' },
  // On a phone every second name of a month has room.
  wide: { '@media (max-width: 640px)': { display: 'none' } },
  cursor: { position: 'absolute', top: 0, bottom: 0, width: '1px', backgroundColor: tokens.colorNeutralForeground3, pointerEvents: 'none' },
  spot: {
    position: 'absolute',
    width: '9px',
    height: '9px',
    margin: '-5px 0 0 -5px',
    borderRadius: '50%',
    border: `2px solid ${tokens.colorNeutralBackground1}`,
    backgroundColor: tokens.colorBrandForeground1,
    pointerEvents: 'none',
  },
  tip: {
    position: 'absolute',
    top: '-8px',
    zIndex: 1,
    padding: '4px 8px',
    maxWidth: '240px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackgroundInverted,
    color: tokens.colorNeutralForegroundInverted,
    fontSize: tokens.fontSizeBase200,
    pointerEvents: 'none',
  },
  line: { display: 'block' },
})

/** A day that the cursor can stand on: what is known or expected of it, in words. */
export type Stop = Readonly<{ day: Day; value: number | null; words: readonly string[] }>

type PlotProps = {
  label: string
  /** Id of the sentences that say in words what is drawn. */
  describedBy: string
  span: Span
  top: number
  tick: (value: number) => string
  /** Oldest first. */
  stops: readonly Stop[]
  /** Where the cursor is when it comes: the last known day. */
  start: number
  lines: (plane: Plane) => ReactNode
  marks?: (plane: Plane) => ReactNode
}

/**
 * Days from left to right, values from zero up, and a cursor that pointer and arrow keys move. To screen readers it is a slider whose
 * value is the day in words; what is drawn is described beside it.
 */
export function Plot({ label, describedBy, span, top, tick, stops, start, lines, marks }: PlotProps) {
  const styles = useStyles()
  const [chosen, choose] = useState<number | null>(null)
  const plane = planeOf(span, top)
  const at = Math.min(chosen ?? start, stops.length - 1)
  const stop = stops[at]
  const onKeyDown = (event: KeyboardEvent) => {
    const to = event.ctrlKey || event.metaKey || event.altKey ? undefined : moved(event.key, at, stops.length)
    if (to === undefined) return
    event.preventDefault()
    choose(to)
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    choose(
      nearest(
        stops.map(({ day }) => plane.x(day)),
        ((event.clientX - box.left) / box.width) * 100,
      ),
    )
  }
  const ticks = [0, top / 2, top]
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-describedby={describedBy}
      aria-valuemin={0}
      aria-valuemax={stops.length - 1}
      aria-valuenow={at}
      aria-valuetext={stop ? stop.words.join(', ') : ''}
      className={styles.plot}
      onKeyDown={onKeyDown}
      onFocus={() => choose(at)}
      onBlur={() => choose(null)}
      onPointerMove={onPointerMove}
      onPointerLeave={event => {
        if (document.activeElement !== event.currentTarget) choose(null)
      }}
    >
      <svg className={styles.svg} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden focusable="false">
        {ticks.map(value => (
          <line key={value} className={styles.grid} x1="0" x2="100" y1={plane.y(value)} y2={plane.y(value)} />
        ))}
        {lines(plane)}
      </svg>
      {ticks.map(value => (
        <span key={value} aria-hidden className={mergeClasses(styles.label, styles.y)} style={{ top: `${plane.y(value)}%` }}>
          {tick(value)}
        </span>
      ))}
      <MonthLabels span={span} plane={plane} />
      {marks?.(plane)}
      {chosen !== null && stop && (
        <div aria-hidden>
          <span className={styles.cursor} style={{ left: `${plane.x(stop.day)}%` }} />
          {stop.value !== null && (
            <span className={styles.spot} style={{ left: `${plane.x(stop.day)}%`, top: `${plane.y(stop.value)}%` }} />
          )}
          <span
            className={styles.tip}
            style={
              plane.x(stop.day) > 50 ? { right: `calc(${100 - plane.x(stop.day)}% + 8px)` } : { left: `calc(${plane.x(stop.day)}% + 8px)` }
            }
          >
            {stop.words.map(words => (
              <span key={words} className={styles.line}>
                {words}
              </span>
            ))}
          </span>
        </div>
      )}
    </div>
  )
}

function MonthLabels({ span: { from, to }, plane: { x } }: { span: Span; plane: Plane }) {
  const styles = useStyles()
  const formats = useFormats()
  const starts = monthStarts(from, to, MOST_MONTHS)
  // Where no month begins, the first day says when it is.
  const days = starts.length > 0 ? starts.filter(day => x(day) > 3 && x(day) < 97) : [from]
  return days.map((day, at) => (
    <span
      key={day}
      aria-hidden
      className={mergeClasses(styles.label, styles.x, at % 2 === 1 && styles.wide)}
      style={{ left: `${x(day)}%` }}
    >
      {starts.length > 0 ? formats.month(day) : formats.shortDay(day)}
    </span>
  ))
}

/** As many names of months fit side by side. */
const MOST_MONTHS = 6
