import type { Day } from '../../model/words.ts'

const DAY_MS = 86_400_000

/** `count` days later; earlier when it is negative. */
export const dayAfter = (day: Day, count: number): Day =>
  // Cut from an ISO date, so a day.
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10) as Day

/** Monday of the week that a day belongs to (ISO 8601). */
export const mondayOf = (day: Day): Day => dayAfter(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** First days of months after `from` up to `to`, thinned out to at most `most`. */
export function monthStarts(from: Day, to: Day, most: number): readonly Day[] {
  const starts: Day[] = []
  let [year = 0, month = 1] = from.split('-').map(Number)
  for (;;) {
    month += 1
    if (month > 12) [year, month] = [year + 1, 1]
    // Written as a day is.
    const start = `${year}-${String(month).padStart(2, '0')}-01` as Day
    if (start > to) break
    starts.push(start)
  }
  const step = Math.max(1, Math.ceil(starts.length / most))
  return starts.filter((_, at) => at % step === 0)
}
