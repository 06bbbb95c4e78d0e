import type { Facts, History } from '../model/facts.ts'
import type { Change } from './words/word.ts'

export type Inputs = Readonly<{ facts: Facts; history: History }>

/** The inputs with one value of the facts file changed. Lists are named by id (`tasks.3731@teams.status`, `metrics.m1.current`). */
export function changed(inputs: Inputs, { fact, to }: Change): Inputs {
  const first = fact.indexOf('.')
  const last = fact.lastIndexOf('.')
  const [root, id, name] = [fact.slice(0, first), fact.slice(first + 1, last), fact.slice(last + 1)]
  const { facts, history } = inputs
  switch (root) {
    case 'services':
      return { facts: { ...facts, services: changedService(facts.services, id, name, to) }, history }
    case 'metrics':
      return { facts: { ...facts, metrics: facts.metrics.map(each => (each.id === id ? withKey(each, name, to) : each)) }, history }
    case 'tasks':
      return { facts, history: { ...history, tasks: [...history.tasks, mark({ id: '' }, 'id', id, to)] } }
    case 'steps':
      return { facts, history: { ...history, steps: [...history.steps, mark({ step: '' }, 'step', id, to)] } }
    case 'csm':
    case 'customer':
    case 'review':
      return { facts: { ...facts, [root]: withKey(facts[root] ?? {}, name, isList(fact) ? listOf(to) : to) }, history }
    case 'programs':
    case 'accelerators':
    case 'history':
    case 'survey':
      return { facts, history: { ...history, [root]: withKey(history[root], name, to) } }
    default:
      return inputs
  }
}

const isList = (fact: string) => fact === 'customer.initiatives' || fact === 'review.outcomes'
const listOf = (to: Change['to']) => (typeof to === 'string' && to !== '' ? to.split(', ') : [])

/** `null` takes a value away, but for an activation and an owner it is itself a value: none. */
function changedService(services: Facts['services'], id: string, name: string, to: Change['to']): Facts['services'] {
  const isUsage = id.endsWith('.usage')
  const service = isUsage ? id.slice(0, -'.usage'.length) : id
  const now = services[service]
  if (!now) return services
  if (isUsage) return { ...services, [service]: { ...now, usage: withKey(now.usage ?? {}, name, to) } }
  const isNone = to === null && (name === 'activatedOn' || name === 'owner')
  return { ...services, [service]: isNone ? { ...now, [name]: null } : withKey(now, name, to) }
}

function withKey<T extends object>(of: T, name: string, to: unknown): T {
  if (to !== null) return { ...of, [name]: to }
  // The key goes, and with it what was known.
  return Object.fromEntries(Object.entries(of).filter(([key]) => key !== name)) as T
}

/** The last status set is the one that counts, so a new one is put behind the others. */
function mark<T extends object>(shape: T, key: keyof T, path: string, to: Change['to']) {
  const at = path.lastIndexOf('@')
  const [id, service] = at < 0 ? [path, null] : [path.slice(0, at), path.slice(at + 1)]
  // Statuses are offered only from the list of them.
  return { ...shape, [key]: id, service, status: to as History['tasks'][number]['status'] }
}
