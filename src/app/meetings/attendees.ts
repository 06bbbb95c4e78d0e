import { randomUUID } from 'node:crypto'
import type { AttendeeView, NewAttendee } from '../../model/meeting-api.ts'
import { findContacts } from '../../store/contacts.ts'
import type { Trx } from '../../store/database.ts'
import { type AttendeeRow, changeAttendee, insertAttendees, removeAttendees } from '../../store/meetings.ts'
import { knownPeople } from '../../store/people.ts'
import type { PersonAccount } from '../auth/types.ts'
import type { Context } from '../context.ts'
import { invalidField } from '../invalid-field.ts'
import { isMailAddress } from '../mail/address.ts'
import { answerToken, hashOf } from './token.ts'

/** What is asked to: a series, or one meeting. */
export type Subject = Readonly<{ cadence: string }> | Readonly<{ meeting: string }>

/** Throws `invalid-input` naming the attendee: who is not there, is put away, may not be written to, or stands twice. */
export async function checkAttendees(trx: Trx, customerId: string, wanted: readonly NewAttendee[]): Promise<void> {
  const contacts = new Map((await findContacts(trx, customerId)).map(each => [each.id, each]))
  const people = await knownPeople(
    trx,
    wanted.flatMap(each => each.person ?? []),
  )
  const seen = new Set<string>()
  for (const [index, { contact, person }] of wanted.entries()) {
    const path = `attendees.${index}`
    const found = contact === null ? undefined : contacts.get(contact)
    if (contact !== null && (!found || found.archived_at !== null)) throw invalidField(path, `the customer has no contact ${contact}`)
    if (found?.do_not_contact) throw invalidField(path, `${found.name} is not to be contacted: ${found.do_not_contact}`)
    if (person !== null && !people.has(person)) throw invalidField(path, `there is no person ${person}`)
    const key = keyOf({ contact, person })
    if (seen.has(key)) throw invalidField(path, 'this attendee stands twice')
    seen.add(key)
  }
}

export const keyOf = ({ contact, person }: Pick<NewAttendee, 'contact' | 'person'>): string =>
  contact === null ? `person ${person}` : `contact ${contact}`
export const keyOfRow = (row: Pick<AttendeeRow, 'contact_id' | 'person_id'>): string =>
  keyOf({ contact: row.contact_id, person: row.person_id })

/** Adds attendees to a series or a meeting. */
export async function addAttendees(
  trx: Trx,
  context: Pick<Context, 'sealKey'>,
  customerId: string,
  subject: Subject,
  wanted: readonly NewAttendee[],
): Promise<void> {
  await insertAttendees(
    trx,
    wanted.map(({ contact, person, isOptional }) => {
      const id = randomUUID()
      return {
        customer_id: customerId,
        id,
        cadence_id: 'cadence' in subject ? subject.cadence : null,
        meeting_id: 'meeting' in subject ? subject.meeting : null,
        contact_id: contact,
        person_id: person,
        is_optional: isOptional,
        token_hash: hashOf(answerToken(context, id)),
      }
    }),
  )
}

/** Makes the attendees of a series or meeting these; answers those taken away who had been invited. */
export async function setAttendees(
  trx: Trx,
  context: Pick<Context, 'sealKey'>,
  customerId: string,
  subject: Subject,
  present: readonly AttendeeRow[],
  wanted: readonly NewAttendee[],
): Promise<readonly AttendeeRow[]> {
  const keys = new Map(wanted.map(each => [keyOf(each), each]))
  const gone = present.filter(row => !keys.has(keyOfRow(row)))
  await removeAttendees(
    trx,
    customerId,
    gone.map(row => row.id),
  )
  const kept = new Map(present.map(row => [keyOfRow(row), row]))
  await addAttendees(
    trx,
    context,
    customerId,
    subject,
    wanted.filter(each => !kept.has(keyOf(each))),
  )
  for (const [key, { isOptional }] of keys) {
    const row = kept.get(key)
    if (row && row.is_optional !== isOptional) await changeAttendee(trx, { customerId, id: row.id }, { is_optional: isOptional })
  }
  return gone.filter(row => row.invited_sequence !== null)
}

export const isSameAttendees = (present: readonly AttendeeRow[], wanted: readonly NewAttendee[]): boolean =>
  present.length === wanted.length &&
  wanted.every(each => present.some(row => keyOfRow(row) === keyOf(each) && row.is_optional === each.isOptional))

/** Where an attendee is reached; undefined for a contact without an address and for people who are no longer here. */
export function addressOf(
  row: AttendeeRow,
  people: ReadonlyMap<string, PersonAccount>,
): Readonly<{ name: string; email: string }> | undefined {
  const person = people.get(row.person_id ?? '')
  const found =
    row.contact_id !== null
      ? { name: row.contact_name ?? '', email: row.contact_email ?? '' }
      : person && person.state !== 'disabled'
        ? { name: person.name, email: person.email }
        : undefined
  return found && isMailAddress(found.email) ? found : undefined
}

/** Why no invitation reaches an attendee; null where one does. */
export function problemOf(row: AttendeeRow): AttendeeView['problem'] {
  if (row.contact_id === null) return null
  if (row.do_not_contact !== null || row.contact_archived_at !== null) return 'do-not-contact'
  if (row.contact_email === null || !isMailAddress(row.contact_email)) return 'no-address'
  return row.bounced_at === null ? null : 'bounced'
}

/** `sequence` of the series or meeting. */
export const attendeeView = (row: AttendeeRow & Partial<Asked>, sequence: number): AttendeeView => ({
  id: row.id,
  contact: row.contact_id,
  person: row.person_id,
  name: row.contact_name ?? row.person_name ?? '–',
  email: row.contact_email,
  isOptional: row.is_optional,
  answer: row.answer,
  answeredAt: row.answered_at,
  comment: row.comment,
  isOnlyThis: row.isOnlyThis ?? false,
  isInvited: row.invited_sequence !== null && row.invited_sequence >= sequence,
  problem: problemOf(row),
})

/** `isOnlyThis`: the answer is to this meeting of the series alone. */
export type Asked = AttendeeRow & Readonly<{ isOnlyThis: boolean }>

/** Those asked to one meeting: its own, else those of its series, each with the answer that counts for this one. */
export function attendeesOf(
  rows: readonly AttendeeRow[],
  meeting: Readonly<{ id: string; cadence_id: string | null; occurrence: string | null }>,
): readonly Asked[] {
  const own = rows.filter(row => row.meeting_id === meeting.id)
  if (own.length > 0) return own.map(row => ({ ...row, isOnlyThis: false }))
  return rows
    .filter(row => row.cadence_id !== null && row.cadence_id === meeting.cadence_id)
    .map(row => {
      const answer = meeting.occurrence === null ? undefined : row.occurrences[occurrenceKey(meeting.occurrence)]
      return { ...row, ...answer, isOnlyThis: answer !== undefined }
    })
}

/** The name of one meeting of a series: the instant at which the series has it, wherever it was moved. */
export const occurrenceKey = (occurrence: string): string => new Date(occurrence).toISOString()
