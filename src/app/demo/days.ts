import type { Day } from '../../model/words.ts'

const DAY_MS = 86_400_000

/** Days since 1970-01-01. */
export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS)

/** The day with that number; a whole number always names a real day, so the brand holds. */
export const dayOf = (number: number): Day => new Date(number * DAY_MS).toISOString().slice(0, 10) as Day

export const daysBefore = (day: string, count: number): Day => dayOf(dayNumber(day) - count)

/** The day itself, or the Friday before a weekend. */
export function workdayBefore(day: Day): Day {
  // 1970-01-01 was a Thursday.
  const weekday = (dayNumber(day) + 3) % 7
  return daysBefore(day, Math.max(0, weekday - 4))
}
