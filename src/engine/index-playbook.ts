import type { Expression } from '../model/expression.ts'
import type { GateDef, Playbook, Process, Rule, Step, Task } from '../model/playbook.ts'
import type { ServiceDef, ServiceId } from '../model/services.ts'

/** A task, or a step without tasks, with the rules that hold for it. Makes one item, or one per service. */
export type Work = Readonly<{
  /** `process/step/task` or `process/step`. */
  id: string
  process: Process
  step: Step
  task: Task | null
  /** The services it is restricted to; null = any. */
  named: readonly ServiceId[] | null
  isPerService: boolean
  rules: Readonly<Record<Rule['kind'], readonly Rule[]>>
}>

/** What a playbook's rules need to find quickly; made once per playbook. */
export type BookIndex = Readonly<{
  services: ReadonlyMap<ServiceId, Readonly<{ def: ServiceDef; place: number }>>
  gates: ReadonlyMap<string, GateDef>
  work: readonly Work[]
  byTask: ReadonlyMap<string, readonly Work[]>
  byStep: ReadonlyMap<string, readonly Work[]>
  byId: ReadonlyMap<string, Work>
}>

const indexed = new WeakMap<Playbook, BookIndex>()

export function indexOf(playbook: Playbook): BookIndex {
  const before = indexed.get(playbook)
  if (before) return before
  const work = playbook.processes.flatMap(process => process.steps.flatMap(step => workOf(process, step)))
  const index: BookIndex = {
    // The first of an id counts: a manifest's own services stand before the built-in ones.
    services: new Map(playbook.services.map((def, place) => [def.id, { def, place }] as const).reverse()),
    gates: new Map(playbook.gates.map(gate => [gate.id, gate])),
    work,
    byTask: groupBy(
      work.filter(each => each.task),
      each => each.task?.id ?? '',
    ),
    byStep: groupBy(work, each => `${each.process.id}/${each.step.id}`),
    byId: new Map(work.map(each => [each.id, each])),
  }
  indexed.set(playbook, index)
  return index
}

function workOf(process: Process, step: Step): Work[] {
  if (step.tasks.length > 0) return step.tasks.map(task => work(process, step, task))
  return step.guidance || step.uncategorised ? [] : [work(process, step, null)]
}

function work(process: Process, step: Step, task: Task | null): Work {
  const rules = [...step.rules, ...(task?.rules ?? [])]
  const ofKind = (kind: Rule['kind']) => rules.filter(rule => rule.kind === kind)
  const services = task && task.services !== 'all' ? task.services : step.services
  return {
    id: `${process.id}/${step.id}${task ? `/${task.id}` : ''}`,
    process,
    step,
    task,
    named: services === 'all' ? null : services,
    isPerService: services !== 'all' || rules.some(rule => readsService(rule.expression)),
    rules: {
      opens: [],
      when: ofKind('when'),
      unless: ofKind('unless'),
      needs: ofKind('needs'),
      done: ofKind('done'),
      // The task's own deadline is the nearer one.
      due: ofKind('due').slice(-1),
    },
  }
}

/** Does the expression ask for the service in question? The compiler lets nothing else be called so. */
export function readsService(expression: Expression): boolean {
  switch (expression.op) {
    case 'name':
      return expression.name === 'service'
    case 'value':
      return false
    case 'field':
    case 'not':
      return readsService(expression.of)
    case 'call':
      return expression.args.some(readsService)
    case 'list':
      return expression.items.some(readsService)
    case 'all':
    case 'exists':
      return readsService(expression.of) || readsService(expression.where)
    case 'if':
      return readsService(expression.condition) || readsService(expression.yes) || readsService(expression.no)
    default:
      return readsService(expression.left) || readsService(expression.right)
  }
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}
