import { mix } from './chance.ts'
import { dayOf } from './days.ts'

/** How use develops: `rise` after activation, `fall` = rose and then lost a good part in the last months, `flat` = long settled. */
export type Trend = 'rise' | 'fall' | 'flat'

export type Curve = Readonly<{
  seed: number
  trend: Trend
  /** Day numbers, both included. */
  from: number
  to: number
  /** Users active over the 28 days up to `to`; the whole curve is scaled to end exactly here. */
  final: number
  /** No day has more; null = no limit. */
  most: number | null
  /** Days until about two thirds of the users have come. */
  rampDays: number
}>

/**
 * Rolling 28-day active users on a day. Smooth, because 28 days hold four of each weekday; it dips
 * some weeks after holidays begin and stays low until the window has left them behind.
 */
export function activeOn(curve: Curve, day: number): number {
  if (day === curve.to) return curve.final
  const value = (curve.final * shape(curve, day)) / shape(curve, curve.to)
  return Math.max(0, Math.min(curve.most ?? Number.POSITIVE_INFINITY, Math.round(value)))
}

function shape(curve: Curve, day: number): number {
  const age = day - curve.from + 1
  const ramp = curve.trend === 'flat' ? 1 : 1 - Math.exp(-age / curve.rampDays)
  const left = curve.to - day
  const lost = curve.trend === 'fall' ? 1 + 1.4 / (1 + Math.exp((60 - left) / 14)) : 1
  return ramp * lost * season(day) * wobble(curve.seed, day)
}

/** Between 0.96 and 1.04, a new value each week, joined by straight lines. */
function wobble(seed: number, day: number): number {
  const week = Math.floor(day / 7)
  const at = (index: number) => 0.96 + (0.08 * mix(seed, index)) / 2 ** 32
  const share = day / 7 - week
  return at(week) * (1 - share) + at(week + 1) * share
}

/** Share of users who are at work sometime in the window: the year's end and the long summer break. */
const seasons = new Map<number, number>()
function season(day: number): number {
  const known = seasons.get(day)
  if (known !== undefined) return known
  let sum = 0
  for (let back = 0; back < 28; back++) sum += isHoliday(day - back) ? 0.82 : 1
  const value = sum / 28
  seasons.set(day, value)
  return value
}

function isHoliday(day: number): boolean {
  const monthDay = dayOf(day).slice(5)
  return monthDay >= '12-20' || monthDay <= '01-06' || (monthDay >= '07-20' && monthDay <= '08-14')
}
