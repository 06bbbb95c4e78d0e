import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import type { AttendeeAnswer } from '../model/success.ts'
import { icalRule, type Rule } from './rule.ts'
import { vtimezone } from './vtimezone.ts'
import { type Instant, plusMinutes } from './zone.ts'

export type Address = Readonly<{ name: string; email: string }>

/** A meeting or a series as a calendar holds it. */
export type CalendarEvent = Readonly<{
  /** The same for all that is ever said of it: updates and cancelling reach what was accepted. */
  uid: string
  /** Counts changes; a calendar ignores what is older than what it has. */
  sequence: number
  /** When this was written. */
  stamp: Instant
  start: Instant
  minutes: number
  timeZone: string
  /** Of a series. */
  rule: Rule | null
  /** Meetings of the series that do not take place. */
  except: readonly Instant[]
  /** Which of a series this is, as the series has it (RECURRENCE-ID); null for a series or a meeting of its own. */
  occurrence: Instant | null
  title: string
  description: string
  location: string | null
  organizer: Address | null
  attendees: readonly (Address & Readonly<{ answer: AttendeeAnswer; isOptional: boolean }>)[]
  isCancelled: boolean
}>

const PRODUCT = '-//Impulso//Impulso//EN'
/** How far changes of the clocks are written one by one; later ones as rules. */
const AHEAD_DAYS = 366

/** What is sent to those who are asked: to come, or no longer to come. Several events are a series and meetings of it. */
export const invitationText = (method: 'REQUEST' | 'CANCEL', ...events: readonly CalendarEvent[]): string =>
  calendar(events)
    .method(method === 'REQUEST' ? ICalCalendarMethod.REQUEST : ICalCalendarMethod.CANCEL)
    .toString()

/** A calendar to subscribe to. `refreshHours`: how often it is worth asking again. */
export const feedText = (name: string, events: readonly CalendarEvent[], refreshHours: number): string =>
  calendar(events)
    .name(oneLine(name))
    .ttl(refreshHours * 3600)
    .toString()

function calendar(events: readonly CalendarEvent[]): ICalCalendar {
  const starts = events.flatMap(each => [each.start, each.occurrence ?? each.start])
  const first = starts.reduce((a, b) => (a < b ? a : b), starts[0] ?? '1970-01-01T00:00:00.000Z')
  const last = starts.reduce((a, b) => (a > b ? a : b), first)
  const range = { from: first, until: plusMinutes(last, AHEAD_DAYS * 24 * 60) }
  const made = ical({ prodId: PRODUCT, timezone: { name: null, generator: zone => vtimezone(zone, range) } })
  for (const event of events) addEvent(made, event)
  return made
}

function addEvent(made: ICalCalendar, event: CalendarEvent): void {
  const { timeZone, start, minutes, organizer } = event
  const at = (instant: Instant) => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone)
  const entry = made.createEvent({
    id: event.uid,
    sequence: event.sequence,
    stamp: Temporal.Instant.from(event.stamp),
    start: at(start),
    end: at(plusMinutes(start, minutes)),
    timezone: timeZone,
    summary: oneLine(event.title),
    status: event.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.OPAQUE,
    busystatus: event.isCancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
    ...(event.description === '' ? {} : { description: manyLines(event.description) }),
    ...(event.location ? { location: oneLine(event.location) } : {}),
    ...(event.rule ? { repeating: repeating(event.rule, event, at) } : {}),
    ...(event.occurrence ? { recurrenceId: at(event.occurrence) } : {}),
    ...(organizer ? { organizer: { name: oneLine(organizer.name) || organizer.email, email: address(organizer.email) } } : {}),
  })
  for (const attendee of event.attendees) {
    entry.createAttendee({
      name: oneLine(attendee.name) || attendee.email,
      email: address(attendee.email),
      rsvp: !event.isCancelled,
      role: attendee.isOptional ? ICalAttendeeRole.OPT : ICalAttendeeRole.REQ,
      status: STATUS[attendee.answer],
    })
  }
}

const STATUS = {
  'needs-action': ICalAttendeeStatus.NEEDSACTION,
  accepted: ICalAttendeeStatus.ACCEPTED,
  declined: ICalAttendeeStatus.DECLINED,
  tentative: ICalAttendeeStatus.TENTATIVE,
} as const satisfies Record<AttendeeAnswer, ICalAttendeeStatus>

/** The rule with the days it leaves out; as text, because these are the only words that need no escaping. */
function repeating(rule: Rule, { timeZone, except }: CalendarEvent, at: (instant: Instant) => Temporal.ZonedDateTime): string {
  const left = except.map(each => at(each).toPlainDateTime().toString({ smallestUnit: 'second' }).replace(/[-:]/g, ''))
  return [`RRULE:${icalRule(rule, timeZone)}`, ...(left.length > 0 ? [`EXDATE;TZID=${timeZone}:${left.join(',')}`] : [])].join('\n')
}

/** Without anything that ends a line or hides what stands there. */
const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\p{Cs}/gu, '')
    .trim()
/** Line ends stay, as one kind. */
const manyLines = (text: string) =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .replace(/\p{Cs}/gu, '')
/** An address was checked when it was taken; here it only may not end the line. */
const address = (text: string) => text.replace(/[\p{Cc}\p{Z}<>"]/gu, '')
