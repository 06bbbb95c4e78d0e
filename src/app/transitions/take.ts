import { isNewCycle } from '../../engine/processes.ts'
import type { DecisionsView, TakeTransition } from '../../model/decision-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Plan, PlanTransition } from '../../model/plan.ts'
import type { Day } from '../../model/words.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { findFactsNamed } from '../../store/decisions.ts'
import { countEvidence } from '../../store/evidence.ts'
import { forgetFact, saveFacts } from '../../store/facts.ts'
import type { Known } from '../../store/known.ts'
import { findReview, openReview, removeReview } from '../../store/reviews.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { getDecisions } from '../decisions/get-decisions.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { addLinkIn } from '../evidence/evidence.ts'
import { invalidField } from '../invalid-field.ts'
import { FIRST_ENGAGEMENT, recomputeOne, upToDate } from '../plans/recompute.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { gateOf } from '../reviews/get-review.ts'

type At = Readonly<{ customerId: string; to: string; version: number }>

/**
 * Moves the customer on. Throws `conflict` with the reason while the condition does not hold, unless a lead overrides it with a reason and
 * evidence: then the reason stays with the step for good.
 */
export async function takeTransition(
  context: Context,
  actor: Actor,
  { customerId, to, on, override, version }: TakeTransition & At,
): Promise<DecisionsView> {
  if (on > todayOf(context)) throw invalidField('on', `${on} is yet to come`)
  await context.db.transaction().execute(async trx => {
    await lock(trx, context, actor, 'take-transition', { customerId, to, version })
    const { plan, known } = await upToDate(trx, context, customerId)
    const transition = transitionTo(plan, to)
    if (transition.taken)
      throw new AppError('conflict', 'the step was taken already', { details: { theirs: await takenFact(trx, customerId, to), version } })
    if (isNewCycle(context.playbook, to)) {
      const reason = {
        en: 'A new cycle begins with its services, in the tab Review.',
        'pt-BR': 'Um novo ciclo começa com os seus serviços, na aba Revisão.',
      }
      throw new AppError('conflict', reason.en, { details: { reason } })
    }
    const isForced = transition.state !== 'available'
    if (isForced && override === null)
      throw new AppError('conflict', transition.because.text.en ?? 'the condition does not hold', {
        details: { reason: transition.because.text },
      })
    if (isForced) await mayForce(trx, context, actor, { customerId, to, version }, override, known)
    const reason = isForced ? (override?.reason ?? null) : null
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    const row = {
      customerId,
      name: nameOf(to),
      service: '',
      source: 'portal',
      asOf: on,
      at: context.now().toISOString(),
      who: actor.personId,
    }
    await saveFacts(trx, [{ ...row, value: { on, ...(reason === null ? {} : { reason }) }, version: await raiseVersion(trx, customerId) }])
    if (to === context.playbook.overall?.process) await openWith(trx, context, actor, { known, plan, on, reason })
    const after = { on, reason: reason === null ? null : personal(actor.personId, reason), gate: transition.state }
    await record(trx, context, actor, customerId, isForced ? 'transition-forced' : 'transition-taken', to, null, after)
    await recomputeOne(trx, context, customerId)
  })
  return getDecisions(context, actor, customerId)
}

/** A review keeps what its gate said when it was opened, and why it was opened all the same. */
async function openWith(
  trx: Trx,
  context: Context,
  actor: Actor,
  { known, plan, on, reason }: { known: Known; plan: Plan; on: Day; reason: string | null },
): Promise<void> {
  const gate = gateOf(plan)
  const key = { customerId: known.customer.id, engagementId: known.engagement?.id ?? FIRST_ENGAGEMENT }
  if (await findReview(trx, key)) return
  await openReview(trx, {
    customer_id: key.customerId,
    engagement_id: key.engagementId,
    opened_on: on,
    opened_at: context.now().toISOString(),
    opened_by: actor.personId,
    gate_state: gate.state,
    because: JSON.stringify(gate.because.text),
    override_reason: gate.state === 'met' ? null : reason,
  })
}

/** Takes back a step that was taken by mistake. One that was taken against its condition stays, and is shown as such. */
export async function withdrawTransition(context: Context, actor: Actor, at: At): Promise<DecisionsView> {
  const { customerId, to } = at
  await context.db.transaction().execute(async trx => {
    await lock(trx, context, actor, 'take-transition', at)
    const fact = await takenFact(trx, customerId, to)
    if (!fact) throw new AppError('not-found', `the step to ${to} was not taken`)
    if (isNewCycle(context.playbook, to)) throw new AppError('conflict', 'a cycle that began stays; it can be cancelled')
    if (fact.reason !== undefined) throw new AppError('conflict', 'the step was taken against its condition; that stays on record')
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    const { known } = await upToDate(trx, context, customerId)
    if (to === context.playbook.overall?.process && known.engagement) {
      if (known.outcomes.length > 0) throw new AppError('conflict', 'the review has an outcome: it stays opened')
      await removeReview(trx, { customerId, engagementId: known.engagement.id })
    }
    await forgetFact(trx, customerId, nameOf(to), '')
    await raiseVersion(trx, customerId)
    await record(trx, context, actor, customerId, 'transition-withdrawn', to, { on: fact.on ?? null }, null)
    await recomputeOne(trx, context, customerId)
  })
  return getDecisions(context, actor, customerId)
}

const nameOf = (to: string) => `transition.${to}`

async function lock(
  trx: Trx,
  context: Context,
  actor: Actor,
  action: 'take-transition' | 'override-gate',
  { customerId, to, version }: At,
): Promise<void> {
  const { customer, access } = await lockForChange(trx, context, actor, action, customerId)
  authorizeService(access, null)
  if (!context.playbook.transitions.some(each => each.to === to)) throw new AppError('not-found', `the playbook has no step to ${to}`)
  if (version > customer.version) throw new AppError('invalid-input', `version ${version} is not yet there`)
}

/** The engine tells of every transition of the playbook. */
function transitionTo(plan: Plan, to: string): PlanTransition {
  const found = plan.transitions.find(each => each.to === to)
  if (!found) throw new Error(`the plan has no transition to ${to}`)
  return found
}

/** A facts file may name who took it. */
type Taken = Readonly<{ on?: Day; reason?: string; by?: string | undefined }>

async function takenFact(trx: Trx, customerId: string, to: string): Promise<Taken | undefined> {
  const row = (await findFactsNamed(trx, customerId, nameOf(to))).find(each => each.name === nameOf(to))
  // Facts of this name hold this.
  const value = row?.value as Taken | undefined
  return row && value && { ...value, by: value.by ?? row.by ?? undefined }
}

/** A right of its own, a reason, and something to show for it; what an earlier cycle rested on shows nothing in this one. */
async function mayForce(
  trx: Trx,
  context: Context,
  actor: Actor,
  at: At,
  override: TakeTransition['override'],
  { engagement }: Known,
): Promise<void> {
  await lock(trx, context, actor, 'override-gate', at)
  const subject = `transition:${at.to}`
  if (override?.evidence) await addLinkIn(trx, context, actor, { customerId: at.customerId, subject, ...override.evidence })
  if ((await countEvidence(trx, at.customerId, subject, engagement?.opened_at)) === 0)
    throw invalidField('override', 'a step against its condition needs evidence: a link, or a file added before')
}

const record = (trx: Trx, context: Context, actor: Actor, customerId: string, kind: string, to: string, before: unknown, after: unknown) =>
  recordCustomerEvents(trx, context, actor, customerId, [{ kind, data: { transition: to, before, after } }])
