import type { Address, CalendarEvent } from '../../calendar/ical.ts'
import { firstOf } from '../../calendar/rule.ts'
import type { AttendeeRow } from '../../store/meetings.ts'
import type { Row } from '../../store/tables.ts'
import { attendeesOf } from './attendees.ts'
import { seriesOf } from './series.ts'

/** What an event needs besides its row. `addressOf` undefined: the attendee has no address, and does not stand in the calendar. */
export type EventParts = Readonly<{
  stamp: string
  description: string
  organizer: Address | null
  attendees: readonly AttendeeRow[]
  addressOf: (attendee: AttendeeRow) => Address | undefined
}>

/** A series with the meetings of it that are not as the rule has them: left out, or events of their own beside it. */
export function seriesEvents(row: Row<'cadence'>, meetings: readonly Row<'meeting'>[], parts: EventParts): readonly CalendarEvent[] {
  const series = seriesOf(row)
  const start = firstOf(series)
  if (start === undefined) return []
  const ours = parts.attendees.filter(each => each.cadence_id === row.id)
  const master: CalendarEvent = {
    uid: row.uid,
    sequence: row.sequence,
    stamp: parts.stamp,
    start,
    minutes: row.minutes,
    timeZone: row.time_zone,
    rule: series.rule,
    except: meetings.flatMap(each => (each.state === 'cancelled' && each.occurrence !== null ? [each.occurrence] : [])),
    occurrence: null,
    title: row.title,
    description: parts.description,
    location: row.location,
    organizer: parts.organizer,
    attendees: entriesOf(ours, parts),
    isCancelled: false,
  }
  const changed = meetings.filter(each => each.state !== 'cancelled' && isChanged(row, each, parts.attendees))
  return [master, ...changed.map(each => meetingEvent(each, parts))]
}

/** Whether a meeting is not as its series has it. */
export const isChanged = (row: Row<'cadence'>, meeting: Row<'meeting'>, attendees: readonly AttendeeRow[]): boolean =>
  meeting.starts_at !== meeting.occurrence ||
  minutesOf(meeting) !== row.minutes ||
  meeting.title !== row.title ||
  meeting.location !== row.location ||
  attendees.some(each => each.meeting_id === meeting.id)

/** One meeting: its own event, or the one of a series that it is. */
export const meetingEvent = (row: Row<'meeting'>, parts: EventParts): CalendarEvent => ({
  uid: row.uid,
  sequence: row.sequence,
  stamp: parts.stamp,
  start: row.starts_at,
  minutes: minutesOf(row),
  timeZone: row.time_zone,
  rule: null,
  except: [],
  occurrence: row.occurrence,
  title: row.title,
  description: parts.description,
  location: row.location,
  organizer: parts.organizer,
  attendees: entriesOf(attendeesOf(parts.attendees, row), parts),
  isCancelled: row.state === 'cancelled',
})

const minutesOf = (row: Row<'meeting'>) => Math.round((Date.parse(row.ends_at) - Date.parse(row.starts_at)) / 60_000)

const entriesOf = (rows: readonly AttendeeRow[], { addressOf }: EventParts): CalendarEvent['attendees'] =>
  rows.flatMap(row => {
    const address = addressOf(row)
    return address ? [{ ...address, answer: row.answer, isOptional: row.is_optional }] : []
  })
