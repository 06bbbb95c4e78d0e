import { AppError } from '../../model/errors.ts'
import { PRIORITY_PARTS, type PriorityView, type SetPriority } from '../../model/portfolio-api.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Db } from '../../store/database.ts'
import { clearOverride, findPortfolioOf, findPriorityParts, saveOverride } from '../../store/portfolio.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange, visibleCustomer } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomer } from '../events/record.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { overrideOf, portfolioAt } from './get-portfolio.ts'

/** How urgent the customer is, and of what that is made. */
export async function getPriority(context: Context, actor: Actor, customerId: string): Promise<PriorityView> {
  await visibleCustomer(context, actor, customerId)
  return viewOf(context, context.db, customerId)
}

/** Throws `invalid-input` for a day that is gone or further away than a year: an override is for a time. */
export function setPriority(context: Context, actor: Actor, customerId: string, input: SetPriority): Promise<PriorityView> {
  const today = todayOf(context)
  const last = new Date(context.now().getTime() + 366 * 86_400_000).toISOString().slice(0, 10)
  return context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'set-priority', customerId)
    authorizeService(access, null)
    if (input.until < today || input.until > last) throw new AppError('invalid-input', `until: expected a day from ${today} to ${last}`)
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    const { priority, reason, until } = input
    await saveOverride(trx, {
      customer_id: customerId,
      priority,
      reason,
      until,
      set_by: actor.personId,
      set_at: context.now().toISOString(),
    })
    const data = { priority, until, reason: personal(actor.personId, reason) }
    await recordCustomer(trx, context, actor, { customerId, kind: 'priority-set', data })
    await raiseVersion(trx, customerId)
    return viewOf(context, trx, customerId)
  })
}

/** Back to the computed one; without an override nothing changes. */
export function clearPriority(context: Context, actor: Actor, customerId: string): Promise<PriorityView> {
  return context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'set-priority', customerId)
    authorizeService(access, null)
    if (await clearOverride(trx, customerId)) {
      await recordCustomer(trx, context, actor, { customerId, kind: 'priority-cleared', data: {} })
      await raiseVersion(trx, customerId)
    }
    return viewOf(context, trx, customerId)
  })
}

async function viewOf(context: Context, db: Db, customerId: string): Promise<PriorityView> {
  const [row] = await findPortfolioOf(db, [customerId], portfolioAt(context))
  const parts = await findPriorityParts(db, customerId)
  if (!row || !parts) throw new AppError('not-found', `no plan was made for customer ${customerId} yet`)
  return {
    customer: customerId,
    priority: row.override?.priority ?? row.priority,
    computed: row.priority,
    parts: parts.priority_parts.map(part => ({ ...part, most: PRIORITY_PARTS[part.id] })),
    override: row.override && overrideOf(row.override),
  }
}
