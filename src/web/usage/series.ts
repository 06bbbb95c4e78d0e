import type { UsageSeries } from '../../model/api.ts'
import { daysBetween } from '../ui/format.ts'

type Point = UsageSeries['points'][number]

/** Usage comes daily for recent days and monthly further back; a longer pause than a month is missing data. */
const LONGEST_PAUSE_DAYS = 35
const DAILY_PAUSE_DAYS = 8

/** Points with a percent, cut wherever data is missing, so that a line never bridges a gap. */
export function unbroken(points: readonly Point[]): readonly (readonly (Point & { percent: number })[])[] {
  const pauses = points.slice(1).map((point, at) => daysBetween(points[at]!.day, point.day)) // `at` counts from the point before
  const usual = pauses.toSorted((a, b) => a - b)[Math.floor(pauses.length / 2)] ?? 1
  const longest = usual <= 1 ? DAILY_PAUSE_DAYS : LONGEST_PAUSE_DAYS
  const runs: (Point & { percent: number })[][] = []
  let last: Point | undefined
  for (const point of points) {
    if (point.percent === null) {
      last = undefined
      continue
    }
    const known = { ...point, percent: point.percent }
    const run = runs.at(-1)
    if (run && last && daysBetween(last.day, point.day) <= longest) run.push(known)
    else runs.push([known])
    last = point
  }
  return runs
}

/** The last known point of every month, newest first: the table beside the chart. */
export function monthly(points: readonly Point[]): readonly Point[] {
  const byMonth = new Map<string, Point>()
  for (const point of points) byMonth.set(point.day.slice(0, 7), point)
  return [...byMonth.values()].reverse()
}
