import type { Facts, History } from '../model/facts.ts'
import type { PlanGate, PlanProposal, PlanTransition } from '../model/plan.ts'
import type { Playbook, ProposalDef, TransitionDef } from '../model/playbook.ts'
import type { Day, Text, Truth } from '../model/words.ts'
import { gateMet } from './answers.ts'
import { because, type Detail, GATE_HEADS, GATE_STATES, truth } from './because.ts'
import { phrase } from './phrases.ts'
import { takenTo } from './processes.ts'
import { type ListedService, truthOf } from './value.ts'
import { used } from './words/word.ts'
import { type World, worldOf } from './world.ts'

/** The gates' answers alone, in the playbook's order: what a portfolio of many thousand customers asks for. */
export function gateTruths(playbook: Playbook, facts: Facts, history: History, today: Day): Truth[] {
  const world = worldOf(playbook, facts, history, today)
  return playbook.gates.map(gate => truthOf(gateMet(world, gate.id)))
}

export const gatesOf = (world: World, detail: Detail): PlanGate[] =>
  world.playbook.gates.map(gate => {
    const state = GATE_STATES[truthOf(gateMet(world, gate.id))]
    return { id: gate.id, state, because: because(world, detail, { head: GATE_HEADS[state], rules: [gate.rule] }) }
  })

export const transitionsOf = (world: World, detail: Detail): PlanTransition[] =>
  world.playbook.transitions.map(each => ({ to: each.to, ...transitionOf(world, detail, each) }))

function transitionOf(world: World, detail: Detail, definition: TransitionDef): Omit<PlanTransition, 'to'> {
  const taken = takenTo(world, definition.to)
  const state = ({ yes: 'available', no: 'blocked', unknown: 'unknown' } as const)[truth(world, definition.when, null)]
  if (taken) {
    const parts = { on: taken.on ?? '', by: taken.by ?? '', reason: taken.reason ?? '' }
    const says = [
      ...(taken.by ? [phrase('by {by}', 'por {by}', parts)] : []),
      ...(taken.on ? [phrase('on {on}', 'em {on}', parts)] : []),
      ...(taken.reason ? [phrase('reason: {reason}', 'motivo: {reason}', parts)] : []),
    ]
    const fact = used(world, 'transition', `transitions.${definition.to}`, true, { asOf: taken.on })
    return {
      state,
      taken: true,
      because: because(world, detail, { head: TRANSITION_HEADS.taken, says, facts: [fact], place: definition.when }),
    }
  }
  return { state, taken: false, because: because(world, detail, { head: TRANSITION_HEADS[state], rules: [definition.when] }) }
}

const TRANSITION_HEADS: Record<PlanTransition['state'] | 'taken', Text> = {
  available: phrase('Can be taken', 'Disponível'),
  blocked: phrase('Not yet', 'Ainda não'),
  unknown: phrase('Cannot tell', 'Não se sabe'),
  taken: phrase('Taken', 'Realizado'),
}

/** Decisions a person should take. One that is not called for, and was never decided, is left out. */
export const proposalsOf = (world: World, detail: Detail): PlanProposal[] =>
  world.playbook.proposals.flatMap(each => servicesOf(world, each).flatMap(service => proposalOf(world, detail, each, service)))

function servicesOf(world: World, { services }: ProposalDef): readonly (ListedService | null)[] {
  if (services === null) return [null]
  return services === 'all' ? world.intended : world.services.filter(each => each.facts.intended && services.includes(each.id))
}

function proposalOf(world: World, detail: Detail, definition: ProposalDef, service: ListedService | null): PlanProposal[] {
  const decided = truth(world, definition.decided, service)
  const called = truth(world, definition.when, service)
  if (decided !== 'yes' && called === 'no') return []
  const state = decided === 'yes' ? 'decided' : decided === 'unknown' || called === 'unknown' ? 'unknown' : 'open'
  const undecided = [definition.decided, definition.when].filter(rule => truth(world, rule, service) === 'unknown')
  const rules = state === 'decided' ? [definition.decided] : state === 'open' ? [definition.when] : undecided
  const id = service ? `${definition.id}:${service.id}` : definition.id
  return [{ id, state, because: because(world, detail, { head: PROPOSAL_HEADS[state], rules, service }) }]
}

const PROPOSAL_HEADS: Record<PlanProposal['state'], Text> = {
  open: phrase('To be decided', 'A decidir'),
  decided: phrase('Decided', 'Decidido'),
  unknown: phrase('Cannot tell', 'Não se sabe'),
}
