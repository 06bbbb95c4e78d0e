import fc from 'fast-check'
import { Day } from '../model/words.ts'
import { dayAt, dayNumber } from './days.ts'
import type { KnownPoint } from './series.ts'

/** A Sunday; the 20 weeks before it have no holidays. */
export const END = Day.parse('2026-06-28')

/** Users by week, the last on END, of the same seats. */
export const weekly = (users: readonly number[], seats = 1000, end: Day = END): readonly KnownPoint[] =>
  users.map((each, index) => ({ day: dayAt(dayNumber(end) - 7 * (users.length - 1 - index)), users: each, seats }))

/** Anything a series may be: gaps, jumps, seats that change, more users than seats. */
export const anySeries = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 120 }),
    counts: fc.array(fc.record({ users: fc.integer({ min: 0, max: 3000 }), seats: fc.integer({ min: 1, max: 2000 }) }), {
      minLength: 120,
      maxLength: 120,
    }),
  })
  .map(({ days, counts }): readonly KnownPoint[] =>
    [...days]
      .sort((a, b) => b - a)
      // As many as there are days at most.
      .map((back, index) => ({ day: dayAt(dayNumber(END) - back), ...counts[index]! })),
  )
