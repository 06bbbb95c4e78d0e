import { evaluate } from './compile.ts'
import { exists, or } from './kleene.ts'
import { itemsOf, type MarkedItem } from './statuses.ts'
import { type ListedService, UNKNOWN, type Value } from './value.ts'
import { notesOf, type World } from './world.ts'

/** Is a gate's condition met? A gate the playbook does not define is unknown. */
export function gateMet(world: World, id: string): Value {
  return remember(world.answers, id, () => {
    const gate = world.book.gates.get(id)
    return gate ? evaluate(world, gate.rule.expression, null) : UNKNOWN
  })
}

/** Is a task done: for the service in question where the task is per service, else any item of it. */
export function taskDone(world: World, id: string, service: ListedService | null): Value {
  return remember(notesOf(world).tasks, `${id}@${service?.id ?? ''}`, () => {
    if (!world.book.byTask.has(id)) return world.history.tasks.some(each => each.id === id && each.status === 'complete')
    return exists(itemsOfTask(world, id, service).map(item => isDone(world, item)))
  })
}

export const itemsOfTask = (world: World, id: string, service: ListedService | null): readonly MarkedItem[] =>
  (world.book.byTask.get(id) ?? [])
    .flatMap(work => itemsOf(world, work))
    .filter(item => service === null || item.service === null || item.service.id === service.id)

/** A person said so, or a `Done` rule says so. */
export function isDone(world: World, item: MarkedItem): Value {
  const said = item.status?.status === 'complete'
  return item.work.rules.done.reduce<Value>((done, rule) => or(done, evaluate(world, rule.expression, item.service)), said)
}

function remember(answers: Map<string, Value>, question: string, answer: () => Value): Value {
  const before = answers.get(question)
  if (before !== undefined) return before
  // While it is being worked out the answer is unknown: a rule that leads back to itself must not go round for ever.
  answers.set(question, UNKNOWN)
  const value = answer()
  answers.set(question, value)
  return value
}
