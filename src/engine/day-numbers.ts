import type { Day } from '../model/words.ts'

const DAY_MS = 86_400_000
const known = new Map<string, number>()
const written = new Map<number, Day>()

/**
 * Days since 1970-01-01. Remembered, because a portfolio asks for the same few hundred days millions of times;
 * forgotten before it could grow without end.
 */
export function dayNumber(day: string): number {
  const before = known.get(day)
  if (before !== undefined) return before
  const number = Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS)
  if (known.size > 20_000) known.clear()
  known.set(day, number)
  return number
}

/** The day of a number; undefined outside the four-digit years. */
export function dayOf(number: number): Day | undefined {
  const before = written.get(number)
  if (before !== undefined) return before
  const at = new Date(number * DAY_MS)
  if (Number.isNaN(at.getTime())) return undefined
  const text = at.toISOString()
  if (text.length !== 24) return undefined
  const day = text.slice(0, 10) as Day // four-digit years give exactly the form of a Day
  if (written.size > 20_000) written.clear()
  written.set(number, day)
  return day
}

export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

export const daysAfter = (day: string, count: number): Day | undefined => dayOf(dayNumber(day) + count)

/** The nth working day (Monday to Friday) after a day; backwards when n is negative. */
export function workingDaysAfter(day: string, count: number): Day | undefined {
  const weeks = Math.trunc(count / 5)
  let number = dayNumber(day)
  // Whole weeks at once, so that an absurd count costs nothing; from a weekend it counts like from the Friday before.
  const weekday = weekdayOf(number)
  if (count > 0 && weekday > 4) number -= weekday - 4
  if (count < 0 && weekday > 4) number += 7 - weekday
  number += weeks * 7
  const step = Math.sign(count)
  for (let left = Math.abs(count % 5); left > 0; ) {
    number += step
    if (weekdayOf(number) < 5) left -= 1
  }
  return dayOf(number)
}

/** 0 = Monday; 1970-01-01 was a Thursday. */
const weekdayOf = (number: number): number => (((number + 3) % 7) + 7) % 7
