import { RRuleTemporal } from 'rrule-temporal'
import { Day } from '../model/words.ts'
import { type Instant, type Local, textOf, zoned } from './zone.ts'

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** A weekday, and which of a month: 1 to 5 from its beginning, -1 its last; null each. */
export type RuleDay = Readonly<{ nth: number | null; day: Weekday }>

/** The part of an iCalendar rule (RFC 5545, 3.3.10) that series of meetings need. */
export type Rule = Readonly<{
  freq: 'DAILY' | 'WEEKLY' | 'MONTHLY'
  interval: number
  /** Empty: the weekday, or the day of the month, of the first meeting. */
  byDay: readonly RuleDay[]
  byMonthDay: readonly number[]
  count: number | null
  /** The last day, in local time. */
  until: Day | null
}>

/** What is wrong with a rule, and with which part of it. */
export type RuleFault = Readonly<{ ok: false; part: string; message: string }>
export type RuleResult = Readonly<{ ok: true; rule: Rule }> | RuleFault

const fault = (part: string, message: string): RuleFault => ({ ok: false, part, message })
const PARTS = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'COUNT', 'UNTIL', 'WKST'] as const
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY'] as const

/** Reads `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`; a fault names the part that is not understood. */
export function parseRule(text: string): RuleResult {
  const parts = new Map<string, string>()
  for (const each of text.trim().toUpperCase().split(';')) {
    const [name = '', value = '', ...more] = each.split('=')
    if (!(PARTS as readonly string[]).includes(name))
      return fault(name, `"${name}" is not a part that series have; they have ${PARTS.join(', ')}`)
    if (value === '' || more.length > 0) return fault(name, `${name} needs one value`)
    if (parts.has(name)) return fault(name, `${name} stands twice`)
    parts.set(name, value)
  }
  const freq = FREQUENCIES.find(each => each === parts.get('FREQ'))
  if (!freq) return fault('FREQ', `FREQ is one of ${FREQUENCIES.join(', ')}`)
  if ((parts.get('WKST') ?? 'MO') !== 'MO') return fault('WKST', 'weeks begin on MO')
  const interval = wholeNumber(parts.get('INTERVAL') ?? '1', 1, 52)
  if (interval === null) return fault('INTERVAL', 'INTERVAL is a number from 1 to 52')
  const count = parts.has('COUNT') ? wholeNumber(parts.get('COUNT') ?? '', 1, 520) : null
  if (parts.has('COUNT') && count === null) return fault('COUNT', 'COUNT is a number from 1 to 520')
  if (parts.has('COUNT') && parts.has('UNTIL')) return fault('UNTIL', 'COUNT and UNTIL exclude each other')
  const until = parts.has('UNTIL') ? dayOf(parts.get('UNTIL') ?? '') : null
  if (parts.has('UNTIL') && until === null) return fault('UNTIL', 'UNTIL is the last day, like 20261231')
  const byDay = daysOf(parts.get('BYDAY'), freq)
  if (!byDay) return fault('BYDAY', BY_DAY[freq])
  const byMonthDay = (parts.get('BYMONTHDAY')?.split(',') ?? []).map(each => (each === '-1' ? -1 : wholeNumber(each, 1, 31)))
  if (byMonthDay.length > 0 && freq !== 'MONTHLY') return fault('BYMONTHDAY', 'BYMONTHDAY belongs to MONTHLY')
  if (byMonthDay.length > 0 && byDay.length > 0) return fault('BYMONTHDAY', 'BYMONTHDAY and BYDAY exclude each other')
  if (byMonthDay.includes(null)) return fault('BYMONTHDAY', 'BYMONTHDAY lists days of the month from 1 to 31, or -1 for the last')
  // No null is left among them.
  return { ok: true, rule: { freq, interval, byDay, byMonthDay: [...new Set(byMonthDay as number[])], count, until } }
}

const BY_DAY: Readonly<Record<Rule['freq'], string>> = {
  DAILY: 'BYDAY lists weekdays, like MO,WE',
  WEEKLY: 'BYDAY lists weekdays, like MO,WE',
  MONTHLY: 'BYDAY lists weekdays with their place in the month, like 2TU or -1FR',
}

function wholeNumber(text: string, least: number, most: number): number | null {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : null
}

function dayOf(text: string): Day | null {
  const [, year, month, day] = /^([12]\d{3})(\d{2})(\d{2})$/.exec(text) ?? []
  return Day.safeParse(`${year}-${month}-${day}`).data ?? null
}

/** Null for what is no list of weekdays as the frequency has them. */
function daysOf(text: string | undefined, freq: Rule['freq']): readonly RuleDay[] | null {
  const days: RuleDay[] = []
  for (const each of text?.split(',') ?? []) {
    const [, nth, name] = /^([1-5]|-1)?([A-Z]{2})$/.exec(each) ?? []
    const day = WEEKDAYS.find(known => known === name)
    if (!day || (nth !== undefined) !== (freq === 'MONTHLY')) return null
    const found = { nth: nth === undefined ? null : Number(nth), day }
    if (!days.some(known => known.nth === found.nth && known.day === found.day)) days.push(found)
  }
  return days
}

/** One way to write a rule; `parseRule` of it is the same rule. */
export const printRule = (rule: Rule): string => printed(rule, rule.until?.replaceAll('-', '') ?? null)

/** The same as it stands in a calendar: the end as an instant, since the beginning has a time of day (RFC 5545, 3.3.10). */
export function icalRule(rule: Rule, zone: string): string {
  const end = rule.until === null ? null : textOf(zoned(`${rule.until}T23:59:59`, zone).epochMilliseconds)
  return printed(rule, end?.replace(/[-:]|\.\d+/g, '') ?? null)
}

const printed = ({ freq, interval, byDay, byMonthDay, count }: Rule, until: string | null): string =>
  [
    `FREQ=${freq}`,
    ...(interval === 1 ? [] : [`INTERVAL=${interval}`]),
    ...(byDay.length === 0 ? [] : [`BYDAY=${byDay.map(({ nth, day }) => `${nth ?? ''}${day}`).join(',')}`]),
    ...(byMonthDay.length === 0 ? [] : [`BYMONTHDAY=${byMonthDay.join(',')}`]),
    ...(count === null ? [] : [`COUNT=${count}`]),
    ...(until === null ? [] : [`UNTIL=${until}`]),
  ].join(';')

/** A series: its rule, in the wall-clock time of its zone. */
export type Series = Readonly<{ rule: Rule; startsLocal: Local; timeZone: string }>

/** No series is looked at further than this many days from where it is asked of: a rule may have no day at all (the 31st of each June). */
const FURTHEST_DAYS = 366 * 5

/**
 * Meetings of a series from an instant on (itself included) and before another, in order, `limit` at most. A day on which clocks leave the
 * time out has none (RFC 5545, 3.3.10).
 */
export function occurrences(
  series: Series,
  { from, before, limit }: Readonly<{ from: Instant; before?: Instant; limit: number }>,
): readonly Instant[] {
  const begin = Date.parse(from)
  const end = before === undefined ? begin + FURTHEST_DAYS * 86_400_000 : Date.parse(before)
  const found: Instant[] = []
  // `between` leaves out its end, and the beginning is wanted.
  for (const each of ruleOf(series).between(new Date(begin), new Date(Math.max(begin, end)), true)) {
    const at = each.epochMilliseconds
    if (at >= begin && at < end) found.push(textOf(at))
    if (found.length >= limit) break
  }
  return found
}

/** The first meeting of a series; undefined where the rule has none. */
export const firstOf = (series: Series): Instant | undefined =>
  occurrences(series, { from: textOf(zoned(series.startsLocal, series.timeZone).epochMilliseconds), limit: 1 })[0]

const ruleOf = ({ rule, startsLocal, timeZone }: Series) =>
  new RRuleTemporal({ rruleString: `RRULE:${icalRule(rule, timeZone)}`, dtstart: zoned(startsLocal, timeZone) })
