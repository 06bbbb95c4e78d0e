import { randomUUID } from 'node:crypto'
import { localOf, plusMinutes } from '../../calendar/zone.ts'
import { AppError } from '../../model/errors.ts'
import type {
  CancelMeeting,
  MakeAgenda,
  MeetingView,
  NewMeeting,
  NewMeetingFollowUp,
  SetMeeting,
  SetMeetingNotes,
  SetMeetingResult,
} from '../../model/meeting-api.ts'
import { findCustomer, raiseVersion, savePeople } from '../../store/customers.ts'
import { type Trx, violationOf } from '../../store/database.ts'
import { findEngagement } from '../../store/follow-ups.ts'
import { findItems, saveMarks } from '../../store/items.ts'
import { type AttendeeRow, changeMeeting, findAttendees, insertMeetings, type MeetingRow } from '../../store/meetings.ts'
import type { NewRow, Row } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { whyNoDeck } from '../decks/decks.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents, type Told } from '../events/record.ts'
import { addFollowUp } from '../follow-ups/add-follow-up.ts'
import { invalidField } from '../invalid-field.ts'
import { notify } from '../notifications/notify.ts'
import { FIRST_ENGAGEMENT, recomputeOne, upToDate } from '../plans/recompute.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { makeAgenda } from './agenda.ts'
import { addAttendees, attendeesOf, checkAttendees, isSameAttendees, setAttendees } from './attendees.ts'
import { getMeeting, meetingOf } from './get-meetings.ts'
import { askToInvite } from './invite.ts'
import { settleReviewHeld } from './review-held.ts'
import { readStart } from './series.ts'
import { cadenceOf, organizerOf, refuseLostUpdate, refuseUnknownServices } from './set-cadence.ts'

type Of = Readonly<{ customerId: string }>
type OfMeeting = Of & Readonly<{ meetingId: string }>

/** A meeting of its own; those asked to it are invited. Throws `invalid-input` naming the field. */
export async function createMeeting(context: Context, actor: Actor, input: NewMeeting & Of): Promise<MeetingView> {
  const { customerId } = input
  const id = await kept(() =>
    context.db.transaction().execute(async trx => {
      const { access } = await lockForChange(trx, context, actor, 'set-meeting', customerId)
      authorizeService(access, null)
      const starts = readStart(input)
      await savePeople(trx, [{ id: actor.personId, name: actor.name }])
      refuseUnknownServices(context, input.services)
      refuseReviewWithout(input.kind, input.about ?? null)
      if (input.attachDeck) await checkDeck(trx, context, actor, { customerId, about: input.about ?? null })
      await checkItems(trx, customerId, input.items)
      await checkAttendees(trx, customerId, input.attendees)
      const made = randomUUID()
      const row = {
        customer_id: customerId,
        id: made,
        kind: input.kind,
        title: input.title,
        starts_at: starts,
        ends_at: plusMinutes(starts, input.minutes),
        time_zone: input.timeZone,
        organizer_id: await organizerOf(trx, context, actor, { customerId, wanted: input.organizer, present: null }),
        location: input.location || null,
        services: input.services,
        items: input.items,
        about: input.about ?? null,
        attaches_deck: input.attachDeck ?? false,
        agenda: input.agenda ?? '',
        agenda_changed_at: input.agenda === null ? null : context.now().toISOString(),
        uid: `${made}@impulso`,
        made_by: actor.personId,
        version: await raiseVersion(trx, customerId),
      }
      await insertMeetings(trx, [row])
      await addAttendees(trx, context, customerId, { meeting: made }, input.attendees)
      await record(trx, context, actor, { kind: 'meeting-added', meeting: row, before: null, after: toldOf(actor, row) })
      await askToInvite(trx, { customerId, meeting: made })
      return made
    }),
  )
  return getMeeting(context, actor, customerId, id)
}

/**
 * Changes a meeting; of a series this one only, which then has attendees of its own. Those invited hear of a change of time, place or title,
 * and that the deck of the review goes along from now on.
 * Throws `conflict` when somebody else changed it after `version`, or when it is over.
 */
export async function setMeeting(context: Context, actor: Actor, input: SetMeeting & OfMeeting): Promise<MeetingView> {
  const { customerId, meetingId } = input
  await kept(() =>
    change(context, actor, input, async (trx, before) => {
      const starts = readStart(input)
      refuseOver(before)
      refuseUnknownServices(context, input.services)
      refuseReviewWithout(before.kind, input.about ?? null)
      const about = input.about === undefined ? before.about : input.about
      if (input.attachDeck) await checkDeck(trx, context, actor, { customerId, about })
      await checkItems(trx, customerId, input.items)
      const wanted = {
        title: input.title,
        starts_at: starts,
        ends_at: plusMinutes(starts, input.minutes),
        time_zone: input.timeZone,
        organizer_id: await organizerOf(trx, context, actor, { customerId, wanted: input.organizer, present: before.organizer_id }),
        location: input.location || null,
        services: input.services,
        items: input.items,
        about,
        attaches_deck: about === 'review' && (input.attachDeck ?? before.attaches_deck),
      }
      refuseLostUpdate(before, input.version, plainOf(before), plainOf({ ...before, ...wanted }))
      await checkAttendees(trx, customerId, input.attendees)
      const all = await findAttendees(trx, [customerId])
      const isOther = TOLD.some(part => before[part] !== wanted[part])
      const isTold = isOther || (wanted.attaches_deck && !before.attaches_deck)
      const isAsked = !isSameAttendees(attendeesOf(all, before), input.attendees)
      const gone = await attendeesFollow(trx, context, before, all, input, isTold || isAsked)
      // Of a series, this one's changes count on from those of the series: calendars take the newest.
      const series = before.cadence_id === null ? 0 : (await cadenceOf(trx, customerId, before.cadence_id)).sequence
      const sequence = isTold || (isAsked && before.cadence_id !== null) ? Math.max(before.sequence, series) + 1 : before.sequence
      // Of another time people are reminded again.
      const isMoved = before.starts_at !== wanted.starts_at
      const version = await raiseVersion(trx, customerId)
      await changeMeeting(trx, { customerId, id: meetingId }, { ...wanted, sequence, version, ...(isMoved ? { reminded_at: null } : {}) })
      const after = await meetingOf(trx, customerId, meetingId)
      await record(trx, context, actor, {
        kind: 'meeting-changed',
        meeting: after,
        before: toldOf(actor, before),
        after: toldOf(actor, after),
      })
      if (isOther) await tell(trx, context, actor, after, 'changed')
      await askToInvite(trx, { customerId, meeting: meetingId, gone })
    }),
  )
  return getMeeting(context, actor, customerId, meetingId)
}

/** What those invited are told of anew. */
const TOLD = ['title', 'starts_at', 'ends_at', 'time_zone', 'location', 'organizer_id'] as const

async function attendeesFollow(
  trx: Trx,
  context: Context,
  before: MeetingRow,
  all: readonly AttendeeRow[],
  { customerId, meetingId, attendees }: SetMeeting & OfMeeting,
  isOwn: boolean,
): Promise<readonly AttendeeRow[]> {
  const own = all.filter(row => row.meeting_id === meetingId)
  if (before.cadence_id !== null && own.length === 0 && !isOwn) return []
  const ofSeries = own.length === 0 ? attendeesOf(all, before) : []
  const gone = await setAttendees(trx, context, customerId, { meeting: meetingId }, own, attendees)
  // Who was asked to the series and not to this meeting of it, hears that this one is without them.
  const keys = new Set(attendees.map(each => each.contact ?? each.person))
  return [...gone, ...ofSeries.filter(row => row.invited_sequence !== null && !keys.has(row.contact_id ?? row.person_id))]
}

/** The meeting does not take place; those invited hear of it. */
export async function cancelMeeting(context: Context, actor: Actor, input: CancelMeeting & OfMeeting): Promise<MeetingView> {
  const { customerId, meetingId } = input
  await change(context, actor, input, async (trx, before) => {
    refuseOver(before)
    refuseLostUpdate(before, input.version, plainOf(before), null)
    const series = before.cadence_id === null ? 0 : (await cadenceOf(trx, customerId, before.cadence_id)).sequence
    const sequence = Math.max(before.sequence, series) + 1
    const version = await raiseVersion(trx, customerId)
    await changeMeeting(
      trx,
      { customerId, id: meetingId },
      { state: 'cancelled', sequence, version, ...(await frozen(trx, context, before)) },
    )
    await record(trx, context, actor, {
      kind: 'meeting-cancelled',
      meeting: before,
      before: { state: 'scheduled' },
      after: { state: 'cancelled' },
    })
    await tell(trx, context, actor, { ...before, version }, 'cancelled')
    await askToInvite(trx, { customerId, meeting: meetingId })
  })
  return getMeeting(context, actor, customerId, meetingId)
}

/**
 * The meeting was held, or the customer did not come. Says so again to correct it. Check-in items named in `completes` are complete with it
 * (E7: one meeting may cover several services). Of the success review, rules read the day from now on, or no more. Throws `invalid-input` for a meeting that has not begun and for an item that is not there.
 */
export async function setMeetingResult(context: Context, actor: Actor, input: SetMeetingResult & OfMeeting): Promise<MeetingView> {
  const { customerId, meetingId, state } = input
  await change(context, actor, input, async (trx, before) => {
    if (before.state === 'cancelled') throw new AppError('conflict', 'this meeting was cancelled')
    const now = context.now().toISOString()
    if (before.starts_at > now) throw invalidField('state', 'the meeting has not begun yet')
    if (state === 'missed' && input.completes.length > 0) throw invalidField('completes', 'a meeting that was missed completes nothing')
    refuseReviewWithout(before.kind, input.about ?? null)
    const wanted = {
      state,
      ...(input.about === undefined ? {} : { about: input.about, attaches_deck: input.about === 'review' && before.attaches_deck }),
      ...(input.notes === undefined ? {} : { notes: input.notes || null }),
      ...(input.outcome === undefined ? {} : { outcome: input.outcome || null }),
    }
    refuseLostUpdate(before, input.version, plainOf(before), plainOf({ ...before, ...wanted }))
    const told = await completeItems(trx, context, actor, customerId, input.completes)
    const version = await raiseVersion(trx, customerId)
    const items = [...new Set([...before.items, ...input.completes])]
    await changeMeeting(trx, { customerId, id: meetingId }, { ...wanted, items, version, ...(await frozen(trx, context, before)) })
    const after = { ...before, ...wanted }
    const review =
      before.about === 'review' || after.about === 'review' ? await settleReviewHeld(trx, context, actor, { customerId, version }) : []
    await record(
      trx,
      context,
      actor,
      {
        kind: state === 'held' ? 'meeting-held' : 'meeting-missed',
        meeting: before,
        before: toldOf(actor, before),
        after: toldOf(actor, after),
      },
      [...told, ...review],
    )
    if (told.length > 0 || review.length > 0) await recomputeOne(trx, context, customerId)
  })
  return getMeeting(context, actor, customerId, meetingId)
}

/** Writes agenda, notes or outcome; what is left out stays. */
export async function setMeetingNotes(context: Context, actor: Actor, input: SetMeetingNotes & OfMeeting): Promise<MeetingView> {
  const { customerId, meetingId, agenda, notes, outcome } = input
  await change(context, actor, input, async (trx, before) => {
    const wanted = {
      ...(agenda === undefined ? {} : { agenda, agenda_changed_at: context.now().toISOString() }),
      ...(notes === undefined ? {} : { notes: notes || null }),
      ...(outcome === undefined ? {} : { outcome: outcome || null }),
    }
    refuseLostUpdate(before, input.version, writtenOf(before), writtenOf({ ...before, ...wanted }))
    if (Object.keys(wanted).length === 0) return
    const version = await raiseVersion(trx, customerId)
    await changeMeeting(trx, { customerId, id: meetingId }, { ...wanted, version })
    const sealed = (row: Pick<MeetingRow, 'agenda' | 'notes' | 'outcome'>) => personal(actor.personId, writtenOf(row))
    await record(trx, context, actor, {
      kind: 'meeting-noted',
      meeting: before,
      before: sealed(before),
      after: sealed({ ...before, ...wanted }),
    })
  })
  return getMeeting(context, actor, customerId, meetingId)
}

/** The agenda is made from the data again. Throws `conflict`, with both, over what a person wrote, unless told to replace it. */
export async function remakeAgenda(context: Context, actor: Actor, input: MakeAgenda & OfMeeting): Promise<MeetingView> {
  const { customerId, meetingId } = input
  await change(context, actor, input, async (trx, before, language) => {
    refuseOver(before)
    refuseLostUpdate(before, input.version, writtenOf(before), null)
    if (before.agenda_changed_at === null) return
    if (!input.replace && before.agenda.trim() !== '') {
      const made = await makeAgenda(trx, context, { ...before, language })
      throw new AppError('conflict', 'somebody wrote in this agenda', {
        details: { theirs: { agenda: before.agenda }, yours: { agenda: made }, version: before.version },
      })
    }
    const version = await raiseVersion(trx, customerId)
    await changeMeeting(trx, { customerId, id: meetingId }, { agenda: '', agenda_changed_at: null, version })
    const sealed = (row: Pick<MeetingRow, 'agenda' | 'notes' | 'outcome'>) => personal(actor.personId, writtenOf(row))
    await record(trx, context, actor, {
      kind: 'meeting-noted',
      meeting: before,
      before: sealed(before),
      after: sealed({ ...before, agenda: '' }),
    })
  })
  return getMeeting(context, actor, customerId, meetingId)
}

/** What was agreed becomes an item. */
export async function addMeetingFollowUp(context: Context, actor: Actor, input: NewMeetingFollowUp & OfMeeting): Promise<MeetingView> {
  const { customerId, meetingId, ...followUp } = input
  await context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'set-meeting', customerId)
    authorizeService(access, input.service)
    await meetingOf(trx, customerId, meetingId)
    await addFollowUp(trx, context, actor, { ...followUp, customerId, madeFor: `meeting:${meetingId}`, note: null })
  })
  return getMeeting(context, actor, customerId, meetingId)
}

const change = (
  context: Context,
  actor: Actor,
  { customerId, meetingId }: OfMeeting,
  work: (trx: Trx, before: MeetingRow, language: string) => Promise<void>,
): Promise<void> =>
  context.db.transaction().execute(async trx => {
    const { access, customer } = await lockForChange(trx, context, actor, 'set-meeting', customerId)
    authorizeService(access, null)
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    await work(trx, await meetingOf(trx, customerId, meetingId), customer.language)
  })

/** The database refuses a meeting that ends before it begins; said as a fault of the field. */
async function kept<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (violationOf(error)?.constraint !== 'meeting_ends_after_start') throw error
    throw invalidField('minutes', 'the meeting ends before it begins')
  }
}

function refuseReviewWithout(kind: MeetingRow['kind'], about: MeetingRow['about']): void {
  if (about === 'review' && kind !== 'customer') throw invalidField('about', 'the success review is held with the customer')
}

/** The deck goes along with invitations to the review only, once its data is kept, and from those who may build it. */
async function checkDeck(
  trx: Trx,
  context: Context,
  actor: Actor,
  { customerId, about }: Of & Readonly<{ about: MeetingRow['about'] }>,
): Promise<void> {
  if (about !== 'review') throw invalidField('attachDeck', 'the deck goes along with invitations to the success review only')
  const { access } = await lockForChange(trx, context, actor, 'build-deck', customerId)
  authorizeService(access, null)
  const reason = await whyNoDeck(trx, customerId)
  if (reason) throw invalidField('attachDeck', reason.en ?? '')
}

function refuseOver({ state }: MeetingRow): void {
  if (state !== 'scheduled') throw new AppError('conflict', `this meeting is ${state}`)
}

/** The agenda as it was at the meeting: from now on the data may say otherwise. */
async function frozen(trx: Trx, context: Context, row: MeetingRow): Promise<{ agenda?: string }> {
  if (row.agenda_changed_at !== null || row.state !== 'scheduled') return {}
  const customer = await findCustomer(trx, row.customer_id)
  return { agenda: await makeAgenda(trx, context, { ...row, language: customer?.language ?? 'en' }) }
}

async function checkItems(trx: Trx, customerId: string, items: readonly string[]): Promise<void> {
  if (items.length === 0) return
  const engagement = await findEngagement(trx, customerId)
  const found = new Set((await findItems(trx, customerId, engagement?.id ?? FIRST_ENGAGEMENT, items)).map(row => row.id))
  const missing = items.find(id => !found.has(id))
  if (missing !== undefined) throw invalidField('items', `customer ${customerId} has no item ${missing}`)
}

async function completeItems(
  trx: Trx,
  context: Context,
  actor: Actor,
  customerId: string,
  ids: readonly string[],
): Promise<readonly Told[]> {
  if (ids.length === 0) return []
  const { known } = await upToDate(trx, context, customerId)
  const engagementId = known.engagement?.id ?? FIRST_ENGAGEMENT
  const found = new Map((await findItems(trx, customerId, engagementId, ids)).map(row => [row.id, row]))
  const told: Told[] = []
  for (const id of ids) {
    const row = found.get(id)
    if (!row) throw invalidField('completes', `customer ${customerId} has no item ${id}`)
    if (row.status === 'complete') continue
    const { process, step, task, service } = row
    const mark = { process, step, task, service, status: 'complete' as const, reason: null, note: row.note }
    const version = await raiseVersion(trx, customerId)
    await saveMarks(trx, [{ customerId, engagementId, id, ...mark, setBy: actor.personId, setAt: context.now().toISOString(), version }])
    const before = row.status === null ? null : { status: row.status, reason: row.reason }
    told.push({ kind: 'item-status-set', data: { item: id, before, after: { status: 'complete', reason: null } } })
  }
  return told
}

type Recorded = Readonly<{ kind: string; meeting: Pick<Row<'meeting'>, 'customer_id' | 'id' | 'title'>; before: unknown; after: unknown }>

async function record(
  trx: Trx,
  context: Context,
  actor: Actor,
  { kind, meeting, before, after }: Recorded,
  more: readonly Told[] = [],
): Promise<void> {
  const title = personal(actor.personId, meeting.title)
  await recordCustomerEvents(trx, context, actor, meeting.customer_id, [
    { kind, data: { meeting: meeting.id, title, before, after } },
    ...more,
  ])
}

/** People who attend or organize, other than the one who did it. */
async function tell(trx: Trx, context: Context, actor: Actor, meeting: MeetingRow, what: 'changed' | 'cancelled'): Promise<void> {
  const people = attendeesOf(await findAttendees(trx, [meeting.customer_id]), meeting).flatMap(row => row.person_id ?? [])
  const at = `${localOf(meeting.starts_at, meeting.time_zone).replace('T', ' ')} (${meeting.time_zone})`
  await notify(trx, context, {
    to: [...people, meeting.organizer_id].filter(id => id !== actor.personId),
    key: `meeting-${what}:${meeting.id}:${meeting.version}`,
    kind: 'meeting-changed',
    customerId: meeting.customer_id,
    path: `/customers/${meeting.customer_id}/meetings?meeting=${meeting.id}`,
    summary:
      what === 'changed'
        ? {
            en: `${meeting.title} (${meeting.customer_name}) was changed: ${at}`,
            'pt-BR': `${meeting.title} (${meeting.customer_name}) foi alterada: ${at}`,
          }
        : {
            en: `${meeting.title} (${meeting.customer_name}) was cancelled: ${at}`,
            'pt-BR': `${meeting.title} (${meeting.customer_name}) foi cancelada: ${at}`,
          },
  })
}

type Kept = Pick<
  NewRow<'meeting'>,
  'title' | 'starts_at' | 'ends_at' | 'time_zone' | 'location' | 'services' | 'items' | 'organizer_id' | 'about' | 'attaches_deck'
> &
  Readonly<{ state?: string; outcome?: string | null }>

const plainOf = (row: Kept) => ({
  title: row.title,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  timeZone: row.time_zone,
  location: row.location ?? null,
  services: row.services ?? [],
  items: row.items ?? [],
  about: row.about ?? null,
  attachesDeck: row.attaches_deck ?? false,
  state: row.state ?? 'scheduled',
  outcome: row.outcome ?? null,
})
const writtenOf = ({ agenda, notes, outcome }: Pick<MeetingRow, 'agenda' | 'notes' | 'outcome'>) => ({ agenda, notes, outcome })

/** For the record: title, place and outcome are free text and may name people. */
function toldOf({ personId }: Actor, row: Kept) {
  const { title, location, outcome, ...rest } = plainOf(row)
  const sealed = (text: string | null) => (text === null ? null : personal(personId, text))
  return { ...rest, title: sealed(title), location: sealed(location), outcome: sealed(outcome), organizer: { person: row.organizer_id } }
}
