import type { PlanProcess } from '../model/plan.ts'
import type { Playbook, Process, Rule, TransitionDef } from '../model/playbook.ts'
import type { Text, Truth } from '../model/words.ts'
import { because, type Detail, fileOf, type Reason, truth } from './because.ts'
import { allOf } from './kleene.ts'
import { overallEvidence, overallState } from './overall.ts'
import { phrase } from './phrases.ts'
import { isTouched } from './statuses.ts'
import { used } from './words/word.ts'
import type { World } from './world.ts'

type State = PlanProcess['state']

/** How a process stands, and what made it so. `opens` is what its rules alone say. */
export type Standing = Readonly<{ process: Process; state: State; opens: Truth; by: 'rules' | 'transition' | 'work' | 'overall' }>

/**
 * Open once its rules say so, or a transition led to it, or work in it is recorded: data never closes it again.
 * Finished when a transition out of it was taken or its `Done` rules hold; the one that ends with the overall status, with that.
 */
export function standingOf(world: World, process: Process): Standing {
  const opens = allOf(
    rulesOf(process, 'opens').map(rule => truth(world, rule, null)),
    'yes',
  )
  const standing = (state: State, by: Standing['by']): Standing => ({ process, state, opens, by })
  if (world.playbook.overall?.process === process.id) {
    if (overallState(world) === 'complete') return standing('finished', 'overall')
  } else {
    if (isLeft(world, process)) return standing('finished', 'transition')
    const done = rulesOf(process, 'done').map(rule => truth(world, rule, null))
    if (allOf(done, 'no') === 'yes') return standing('finished', 'rules')
  }
  if (opens === 'yes') return standing('open', 'rules')
  if (takenTo(world, process.id)) return standing('open', 'transition')
  if (world.book.work.some(work => work.process === process && isTouched(world.history, work))) return standing('open', 'work')
  return standing(opens === 'no' ? 'closed' : 'unknown', 'rules')
}

export const rulesOf = (process: Process, kind: Rule['kind']): readonly Rule[] => process.rules.filter(rule => rule.kind === kind)

/** The last time a transition was taken; null = never. */
export const takenTo = (world: World, to: string) => world.history.transitions.findLast(each => each.to === to) ?? null

/** A way out of the process that was taken. */
export const wayOut = (world: World, process: Process): TransitionDef | undefined =>
  world.playbook.transitions.find(each => each.from === process.id && each.to !== process.id && takenTo(world, each.to))

const isLeft = (world: World, process: Process) => wayOut(world, process) !== undefined

/** A step out of the last process back into one of the playbook leads to another cycle through it. */
export const isNewCycle = (playbook: Playbook, to: string): boolean =>
  playbook.transitions.some(each => each.to === to && each.from === playbook.overall?.process) &&
  playbook.processes.some(each => each.id === to)

export function becauseOfProcess(world: World, detail: Detail, standing: Standing): PlanProcess['because'] {
  return because(world, detail, { head: HEADS[standing.state], ...reasonOf(world, standing) })
}

/** What made the process stand as it does, to be told by itself or within the reason of an item. */
export function reasonOf(world: World, { process, state, opens, by }: Standing): Omit<Reason, 'head'> {
  const place = { file: fileOf(world, process), line: null }
  if (by === 'overall') return { place, ...overallEvidence(world) }
  if (by === 'transition') {
    const to = state === 'finished' ? (wayOut(world, process)?.to ?? process.id) : process.id
    return { place, says: [takenSay(world, to)], facts: [used(world, 'transition', `transitions.${to}`, true)] }
  }
  if (by === 'work') return { place, says: [phrase('work in it is recorded', 'há trabalho registrado nele')] }
  const rules = rulesOf(process, state === 'finished' ? 'done' : 'opens')
  if (rules.length === 0) return { place, says: [phrase('nothing has to happen before it', 'nada precisa acontecer antes')] }
  const deciding = state === 'finished' ? rules : rules.filter(rule => truth(world, rule, null) === opens)
  return { place, rules: deciding }
}

function takenSay(world: World, to: string): Text {
  const taken = takenTo(world, to)
  const name = world.playbook.transitions.find(each => each.to === to)?.name ?? { en: to, 'pt-BR': to }
  const parts = { name, on: taken?.on ?? '', by: taken?.by ?? '' }
  if (taken?.on && taken.by) return phrase('{by} took the step “{name}” on {on}', '{by} deu o passo “{name}” em {on}', parts)
  if (taken?.on) return phrase('the step “{name}” was taken on {on}', 'o passo “{name}” foi dado em {on}', parts)
  return phrase('the step “{name}” was taken', 'o passo “{name}” foi dado', parts)
}

const HEADS: Record<State, Text> = {
  closed: phrase('Not open yet', 'Ainda não aberto'),
  open: phrase('Open', 'Aberto'),
  finished: phrase('Finished', 'Concluído'),
  unknown: phrase('Cannot tell', 'Não se sabe'),
}
