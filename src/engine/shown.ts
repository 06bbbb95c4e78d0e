import type { Facts, History } from '../model/facts.ts'
import type { Playbook } from '../model/playbook.ts'
import type { Day, ItemState, Truth } from '../model/words.ts'
import { itemId, rulingOf } from './items.ts'
import { standingOf } from './processes.ts'
import { itemsOf } from './statuses.ts'
import { worldOf } from './world.ts'

/**
 * What the data says of each item that a person set complete, by the item's id: `yes` when a `Done` rule shows it, `no` when without the
 * person's word it would be due. `decide` does not ask that, because the word of a person is enough there. Items without a `Done` rule are
 * left out: no data could show them.
 */
export function shownByData(playbook: Playbook, facts: Facts, history: History, today: Day): Readonly<Record<string, Truth>> {
  if (![...history.tasks, ...history.steps].some(mark => mark.status === 'complete')) return {}
  const world = worldOf(playbook, facts, history, today)
  return Object.fromEntries(
    playbook.processes.flatMap(process => {
      const complete = process.steps
        .flatMap(step => world.book.byStep.get(`${process.id}/${step.id}`) ?? [])
        .filter(work => work.rules.done.length > 0)
        .flatMap(work => itemsOf(world, work))
        .filter(item => item.status?.status === 'complete')
      if (complete.length === 0) return []
      const standing = standingOf(world, process)
      return complete.map(item => [itemId(item), SAYS[rulingOf(world, { ...item, status: null }, standing).state]])
    }),
  )
}

/** What need not be done is not said to be undone. */
const SAYS: Readonly<Record<ItemState, Truth>> = {
  done: 'yes',
  due: 'no',
  unknown: 'unknown',
  waiting: 'unknown',
  suppressed: 'unknown',
  'not-applicable': 'unknown',
}
