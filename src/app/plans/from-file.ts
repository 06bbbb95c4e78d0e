import { readFileSync } from 'node:fs'
import { decide, faultsIn } from '../../engine/decide.ts'
import { type Asked, type Explanation, explain } from '../../engine/flip.ts'
import { AppError } from '../../model/errors.ts'
import { type Facts, type History, splitSheet } from '../../model/facts.ts'
import type { Plan } from '../../model/plan.ts'
import type { Diagnostic, Playbook } from '../../model/playbook.ts'
import { Day } from '../../model/words.ts'
import { readFacts } from '../../playbook/read-facts.ts'
import { compilePaths } from '../playbooks/files.ts'

export type PlanRequest = { playbook: readonly string[]; manifest?: string; facts: string; date?: string }
type Read = { playbook: Playbook; inputs: { facts: Facts; history: History } | null; today: Day; diagnostics: Diagnostic[] }

/** Playbook and facts from disk. Without a date it is the UTC day of `now`. Throws `invalid-input` for what is not there. */
export function readInputs(request: PlanRequest, now: Date): Read {
  const { playbook, diagnostics } = compilePaths(request.playbook, request.manifest)
  const { sheet, diagnostics: faults } = readFacts(textOf(request.facts), request.facts, new Set(playbook.services.map(each => each.id)))
  return {
    playbook,
    inputs: sheet && splitSheet(sheet, { '': { source: request.facts, asOf: null } }),
    today: dayFrom(request.date ?? now.toISOString().slice(0, 10)),
    // Remarks about the pages are for `playbook check`; only what falsifies the plan belongs here.
    diagnostics: [...diagnostics.filter(each => each.severity === 'error'), ...faults],
  }
}

/** The plan for the customer of a facts file; null when the facts cannot be read, with the faults that say why. */
export function planFromFile(request: PlanRequest, now: Date): { plan: Plan | null; diagnostics: Diagnostic[] } {
  const { playbook, inputs, today, diagnostics } = readInputs(request, now)
  if (!inputs) return { plan: null, diagnostics }
  const { facts, history } = inputs
  return { plan: decide(playbook, facts, history, today), diagnostics: [...diagnostics, ...faultsIn(playbook, facts, history, today)] }
}

/** The reason of one item or gate. Throws `invalid-input`, naming those there are, when the plan has none of that id. */
export function explainFromFile(
  request: PlanRequest,
  asked: Asked,
  now: Date,
): { explanation: Explanation | null; diagnostics: Diagnostic[] } {
  const { playbook, inputs, today, diagnostics } = readInputs(request, now)
  if (!inputs) return { explanation: null, diagnostics }
  const { facts, history } = inputs
  const explanation = explain(playbook, facts, history, today, asked)
  if (explanation) return { explanation, diagnostics: [...diagnostics, ...faultsIn(playbook, facts, history, today)] }
  const plan = decide(playbook, facts, history, today, { proofs: false })
  const known = asked.kind === 'gate' ? plan.gates.map(each => each.id) : itemIds(plan)
  throw new AppError('invalid-input', `this customer's plan has no ${asked.kind} "${asked.id}"; it has ${known.join(', ') || 'none'}`)
}

const itemIds = (plan: Plan) => plan.processes.flatMap(process => process.steps.flatMap(step => step.items.map(item => item.id)))

function dayFrom(text: string): Day {
  const day = Day.safeParse(text)
  if (!day.success) throw new AppError('invalid-input', `"${text}" is not a date; expected YYYY-MM-DD`)
  return day.data
}

/** Throws `invalid-input` when it cannot be read. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new AppError('invalid-input', `${path} cannot be read`, { cause: error })
  }
}
