import type { Facts, History } from '../model/facts.ts'
import type { Plan, PlanProcess } from '../model/plan.ts'
import type { Diagnostic, Playbook, Step } from '../model/playbook.ts'
import type { Day } from '../model/words.ts'
import type { Detail } from './because.ts'
import { checklistsOf } from './checks.ts'
import { gatesOf, proposalsOf, transitionsOf } from './gates.ts'
import { planItem } from './items.ts'
import { outcomeTooEarly, overallOf } from './overall.ts'
import { becauseOfProcess, type Standing, standingOf } from './processes.ts'
import { itemsOf } from './statuses.ts'
import { warningsOf } from './warnings.ts'
import { type World, worldOf } from './world.ts'

/**
 * What is to do for one customer on one day, and why. Pure and total: the same inputs give the same bytes, whatever the order of keys
 * in the facts. Without `proofs` the reasons keep sentence, rule and facts, and leave out the tree.
 */
export function decide(playbook: Playbook, facts: Facts, history: History, today: Day, detail: Detail = { proofs: true }): Plan {
  const world = worldOf(playbook, facts, history, today)
  const standings = playbook.processes.map(process => standingOf(world, process))
  return {
    date: today,
    playbook: playbook.playbook.hash,
    gates: gatesOf(world, detail),
    processes: standings.map(standing => planProcess(world, detail, standing)),
    overall: overallOf(world, detail),
    transitions: transitionsOf(world, detail),
    proposals: proposalsOf(world, detail),
    warnings: warningsOf(world, detail, standings),
  }
}

function planProcess(world: World, detail: Detail, standing: Standing): PlanProcess {
  const { process } = standing
  return {
    id: process.id,
    state: standing.state,
    because: becauseOfProcess(world, detail, standing),
    steps: process.steps.map(step => ({ id: step.id, items: stepItems(world, detail, standing, step) })),
    checklists: checklistsOf(world, detail, process),
  }
}

const stepItems = (world: World, detail: Detail, standing: Standing, step: Step) =>
  (world.book.byStep.get(`${standing.process.id}/${step.id}`) ?? [])
    .flatMap(work => itemsOf(world, work))
    .map(item => planItem(world, detail, item, standing))

/** Faults in what was recorded. The plan stands all the same; whoever wrote the record should hear of it. */
export function faultsIn(playbook: Playbook, facts: Facts, history: History, today: Day): Diagnostic[] {
  const world = worldOf(playbook, facts, history, today)
  if (!outcomeTooEarly(world)) return []
  const task = playbook.overall?.task ?? ''
  return [
    {
      code: 'facts/outcome-too-early',
      severity: 'error',
      message: `Unexpected outcome of the review, expected it after the meeting and with task ${task} complete`,
      file: world.facts.sources['review.outcomes']?.source ?? world.facts.sources['']?.source ?? '',
      line: 1,
      column: 1,
      help: `set review.meetingHeldOn and the status of task ${task} first`,
    },
  ]
}
