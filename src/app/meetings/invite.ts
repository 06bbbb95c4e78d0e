import { randomUUID } from 'node:crypto'
import { type Address, type CalendarEvent, invitationText } from '../../calendar/ical.ts'
import { ruleText } from '../../calendar/rule-words.ts'
import { localOf } from '../../calendar/zone.ts'
import { findContact } from '../../store/contacts.ts'
import { findCustomer } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { enqueue } from '../../store/jobs.ts'
import { type AttendeeRow, changeAttendee, findAttendees, findCadence, findMeeting, meetingsOfCadence } from '../../store/meetings.ts'
import { awaitOutlook, type Subject, settleOnMail } from '../../store/outlook.ts'
import type { MailAttachment } from '../../store/tables.ts'
import type { PersonAccount } from '../auth/types.ts'
import type { Connecting } from '../connections/connecting.ts'
import type { Context } from '../context.ts'
import { keptDeckFile } from '../decks/decks.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomer } from '../events/record.ts'
import { isMailAddress } from '../mail/address.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { type MailContext, messageHost, readSmtp } from '../mail/settings.ts'
import { tellOutlook } from '../outlook/tell.ts'
import { everyPerson } from '../people/every-person.ts'
import type { Directory } from '../people/leads.ts'
import { SYSTEM } from '../policy.ts'
import { addressOf, attendeesOf, keyOfRow, problemOf } from './attendees.ts'
import { type EventParts, meetingEvent, seriesEvents } from './event.ts'
import { firstOfRow, seriesOf } from './series.ts'
import { answerToken } from './token.ts'

/** Has a job write to those who are to hear of a series or meeting, once the change is committed: a request may not write mails itself. */
export async function askToInvite(
  trx: Trx,
  { customerId, gone = [], ...subject }: Subject & Readonly<{ gone?: readonly AttendeeRow[] }>,
): Promise<void> {
  const left = gone
    .map(row => [row.id, row.contact_id === null ? 'person' : 'contact', row.contact_id ?? row.person_id].join(':'))
    .join(' ')
  await awaitOutlook(trx, { customerId, ...subject })
  // A key of its own: a job that runs already may have read what was before.
  await enqueue(trx, 'invite', { customer: customerId, ...subject, ...(left === '' ? {} : { gone: left }) }, { key: randomUUID() })
}

/** What a job of `invite` was given. */
function readJob(data: unknown): Subject & Readonly<{ gone: readonly Gone[] }> {
  const { customer, cadence, meeting, gone } = (typeof data === 'object' && data !== null ? data : {}) as Readonly<Record<string, unknown>>
  if (typeof customer !== 'string') throw new Error('a job of invite names a customer')
  const left = typeof gone === 'string' ? gone.split(' ').map(goneOf) : []
  if (typeof cadence === 'string') return { customerId: customer, cadence, gone: left }
  if (typeof meeting === 'string') return { customerId: customer, meeting, gone: left }
  throw new Error('a job of invite names a series or a meeting')
}

/** Somebody who was invited and is no longer asked. */
type Gone = Readonly<{ id: string; kind: string; who: string }>
function goneOf(text: string): Gone {
  const [id = '', kind = '', ...who] = text.split(':')
  return { id, kind, who: who.join(':') }
}

/** What is to be told of one series or meeting. */
type Told = Readonly<{
  events: readonly CalendarEvent[]
  sequence: number
  /** Null: nothing is, for example because it is over. */
  method: 'REQUEST' | 'CANCEL' | null
  attendees: readonly AttendeeRow[]
  /** The deck of the review is to go along. */
  hasDeck: boolean
  /** Told to those of the series, which goes on: what they have heard of it stays as it was. */
  isOneOfSeries: boolean
  /** Who was asked to the series that this is one of, by `keyOfRow`. */
  askedToSeries: ReadonlySet<string>
  /** In the mail: when it is, by language. */
  when: Readonly<{ en: string; 'pt-BR': string }>
  title: string
  location: string | null
  organizerId: string
  subject: string
}>

export type Inviting = MailContext & Pick<Context, 'playbook'> & Readonly<{ graph: Connecting }>

/**
 * Has those told who have not heard of a series or meeting as it is now: an invitation, an update or that it does not take place. Outlook
 * tells them where it is set up and the organizer has a mailbox there; else we write, as iCalendar: one mail per attendee and change,
 * however often the job runs. The deck of a review goes along where somebody said so. Answers how many mails. The system acts.
 */
export async function sendInvitations(context: Inviting, directory: Directory, data: unknown): Promise<number> {
  const job = readJob(data)
  const people = new Map((await everyPerson(directory)).map(each => [each.id, each]))
  const way = await tellOutlook(context, people, job)
  const deck = await deckToSend(context, job, way)
  if (way === 'outlook') return deck ? sendDeck(context, people, job, deck) : 0
  return context.db.transaction().execute(async trx => {
    const customer = await findCustomer(trx, job.customerId)
    if (!customer) return 0
    await settleOnMail(trx, job)
    const told = await toldOf(trx, context, job, people)
    if (!told?.method) return 0
    const along = told.hasDeck ? deck : undefined
    let count = 0
    let decks = 0
    for (const attendee of told.attendees) {
      const isNews =
        told.isOneOfSeries || (attendee.invited_sequence === null ? told.method === 'REQUEST' : attendee.invited_sequence < told.sequence)
      if (!isNews || problemOf(attendee) === 'do-not-contact') continue
      // One that cannot be written to keeps nobody else from being invited, and has not heard of it.
      if (!addressOf(attendee, people)) continue
      const files = told.method === 'REQUEST' && along ? [along.file] : []
      if (await write(trx, context, customer.language, people, told, attendee, told.method, files)) {
        count++
        decks += files.length
      }
      if (told.isOneOfSeries) continue
      await changeAttendee(trx, { customerId: job.customerId, id: attendee.id }, { invited_sequence: told.sequence })
    }
    for (const gone of job.gone) if (await writeGone(trx, context, customer.language, people, told, job.customerId, gone)) count++
    if (decks > 0) await recordDeckSent(trx, context, { customerId: job.customerId, told, count: decks })
    return count
  })
}

type DeckAlong = Readonly<{ file: MailAttachment; version: number }>

/**
 * The deck of the review that goes along, drawn once for all attendees and while nothing is locked. Undefined where none is to go, where the
 * customer began another cycle whose deck has no data yet, and when everybody has heard; of Outlook, until it was told.
 */
async function deckToSend(context: Inviting, job: Subject, way: 'mail' | 'outlook'): Promise<DeckAlong | undefined> {
  if (!('meeting' in job)) return undefined
  const { customerId, meeting } = job
  const row = await findMeeting(context.db, { customerId, id: meeting })
  if (!row?.attaches_deck || row.state !== 'scheduled' || row.ends_at < context.now().toISOString()) return undefined
  const attendees = attendeesOf(await findAttendees(context.db, [customerId]), row)
  const isAwaited =
    way === 'outlook' ? row.outlook_state === 'sent' && attendees.length > 0 : attendees.some(each => isBehind(each, row.sequence))
  const drawn = isAwaited ? await keptDeckFile(context, { customerId, format: 'pdf' }) : undefined
  if (!drawn) return undefined
  const { fileName, contentType, bytes, version } = drawn
  return { file: { name: fileName, type: contentType, content: Buffer.from(bytes).toString('base64'), encoding: 'base64' }, version }
}

const isBehind = (row: AttendeeRow, sequence: number): boolean => row.invited_sequence === null || row.invited_sequence < sequence

/** To those whom Outlook invited: in a mail of its own, and each deck once. Answers how many mails. */
const sendDeck = (
  context: Inviting,
  people: ReadonlyMap<string, PersonAccount>,
  job: Subject,
  { file, version }: DeckAlong,
): Promise<number> =>
  context.db.transaction().execute(async trx => {
    const { customerId } = job
    const customer = await findCustomer(trx, customerId)
    const told = await toldOf(trx, context, job, people)
    if (!customer || !told?.hasDeck || told.method !== 'REQUEST') return 0
    let count = 0
    for (const attendee of told.attendees) {
      const address = problemOf(attendee) === 'do-not-contact' ? undefined : addressOf(attendee, people)
      if (!address) continue
      const { locale, when } = wordsFor(told, people, attendee, customer.language)
      const mail = await queueMail(trx, context, {
        kind: 'review-deck',
        key: `deck:${told.subject}:${attendee.id}:${version}`,
        ...toAttendee(attendee, address, told.organizerId),
        locale,
        values: { name: address.name, title: told.title, when, organizer: told.events[0]?.organizer?.name ?? '' },
        attachments: [file],
      })
      if (mail !== undefined) count++
    }
    if (count > 0) await recordDeckSent(trx, context, { customerId, told, count })
    return count
  })

async function recordDeckSent(
  trx: Trx,
  context: MailContext,
  { customerId, told, count }: Readonly<{ customerId: string; told: Told; count: number }>,
): Promise<void> {
  const title = personal(told.organizerId, told.title)
  await recordCustomer(trx, context, SYSTEM, { customerId, kind: 'deck-sent', data: { meeting: told.subject, title, count } })
}

async function toldOf(trx: Trx, context: MailContext, job: Subject, people: ReadonlyMap<string, PersonAccount>): Promise<Told | undefined> {
  const all = await findAttendees(trx, [job.customerId])
  const now = context.now().toISOString()
  const parts = (organizerId: string): EventParts => ({
    stamp: now,
    description: '',
    organizer: organizerOf(context, people.get(organizerId)),
    attendees: all,
    addressOf: row => addressOf(row, people),
  })
  if ('cadence' in job) {
    const row = await findCadence(trx, { customerId: job.customerId, id: job.cadence })
    if (!row) return undefined
    const meetings = await meetingsOfCadence(trx, { customerId: job.customerId, id: row.id })
    const events = seriesEvents(row, meetings, parts(row.organizer_id))
    const [master] = events
    // Ended before it began, it never was; ended later, its rule has an end.
    const isGone = row.ended_at !== null && (firstOfRow(row) ?? '') >= row.ended_at
    const start = row.starts_local.replace('T', ' ')
    const rule = ruleText(seriesOf(row).rule)
    return {
      events: isGone && master ? [{ ...master, isCancelled: true }] : events,
      sequence: row.sequence,
      method: isGone ? 'CANCEL' : 'REQUEST',
      attendees: all.filter(each => each.cadence_id === row.id),
      hasDeck: false,
      isOneOfSeries: false,
      askedToSeries: new Set(),
      when: { en: `${start} (${row.time_zone}), ${rule.en}`, 'pt-BR': `${start} (${row.time_zone}), ${rule['pt-BR']}` },
      title: row.title,
      location: row.location,
      organizerId: row.organizer_id,
      subject: row.id,
    }
  }
  const row = await findMeeting(trx, { customerId: job.customerId, id: job.meeting })
  if (!row) return undefined
  const when = `${localOf(row.starts_at, row.time_zone).replace('T', ' ')} (${row.time_zone})`
  const attendees = attendeesOf(all, row)
  const isOfSeries = row.cadence_id !== null && attendees.every(each => each.meeting_id === null)
  const isCancelled = row.state === 'cancelled'
  return {
    events: [meetingEvent(row, parts(row.organizer_id))],
    sequence: row.sequence,
    method: row.ends_at < now ? null : isCancelled ? 'CANCEL' : 'REQUEST',
    // Those of the series know it from there, unless it does not take place; what they have heard of the series counts for all of it.
    attendees: !isOfSeries ? attendees : isCancelled ? attendees.filter(each => each.invited_sequence !== null) : [],
    hasDeck: row.attaches_deck,
    isOneOfSeries: isOfSeries,
    askedToSeries: new Set(
      all.filter(each => row.cadence_id !== null && each.cadence_id === row.cadence_id && each.invited_sequence !== null).map(keyOfRow),
    ),
    when: { en: when, 'pt-BR': when },
    title: row.title,
    location: row.location,
    organizerId: row.organizer_id,
    subject: row.id,
  }
}

/** The person who organizes, by their own address, so that answers of calendars reach them; else the installation. */
function organizerOf({ mail }: MailContext, person: PersonAccount | undefined): Address {
  if (person && person.state !== 'disabled') return { name: person.name, email: person.email }
  if (mail.smtp) {
    const { name, address } = readSmtp(mail.smtp).from
    return { name: name || 'Impulso', email: address }
  }
  return { name: 'Impulso', email: `impulso@${messageHost(mail.publicUrl)}` }
}

async function write(
  trx: Trx,
  context: MailContext,
  language: string,
  people: ReadonlyMap<string, PersonAccount>,
  told: Told,
  attendee: AttendeeRow,
  method: 'REQUEST' | 'CANCEL',
  files: readonly MailAttachment[],
): Promise<boolean> {
  const address = addressOf(attendee, people)
  if (!address) return false
  const { locale, isPt, when } = wordsFor(told, people, attendee, language)
  const url = new URL(`/answer/${answerToken(context, attendee.id)}`, context.mail.publicUrl).href
  const description = method === 'CANCEL' ? '' : `${isPt ? 'Responda aqui' : 'Answer here'}: ${url}`
  const isKnown = attendee.invited_sequence !== null || told.askedToSeries.has(keyOfRow(attendee))
  const what = method === 'CANCEL' ? ('cancelled' as const) : !isKnown ? ('new' as const) : ('changed' as const)
  const content = invitationText(method, ...told.events.map(event => ({ ...event, description })))
  const mail = await queueMail(trx, context, {
    kind: 'meeting',
    key: `meeting:${told.subject}:${attendee.id}:${told.sequence}${method === 'CANCEL' ? ':cancelled' : ''}`,
    ...toAttendee(attendee, address, told.organizerId),
    locale,
    values: {
      name: address.name,
      what,
      title: told.title,
      when,
      location: told.location ?? '',
      organizer: told.events[0]?.organizer?.name ?? '',
      hasDeck: files.length > 0,
      url,
    },
    attachments: [{ name: 'invite.ics', type: 'text/calendar', content, method }, ...files],
  })
  return mail !== undefined
}

/** The language somebody is written to in, and when it is in that language. */
function wordsFor(told: Told, people: ReadonlyMap<string, PersonAccount>, attendee: AttendeeRow, language: string) {
  const person = attendee.person_id === null ? undefined : people.get(attendee.person_id)
  const locale = person?.locale ?? attendee.contact_language ?? language
  const isPt = locale.toLowerCase().startsWith('pt')
  return { locale, isPt, when: told.when[isPt ? 'pt-BR' : 'en'] }
}

const toAttendee = (attendee: AttendeeRow, address: Readonly<{ email: string }>, sentBy: string) => ({
  to: address.email,
  personId: attendee.person_id,
  ...(attendee.contact_id === null ? {} : { contact: { customerId: attendee.customer_id, id: attendee.contact_id } }),
  sentBy,
})

/** Who was taken away hears that it takes place without them, as cancelled for them. */
async function writeGone(
  trx: Trx,
  context: MailContext,
  language: string,
  people: ReadonlyMap<string, PersonAccount>,
  told: Told,
  customerId: string,
  gone: Gone,
): Promise<boolean> {
  const contact = gone.kind === 'contact' ? await findContact(trx, customerId, gone.who) : undefined
  if (gone.kind === 'contact' && (!contact || contact.do_not_contact !== null || contact.email === null)) return false
  const person = gone.kind === 'person' ? people.get(gone.who) : undefined
  const address = contact?.email ? { name: contact.name, email: contact.email } : person && { name: person.name, email: person.email }
  if (!address || !isMailAddress(address.email)) return false
  const left = { ...address, answer: 'needs-action' as const, isOptional: false }
  const events = told.events.slice(0, 1).map(event => ({ ...event, attendees: [left], isCancelled: true, description: '' }))
  const locale = person?.locale ?? contact?.language ?? language
  const mail = await queueMail(trx, context, {
    kind: 'meeting',
    key: `meeting:${told.subject}:${gone.id}:without`,
    to: address.email,
    personId: person?.id ?? null,
    locale,
    values: {
      name: address.name,
      what: 'without-you',
      title: told.title,
      when: told.when[locale.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en'],
      location: told.location ?? '',
      organizer: events[0]?.organizer?.name ?? '',
      hasDeck: false,
      url: context.mail.publicUrl,
    },
    ...(contact ? { contact: { customerId, id: contact.id } } : {}),
    sentBy: told.organizerId,
    attachments: [{ name: 'cancel.ics', type: 'text/calendar', content: invitationText('CANCEL', ...events), method: 'CANCEL' }],
  })
  return mail !== undefined
}
