import type { Rule, Series, Weekday } from './rule.ts'
import { WEEKDAYS } from './rule.ts'
import { zoned } from './zone.ts'

/** How a series repeats, as Microsoft Graph has it (`patternedRecurrence`); days are `YYYY-MM-DD` in local time. */
export type Recurrence = Readonly<{
  pattern: Readonly<{
    type: 'daily' | 'weekly' | 'absoluteMonthly' | 'relativeMonthly'
    interval: number
    daysOfWeek?: readonly string[]
    firstDayOfWeek?: 'monday'
    dayOfMonth?: number
    index?: string
  }>
  range: Readonly<{
    type: 'noEnd' | 'endDate' | 'numbered'
    startDate: string
    endDate?: string
    numberOfOccurrences?: number
    recurrenceTimeZone: string
  }>
}>

const NAMES: Readonly<Record<Weekday, string>> = {
  MO: 'monday',
  TU: 'tuesday',
  WE: 'wednesday',
  TH: 'thursday',
  FR: 'friday',
  SA: 'saturday',
  SU: 'sunday',
}
const INDEXES: Readonly<Record<number, string>> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', [-1]: 'last' }

/**
 * The series for Outlook; undefined for a rule that it has no words for: several days of a month, the 29th to 31st or the last one, which
 * Outlook puts on another day where a month has none, a fifth weekday, and weekdays of every second day. `timeZone`: as Windows names it.
 */
export function recurrenceOf({ rule, startsLocal, timeZone: zone }: Series, timeZone: string): Recurrence | undefined {
  const pattern = patternOf(rule, startsLocal, zone)
  if (!pattern) return undefined
  const startDate = startsLocal.slice(0, 10)
  const common = { startDate, recurrenceTimeZone: timeZone }
  if (rule.count !== null) return { pattern, range: { type: 'numbered', numberOfOccurrences: rule.count, ...common } }
  if (rule.until !== null) return { pattern, range: { type: 'endDate', endDate: rule.until, ...common } }
  return { pattern, range: { type: 'noEnd', ...common } }
}

function patternOf({ freq, interval, byDay, byMonthDay }: Rule, startsLocal: string, zone: string): Recurrence['pattern'] | undefined {
  const weekly = (days: readonly Weekday[], every: number) =>
    ({ type: 'weekly', interval: every, daysOfWeek: days.map(day => NAMES[day]), firstDayOfWeek: 'monday' }) as const
  switch (freq) {
    case 'DAILY':
      if (byDay.length === 0) return { type: 'daily', interval }
      return interval === 1
        ? weekly(
            byDay.map(each => each.day),
            1,
          )
        : undefined
    case 'WEEKLY':
      return weekly(byDay.length > 0 ? byDay.map(each => each.day) : [weekdayOf(startsLocal, zone)], interval)
    case 'MONTHLY': {
      const [day, ...more] = byDay
      const index = day === undefined ? undefined : INDEXES[day.nth ?? 0]
      if (day) return index && more.length === 0 ? { type: 'relativeMonthly', interval, daysOfWeek: [NAMES[day.day]], index } : undefined
      const [dayOfMonth = Number(startsLocal.slice(8, 10)), ...others] = byMonthDay
      return others.length === 0 && dayOfMonth >= 1 && dayOfMonth <= 28 ? { type: 'absoluteMonthly', interval, dayOfMonth } : undefined
    }
  }
}

function weekdayOf(local: string, zone: string): Weekday {
  // Days of the week count from Monday, 1.
  return WEEKDAYS[zoned(local, zone).dayOfWeek - 1] as Weekday
}
