import type { WriteAccess } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import { type FoundTies, findTies } from '../../store/access.ts'
import { findMergedInto } from '../../store/customer-changes.ts'
import { findCustomer, lockCustomer } from '../../store/customers.ts'
import type { Db, Trx } from '../../store/database.ts'
import { type Context, todayOf } from '../context.ts'
import { type Action, type Actor, may, maySee, writeAccess } from '../policy.ts'

const missing = (id: string, details: unknown = undefined) => new AppError('not-found', `there is no customer ${id}`, { details })
const NO_TIES: FoundTies = { assignments: [], isTeam: false, unassigned: 'hidden' }

/** What ties the actor to the customer; those who see everything need none looked up. */
export const tiesOf = (db: Db, context: Pick<Context, 'now'>, { personId, scope }: Actor, customerId: string): Promise<FoundTies> =>
  scope === 'all' || scope === 'none' ? Promise.resolve(NO_TIES) : findTies(db, { personId, customerId, today: todayOf(context) })

/** The customer, if it is there and the actor may see it; `not-found` either way. */
export async function visibleCustomer(context: Pick<Context, 'db' | 'now'>, actor: Actor, id: string) {
  const ties = await tiesOf(context.db, context, actor, id)
  const customer = maySee(actor, ties) ? await findCustomer(context.db, id) : undefined
  if (!customer) throw missing(id, await mergedInto(context, actor, id))
  return { customer, ties }
}

/** Where a customer went that was merged, for those who may see it there: links to it lead on. */
async function mergedInto(context: Pick<Context, 'db' | 'now'>, actor: Actor, id: string) {
  if (!may(actor, 'see-customer')) return undefined
  const into = await findMergedInto(context.db, id)
  if (into === null || !maySee(actor, await tiesOf(context.db, context, actor, into))) return undefined
  return (await findCustomer(context.db, into)) ? { mergedInto: into } : undefined
}

/**
 * The customer locked for a change, and how far the actor may go: use cases ask `authorizeService` for what they touch. Throws `not-found`
 * for a customer that the actor may not see, `forbidden` with the reason for one that may be seen and not changed.
 */
export async function lockForChange(trx: Trx, context: Pick<Context, 'now'>, actor: Actor, action: Action, id: string) {
  const ties = await tiesOf(trx, context, actor, id)
  const seen = maySee(actor, ties) ? await findCustomer(trx, id) : undefined
  if (!seen) throw missing(id)
  const access: WriteAccess = writeAccess(actor, action, ties)
  if (!access.ok) throw new AppError('forbidden', access.reason.en ?? '', { details: { reason: access.reason } })
  // Before the lock: PostgreSQL would not show the row to somebody who may not change it.
  const customer = await lockCustomer(trx, id)
  if (!customer) throw missing(id)
  return { customer, access }
}
