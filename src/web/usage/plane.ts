import type { ForecastBand, MilestoneView } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import { daysBetween } from '../ui/format.ts'
import { dayAfter } from './days.ts'

/** The days that a chart covers, both ends included. */
export type Span = Readonly<{ from: Day; to: Day }>

/** Where days and values lie, in hundredths from the left and from the top. */
export type Plane = Readonly<{ x: (day: Day) => number; y: (value: number) => number }>

export function planeOf({ from, to }: Span, top: number): Plane {
  const length = Math.max(daysBetween(from, to), 1)
  return { x: day => (daysBetween(from, day) / length) * 100, y: value => 100 - (Math.min(value, top) / top) * 100 }
}

/** At least this much of the days to come is shown, also beside a short past. */
const LEAST_AHEAD_DAYS = 28

/** The days to come as far as they are shown: half as many as past ones, for what is farther off is known less and less. */
export function bandWithin(band: ForecastBand, points: readonly { day: Day }[]): ForecastBand {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return []
  const until = dayAfter(last.day, Math.max(LEAST_AHEAD_DAYS, Math.round(daysBetween(first.day, last.day) / 2)))
  return band.filter(({ day }) => day > last.day && day <= until)
}

export function spanOf(points: readonly { day: Day }[], band: ForecastBand): Span | undefined {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return undefined
  return { from: first.day, to: band.at(-1)?.day ?? last.day }
}

/** A milestone farther above everything else than this would press the course flat; the list beside the chart names it anyway. */
const FAR = 2

/** The value at the upper edge: room for the course, for what is expected, for the target, and for the next milestone where it is near. */
export function topOf(
  values: readonly number[],
  target: number,
  milestones: readonly Pick<MilestoneView, 'percent' | 'reachedOn'>[],
): number {
  const highest = Math.max(target * 1.25, ...values)
  const next = milestones.filter(({ percent }) => percent > highest).toSorted((a, b) => a.percent - b.percent)[0]
  return niceTop(next && next.percent <= highest * FAR ? next.percent : highest)
}

/** The next round number above, so that the axis reads easily. */
export function niceTop(value: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(value, 1)))
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map(each => each * size).find(top => top >= value) ?? size * 10
}
