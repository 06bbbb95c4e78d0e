import type { Subscriptions } from '../../model/usage.ts'
import type { TenantKey } from '../../store/connections.ts'
import { raiseVersion } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { addMissingPerson } from '../../store/person-traces.ts'
import { replaceSeats, replaceSubscriptions } from '../../store/subscriptions.ts'
import { fillSeats, findCurrent } from '../../store/usage.ts'
import { readSubscribedSkus } from '../../usage/subscribed-skus.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { recordCustomer, type Told } from '../events/record.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { SYSTEM } from '../policy.ts'

/** What the directory calls them, as a source. */
const SOURCE = 'subscribedSkus'

/**
 * Takes over what a tenant has bought, as the directory tells it, and how many seats follow for each service. Answers how many
 * subscriptions there are and whether seats changed. Throws `invalid-input` for what is no such answer. The system acts.
 */
export async function importSubscriptions(
  context: Context,
  where: TenantKey,
  json: unknown,
): Promise<Readonly<{ isChanged: boolean; count: number }>> {
  const read = readSubscribedSkus(json)
  const isChanged = await context.db.transaction().execute(async trx => {
    await lockForChange(trx, context, SYSTEM, 'import-usage', where.customerId)
    await addMissingPerson(trx, { id: SYSTEM.personId, name: SYSTEM.name })
    const told = await saveSubscriptions(trx, context, where, read)
    if (!told) return false
    await recordCustomer(trx, context, SYSTEM, { customerId: where.customerId, ...told })
    await raiseVersion(trx, where.customerId)
    await recomputeOne(trx, context, where.customerId)
    return true
  })
  return { isChanged, count: read.subscriptions.length }
}

/**
 * Writes subscriptions and the seats of services in a transaction that has locked the customer; answers what to record, undefined when no
 * seats changed. Seats that somebody imported by hand stay until they are older than what the directory says.
 */
export async function saveSubscriptions(
  trx: Trx,
  context: Pick<Context, 'now'>,
  where: TenantKey,
  { subscriptions, seats }: Subscriptions,
): Promise<Told | undefined> {
  const asOf = todayOf(context)
  await replaceSubscriptions(trx, where, asOf, subscriptions)
  const none = subscriptions.length === 0 ? {} : await withoutSeats(trx, where)
  const changed = await replaceSeats(trx, where, { asOf, seats: { ...none, ...seats }, source: SOURCE })
  if (Object.keys(changed).length === 0) return undefined
  await fillSeats(trx, where)
  return { kind: 'entitlements-imported', data: { tenant: where.tenantId, file: SOURCE, after: changed } }
}

/**
 * Services that nobody of the tenant has a licence of, as its reports say: when its directory tells of no seats either, there are none. Not
 * by the directory alone, which may hold plans that are not known here; a tenant of add-ons would leave every sum of the customer unknown.
 */
const withoutSeats = async (trx: Trx, where: TenantKey): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries((await findCurrent(trx, where)).flatMap(row => (row.active !== null && row.assigned === 0 ? [[row.service, 0]] : [])))
