import { randomUUID } from 'node:crypto'
import type { CalendarAnswer, CalendarEntry, Calendars } from '../../graph/types.ts'
import type { Db, Trx } from '../../store/database.ts'
import { enqueue } from '../../store/jobs.ts'
import { type AttendeeRow, findAttendees, findCadence, findMeeting, meetingsOfCadence } from '../../store/meetings.ts'
import {
  changeOutlook,
  fallToMail,
  forgetOccurrences,
  markInvited,
  markTold,
  type OutlookChange,
  type Subject,
} from '../../store/outlook.ts'
import type { Row } from '../../store/tables.ts'
import type { PersonAccount } from '../auth/types.ts'
import type { Connecting } from '../connections/connecting.ts'
import type { Context } from '../context.ts'
import { addressOf, attendeesOf } from '../meetings/attendees.ts'
import { isChanged } from '../meetings/event.ts'
import { firstOfRow } from '../meetings/series.ts'
import { type Way, wayToCalendars } from './connection.ts'
import { digestOf, invited, isMoved, meetingEntry, seriesEntry, transactionOf } from './entry.ts'

export type OutlookContext = Pick<Context, 'now' | 'sealKey'> & Readonly<{ db: Db; graph: Connecting }>
type People = ReadonlyMap<string, PersonAccount>
type World = Readonly<{ context: OutlookContext; people: People; way: Way | undefined }>

/** How often it is begun anew when somebody changes something meanwhile; then the next run goes on. */
const ROUNDS = 5
/** What the service refuses is asked again after a while, and what it does not understand after a day. */
const PAUSE_MS = 30 * 60_000
const LONG_PAUSE_MS = 24 * 60 * 60_000
/** A series looks back this far for single meetings that differ. */
const DAY_MS = 24 * 60 * 60_000

/**
 * Puts a series or meeting into the organizer's Outlook as it is now, and has Outlook tell the attendees. Answers `mail` where mails invite:
 * Outlook is off, has no words for the series, or the organizer has no mailbox there. Which way it is, is settled by the first
 * invitation. Nothing is held while the service is asked; run twice, or cut off anywhere and run again, it comes to the same.
 */
export async function tellOutlook(context: OutlookContext, people: People, subject: Subject): Promise<'mail' | 'outlook'> {
  const { customerId } = subject
  const world: World = { context, people, way: await wayToCalendars(context) }
  if ('cadence' in subject) {
    if ((await tellEvent(world, subject)) === 'mail') return 'mail'
    for (const id of await differing(context, customerId, subject.cadence)) await tellOccurrence(world, { customerId, meeting: id })
    return 'outlook'
  }
  const meeting = await findMeeting(context.db, { customerId, id: subject.meeting })
  if (!meeting) return 'mail'
  if (meeting.cadence_id === null) return tellEvent(world, subject)
  if ((await tellEvent(world, { customerId, cadence: meeting.cadence_id })) === 'mail') return 'mail'
  await tellOccurrence(world, subject)
  return 'outlook'
}

/** An event as it is to be, and the row it is of. */
type Wanted = Readonly<{
  row: Row<'cadence'> | Row<'meeting'>
  isCancelled: boolean
  isOver: boolean
  /** Undefined: the organizer has no address. */
  mailbox: string | undefined
  entry: CalendarEntry | undefined
  problem: string | null
  attendeeIds: readonly string[]
}>

async function wantedOf({ context, people }: World, subject: Subject): Promise<Wanted | undefined> {
  const { customerId } = subject
  const all = await findAttendees(context.db, [customerId])
  const now = context.now().toISOString()
  if ('cadence' in subject) {
    const row = await findCadence(context.db, { customerId, id: subject.cadence })
    if (!row) return undefined
    const mailbox = mailboxOf(people, row.organizer_id)
    const asked = askedOf(
      people,
      all.filter(each => each.cadence_id === row.id),
      mailbox,
    )
    const made = seriesEntry(row, asked.attendees)
    const isCancelled = row.ended_at !== null && (firstOfRow(row) ?? '') >= row.ended_at
    const problem = 'problem' in made ? made.problem : null
    return { row, isCancelled, isOver: false, mailbox, entry: 'entry' in made ? made.entry : undefined, problem, attendeeIds: asked.ids }
  }
  const row = await findMeeting(context.db, { customerId, id: subject.meeting })
  if (!row) return undefined
  const mailbox = mailboxOf(people, row.organizer_id)
  const asked = askedOf(people, attendeesOf(all, row), mailbox)
  return {
    row,
    isCancelled: row.state === 'cancelled',
    isOver: row.ends_at < now,
    mailbox,
    entry: meetingEntry(row, asked.attendees),
    problem: null,
    attendeeIds: asked.ids,
  }
}

const mailboxOf = (people: People, id: string | null): string | undefined => {
  const person = people.get(id ?? '')
  return person && person.state !== 'disabled' ? person.email : undefined
}

function askedOf(people: People, rows: readonly AttendeeRow[], mailbox = '') {
  const found = invited(rows, row => addressOf(row, people), mailbox)
  return { attendees: found.map(each => each.attendee), ids: found.map(each => each.row.id) }
}

/** A series, or a meeting of its own. */
async function tellEvent(world: World, subject: Subject): Promise<'mail' | 'outlook'> {
  const { context, way } = world
  for (let round = 0; round < ROUNDS; round++) {
    const wanted = await wantedOf(world, subject)
    if (!wanted || wanted.row.invited_by === 'mail') return 'mail'
    const { row } = wanted
    if (row.invited_by === null) {
      if (!way) return 'mail'
      // Beforehand, so that a later run goes on with it.
      await change(context, subject, { invited_by: 'outlook', outlook_state: 'waiting' })
      continue
    }
    const calendars = await mayTell(world, subject, row)
    if (!calendars) return 'outlook'
    const said = await say(world, calendars, subject, wanted, round > 0 && row.external_told !== null)
    if (said !== 'done') return said === 'mail' ? 'mail' : 'outlook'
    if (await mark(context, subject, wanted)) return 'outlook'
  }
  return 'outlook'
}

/** The calendars, if it is time to tell them; else why not is kept with what waits. */
async function mayTell(
  { context, way }: World,
  subject: Subject,
  row: Pick<Row<'cadence'>, 'outlook_state' | 'outlook_after'>,
): Promise<Calendars | undefined> {
  if (row.outlook_state !== 'waiting') return undefined
  if (row.outlook_after !== null && row.outlook_after > context.now().toISOString()) return undefined
  if (way && 'calendars' in way) return way.calendars
  await change(context, subject, { outlook_problem: way ? way.finding.code : 'off' })
  return undefined
}

type Said = 'done' | 'mail' | 'waits'

async function say(world: World, calendars: Calendars, subject: Subject, wanted: Wanted, mustSay: boolean): Promise<Said> {
  const { context, people } = world
  const { row, isCancelled, isOver, mailbox, entry } = wanted
  const problem = wanted.problem ?? (mailbox === undefined ? 'no-mailbox' : null)
  if (isOver && !isCancelled) return 'done'
  const isElsewhere = row.external_owner !== null && row.external_owner !== row.organizer_id
  let isThere = row.external_owner !== null && row.external_id !== null
  if (isThere && row.external_id !== null && (isCancelled || isElsewhere || problem !== null)) {
    const former = mailboxOf(people, row.external_owner)
    const answer = former === undefined ? ({ state: 'gone' } as const) : await calendars.cancel(former, row.external_id)
    if (isWaiting(answer)) return wait(context, subject, answer)
    await inTransaction(context, async trx => {
      await changeOutlook(trx, subject, { external_owner: null, external_told: null })
      if ('cadence' in subject) await forgetOccurrences(trx, subject.customerId, subject.cadence)
    })
    isThere = false
  }
  if (isCancelled) return 'done'
  if (problem !== null || mailbox === undefined || !entry) return toMail(context, subject, problem ?? 'no-mailbox')
  const told = digestOf(entry)
  if (!isThere) {
    if (entry.attendees.length === 0) return 'done'
    const answer = await calendars.create(mailbox, entry, transactionOf(row.uid, row.organizer_id, row.external_id))
    if (answer.state === 'no-mailbox' || answer.state === 'closed') return toMail(context, subject, answer.state)
    // Nothing was made, and asking again would not make it.
    if (answer.state === 'refused') return toMail(context, subject, 'refused')
    if (answer.state !== 'event') return wait(context, subject, answer)
    await change(context, subject, { external_id: answer.id, external_owner: row.organizer_id, external_told: told })
    return 'done'
  }
  if (!mustSay && row.external_told === told) return 'done'
  const hasMoved = mustSay || isMoved(row.external_told, told)
  const answer = await calendars.change(mailbox, row.external_id ?? '', entry, hasMoved)
  if (answer.state === 'gone') return isGone(context, subject)
  if (answer.state === 'no-mailbox' || answer.state === 'closed') return toMail(context, subject, answer.state)
  if (answer.state !== 'event') return wait(context, subject, answer)
  await inTransaction(context, async trx => {
    await changeOutlook(trx, subject, { external_told: told })
    if (hasMoved && 'cadence' in subject) await forgetOccurrences(trx, subject.customerId, subject.cadence)
  })
  return 'done'
}

/** Coming meetings of a series in Outlook that are not as the series has them, or were not: Outlook is to hear of them too. */
async function differing({ db, now }: OutlookContext, customerId: string, cadenceId: string): Promise<readonly string[]> {
  const cadence = await findCadence(db, { customerId, id: cadenceId })
  if (!cadence || cadence.external_owner === null || cadence.outlook_state !== 'sent') return []
  const from = new Date(now().getTime() - DAY_MS).toISOString()
  const all = await findAttendees(db, [customerId])
  const rows = (await meetingsOfCadence(db, { customerId, id: cadenceId })).filter(
    row =>
      (row.occurrence ?? '') >= from &&
      (row.state === 'cancelled' || (row.state === 'scheduled' && (row.external_told !== null || isChanged(cadence, row, all)))),
  )
  const told = new Map(rows.map(row => [row.id, row.state === 'cancelled' ? 'cancelled' : null]))
  const ids = rows.filter(row => told.get(row.id) === null || row.external_told !== 'cancelled').map(row => row.id)
  await db.transaction().execute(async trx => {
    for (const id of ids) await changeOutlook(trx, { customerId, meeting: id }, { outlook_state: 'waiting' })
  })
  return ids
}

/** One meeting of a series that Outlook has. */
async function tellOccurrence(world: World, subject: Subject & Readonly<{ meeting: string }>): Promise<void> {
  const { context, people } = world
  const { customerId } = subject
  for (let round = 0; round < ROUNDS; round++) {
    const wanted = await wantedOf(world, subject)
    // It was found as one of a series.
    const row = wanted?.row as Row<'meeting'> | undefined
    const cadence = row?.cadence_id ? await findCadence(context.db, { customerId, id: row.cadence_id }) : undefined
    if (!wanted || !row || !cadence || row.occurrence === null) return
    const calendars = await mayTell(world, subject, row)
    if (!calendars) return
    const mailbox = mailboxOf(people, cadence.external_owner)
    if (cadence.external_id === null || mailbox === undefined) {
      if (cadence.outlook_state === 'gone') return void (await isGone(context, subject))
      // Nobody is asked to the series, or it waits itself.
      if (cadence.outlook_state !== 'sent') return change(context, subject, { outlook_problem: cadence.outlook_problem })
      if (await mark(context, subject, wanted)) return
      continue
    }
    const all = await findAttendees(context.db, [customerId])
    const isNews = wanted.isCancelled || row.external_told !== null || isChanged(cadence, row, all)
    const said =
      wanted.isOver || !isNews
        ? 'done'
        : await sayOccurrence(context, calendars, {
            subject,
            wanted,
            row,
            mailbox,
            seriesId: cadence.external_id,
            owner: cadence.external_owner,
            mustSay: round > 0,
          })
    if (said !== 'done' || (await mark(context, subject, wanted))) return
  }
}

type Occurring = Readonly<{
  subject: Subject
  wanted: Wanted
  row: Row<'meeting'>
  mailbox: string
  seriesId: string
  owner: string | null
  mustSay: boolean
}>

async function sayOccurrence(context: OutlookContext, calendars: Calendars, occurring: Occurring): Promise<Said> {
  const { subject, wanted, row, mailbox, seriesId, owner, mustSay } = occurring
  const { entry, isCancelled } = wanted
  if (!entry || row.occurrence === null) return 'done'
  const told = isCancelled ? 'cancelled' : digestOf(entry)
  if (!mustSay && row.external_told === told) return 'done'
  let { external_id: id } = row
  if (id === null) {
    const found = await calendars.occurrence(mailbox, seriesId, row.occurrence)
    if (found.state === 'gone' && isCancelled) return told === row.external_told ? 'done' : keep(context, subject, { external_told: told })
    if (found.state === 'gone') return isGone(context, subject)
    if (found.state !== 'event') return wait(context, subject, found)
    id = found.id
    // Beforehand: moved, it is no longer found by when it was planned.
    await change(context, subject, { external_id: id, external_owner: owner })
  }
  const answer = isCancelled
    ? await calendars.cancel(mailbox, id)
    : await calendars.change(mailbox, id, entry, mustSay || isMoved(row.external_told, told))
  if (answer.state === 'gone' && !isCancelled) return isGone(context, subject)
  if (answer.state !== 'event' && answer.state !== 'gone') return wait(context, subject, answer)
  return keep(context, subject, { external_told: told, ...(isCancelled ? { external_owner: null } : {}) })
}

async function keep(context: OutlookContext, subject: Subject, kept: OutlookChange): Promise<Said> {
  await change(context, subject, kept)
  return 'done'
}

/** A job of its own writes the mails, should this one end before it does, or be about one meeting of the series only. */
async function toMail(context: OutlookContext, subject: Subject, problem: string): Promise<Said> {
  const { customerId, ...rest } = subject
  await inTransaction(context, async trx => {
    await fallToMail(trx, subject, problem)
    await enqueue(trx, 'invite', { customer: customerId, ...rest }, { key: randomUUID() })
  })
  return 'mail'
}

/** Somebody deleted it in Outlook. It stays so until somebody changes it here. */
async function isGone(context: OutlookContext, subject: Subject): Promise<Said> {
  await change(context, subject, GONE)
  return 'waits'
}
export const GONE = {
  outlook_state: 'gone',
  outlook_problem: 'gone',
  outlook_after: null,
  external_owner: null,
  external_told: null,
} as const

const isWaiting = (answer: CalendarAnswer): boolean => !['event', 'gone', 'no-mailbox', 'closed'].includes(answer.state)

/** It goes on waiting, and why is kept. */
async function wait(context: OutlookContext, subject: Subject, answer: CalendarAnswer): Promise<Said> {
  const now = context.now().getTime()
  const pause = answer.state === 'refused' ? LONG_PAUSE_MS : PAUSE_MS
  const after = answer.state === 'later' ? answer.at : now + pause
  const problem = answer.state === 'later' ? 'throttled' : 'finding' in answer ? answer.finding.code : answer.state
  await change(context, subject, { outlook_problem: problem, outlook_after: new Date(after).toISOString() })
  return 'waits'
}

const inTransaction = ({ db }: OutlookContext, work: (trx: Trx) => Promise<void>) => db.transaction().execute(work)

const change = (context: OutlookContext, subject: Subject, kept: OutlookChange) =>
  inTransaction(context, trx => changeOutlook(trx, subject, kept))

/** Told, and those asked have heard of it; false where it was changed meanwhile. */
const mark = ({ db }: OutlookContext, subject: Subject, { row, attendeeIds }: Wanted): Promise<boolean> =>
  db.transaction().execute(async trx => {
    if (!(await markTold(trx, subject, row.version))) return false
    await markInvited(trx, subject.customerId, attendeeIds, row.sequence)
    return true
  })
