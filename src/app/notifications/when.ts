import type { QuietHours } from '../../model/preference-api.ts'
import type { Day } from '../../model/words.ts'
import { dayIn, isWorkingDay, momentIn, USUAL_CALENDAR, type WorkingCalendar } from '../../model/working-calendar.ts'

/** Whether a moment falls into the quiet hours of somebody in this time zone. By the clock on their wall, whatever it skips or repeats. */
export function isQuiet(quiet: QuietHours | null, timeZone: string, now: Date): boolean {
  if (quiet === null) return false
  const time = clockIn(timeZone, now)
  const { from, until } = quiet
  return from < until ? from <= time && time < until : time >= from || time < until
}

const clockIn = (timeZone: string, now: Date): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now)

/** The digest that is due now: of which local day, and the moment up to which it tells. */
export type DueDigest = Readonly<{ day: Day; until: Date }>

/**
 * On a day on which one of the person's teams works, without a team on Monday to Friday, once the hour has come; undefined otherwise. What
 * came up after the hour waits for the next digest, so a worker that was late sends the same as one that was not.
 */
export function dueDigest(
  hour: number,
  timeZone: string,
  now: Date,
  teams: readonly WorkingCalendar[] = [USUAL_CALENDAR],
): DueDigest | undefined {
  const day = dayIn(timeZone, now)
  const until = momentIn(timeZone, day, `${String(hour).padStart(2, '0')}:00`)
  return teams.some(team => isWorkingDay(team, day)) && now >= until ? { day, until } : undefined
}
