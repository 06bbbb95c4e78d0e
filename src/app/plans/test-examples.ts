import { decide } from '../../engine/decide.ts'
import { splitSheet } from '../../model/facts.ts'
import { type Plan, shownTransition } from '../../model/plan.ts'
import type { Diagnostic, Playbook } from '../../model/playbook.ts'
import { compile } from '../../playbook/compile.ts'
import { type Example, readExample } from '../../playbook/read-example.ts'
import { readPlaybookFiles } from '../playbooks/files.ts'

/** One thing an example says of the plan that the plan does not say; `got` null = the plan has nothing of that name. */
export type Mismatch = { what: string; expected: string; got: string | null }
export type ExampleResult = { name: string; file: string; line: number; mismatches: Mismatch[] }

/** Runs the example customers of a playbook folder. Faults of the pages or the examples come back as diagnostics. */
export function testExamples(paths: readonly string[], manifest?: string): { results: ExampleResult[]; diagnostics: Diagnostic[] } {
  const files = readPlaybookFiles(paths, manifest)
  const { playbook, diagnostics } = compile(files.pages, files.manifest ?? undefined)
  const services = new Set(playbook.services.map(each => each.id))
  const read = files.examples.map(file => readExample(file.text, file.path, services))
  return {
    results: read.flatMap(each => each.examples).map(example => runExample(playbook, example)),
    diagnostics: [...diagnostics.filter(each => each.severity === 'error'), ...read.flatMap(each => each.diagnostics)],
  }
}

export function runExample(playbook: Playbook, example: Example): ExampleResult {
  const { facts, history } = splitSheet(example.facts)
  const plan = decide(playbook, facts, history, example.date, { proofs: false })
  const { name, file, line } = example
  return { name, file, line, mismatches: mismatchesOf(plan, example.expect) }
}

/** Only what the example names is compared; warnings, when named, must be exactly those. */
function mismatchesOf(plan: Plan, expect: Example['expect']): Mismatch[] {
  const compare = (kind: string, expected: Readonly<Record<string, string>> = {}, got: ReadonlyMap<string, string>): Mismatch[] =>
    Object.entries(expected)
      .filter(([id, state]) => got.get(id) !== state)
      .map(([id, state]) => ({ what: `${kind} ${id}`, expected: state, got: got.get(id) ?? null }))
  const states = (list: readonly { id: string; state: string }[]) => new Map(list.map(each => [each.id, each.state]))
  const checks = plan.processes.flatMap(({ checklists }) => [...checklists.inputs, ...checklists.outputs])
  const items = plan.processes.flatMap(process => process.steps.flatMap(step => step.items))
  return [
    ...compare('item', expect.items, states(items)),
    ...compare('gate', expect.gates, states(plan.gates)),
    ...compare('process', expect.processes, states(plan.processes)),
    ...compare('transition', expect.transitions, new Map(plan.transitions.map(each => [each.to, shownTransition(each)]))),
    ...compare('proposal', expect.proposals, states(plan.proposals)),
    ...compare('overall', expect.overall === undefined ? {} : { status: expect.overall }, new Map([['status', plan.overall.state]])),
    ...compare('check', expect.checks, states(checks)),
    ...compareWarnings(plan, expect.warnings),
  ]
}

function compareWarnings(plan: Plan, expected: readonly string[] | undefined): Mismatch[] {
  const text = (codes: readonly string[]) => [...codes].sort().join(', ') || 'none'
  const [wanted, got] = [text(expected ?? []), text(plan.warnings.map(each => each.code))]
  return expected === undefined || wanted === got ? [] : [{ what: 'warnings', expected: wanted, got }]
}
