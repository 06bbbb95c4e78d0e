import { AppError } from '../../model/errors.ts'
import type { CancelEngagement, CorrectOutcomes, RecordOutcomes, ReviewView } from '../../model/review-api.ts'
import type { Outcome, Text } from '../../model/words.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { saveOutcomes } from '../../store/items.ts'
import type { Known } from '../../store/known.ts'
import { changeEngagement } from '../../store/reviews.ts'
import { type Context, todayOf } from '../context.ts'
import { sheetOf } from '../customers/sheet.ts'
import { lockForChange } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomer } from '../events/record.ts'
import { recomputeOne, upToDate } from '../plans/recompute.ts'
import { type Action, type Actor, authorizeService } from '../policy.ts'
import { getReview, heldBy, outcomesPossible } from './get-review.ts'
import { NO_OUTCOME } from './sentences.ts'

type Of = Readonly<{ customerId: string }>

/** `conflict` with the reason in both languages. */
export const refuse = (reason: Text) => new AppError('conflict', reason.en ?? '', { details: { reason } })

/**
 * R6: after the meeting and its task, one or more outcomes; the engagement is complete with them. Throws `conflict` with the reason while
 * one of the two is missing, or when no outcome is named.
 */
export async function recordOutcomes(context: Context, actor: Actor, input: RecordOutcomes & Of): Promise<ReviewView> {
  const { customerId, outcomes } = input
  await context.db.transaction().execute(async trx => {
    const { known, plan, engagement } = await lockEngagement(trx, context, actor, 'record-outcome', input)
    const { sheet } = sheetOf(known, todayOf(context))
    const possible = outcomesPossible(context.playbook, plan, engagement, heldBy(sheet.review.meetingHeldOn, todayOf(context)))
    if (!possible.ok) throw refuse(possible.reason)
    if (outcomes.length === 0) throw refuse(NO_OUTCOME)
    await save(trx, context, actor, known, outcomes)
    const data = { engagement: engagement.id, outcomes: [...new Set(outcomes)].sort() }
    await recordCustomer(trx, context, actor, { customerId, kind: 'outcomes-recorded', data })
    await recomputeOne(trx, context, customerId)
  })
  return getReview(context, actor, customerId)
}

/**
 * A lead says that something else was agreed, and why; both stay on record. Without any outcome the engagement is open again, as long as no
 * other one began.
 */
export async function correctOutcomes(context: Context, actor: Actor, input: CorrectOutcomes & Of): Promise<ReviewView> {
  const { customerId, outcomes, reason } = input
  await context.db.transaction().execute(async trx => {
    const { known, engagement } = await lockEngagement(trx, context, actor, 'correct-outcome', input)
    if (engagement.state !== 'complete')
      throw refuse({ en: 'There is no outcome to be corrected.', 'pt-BR': 'Não há resultado a corrigir.' })
    const before = known.outcomes.map(row => row.outcome)
    const after = [...new Set(outcomes)].sort()
    await save(trx, context, actor, known, after)
    const data = { engagement: engagement.id, before, after, reason: personal(actor.personId, reason) }
    await recordCustomer(trx, context, actor, { customerId, kind: 'outcomes-corrected', data })
    await recomputeOne(trx, context, customerId)
  })
  return getReview(context, actor, customerId)
}

/** The customer is lost: the engagement ends without a review. Throws `conflict` when it is not open. */
export async function cancelEngagement(context: Context, actor: Actor, input: CancelEngagement & Of): Promise<ReviewView> {
  const { customerId, reason } = input
  await context.db.transaction().execute(async trx => {
    const { engagement } = await lockEngagement(trx, context, actor, 'cancel-engagement', input)
    if (engagement.state !== 'open') throw refuse({ en: 'The engagement is not open.', 'pt-BR': 'O engajamento não está aberto.' })
    const closedAt = context.now().toISOString()
    await changeEngagement(trx, { customerId, engagementId: engagement.id }, { state: 'cancelled', closedAt, cancelReason: reason })
    const data = { engagement: engagement.id, reason: personal(actor.personId, reason) }
    await recordCustomer(trx, context, actor, { customerId, kind: 'engagement-cancelled', data })
    await raiseVersion(trx, customerId)
  })
  return getReview(context, actor, customerId)
}

/** A lead takes back that it was cancelled, as long as no other one began. */
export async function reopenEngagement(context: Context, actor: Actor, input: CancelEngagement & Of): Promise<ReviewView> {
  const { customerId, reason } = input
  await context.db.transaction().execute(async trx => {
    const { engagement } = await lockEngagement(trx, context, actor, 'correct-outcome', input)
    if (engagement.state !== 'cancelled')
      throw refuse({ en: 'The engagement was not cancelled.', 'pt-BR': 'O engajamento não foi cancelado.' })
    await changeEngagement(trx, { customerId, engagementId: engagement.id }, { state: 'open', closedAt: null, cancelReason: null })
    const data = { engagement: engagement.id, reason: personal(actor.personId, reason) }
    await recordCustomer(trx, context, actor, { customerId, kind: 'engagement-reopened', data })
    await raiseVersion(trx, customerId)
  })
  return getReview(context, actor, customerId)
}

/** The newest engagement of the locked customer, with a plan of today. Throws `conflict` when the customer was changed since `version`. */
export async function lockEngagement(
  trx: Trx,
  context: Context,
  actor: Actor,
  action: Action,
  { customerId, version }: Of & Readonly<{ version: number }>,
) {
  const { customer, access } = await lockForChange(trx, context, actor, action, customerId)
  authorizeService(access, null)
  if (version > customer.version) throw new AppError('invalid-input', `version ${version} is not yet there`)
  const { known, plan } = await upToDate(trx, context, customerId)
  const { engagement } = known
  if (!engagement) throw new Error(`${customerId} has no engagement`)
  return { customer, known, plan, engagement }
}

/** With outcomes the engagement is complete, without any it is open. */
async function save(
  trx: Trx,
  context: Context,
  actor: Actor,
  { customer, engagement }: Known,
  outcomes: readonly Outcome[],
): Promise<void> {
  const key = { customerId: customer.id, engagementId: engagement?.id ?? '' }
  const at = context.now().toISOString()
  const closedAt = engagement?.state === 'complete' ? engagement.closed_at : at
  const isOver = outcomes.length > 0
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  await saveOutcomes(trx, key, outcomes, { at, who: actor.personId })
  await changeEngagement(trx, key, { state: isOver ? 'complete' : 'open', closedAt: isOver ? closedAt : null, cancelReason: null })
  await raiseVersion(trx, customer.id)
}
