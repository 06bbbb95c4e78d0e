import type { Day } from '../model/words.ts'

const DAY_MS = 86_400_000

/** Whole days since 1970, so that days can be counted. */
export const dayNumber = (day: Day): number => Math.round(Date.parse(day) / DAY_MS)

// Cut from an ISO date, so a day.
export const dayAt = (number: number): Day => new Date(number * DAY_MS).toISOString().slice(0, 10) as Day
