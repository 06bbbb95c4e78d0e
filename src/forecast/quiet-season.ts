import { dayAt } from './days.ts'

/** Month and day, both included: when many are on holiday, north of the equator or south of it. */
const SEASONS = [
  { from: '12-20', to: '12-31' },
  { from: '01-01', to: '01-06' },
  { from: '07-15', to: '08-20' },
] as const
/** Fewer days than these in the 28 hardly move a figure: who is away for a week is back before the window has passed. */
const TOUCHED_DAYS = 5
const WINDOW_DAYS = 28

/** Remembered by day: the same few hundred are asked for again and again. */
const known = new Map<number, boolean>()

/** Whether the 28 days up to this one hold so much of a holiday season that a dip says nothing about the trend. */
export function isQuiet(day: number): boolean {
  const found = known.get(day)
  if (found !== undefined) return found
  let holidays = 0
  for (let back = 0; back < WINDOW_DAYS; back++) if (isHoliday(day - back)) holidays++
  const value = holidays >= TOUCHED_DAYS
  known.set(day, value)
  return value
}

function isHoliday(day: number): boolean {
  const monthDay = dayAt(day).slice(5)
  return SEASONS.some(({ from, to }) => monthDay >= from && monthDay <= to)
}
