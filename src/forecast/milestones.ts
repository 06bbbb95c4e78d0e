import type { Forecast, ForecastBand } from '../model/usage-api.ts'
import type { Day } from '../model/words.ts'
import { dayAt, dayNumber } from './days.ts'
import { effortOf, shareOf } from './effort.ts'
import { NEEDED_WEEKS, type Outlook, weeksWithFigures } from './outlook.ts'
import { isAt, type KnownPoint } from './series.ts'

/** Two years: what lies beyond is not in sight. */
const HORIZON_WEEKS = 104
const BAND_WEEKS = 26
/** Levels are told by weeks: a day is not known better than that. */
const HALF_WEEK = 3

/** First day at or above a percent; null when there was none. Points in the order of their days. */
export const reachedOn = (points: readonly KnownPoint[], percent: number): Day | null =>
  points.find(point => isAt(point, percent))?.day ?? null

/**
 * When a percent will be reached. `reached` has no day when the very first figure stood there already: it may have been long before.
 * Points in the order of their days; `outlook` is theirs on `today`.
 */
export function forecastOf(points: readonly KnownPoint[], outlook: Outlook | undefined, percent: number, today: Day): Forecast {
  const on = reachedOn(points, percent)
  if (on !== null) return { state: 'reached', on: on === points[0]?.day ? null : on }
  if (!outlook) return { state: 'too-little-data', weeks: weeksWithFigures(points, today), needed: NEEDED_WEEKS }
  // Sums of weeks end a hair below what they add up to.
  const goal = effortOf(percent / 100) - 1e-9
  const expected = firstDay(outlook, 'middle', goal)
  const earliest = firstDay(outlook, 'high', goal)
  if (expected === null || earliest === null) return { state: 'not-in-sight' }
  const latest = firstDay(outlook, 'low', goal)
  return {
    state: 'expected',
    expected: dayAt(expected),
    earliest: dayAt(Math.max(earliest - HALF_WEEK, dayNumber(outlook.from.day) + 1)),
    latest: latest === null ? null : dayAt(latest + HALF_WEEK),
  }
}

/** The first day from that after the newest figure on which one side of the range stands at a goal; null within two years. */
function firstDay({ from, at }: Outlook, side: 'low' | 'middle' | 'high', goal: number): number | null {
  const start = dayNumber(from.day)
  for (let week = 1; week <= HORIZON_WEEKS; week++) {
    if (at(start + week * 7)[side] < goal) continue
    for (let day = start + week * 7 - 6; day < start + week * 7; day++) if (at(day)[side] >= goal) return day
    return start + week * 7
  }
  return null
}

/** Percents to be expected at the end of each of the next 26 weeks; empty where all seats are in use already. */
export function bandOf({ from, at }: Outlook): ForecastBand {
  if (isAt(from, 100)) return []
  const start = dayNumber(from.day)
  const percent = (effort: number) => Math.round(shareOf(effort) * 1000) / 10
  return Array.from({ length: BAND_WEEKS }, (_, index) => {
    const day = start + 7 * (index + 1)
    const { low, middle, high } = at(day)
    return { day: dayAt(day), low: percent(low), middle: percent(middle), high: percent(high) }
  })
}
