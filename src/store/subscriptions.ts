import type { Subscription } from '../model/usage.ts'
import type { Day } from '../model/words.ts'
import type { TenantKey } from './connections.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** The subscriptions of a tenant become exactly these. */
export async function replaceSubscriptions(
  trx: Trx,
  { customerId, tenantId }: TenantKey,
  asOf: Day,
  subscriptions: readonly Subscription[],
): Promise<void> {
  await trx.deleteFrom('subscription').where('customer_id', '=', customerId).where('tenant_id', '=', tenantId).execute()
  if (subscriptions.length === 0) return
  await trx
    .insertInto('subscription')
    .values(
      merged(subscriptions).map(each => ({
        customer_id: customerId,
        tenant_id: tenantId,
        sku_id: each.skuId,
        part_number: each.partNumber,
        enabled: each.enabled,
        warning: each.warning,
        suspended: each.suspended,
        consumed: each.consumed,
        services: [...each.services],
        left_out: each.leftOut,
        as_of: asOf,
      })),
    )
    .execute()
}

/** A product that is there under several accounts counts with all its seats. */
function merged(subscriptions: readonly Subscription[]): readonly Subscription[] {
  const bySku = new Map<string, Subscription>()
  for (const each of subscriptions) {
    const other = bySku.get(each.skuId)
    const { enabled, warning, suspended, consumed } = each
    bySku.set(
      each.skuId,
      other === undefined
        ? each
        : {
            ...other,
            enabled: other.enabled + enabled,
            warning: other.warning + warning,
            suspended: other.suspended + suspended,
            consumed: other.consumed + consumed,
          },
    )
  }
  return [...bySku.values()]
}

export const findSubscriptions = (db: Db, { customerId, tenantId }: TenantKey): Promise<readonly Row<'subscription'>[]> =>
  db
    .selectFrom('subscription')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .orderBy('part_number')
    .orderBy('sku_id')
    .execute()

export type Seats = Readonly<{ asOf: Day; source: string; seats: Readonly<Record<string, number>> }>

/**
 * The seats of a tenant's services become those that `source` tells, but for newer ones from elsewhere; a service that `source` no longer
 * speaks of has none known. Answers the seats that changed: null where none are known any more.
 */
export async function replaceSeats(
  trx: Trx,
  { customerId, tenantId }: TenantKey,
  { asOf, source, seats }: Seats,
): Promise<Readonly<Record<string, number | null>>> {
  const before = await trx
    .selectFrom('entitlement')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .execute()
  const kept = new Set(before.filter(row => row.source !== source && row.as_of >= asOf).map(row => row.service))
  const gone = before.filter(row => row.source === source && seats[row.service] === undefined).map(row => row.service)
  if (gone.length > 0)
    await trx
      .deleteFrom('entitlement')
      .where('customer_id', '=', customerId)
      .where('tenant_id', '=', tenantId)
      .where('service', 'in', gone)
      .execute()
  const rows = Object.entries(seats)
    .filter(([service]) => !kept.has(service))
    .map(([service, count]) => ({ customer_id: customerId, tenant_id: tenantId, service, seats: count, source, as_of: asOf }))
  if (rows.length > 0)
    await trx
      .insertInto('entitlement')
      .values(rows)
      .onConflict(conflict =>
        conflict
          .columns(['customer_id', 'tenant_id', 'service'])
          .doUpdateSet(eb => ({ seats: eb.ref('excluded.seats'), source: eb.ref('excluded.source'), as_of: eb.ref('excluded.as_of') })),
      )
      .execute()
  const changed = rows.filter(row => before.find(each => each.service === row.service)?.seats !== row.seats)
  return Object.fromEntries([...changed.map(row => [row.service, row.seats] as const), ...gone.map(service => [service, null] as const)])
}
