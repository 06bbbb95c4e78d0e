import { randomUUID } from 'node:crypto'
import { firstOf, printRule } from '../../calendar/rule.ts'
import { dayIn, instantOf } from '../../calendar/zone.ts'
import { AppError } from '../../model/errors.ts'
import type { CancelMeeting, CustomerMeetings, NewCadence, SetCadence } from '../../model/meeting-api.ts'
import type { Day } from '../../model/words.ts'
import { findAssignments } from '../../store/assignments.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import {
  type CadenceRow,
  changeCadence,
  changeMeeting,
  findAttendees,
  findCadence,
  insertCadence,
  meetingsOfCadence,
  removeMeetings,
} from '../../store/meetings.ts'
import { knownPeople } from '../../store/people.ts'
import type { Row } from '../../store/tables.ts'
import { holdsOn } from '../assignments/period.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { addAttendees, checkAttendees, setAttendees } from './attendees.ts'
import { getCustomerMeetings } from './get-meetings.ts'
import { askToInvite } from './invite.ts'
import { planMeetings, readSeries, seriesOf } from './series.ts'

type Of = Readonly<{ customerId: string }>
type Changing = Pick<Context, 'now' | 'playbook' | 'sealKey'>

/** A person begins a series; those asked to it are invited. */
export async function createCadence(context: Context, actor: Actor, input: NewCadence & Of): Promise<CustomerMeetings> {
  await context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'set-meeting', input.customerId)
    authorizeService(access, null)
    await addCadence(trx, context, actor, { ...input, madeFor: null })
  })
  return getCustomerMeetings(context, actor, input.customerId)
}

/**
 * Adds a series in the caller's transaction: the caller has locked the customer and asked what the actor may. Raises the customer's version,
 * records the event, sets down the coming meetings and has the attendees invited. Answers its id. Throws `invalid-input` naming the field.
 */
export async function addCadence(
  trx: Trx,
  context: Changing,
  actor: Actor,
  input: NewCadence & Of & Readonly<{ madeFor: string | null }>,
): Promise<string> {
  const { customerId } = input
  const series = readSeries(input)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const organizer = await organizerOf(trx, context, actor, { customerId, wanted: input.organizer, present: null })
  refuseUnknownServices(context, input.services)
  await checkAttendees(trx, customerId, input.attendees)
  const id = randomUUID()
  const version = await raiseVersion(trx, customerId)
  await insertCadence(trx, {
    customer_id: customerId,
    id,
    kind: input.kind,
    title: input.title,
    rule: printRule(series.rule),
    starts_local: input.startsLocal,
    time_zone: input.timeZone,
    minutes: input.minutes,
    organizer_id: organizer,
    location: input.location || null,
    services: input.services,
    uid: `${id}@impulso`,
    made_for: input.madeFor,
    version,
  })
  await addAttendees(trx, context, customerId, { cadence: id }, input.attendees)
  const row = await cadenceOf(trx, customerId, id)
  await planMeetings(trx, context, row, version)
  await recordCustomerEvents(trx, context, actor, customerId, [
    { kind: 'cadence-added', data: { cadence: id, title: personal(actor.personId, row.title), before: null, after: toldOf(actor, row) } },
  ])
  await askToInvite(trx, { customerId, cadence: id })
  return id
}

/**
 * Changes a series. Coming meetings move with it: those on a day that the series still has keep what was written to them, the others go, or
 * stay as cancelled where something was written. Throws `conflict` when somebody else changed it after `version`.
 */
export async function setCadence(
  context: Context,
  actor: Actor,
  input: SetCadence & Of & Readonly<{ cadenceId: string }>,
): Promise<CustomerMeetings> {
  await context.db.transaction().execute(trx => changeIn(trx, context, actor, input))
  return getCustomerMeetings(context, actor, input.customerId)
}

async function changeIn(trx: Trx, context: Context, actor: Actor, input: SetCadence & Of & Readonly<{ cadenceId: string }>): Promise<void> {
  const { customerId, cadenceId } = input
  const { access } = await lockForChange(trx, context, actor, 'set-meeting', customerId)
  authorizeService(access, null)
  const before = await cadenceOf(trx, customerId, cadenceId)
  refuseEnded(before)
  const series = readSeries(input)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const wanted = {
    kind: input.kind,
    title: input.title,
    rule: printRule(series.rule),
    starts_local: input.startsLocal,
    time_zone: input.timeZone,
    minutes: input.minutes,
    organizer_id: await organizerOf(trx, context, actor, { customerId, wanted: input.organizer, present: before.organizer_id }),
    location: input.location || null,
    services: input.services,
  }
  refuseLostUpdate(before, input.version, toldOf(actor, before), toldOf(actor, { ...before, ...wanted }))
  refuseUnknownServices(context, input.services)
  await checkAttendees(trx, customerId, input.attendees)
  const isTold = TOLD.some(part => before[part] !== wanted[part])
  const version = await raiseVersion(trx, customerId)
  const sequence = before.sequence + (isTold ? 1 : 0)
  await changeCadence(trx, { customerId, id: cadenceId }, { ...wanted, sequence, version })
  const present = (await findAttendees(trx, [customerId])).filter(row => row.cadence_id === cadenceId)
  const gone = await setAttendees(trx, context, customerId, { cadence: cadenceId }, present, input.attendees)
  const after = await cadenceOf(trx, customerId, cadenceId)
  const isMoved = MOVING.some(part => before[part] !== after[part])
  await followSeries(trx, context, before, after, isMoved)
  await planMeetings(trx, context, after, version)
  await recordCustomerEvents(trx, context, actor, customerId, [
    {
      kind: 'cadence-changed',
      data: {
        cadence: cadenceId,
        title: personal(actor.personId, after.title),
        before: toldOf(actor, before),
        after: toldOf(actor, after),
      },
    },
  ])
  await askToInvite(trx, { customerId, cadence: cadenceId, gone })
}

/** What those invited are told of anew, and what moves the meetings. */
const MOVING = ['rule', 'starts_local', 'time_zone', 'minutes'] as const
const TOLD = [...MOVING, 'title', 'location', 'organizer_id'] as const

/** Coming meetings of the series become what it is now. */
async function followSeries(
  trx: Trx,
  { now }: Pick<Context, 'now'>,
  before: CadenceRow,
  after: CadenceRow,
  isMoved: boolean,
): Promise<void> {
  const { customer_id: customerId, version } = after
  const from = now().toISOString()
  const coming = (await meetingsOfCadence(trx, { customerId, id: after.id })).filter(
    row => row.state === 'scheduled' && row.starts_at > from,
  )
  const same = {
    kind: after.kind,
    title: after.title,
    organizer_id: after.organizer_id,
    location: after.location,
    services: after.services,
    version,
  }
  if (!isMoved) {
    for (const row of coming) {
      const own = row.title !== before.title || row.location !== before.location
      await changeMeeting(trx, { customerId, id: row.id }, own ? { version } : same)
    }
    return
  }
  // What was written is kept; a day that the series no longer has is cancelled instead of taken away then.
  const isWritten = (row: Row<'meeting'>) => row.agenda_changed_at !== null || row.notes !== null || row.items.length > 0
  await removeMeetings(
    trx,
    customerId,
    coming.filter(row => !isWritten(row)).map(row => row.id),
  )
  await planMeetings(trx, { now }, after, version)
  const planned = (await meetingsOfCadence(trx, { customerId, id: after.id })).filter(row => row.state === 'scheduled' && !isWritten(row))
  const onDay = new Map(planned.map(row => [dayIn(row.starts_at, after.time_zone), row]))
  for (const row of coming.filter(isWritten)) {
    const same = onDay.get(dayIn(row.starts_at, after.time_zone))
    if (same) {
      const { agenda, agenda_changed_at, notes, items } = row
      await changeMeeting(trx, { customerId, id: same.id }, { agenda, agenda_changed_at, notes, items })
      await removeMeetings(trx, customerId, [row.id])
    } else await changeMeeting(trx, { customerId, id: row.id }, { state: 'cancelled', version })
  }
}

/** No further meetings: those to come are cancelled, those that were stay. */
export async function endCadence(
  context: Context,
  actor: Actor,
  input: CancelMeeting & Of & Readonly<{ cadenceId: string }>,
): Promise<CustomerMeetings> {
  const { customerId, cadenceId } = input
  await context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'set-meeting', customerId)
    authorizeService(access, null)
    const before = await cadenceOf(trx, customerId, cadenceId)
    refuseEnded(before)
    refuseLostUpdate(before, input.version, toldOf(actor, before), null)
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    const now = context.now().toISOString()
    const version = await raiseVersion(trx, customerId)
    await changeCadence(
      trx,
      { customerId, id: cadenceId },
      { ended_at: now, rule: endedRule(before, now), sequence: before.sequence + 1, version },
    )
    for (const row of await meetingsOfCadence(trx, { customerId, id: cadenceId }))
      if (row.state === 'scheduled' && row.starts_at > now)
        await changeMeeting(trx, { customerId, id: row.id }, { state: 'cancelled', version })
    await recordCustomerEvents(trx, context, actor, customerId, [
      {
        kind: 'cadence-ended',
        data: { cadence: cadenceId, title: personal(actor.personId, before.title), before: toldOf(actor, before), after: null },
      },
    ])
    await askToInvite(trx, { customerId, cadence: cadenceId })
  })
  return getCustomerMeetings(context, actor, customerId)
}

/** The rule without what is still to come; as it was where nothing of it has been. */
function endedRule(row: CadenceRow, now: string): string {
  const series = seriesOf(row)
  if ((firstOf(series) ?? now) >= now) return row.rule
  const today = dayIn(now, row.time_zone)
  // A meeting of today that is still to come is left out as well.
  const isAfter = instantOf(`${today}T${row.starts_local.slice(11)}`, row.time_zone) > now
  const until = isAfter ? new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10) : today
  // An ISO date always is a day.
  return printRule({ ...series.rule, count: null, until: until as Day })
}

export async function cadenceOf(trx: Trx, customerId: string, id: string): Promise<CadenceRow> {
  const row = await findCadence(trx, { customerId, id })
  if (!row) throw new AppError('not-found', `customer ${customerId} has no series ${id}`)
  return row
}

/**
 * Who organizes: the one named, else who asks. Invitations go out in their name, and to their calendar: so nobody is named but who asks, who
 * organizes it at `present`, and who works for the customer today.
 */
export async function organizerOf(
  trx: Trx,
  context: Pick<Context, 'now'>,
  actor: Actor,
  { customerId, wanted, present }: Of & Readonly<{ wanted: string | null; present: string | null }>,
): Promise<string> {
  const id = wanted ?? present ?? actor.personId
  if (id === actor.personId || id === present) return id
  if (!(await knownPeople(trx, [id])).has(id)) throw invalidField('organizer', `there is no person ${id}`)
  const today = todayOf(context)
  if (!(await findAssignments(trx, customerId)).some(row => row.person_id === id && holdsOn(row, today)))
    throw invalidField('organizer', `${id} does not work for this customer, and meetings are arranged in the name of those who do`)
  return id
}

export function refuseUnknownServices({ playbook }: Pick<Context, 'playbook'>, services: readonly string[]): void {
  const unknown = services.find(id => !playbook.services.some(each => each.id === id))
  if (unknown !== undefined) throw invalidField('services', `the playbook knows no service "${unknown}"`)
}

function refuseEnded({ ended_at }: CadenceRow): void {
  if (ended_at !== null) throw new AppError('conflict', 'this series has ended')
}

export function refuseLostUpdate(before: Readonly<{ version: number }>, seen: number, theirs: unknown, yours: unknown): void {
  if (seen > before.version) throw new AppError('invalid-input', `version ${seen} is not yet there`)
  if (seen === before.version) return
  throw new AppError('conflict', 'somebody else changed this meanwhile', {
    details: { theirs: unsealed(theirs), yours: unsealed(yours), version: before.version },
  })
}

/** As the one who asks may read it: what an event would seal. */
function unsealed(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if ('personId' in value && 'kept' in value && 'value' in value) return value.value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unsealed(each)]))
}

/** A title and a place are free text and may name people. */
const toldOf = ({ personId }: Actor, row: CadenceRow) => ({
  kind: row.kind,
  title: personal(personId, row.title),
  rule: row.rule,
  startsLocal: row.starts_local,
  timeZone: row.time_zone,
  minutes: row.minutes,
  location: row.location === null ? null : personal(personId, row.location),
  services: row.services,
  organizer: { person: row.organizer_id },
})
