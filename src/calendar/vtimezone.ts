import { Temporal } from 'temporal-polyfill'
import { type Instant, textOf } from './zone.ts'

/** A change of the clocks of a zone: what they show before and after, seconds east of UTC. */
type Change = Readonly<{ at: number; before: number; after: number }>

/** How many years a change must come back the same for it to be written as a rule. */
const SAME_YEARS = 8
/** Changes that follow no rule are written one by one for so many years. */
const IRREGULAR_YEARS = 6
const YEAR_MS = 366 * 86_400_000

/**
 * The VTIMEZONE of a zone (RFC 5545, 3.6.5), right from `from` on: each change of the clocks since then, and what comes back every year
 * as a rule that begins at `until`. Made from the zone's own history, because ready-made blocks hold today's rules alone: São Paulo had
 * summer time until 2019.
 */
export function vtimezone(zone: string, { from, until }: Readonly<{ from: Instant; until: Instant }>): string {
  const begin = Date.parse(from)
  const end = Math.max(begin, Date.parse(until))
  const [first, ...changes] = changesOf(zone, begin, end)
  const later = changesOf(zone, end, end + SAME_YEARS * YEAR_MS).slice(1)
  // Of a zone that changes twice a year, the first two of the later ones begin the rules.
  const yearly = later.slice(0, 2).map(change => ({ change, rule: yearlyRule(change, later) }))
  const isRegular = later.length >= 2 && yearly.every(each => each.rule !== null) && later.length <= 2 * (SAME_YEARS + 1)
  const parts = [
    ...[first, ...changes].flatMap(change => (change ? [observance(change, null)] : [])),
    ...(isRegular
      ? yearly.map(({ change, rule }) => observance(change, rule))
      : later.filter(change => change.at < end + IRREGULAR_YEARS * YEAR_MS).map(change => observance(change, null))),
  ]
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...parts, 'END:VTIMEZONE', ''].join('\r\n')
}

/** What holds at `begin`, as a change at or before it, and all changes until `end`. */
function changesOf(zone: string, begin: number, end: number): readonly Change[] {
  let now = Temporal.Instant.fromEpochMilliseconds(begin).toZonedDateTimeISO(zone)
  const before = now.add({ seconds: 1 }).getTimeZoneTransition('previous')
  const found: Change[] = [before ? changeAt(before) : { at: 0, before: offsetOf(now), after: offsetOf(now) }]
  for (;;) {
    const next = now.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds > end) return found
    // A zone may change its name or its laws and no clock.
    const change = changeAt(next)
    if (change.before !== change.after) found.push(change)
    now = next
  }
}

const offsetOf = (at: Temporal.ZonedDateTime): number => at.offsetNanoseconds / 1e9
const changeAt = (at: Temporal.ZonedDateTime): Change => ({
  at: at.epochMilliseconds,
  before: offsetOf(at.subtract({ seconds: 1 })),
  after: offsetOf(at),
})

/** What the clocks show when they are changed. */
const wallOf = ({ at, before }: Change) => new Date(at + before * 1000)

/** `FREQ=YEARLY;…` when the change comes back every year on the same weekday of the same month at the same time, else null. */
function yearlyRule(change: Change, later: readonly Change[]): string | null {
  const wall = wallOf(change)
  const same = later.filter(each => each.before === change.before && each.after === change.after).map(wallOf)
  const sameTime = same.every(
    each =>
      each.getUTCMonth() === wall.getUTCMonth() &&
      each.getUTCDay() === wall.getUTCDay() &&
      each.toISOString().slice(11) === wall.toISOString().slice(11),
  )
  if (!sameTime || same.length < SAME_YEARS - 1 || same.some((each, index) => each.getUTCFullYear() !== wall.getUTCFullYear() + index))
    return null
  const day = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][wall.getUTCDay()]
  const nth = same.map(each => Math.ceil(each.getUTCDate() / 7))
  const isLast = same.every(each => each.getUTCDate() + 7 > daysIn(each))
  if (!isLast && nth.some(each => each !== nth[0])) return null
  return `FREQ=YEARLY;BYMONTH=${wall.getUTCMonth() + 1};BYDAY=${isLast ? -1 : nth[0]}${day}`
}

const daysIn = (day: Date) => new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()

function observance(change: Change, rule: string | null): string {
  // Which of the two is called daylight saving matters to nobody's clock.
  const kind = change.after > change.before ? 'DAYLIGHT' : 'STANDARD'
  const wall = textOf(wallOf(change).getTime()).replace(/[-:]|\.\d+Z$/g, '')
  return [
    `BEGIN:${kind}`,
    `DTSTART:${wall}`,
    `TZOFFSETFROM:${offset(change.before)}`,
    `TZOFFSETTO:${offset(change.after)}`,
    ...(rule === null ? [] : [`RRULE:${rule}`]),
    `END:${kind}`,
  ].join('\r\n')
}

function offset(seconds: number): string {
  const all = Math.abs(seconds)
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0')
  const rest = all % 60
  return `${seconds < 0 ? '-' : '+'}${two(all / 3600)}${two((all % 3600) / 60)}${rest === 0 ? '' : two(rest)}`
}
