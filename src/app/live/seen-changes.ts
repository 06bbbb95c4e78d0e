import { AppError } from '../../model/errors.ts'
import { namesOf } from '../../store/customers.ts'
import type { Context } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import type { Actor } from '../policy.ts'
import type { Change } from './hub.ts'

/** What a person is told of a change: only of customers they may see, null for very many; who made it, by name. */
export type SeenChange = Readonly<{ customers: readonly string[] | null; who: string; by: string | null; kind: string }>

/** More customers at once than these are told as a whole: the lists are read anew anyway. */
const ONE_BY_ONE = 20

/** Undefined when none of it concerns this person. */
export async function seenChange(context: Context, actor: Actor, change: Change): Promise<SeenChange | undefined> {
  const { who, kind } = change
  const ids = change.customers !== null && change.customers.length <= ONE_BY_ONE ? change.customers : null
  // Of many nothing is told but that it happened: those that are not seen stay out of the lists as before.
  if (ids === null) return { customers: null, who: '', by: null, kind }
  const seen: string[] = []
  for (const id of ids) if (actor.scope === 'all' || (await isVisible(context, actor, id))) seen.push(id)
  if (seen.length === 0) return undefined
  return { customers: seen, who, by: (await namesOf(context.db, [who])).get(who) ?? null, kind }
}

async function isVisible(context: Context, actor: Actor, id: string): Promise<boolean> {
  try {
    await visibleCustomer(context, actor, id)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return false
    throw error
  }
}
