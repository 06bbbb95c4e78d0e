import type { History } from '../model/facts.ts'
import type { ItemStatus } from '../model/words.ts'
import type { Work } from './index-playbook.ts'
import type { ListedService } from './value.ts'
import type { World } from './world.ts'

/** What a person set on an item. */
export type Mark = History['tasks'][number] | History['steps'][number]

/** The last one set. One set without a service holds for each service of the task, unless that service has its own. */
export function markOf(history: History, work: Work, service: ListedService | null): Mark | null {
  let found: Mark | null = null
  for (const mark of marksOn(history, work)) {
    if (mark.service === (service?.id ?? null) || (mark.service === null && (found === null || found.service === null))) found = mark
  }
  return found
}

/** Every mark on a task or step, of whatever service. */
export function marksOn(history: History, work: Work): readonly Mark[] {
  return work.task ? history.tasks.filter(each => each.id === work.task?.id) : history.steps.filter(each => each.step === work.id)
}

/** Has anyone begun anything of this work? */
export const isTouched = (history: History, work: Work): boolean => marksOn(history, work).some(mark => mark.status !== 'not-started')

/** Statuses are lists in the facts file; a path names the line by its id and service. */
export const statusPath = (task: string, service: ListedService | null): string => `tasks.${task}${service ? `@${service.id}` : ''}`

/**
 * One entry per item of the work. Services it is restricted to count only where listed and intended; one that stands for the whole
 * customer (`countsUsage` false) needs no listing.
 */
export function servicesOf(world: World, work: Work): readonly (ListedService | null)[] {
  if (!work.isPerService) return [null]
  const { named } = work
  if (named === null) return world.intended
  const listed = world.services.filter(each => each.facts.intended && named.includes(each.id))
  if (listed.length > 0) return listed
  const isWholeCustomer = named.some(
    id => world.book.services.get(id)?.def.countsUsage === false && !Object.hasOwn(world.facts.services, id),
  )
  return isWholeCustomer ? [null] : []
}

export type MarkedItem = Readonly<{ work: Work; service: ListedService | null; status: Mark | null }>

export const itemsOf = (world: World, work: Work): readonly MarkedItem[] =>
  servicesOf(world, work).map(service => ({ work, service, status: markOf(world.history, work, service) }))

/** Statuses that end an item by a person's word. */
export const isDropped = (status: ItemStatus | undefined): boolean => status === 'not-required' || status === 'cancelled'
