import type { UsageSeries } from '../../model/api.ts'
import type { Day } from '../../model/words.ts'
import { daysBetween } from '../ui/format.ts'

type Point = UsageSeries['points'][number]
export type KnownPoint = Point & { percent: number }

/** Usage comes daily for recent days, and a feed may miss a week. */
const DAILY_PAUSE_DAYS = 10
/** Further back it comes monthly; a longer pause is missing data. */
const MONTHLY_PAUSE_DAYS = 45

/** Points with a percent, cut wherever data is missing, so that a line never bridges a gap. One series may mix daily and monthly points. */
export function unbroken(points: readonly Point[]): readonly (readonly KnownPoint[])[] {
  const pauses = points.slice(1).map((point, at) => daysBetween(points[at]!.day, point.day)) // `at` counts from the point before
  const runs: KnownPoint[][] = []
  let isDrawing = false
  points.forEach((point, at) => {
    const { percent } = point
    if (percent === null) {
      isDrawing = false
      return
    }
    const known = { ...point, percent }
    const run = runs.at(-1)
    if (run && isDrawing && isBridged(pauses, at - 1)) run.push(known)
    else runs.push([known])
    isDrawing = true
  })
  return runs
}

/** A pause of a month is usual among monthly points and a gap among daily ones; the pauses beside it tell which. */
function isBridged(pauses: readonly number[], at: number): boolean {
  const pause = pauses[at] ?? Number.POSITIVE_INFINITY
  if (pause <= DAILY_PAUSE_DAYS) return true
  const beside = [pauses[at - 1], pauses[at + 1]].filter(each => each !== undefined)
  return pause <= MONTHLY_PAUSE_DAYS && (beside.length === 0 || beside.some(each => each > DAILY_PAUSE_DAYS))
}

/** Points without the zeros at their end that a doubted report told: what is not believed is not drawn as if it were. */
export function believed({ points, quality }: Pick<UsageSeries, 'points' | 'quality'>): UsageSeries['points'] {
  if (quality !== 'suspect') return points
  return points.slice(0, points.findLastIndex(({ active }) => active > 0) + 1)
}

/** Days that follow each other; a day that is missing breaks the line. */
export function consecutive<P extends { day: Day }>(days: readonly P[]): readonly (readonly P[])[] {
  const runs: P[][] = []
  for (const [at, each] of days.entries()) {
    const before = days[at - 1]
    if (before && daysBetween(before.day, each.day) <= 1) runs.at(-1)?.push(each)
    else runs.push([each])
  }
  return runs
}

/** How many pauses a line has: the reader is told that they are missing data. */
export const gapsIn = (runs: readonly unknown[]): number => Math.max(runs.length - 1, 0)

/** How far back the charts can look, in months; the longest is all that is asked of the server. */
export const RANGES = [3, 6, 18] as const
export type Range = (typeof RANGES)[number]

/** Points of the last `range` months up to `today`. */
export function within<P extends { day: Day }>(points: readonly P[], range: Range, today: Day): readonly P[] {
  // Nothing older than the longest range is ever sent, and its first days must not fall out by the length of a month.
  if (range === Math.max(...RANGES)) return points
  const from = monthsBefore(today, range)
  return points.filter(point => point.day >= from)
}

/** The same day of an earlier month, or that month's last day. */
function monthsBefore(today: Day, months: number): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  const lastOfMonth = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, lastOfMonth))).toISOString().slice(0, 10)
}
