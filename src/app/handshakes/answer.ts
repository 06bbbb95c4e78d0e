import { AppError } from '../../model/errors.ts'
import type { AnswerHandshake, CustomerHandshakes, WithdrawHandshake, WriteHandshake } from '../../model/handshake-api.ts'
import { findAssignments } from '../../store/assignments.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import {
  addMessage,
  changeHandshake,
  endAdoption,
  type FoundHandshake,
  findAdoptionOwners,
  findHandshakes,
  moveAdoption,
} from '../../store/handshakes.ts'
import { findItem, saveMarks } from '../../store/items.ts'
import { findCalendar } from '../../store/work-calendar.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange, tiesOf } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents, type Told } from '../events/record.ts'
import { notify } from '../notifications/notify.ts'
import { FIRST_ENGAGEMENT, recomputeOne, upToDate } from '../plans/recompute.ts'
import { type Actor, writeAccess } from '../policy.ts'
import { standInsOf } from './csm.ts'
import { getCustomerHandshakes } from './get-handshakes.ts'
import { saveHandshakeFacts } from './handshake-facts.ts'
import { inboxPath, outboxPath, remindOn } from './offer.ts'
import { handshakeItem } from './offer-refusal.ts'
import { nameOfService, TOLD } from './sentences.ts'
import { type HandshakeAction, isTaker, personRefusal, type Standing, stateRefusal } from './standing.ts'

type At = Readonly<{ customerId: string; handshake: string; version: number }>

/**
 * Accepts, declines, or hands back what was accepted. Throws `conflict` with both answers when somebody else changed it after `version`,
 * `forbidden` with the reason for who is not asked.
 */
export const answerHandshake = (
  context: Context,
  actor: Actor,
  input: AnswerHandshake & Omit<At, 'version'>,
): Promise<CustomerHandshakes> =>
  change(context, actor, input, input.answer, async opened => (input.answer === 'accept' ? accept(opened) : decline(opened, input.reason)))

/** A question of whom it was offered to, or an answer to it, which gives five working days anew. */
export const writeHandshake = (context: Context, actor: Actor, input: WriteHandshake & Omit<At, 'version'>): Promise<CustomerHandshakes> =>
  change(context, actor, input, 'write', opened => write(opened, input.body))

/** Takes back what has no answer yet. */
export const withdrawHandshake = (
  context: Context,
  actor: Actor,
  input: WithdrawHandshake & Omit<At, 'version'>,
): Promise<CustomerHandshakes> => change(context, actor, input, 'withdraw', withdraw)

/** A handshake that may be changed, with what a change needs. */
type Opened = Readonly<{
  trx: Trx
  context: Context
  actor: Actor
  row: FoundHandshake
  standing: Standing
  /** The customer's version that this change makes. */
  version: number
}>
type Happened = Readonly<{ sentence: keyof typeof TOLD; told: readonly Told[]; to: readonly string[]; path: string }>

async function change(
  context: Context,
  actor: Actor,
  at: At,
  action: HandshakeAction,
  work: (opened: Opened) => Promise<Happened>,
): Promise<CustomerHandshakes> {
  const { customerId } = at
  await context.db.transaction().execute(async trx => {
    const opened = await open(trx, context, actor, at, action)
    const { row, version } = opened
    const { sentence, told, to, path } = await work(opened)
    const service = nameOfService(context.playbook, row.service)
    await notify(trx, context, {
      to: to.filter(each => each !== actor.personId),
      key: `handshake:${row.id}:${sentence}:${version}`,
      kind: 'handshake-answered',
      customerId,
      path,
      summary: TOLD[sentence]({ customer: row.customer, service, person: actor.name }),
    })
    await recordCustomerEvents(trx, context, actor, customerId, told)
    await recomputeOne(trx, context, customerId)
  })
  return getCustomerHandshakes(context, actor, customerId)
}

async function open(trx: Trx, context: Context, actor: Actor, at: At, action: HandshakeAction): Promise<Opened> {
  const { customerId } = at
  const offers = writeAccess(actor, 'offer-handshake', await tiesOf(trx, context, actor, customerId))
  // Whoever offers may write and withdraw without being one who answers.
  const needed = action === 'withdraw' || (action === 'write' && offers.ok) ? 'offer-handshake' : 'answer-handshake'
  await lockForChange(trx, context, actor, needed, customerId)
  const row = (await findHandshakes(trx, customerId)).find(each => each.id === at.handshake)
  if (!row) throw new AppError('not-found', `customer ${customerId} has no handshake ${at.handshake}`)
  const standing = await standingOf(trx, context, actor, row)
  const refused = personRefusal(standing, action)
  if (refused) throw new AppError('forbidden', refused.en ?? '', { details: { reason: refused } })
  refuseLostUpdate(row, at, action, actor)
  const over = stateRefusal(standing, action)
  if (over) throw new AppError('conflict', over.en ?? '', { details: { reason: over, theirs: told(row), version: row.version } })
  const version = await raiseVersion(trx, customerId)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  return { trx, context, actor, row, standing, version }
}

async function standingOf(trx: Trx, context: Context, actor: Actor, row: FoundHandshake): Promise<Standing> {
  const ties = await tiesOf(trx, context, actor, row.customer_id)
  const assigned = await findAssignments(trx, row.customer_id)
  return {
    actor,
    row,
    answering: writeAccess(actor, 'answer-handshake', ties),
    offering: writeAccess(actor, 'offer-handshake', ties),
    standIns: standInsOf(assigned, row.offered_to, row.service, todayOf(context)),
    isLeading: (await findAdoptionOwners(trx, row.customer_id)).some(each => each.until === null && each.handshake_id === row.id),
  }
}

function refuseLostUpdate(row: FoundHandshake, at: At, action: HandshakeAction, actor: Actor): void {
  if (at.version > row.version) throw new AppError('invalid-input', `version ${at.version} is not yet there`)
  if (at.version === row.version) return
  throw new AppError('conflict', 'somebody else changed this handshake meanwhile', {
    details: { theirs: told(row), yours: { action, by: actor.name }, version: row.version },
  })
}

/** What a conflict shows of it. */
const told = ({ state, reason, answered_by_name, answered_at }: FoundHandshake) => ({
  state,
  reason,
  by: answered_by_name,
  at: answered_at,
})

/** The service's adoption is theirs from today, and its task is done in the name of the one who accepts. */
async function accept(opened: Opened): Promise<Happened> {
  const { trx, context, actor, row, version } = opened
  const { customer_id: customerId, service } = row
  const at = context.now().toISOString()
  await changeHandshake(trx, row, { state: 'accepted', answered_by: actor.personId, answered_at: at, reason: null, version })
  await moveAdoption(trx, { customerId, service, since: todayOf(context), personId: row.offered_to, handshakeId: row.id })
  const owner = row.offered_to_name
  await saveHandshakeFacts(trx, context, actor, { customerId, service, version }, { handshake: 'accepted', owner })
  const done = await completeTask(opened)
  return {
    sentence: 'accepted',
    told: [{ kind: 'handshake-accepted', data: { handshake: row.id, service, person: row.offered_to, version } }, ...done],
    to: [row.offered_by, row.offered_to],
    path: answeredPath(row),
  }
}

async function completeTask({ trx, context, actor, row, version }: Opened): Promise<readonly Told[]> {
  const { customer_id: customerId } = row
  const { plan, known } = await upToDate(trx, context, customerId)
  const planned = handshakeItem(plan, row.service)
  const key = { customerId, engagementId: known.engagement?.id ?? FIRST_ENGAGEMENT, id: planned?.id ?? '' }
  const item = planned && (await findItem(trx, key))
  if (!item || item.status === 'complete') return []
  const { process, step, task, service } = item
  const mark = { status: 'complete' as const, reason: null, note: null }
  await saveMarks(trx, [
    { ...key, process, step, task, service, ...mark, setBy: actor.personId, setAt: context.now().toISOString(), version },
  ])
  const before = item.status === null ? null : { status: item.status, reason: item.reason, note: null }
  return [{ kind: 'item-status-set', data: { item: item.id, before, after: mark } }]
}

/** The steps for the service come back; after it was accepted, nobody owns it any more. */
async function decline({ trx, context, actor, row, version }: Opened, reason: string): Promise<Happened> {
  const { customer_id: customerId, service } = row
  const isHandingBack = row.state === 'accepted'
  const at = context.now().toISOString()
  await changeHandshake(trx, row, { state: 'declined', answered_by: actor.personId, answered_at: at, reason, version })
  if (isHandingBack) await endAdoption(trx, { customerId, service, until: todayOf(context) })
  const facts = { handshake: 'declined' as const, ...(isHandingBack ? { owner: false as const } : {}) }
  await saveHandshakeFacts(trx, context, actor, { customerId, service, version }, facts)
  const kind = isHandingBack ? 'handshake-handed-back' : 'handshake-declined'
  return {
    sentence: isHandingBack ? 'handed-back' : 'declined',
    // A reason is free text and may name people.
    told: [{ kind, data: { handshake: row.id, service, person: row.offered_to, reason: personal(actor.personId, reason), version } }],
    to: [row.offered_by, row.offered_to],
    path: answeredPath(row),
  }
}

async function write({ trx, context, actor, row, standing, version }: Opened, body: string): Promise<Happened> {
  const { customer_id: customerId, service } = row
  const at = context.now().toISOString()
  await addMessage(trx, { customer_id: customerId, handshake_id: row.id, body, written_by: actor.personId, written_at: at })
  const isQuestion = isTaker(standing)
  if (isQuestion) await changeHandshake(trx, row, { state: 'asked', version })
  else if (row.state === 'offered') await changeHandshake(trx, row, { version })
  else {
    const calendar = await findCalendar(trx, row.team_id)
    const anew = { remind_on: remindOn(calendar, context.now()), reminded_at: null, escalated_at: null, escalated_to: null }
    await changeHandshake(trx, row, { state: 'offered', ...anew, version })
  }
  return {
    sentence: isQuestion ? 'asked' : 'replied',
    told: [
      { kind: isQuestion ? 'handshake-asked' : 'handshake-replied', data: { handshake: row.id, service, person: row.offered_to, version } },
    ],
    to: isQuestion ? [row.offered_by] : [row.offered_to, ...standing.standIns],
    path: isQuestion ? outboxPath(row.id) : inboxPath(row.id),
  }
}

/** As if it had not been offered: what was answered before counts again. */
async function withdraw({ trx, context, actor, row, standing, version }: Opened): Promise<Happened> {
  const { customer_id: customerId, service } = row
  await changeHandshake(trx, row, { state: 'withdrawn', version })
  const before = (await findHandshakes(trx, customerId)).find(each => each.service === service && each.state === 'declined')
  await saveHandshakeFacts(trx, context, actor, { customerId, service, version }, { handshake: before ? 'declined' : 'none' })
  return {
    sentence: 'withdrawn',
    told: [{ kind: 'handshake-withdrawn', data: { handshake: row.id, service, person: row.offered_to, version } }],
    to: [row.offered_to, ...standing.standIns],
    path: answeredPath(row),
  }
}

const answeredPath = ({ id }: FoundHandshake): string => `/requests?box=all&state=answered&handshake=${id}`
