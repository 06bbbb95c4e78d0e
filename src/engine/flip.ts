import type { Facts, History } from '../model/facts.ts'
import type { Because, GateState } from '../model/plan.ts'
import type { Playbook } from '../model/playbook.ts'
import type { Day, ItemState } from '../model/words.ts'
import { gateMet } from './answers.ts'
import { GATE_STATES } from './because.ts'
import { changed, type Inputs } from './change-facts.ts'
import { dayNumber } from './day-numbers.ts'
import { gatesOf } from './gates.ts'
import { itemId, planItem, rulingOf } from './items.ts'
import { rulesOf, standingOf } from './processes.ts'
import { prove, type Trace } from './prove.ts'
import { itemsOf, type MarkedItem, statusPath } from './statuses.ts'
import { type Scalar, truthOf, type Value } from './value.ts'
import { CUSTOMER } from './words/customer.ts'
import type { Change } from './words/word.ts'
import { type World, worldOf } from './world.ts'

export type Asked = Readonly<{ kind: 'item' | 'gate'; id: string }>
export type Explanation = Readonly<{
  subject: Readonly<{ kind: 'item' | 'gate'; id: string; state: ItemState | GateState }>
  because: Because
  /** The fewest changes of facts that change the answer; empty when no two of them do. */
  flip: readonly Change[]
}>

/** Why an item or gate is as it is, and what would change it. Undefined when this customer's plan has no such item or gate. */
export function explain(playbook: Playbook, facts: Facts, history: History, today: Day, asked: Asked): Explanation | undefined {
  const world = worldOf(playbook, facts, history, today)
  const found = asked.kind === 'gate' ? gatesOf(world, ALL).find(gate => gate.id === asked.id) : findItem(world, asked.id)
  if (!found) return undefined
  return { subject: { ...asked, state: found.state }, because: found.because, flip: flip(playbook, facts, history, today, asked) }
}

const ALL = { proofs: true }

/**
 * Up to two changes of facts that change the answer: true and false, members of enumerations, both sides of each threshold, known
 * and unknown. One change before two, then an answer of the other kind (met, due) before others, then the order of paths, then the
 * nearest value. An answer that only becomes unknown, or not due for another reason, is offered when nothing else changes it.
 */
export function flip(playbook: Playbook, facts: Facts, history: History, today: Day, asked: Asked): readonly Change[] {
  const at = (inputs: Inputs) => worldOf(playbook, inputs.facts, inputs.history, today)
  const inputs: Inputs = { facts, history }
  const now = stateOf(at(inputs), asked)
  if (now === null) return []
  const tryAll = (from: Inputs, before: readonly Change[]): Tried[] =>
    candidates(at(from), asked)
      .filter(change => !before.some(each => each.fact === change.fact))
      .map(change => {
        const after = changed(from, change)
        return { changes: [...before, change], inputs: after, rank: rankOf(now, stateOf(at(after), asked)) }
      })
  const one = tryAll(inputs, [])
  const single = best(one, DEFINITE)
  if (single) return single.changes
  const two = one.filter(each => each.changes.every(change => change.to !== null)).flatMap(each => tryAll(each.inputs, each.changes))
  return (best(two, DEFINITE) ?? best(one, WEAK) ?? best(two, WEAK))?.changes ?? []
}

type Tried = Readonly<{ changes: readonly Change[]; inputs: Inputs; rank: number }>
type State = GateState | ItemState

/**
 * 0 = the other kind of answer, 1 = a definite one where nothing was known, 2 = hardly an answer (unknown, or not due for another
 * reason), 3 = the same.
 */
function rankOf(now: State, then: State | null): number {
  if (then === null || then === now) return 3
  if (then === 'unknown') return WEAK
  if (now === 'met' || now === 'due' || then === 'met' || then === 'due') return 0
  return now === 'unknown' ? DEFINITE : WEAK
}
const DEFINITE = 1
const WEAK = 2

function best(tried: readonly Tried[], worst: number): Tried | undefined {
  let found: Tried | undefined
  for (const each of tried) {
    if (each.rank > worst) continue
    const sorted = { ...each, changes: [...each.changes].sort((a, b) => compareText(a.fact, b.fact)) }
    if (!found || order(sorted, found) < 0) found = sorted
  }
  return found
}

function order(a: Tried, b: Tried): number {
  const paths = (tried: Tried) => tried.changes.map(each => each.fact).join('\n')
  const distance = (tried: Tried) => tried.changes.reduce((sum, change) => sum + distanceOf(change), 0)
  return a.rank - b.rank || compareText(paths(a), paths(b)) || distance(a) - distance(b)
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** How far a value is moved; one that appears out of nothing should be small, one that goes is the farthest. */
function distanceOf({ from, to }: Change): number {
  if (typeof to === 'number') return Math.abs(to - (typeof from === 'number' ? from : 0))
  if (typeof to === 'string' && typeof from === 'string') return Math.abs(dayNumber(to) - dayNumber(from)) || 0
  return to === null ? Number.MAX_SAFE_INTEGER : 0
}

function stateOf(world: World, asked: Asked): State | null {
  if (asked.kind === 'gate') return world.book.gates.has(asked.id) ? GATE_STATES[truthOf(gateMet(world, asked.id))] : null
  const item = itemIn(world, asked.id)
  return item ? rulingOf(world, item, standingOf(world, item.work.process)).state : null
}

/** Only facts that the rules of the subject use. */
function candidates(world: World, asked: Asked): Change[] {
  const gate = asked.kind === 'gate' ? world.book.gates.get(asked.id) : undefined
  const item = asked.kind === 'item' ? itemIn(world, asked.id) : undefined
  const changes: Change[] = []
  if (gate) collect(prove(world, gate.rule.expression, gate.rule.source, null), [], changes)
  if (item) {
    const { done, unless, when, needs } = item.work.rules
    const traces = [
      ...[...done, ...unless, ...when, ...needs].map(rule => prove(world, rule.expression, rule.source, item.service)),
      ...rulesOf(item.work.process, 'opens').map(rule => prove(world, rule.expression, rule.source, null)),
    ]
    for (const trace of traces) collect(trace, [], changes)
    if (item.work.step.initiatives.length > 0) changes.push(...(CUSTOMER.initiatives?.changes?.(null, world, []) ?? []))
    changes.push(statusChange(item))
  }
  return [...new Map(changes.map(change => [`${change.fact} ${typeof change.to} ${change.to}`, change])).values()]
}

/** What a rule compares a word with tells which values are worth trying. */
function collect(trace: Trace, against: readonly Scalar[], into: Change[]): void {
  if (trace.changes) into.push(...trace.changes(against))
  const [left, right] = trace.parts
  if ((trace.op === 'compare' || trace.op === 'in') && left && right) {
    collect(left, scalarsIn(right.value), into)
    collect(right, scalarsIn(left.value), into)
  } else {
    for (const part of trace.parts) collect(part, [], into)
  }
}

const isScalar = (value: Value): value is Scalar => ['boolean', 'number', 'string'].includes(typeof value)
const scalarsIn = (value: Value): Scalar[] => (Array.isArray(value) ? value : [value]).filter(isScalar)

function statusChange(item: MarkedItem): Change {
  const base = item.work.task
    ? statusPath(item.work.task.id, item.service)
    : `steps.${item.work.id}${item.service ? `@${item.service.id}` : ''}`
  const from = item.status?.status ?? null
  const isOver = from === 'complete' || from === 'not-required' || from === 'cancelled'
  return { fact: `${base}.status`, from, to: isOver ? 'not-started' : 'complete' }
}

function itemIn(world: World, id: string): MarkedItem | undefined {
  const [workId = '', service] = id.split('@')
  const work = world.book.byId.get(workId)
  return work && itemsOf(world, work).find(item => item.service?.id === service && itemId(item) === id)
}

function findItem(world: World, id: string) {
  const item = itemIn(world, id)
  return item && planItem(world, ALL, item, standingOf(world, item.work.process))
}
