import { isNewCycle } from '../../engine/processes.ts'
import type { Plan } from '../../model/plan.ts'
import type { Playbook } from '../../model/playbook.ts'
import type { EngagementView, Possible, ReviewView } from '../../model/review-api.ts'
import { Outcome, type Text } from '../../model/words.ts'
import { findEventsOfKinds } from '../../store/decisions.ts'
import { findEvidence } from '../../store/evidence.ts'
import { loadKnown } from '../../store/known.ts'
import { type EngagementRecord, findEngagements, findReview } from '../../store/reviews.ts'
import { type Context, todayOf } from '../context.ts'
import { factsOf } from '../customers/sheet.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { reveal } from '../events/reveal.ts'
import { evidenceView } from '../evidence/evidence.ts'
import { handshakeServices } from '../handshakes/offer-refusal.ts'
import { getPlan } from '../plans/get-plan.ts'
import { REVIEW_GATE } from '../plans/summary.ts'
import { type Actor, writeAccess } from '../policy.ts'
import { NOT_HELD, NOT_OPENED } from './sentences.ts'

/** As many as one looks back. */
const MOST_CORRECTIONS = 50

/** How the success review of the newest engagement stands: its gate, its task, what came of it, and what may follow. */
export async function getReview(context: Context, actor: Actor, customerId: string): Promise<ReviewView> {
  const { customer, ties } = await visibleCustomer(context, actor, customerId)
  const { db, playbook } = context
  const { plan } = await getPlan(context, actor, customerId)
  const [known] = await loadKnown(db, [customerId])
  if (!known) throw new Error(`nothing is known of ${customerId}`)
  const { facts, history } = factsOf(known, todayOf(context))
  const engagements = await findEngagements(db, customerId)
  const current = engagements[0]
  if (!current) throw new Error(`${customerId} has no engagement`)
  const opened = await findReview(db, { customerId, engagementId: current.id })
  const gate = gateOf(plan)
  const cycle = cyclePossible(playbook, plan, current)
  const handedOver = handshakeServices(playbook)
  return {
    customer: customerId,
    today: todayOf(context),
    version: customer.version,
    engagement: viewOf(current),
    history: engagements.slice(1).map(viewOf),
    gate: { state: gate.state, because: gate.because.text },
    opened: opened ? await openedView(context, current, opened) : null,
    meetingHeldOn: facts.review.meetingHeldOn ?? null,
    task: taskOf(playbook, plan),
    overall: { state: plan.overall.state, because: plan.overall.because.text },
    outcomes: outcomesPossible(playbook, plan, current, heldBy(facts.review.meetingHeldOn, todayOf(context))),
    services: known.services.map(row => ({
      id: row.service,
      intended: row.intended,
      isActive: row.is_activation_known ? row.activated_on !== null && row.activated_on <= todayOf(context) : null,
      handshake: handedOver.includes(row.service) ? (facts.services[row.service]?.handshake ?? 'none') : null,
    })),
    cycle,
    steps: playbook.transitions
      .filter(each => each.from === playbook.overall?.process)
      .map(({ to, name }) => {
        // The engine tells of every transition of the playbook.
        const planned = plan.transitions.find(each => each.to === to)!
        const taken = history.transitions.findLast(each => each.to === to)
        return { to, name, state: planned.state, because: planned.because.text, takenOn: taken?.on ?? null }
      }),
    corrections: await correctionsOf(context, customerId, current.id),
    canRecord: writeAccess(actor, 'record-outcome', ties),
    canCorrect: writeAccess(actor, 'correct-outcome', ties),
    canCancel: writeAccess(actor, 'cancel-engagement', ties),
    canBegin: writeAccess(actor, 'take-transition', ties),
  }
}

type Opened = NonNullable<Awaited<ReturnType<typeof findReview>>>

async function openedView(
  { db, playbook }: Context,
  engagement: EngagementRecord,
  { opened_on: on, by, gate_state: gate, because, override_reason: reason }: Opened,
): Promise<NonNullable<ReviewView['opened']>> {
  if (reason === null) return { on, by, gate, because, override: null }
  const evidence = await findEvidence(db, engagement.customer_id, { subject: `transition:${playbook.overall?.process}` })
  // What was added before is of an earlier cycle.
  const own = evidence.filter(each => each.added_at >= engagement.opened_at)
  return { on, by, gate, because, override: { reason, evidence: own.map(evidenceView) } }
}

/** A meeting of tomorrow was not held. */
export const heldBy = (on: string | null | undefined, today: string): boolean => on != null && on <= today

export function gateOf(plan: Plan) {
  const gate = plan.gates.find(each => each.id === REVIEW_GATE)
  if (!gate) throw new Error(`the plan has no gate ${REVIEW_GATE}`)
  return gate
}

const no = (reason: Text): Possible => ({ ok: false, reason })

/** R6: an open engagement whose review was opened, whose meeting is held and whose task is complete. */
export function outcomesPossible({ overall }: Playbook, plan: Plan, { state }: Pick<EngagementRecord, 'state'>, isHeld: boolean): Possible {
  if (state === 'complete')
    return no({ en: 'What was agreed is corrected by a lead.', 'pt-BR': 'O que foi acordado é corrigido por um líder.' })
  if (state === 'cancelled') return no({ en: 'The engagement was cancelled.', 'pt-BR': 'O engajamento foi cancelado.' })
  // Past the gate, as a lead may take it too; else everything but the gate would be asked for.
  if (plan.transitions.some(each => each.to === overall?.process && !each.taken)) return no(NOT_OPENED)
  if (!isHeld) return no(NOT_HELD)
  return plan.overall.state === 'open' ? no(plan.overall.because.text) : { ok: true }
}

/** R13: another cycle after outcomes that ask for one; after others, or a cancelled one, when the customer comes back. */
export function cyclePossible(playbook: Playbook, plan: Plan, { state }: Pick<EngagementRecord, 'state'>): ReviewView['cycle'] {
  const onwards = playbook.transitions.find(each => isNewCycle(playbook, each.to))
  const isCalled = plan.transitions.some(each => each.to === onwards?.to && each.state === 'available')
  if (state !== 'open') return { ok: true, needsReason: !isCalled || state === 'cancelled' }
  const reason = {
    en: 'A new cycle begins once this one is complete or cancelled.',
    'pt-BR': 'Um novo ciclo começa quando este estiver concluído ou cancelado.',
  }
  return { ok: false, reason, needsReason: false }
}

function taskOf({ overall, processes }: Playbook, plan: Plan): ReviewView['task'] {
  if (!overall) return null
  const item = plan.processes
    .flatMap(process => process.steps)
    .flatMap(step => step.items)
    .find(each => each.task === overall.task)
  const task = processes
    .flatMap(process => process.steps)
    .flatMap(step => step.tasks)
    .find(each => each.id === overall.task)
  return { id: overall.task, title: task?.title ?? {}, item: item?.id ?? null, isDone: item?.state === 'done' }
}

const viewOf = (row: EngagementRecord): EngagementView => ({
  id: row.id,
  cycle: row.cycle,
  state: row.state,
  openedAt: row.opened_at,
  closedAt: row.closed_at,
  cancelReason: row.cancel_reason,
  outcomes: row.outcomes.map(each => ({ outcome: each.outcome, by: each.by, at: each.recorded_at })),
})

async function correctionsOf(context: Context, customerId: string, engagement: string): Promise<ReviewView['corrections']> {
  const events = await findEventsOfKinds(context.db, customerId, ['outcomes-corrected'], MOST_CORRECTIONS)
  const told = await reveal(
    context.db,
    context,
    events.map(event => event.body),
  )
  return events.flatMap(({ by, at }, index) => {
    const data = told[index]?.data ?? {}
    if (data.engagement !== engagement) return []
    const { reason } = data
    return [{ before: outcomesIn(data.before), after: outcomesIn(data.after), reason: typeof reason === 'string' ? reason : null, by, at }]
  })
}

const outcomesIn = (value: unknown): readonly Outcome[] => Outcome.array().catch([]).parse(value)
