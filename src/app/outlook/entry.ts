import { createHash } from 'node:crypto'
import { recurrenceOf } from '../../calendar/recurrence.ts'
import { windowsZone } from '../../calendar/windows-zones.ts'
import { type Instant, localOf, plusMinutes } from '../../calendar/zone.ts'
import type { CalendarEntry } from '../../graph/types.ts'
import type { AttendeeRow } from '../../store/meetings.ts'
import type { Row } from '../../store/tables.ts'
import { problemOf } from '../meetings/attendees.ts'
import { firstOfRow, seriesOf } from '../meetings/series.ts'

type Address = Readonly<{ name: string; email: string }>
type AddressOf = (row: AttendeeRow) => Address | undefined
/** Why Outlook cannot have a series. */
export type EntryProblem = 'rule' | 'zone'

/** A series as Outlook is to have it, or why it cannot. */
export function seriesEntry(
  row: Row<'cadence'>,
  attendees: CalendarEntry['attendees'],
): Readonly<{ entry: CalendarEntry }> | Readonly<{ problem: EntryProblem }> {
  const first = firstOfRow(row)
  if (first === undefined) return { problem: 'rule' }
  const zone = windowsZone(row.time_zone, first)
  if (zone === undefined) return { problem: 'zone' }
  const recurrence = recurrenceOf(seriesOf(row), zone)
  if (!recurrence) return { problem: 'rule' }
  const times = timesOf(first, plusMinutes(first, row.minutes), row.time_zone, zone)
  return { entry: { subject: row.title, location: row.location, ...times, attendees, recurrence } }
}

/** A meeting of its own, or the one of a series that it is. Once, any zone has a time in UTC. */
export function meetingEntry(row: Row<'meeting'>, attendees: CalendarEntry['attendees']): CalendarEntry {
  const zone = row.cadence_id === null ? windowsZone(row.time_zone, row.starts_at) : undefined
  const times = timesOf(row.starts_at, row.ends_at, zone === undefined ? 'UTC' : row.time_zone, zone ?? 'UTC')
  return { subject: row.title, location: row.location, ...times, attendees, recurrence: null }
}

const timesOf = (start: Instant, end: Instant, zone: string, timeZone: string) => ({
  start: { dateTime: localOf(start, zone), timeZone },
  end: { dateTime: localOf(end, zone), timeZone },
})

/** Rows of those whom Outlook is to invite: who may be written to, and not the organizer, who is there anyway. */
export const invited = (rows: readonly AttendeeRow[], addressOf: AddressOf, organizer: string) =>
  rows.flatMap(row => {
    const problem = problemOf(row)
    const address = addressOf(row)
    if (!address || problem === 'do-not-contact' || address.email.toLowerCase() === organizer.toLowerCase()) return []
    return [{ row, attendee: { ...address, isOptional: row.is_optional } }]
  })

/** What tells one entry from another: `time:rest`, so that it shows whether the time is another. */
export function digestOf({ start, end, recurrence, ...rest }: CalendarEntry): string {
  return `${hash({ start, end, recurrence })}:${hash(rest)}`
}
export const isMoved = (before: string | null, after: string): boolean => before?.split(':')[0] !== after.split(':')[0]

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24)

/**
 * By which the service knows a repeated request to make the same event: the same until the event is there. Another organizer's, and the one
 * after an event was taken away, is another one.
 */
export function transactionOf(uid: string, organizerId: string, formerId: string | null): string {
  const digits = createHash('sha256')
    .update(`${uid} ${organizerId} ${formerId ?? ''}`)
    .digest('hex')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}
