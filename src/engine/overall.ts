import type { FactUsed, Plan } from '../model/plan.ts'
import { taskDone } from './answers.ts'
import { because, type Detail } from './because.ts'
import { phrase } from './phrases.ts'
import { isMeetingHeld } from './words/recorded.ts'
import { wordOf } from './words/vocabulary.ts'
import type { World } from './world.ts'

type State = Plan['overall']['state']

/**
 * R6, in its order: the meeting is held, its task is complete, an outcome is set. With the task complete and no outcome yet it can be
 * completed; an outcome that came before either of the two does not count, and `outcomeTooEarly` tells of it.
 */
export function overallState(world: World): State {
  const definition = world.playbook.overall
  if (!definition || taskDone(world, definition.task, null) !== true) return 'open'
  if (world.facts.review.outcomes.length === 0) return 'completable'
  return isMeetingHeld(world) ? 'complete' : 'open'
}

/** An outcome on record although the meeting was not held or its task is not complete. */
export function outcomeTooEarly(world: World): boolean {
  const definition = world.playbook.overall
  if (!definition || world.facts.review.outcomes.length === 0) return false
  return !isMeetingHeld(world) || taskDone(world, definition.task, null) !== true
}

export function overallOf(world: World, detail: Detail): Plan['overall'] {
  const state = overallState(world)
  return { state, because: because(world, detail, { head: HEADS[state], ...overallEvidence(world) }) }
}

/** The task, the meeting and the outcomes, as facts and as phrases. */
export function overallEvidence(world: World): { facts: readonly FactUsed[]; says: readonly ReturnType<typeof phrase>[] } {
  const definition = world.playbook.overall
  if (!definition) return { facts: [], says: [phrase('the playbook names no task for it', 'o playbook não indica uma tarefa para isso')] }
  const words = [
    wordOf('Task', 'done')?.evidence({ task: definition.task, service: null } as never, world),
    wordOf('Review', 'meetingHeld')?.evidence(null as never, world),
    wordOf('Review', 'outcomes')?.evidence(null as never, world),
  ].filter(each => each !== undefined)
  return { facts: words.flatMap(each => each.facts), says: words.flatMap(each => each.says) }
}

const HEADS: Record<State, ReturnType<typeof phrase>> = {
  open: phrase('Open', 'Em aberto'),
  completable: phrase('Can be completed as soon as an outcome is set', 'Pode ser concluído assim que houver um resultado'),
  complete: phrase('Complete', 'Concluído'),
}
