import type { Day } from './words.ts'

/** When a team works. Deadlines that count working days count these. */
export type WorkingCalendar = Readonly<{
  /** IANA name: `America/Sao_Paulo`. */
  timeZone: string
  /** ISO days, 1 Monday … 7 Sunday; at least one. */
  workDays: readonly number[]
  /** Local time of a working day, `09:00`; it begins at `from` and is over at `until`. */
  from: string
  until: string
  holidays: readonly Day[]
}>

/** Of customers that no team has: Monday to Friday, 09:00 to 18:00 UTC, as the database gives a new team. */
export const USUAL_CALENDAR: WorkingCalendar = { timeZone: 'UTC', workDays: [1, 2, 3, 4, 5], from: '09:00', until: '18:00', holidays: [] }

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

export const isWorkingDay = ({ workDays, holidays }: WorkingCalendar, day: Day): boolean =>
  workDays.includes(isoDay(day)) && !holidays.includes(day)

/** The nth working day after `day`, whatever `day` itself is. With 0: `day`, or the first working day after it. */
export function addWorkingDays(calendar: WorkingCalendar, day: Day, count: number): Day {
  if (calendar.workDays.length === 0) throw new Error('a team works on one day of the week at least')
  let at = day
  let left = count
  if (left === 0) while (!isWorkingDay(calendar, at)) at = dayAfter(at)
  while (left > 0) {
    at = dayAfter(at)
    if (isWorkingDay(calendar, at)) left -= 1
  }
  return at
}

/** The moment itself when the team works then, else the start of its next working day. */
export function nextWorkingMoment(calendar: WorkingCalendar, moment: Date): Date {
  const day = dayIn(calendar.timeZone, moment)
  if (isWorkingDay(calendar, day)) {
    const starts = momentIn(calendar.timeZone, day, calendar.from)
    if (moment < starts) return starts
    if (moment < momentIn(calendar.timeZone, day, calendar.until)) return moment
  }
  return momentIn(calendar.timeZone, addWorkingDays(calendar, day, 1), calendar.from)
}

/** Which day it is in a time zone. */
export const dayIn = (timeZone: string, moment: Date): Day =>
  // The first ten characters of a year of four digits are a day.
  localText(timeZone, moment.getTime()).slice(0, 10) as Day

/** Local wall-clock time as a moment. What the clocks skip counts as that much later, what they say twice as the first of the two. */
export function momentIn(timeZone: string, day: Day, time: string): Date {
  const wanted = Date.parse(`${day}T${time.slice(0, 5)}:00Z`)
  // Two offsets are possible around a change of the clocks; the one of the day before makes the earlier of two, and the later of none.
  const before = wanted - offsetAt(timeZone, wanted - DAY_MS)
  const after = wanted - offsetAt(timeZone, wanted + DAY_MS)
  const fits = [before, after].filter(at => at + offsetAt(timeZone, at) === wanted)
  return new Date(fits.length > 0 ? Math.min(...fits) : before)
}

/** Whether this is a time zone that can be counted in. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

const isoDay = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7
const dayAfter = (day: Day): Day =>
  // The day after a day is one.
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10) as Day

/** How far local clocks are ahead of UTC, in milliseconds of whole minutes. */
function offsetAt(timeZone: string, at: number): number {
  const local = Date.parse(`${localText(timeZone, at)}Z`)
  return Math.round((local - at) / MINUTE_MS) * MINUTE_MS
}

/** `2026-11-21T09:30:00` */
function localText(timeZone: string, at: number): string {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const [year, month, day] = [parts.get('year')?.padStart(4, '0'), parts.get('month'), parts.get('day')]
  return `${year}-${month}-${day}T${parts.get('hour')}:${parts.get('minute')}:${parts.get('second')}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Made once each: making one costs a hundred times what using it does. Throws for what is no time zone. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const made = formats.get(timeZone)
  if (made) return made
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(timeZone, format)
  return format
}
