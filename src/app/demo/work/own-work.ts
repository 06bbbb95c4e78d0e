import { randomUUID } from 'node:crypto'
import type { Trx } from '../../../store/database.ts'
import { giveSavedViews, giveWork } from '../../../store/demo-work.ts'
import { type Context, todayOf } from '../../context.ts'
import { recompute } from '../../plans/recompute.ts'
import { dayNumber, dayOf } from '../days.ts'

/** Days from today by which the manager's own tasks are due: late, today, this week. */
const DUE_IN = [-2, 0, 3, 6] as const

/** Work of the demo manager's own at the customers that are covered: tasks with a day of their own, and what was agreed there. */
export async function giveOwnWork(
  trx: Trx,
  context: Pick<Context, 'now' | 'playbook'>,
  { manager, customers }: Readonly<{ manager: string; customers: readonly string[] }>,
): Promise<void> {
  const today = todayOf(context)
  const days = DUE_IN.map(days => dayOf(dayNumber(today) + days))
  await giveWork(trx, { person: manager, customers, days })
  await recompute(trx, context, customers)
}

/** A view that one keeps for oneself and one that is shared. */
export async function giveViews(trx: Trx, { manager, lead }: Readonly<{ manager: string; lead: string | undefined }>): Promise<void> {
  const view = (person: string, name: string, isShared: boolean, search: object) => ({
    ...{ id: randomUUID(), screen: 'portfolio' as const, person_id: person, name },
    ...{ is_shared: isShared, search: JSON.stringify(search) },
  })
  await giveSavedViews(trx, [
    view(manager, 'Mine, late first (demo)', false, { mine: true, attention: 'late', sort: 'nextDue', order: 'asc', columns: 'work' }),
    ...(lead === undefined ? [] : [view(lead, 'By owner (demo)', true, { group: 'owner', columns: 'work' })]),
  ])
}
