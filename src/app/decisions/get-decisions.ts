import { isNewCycle } from '../../engine/processes.ts'
import {
  DECISION_STATES,
  type DecisionState,
  type DecisionsView,
  type DecisionView,
  NEXT_DECISIONS,
  type ProposalView,
  type TransitionView,
} from '../../model/decision-api.ts'
import type { Plan } from '../../model/plan.ts'
import type { Playbook, ProposalDef } from '../../model/playbook.ts'
import type { Day, Text } from '../../model/words.ts'
import { findServices } from '../../store/customers.ts'
import { type DecisionRecord, findContactNames, findDecisions, findFactsNamed } from '../../store/decisions.ts'
import { findEvidence } from '../../store/evidence.ts'
import { type Context, todayOf } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { evidenceView } from '../evidence/evidence.ts'
import { getPlan } from '../plans/get-plan.ts'
import { type Actor, writeAccess } from '../policy.ts'
import { type Kept, standing } from './history.ts'

/** Programs and accelerators with what was decided, and the steps from one process to the next. */
export async function getDecisions(context: Context, actor: Actor, customerId: string): Promise<DecisionsView> {
  const { customer, ties } = await visibleCustomer(context, actor, customerId)
  const { db, playbook } = context
  const { plan } = await getPlan(context, actor, customerId)
  const decisions = await findDecisions(db, customerId)
  const programs = await findFactsNamed(db, customerId, 'program.')
  const accelerators = (await findFactsNamed(db, customerId, 'accelerator')).filter(row => row.name === 'accelerator')
  const intended = (await findServices(db, customerId)).filter(row => row.intended).map(row => row.service)
  const stateOf = ({ definition, service }: Subject): DecisionState | null => {
    const row =
      service === null
        ? programs.find(each => each.name === programFact(definition.id))
        : accelerators.find(each => each.service === service)
    return DECISION_STATES.find(each => each === row?.value) ?? null
  }
  const evidence = (await findEvidence(db, customerId, { prefix: 'transition:' })).map(evidenceView)
  const taken = await findFactsNamed(db, customerId, 'transition.')
  return {
    customer: customerId,
    today: todayOf(context),
    version: customer.version,
    proposals: subjectsOf(playbook, [...intended, ...accelerators.map(row => row.service)]).map(subject =>
      proposalView(subject, stateOf(subject), plan, decisions),
    ),
    transitions: playbook.transitions.map((definition): TransitionView => {
      // The engine tells of every transition of the playbook.
      const planned = plan.transitions.find(each => each.to === definition.to)!
      const fact = taken.find(each => each.name === `transition.${definition.to}`)
      // Facts of this name hold this; a facts file may name who took it.
      const value = fact?.value as { on?: Day; by?: string; reason?: string } | undefined
      return {
        from: definition.from,
        to: definition.to,
        isNewCycle: isNewCycle(playbook, definition.to),
        name: definition.name,
        state: planned.state,
        because: planned.because.text,
        taken: fact && value ? { on: value.on ?? null, by: value.by ?? fact.by, at: fact.recorded_at, forced: value.reason ?? null } : null,
        evidence: evidence.filter(each => each.subject === `transition:${definition.to}`),
      }
    }),
    contacts: await findContactNames(db, customerId),
    canDecide: writeAccess(actor, 'decide-proposal', ties),
    canTake: writeAccess(actor, 'take-transition', ties),
    canOverride: writeAccess(actor, 'override-gate', ties),
  }
}

/** What can be decided on: a program, or the accelerator of a service. Handshakes have a room of their own. */
export type Subject = Readonly<{ id: string; kind: 'program' | 'accelerator'; definition: ProposalDef; service: string | null }>

const kindOf = ({ id }: ProposalDef): Subject['kind'] | null =>
  id.startsWith('program:') ? 'program' : id === 'accelerator' ? 'accelerator' : null

/** `program:onedrive-adoption` is the fact `program.onedrive-adoption`. */
export const programFact = (proposal: string): string => proposal.replace(':', '.')

/** Everything that can be decided on for a customer with these services, in the playbook's order. */
export function subjectsOf({ proposals, services }: Playbook, listed: readonly string[]): readonly Subject[] {
  return proposals.flatMap((definition): Subject[] => {
    const kind = kindOf(definition)
    if (kind === null) return []
    if (kind === 'program') return [{ id: definition.id, kind, definition, service: null }]
    const of = services.filter(({ id }) => listed.includes(id) && (definition.services === 'all' || definition.services?.includes(id)))
    return of.map(({ id }) => ({ id: `${definition.id}:${id}`, kind, definition, service: id }))
  })
}

function proposalView(
  { id, kind, definition, service }: Subject,
  state: DecisionState | null,
  plan: Plan,
  all: readonly DecisionRecord[],
): ProposalView {
  const planned = plan.proposals.find(each => each.id === id)
  const rows = all.filter(row => row.proposal === id)
  return {
    id,
    kind,
    service,
    title: definition.title,
    called: planned?.state ?? 'no',
    because: planned?.because.text ?? null,
    state,
    history: rows.map(decisionView).reverse(),
    next: NEXT_DECISIONS[kind][state ?? 'none'] ?? [],
    canWithdraw: standing(rows).at(-1)?.state === state && state !== null,
    seq: rows.at(-1)?.seq ?? 0,
  }
}

const decisionView = (row: DecisionRecord): DecisionView => ({
  seq: row.seq,
  state: DECISION_STATES.find(each => each === row.state) ?? 'withdrawn',
  contact: row.contact,
  reason: row.reason,
  on: row.decided_on,
  because: keptIn(row).text as Text | null,
  by: row.by,
  at: row.recorded_at,
})

/** Only `decide.ts` writes these. */
export const keptIn = (row: Pick<DecisionRecord, 'because'>): Kept => row.because as Kept
