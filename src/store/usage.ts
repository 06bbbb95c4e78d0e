import { sql } from 'kysely'
import type { Day } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

type TenantKey = Readonly<{ customerId: string; tenantId: string }>

export const findImport = (db: Db, { customerId, tenantId }: TenantKey, sha256: string) =>
  db
    .selectFrom('usage_import')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .where('sha256', '=', sha256)
    .executeTakeFirst()

/** The newest imports of a customer, newest first. */
export const findImports = (db: Db, customerId: string, limit: number) =>
  db.selectFrom('usage_import').selectAll().where('customer_id', '=', customerId).orderBy('imported_at', 'desc').limit(limit).execute()

/** Imports of a tenant whose file is kept: the newest of each report. */
export const keptImports = (db: Db, { customerId, tenantId }: TenantKey) =>
  db
    .selectFrom('usage_import')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .where('is_kept', '=', true)
    .orderBy('report')
    .execute()

export async function insertImport(
  trx: Trx,
  row: Row<'usage_import'>,
  services: readonly Omit<Row<'usage_report_service'>, 'customer_id' | 'import_id'>[],
) {
  await trx
    .insertInto('usage_import')
    .values({ ...row, problems: JSON.stringify(row.problems) })
    .execute()
  if (services.length === 0) return
  await trx
    .insertInto('usage_report_service')
    .values(services.map(each => ({ ...each, customer_id: row.customer_id, import_id: row.id })))
    .execute()
}

export const dropKept = (trx: Trx, customerId: string, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve()
    : trx
        .updateTable('usage_import')
        .set({ is_kept: false })
        .where('customer_id', '=', customerId)
        .where('id', 'in', ids)
        .execute()
        .then(() => {})

export const findCurrent = (db: Db, { customerId, tenantId }: TenantKey) =>
  db.selectFrom('usage_current').selectAll().where('customer_id', '=', customerId).where('tenant_id', '=', tenantId).execute()

/** What a tenant's newest reports say becomes exactly this. */
export async function replaceCurrent(
  trx: Trx,
  { customerId, tenantId }: TenantKey,
  rows: readonly Omit<Row<'usage_current'>, 'customer_id' | 'tenant_id'>[],
) {
  await trx.deleteFrom('usage_current').where('customer_id', '=', customerId).where('tenant_id', '=', tenantId).execute()
  await insertCurrent(
    trx,
    rows.map(row => ({ ...row, customer_id: customerId, tenant_id: tenantId })),
  )
}

export async function insertCurrent(trx: Trx, rows: readonly Row<'usage_current'>[]): Promise<void> {
  if (rows.length > 0)
    await trx
      .insertInto('usage_current')
      .values([...rows])
      .execute()
}

/**
 * Records points of usage, any number at once. A day that two reports speak of keeps the greater figure: each saw a part of the same
 * people, so the order of import does not matter.
 */
export async function saveUsageDays(trx: Trx, rows: readonly Row<'usage_day'>[]): Promise<void> {
  if (rows.length === 0) return
  const column = <K extends keyof Row<'usage_day'>>(name: K) => rows.map(row => row[name])
  await sql`
    insert into usage_day as d (customer_id, tenant_id, service, day, active, assigned, entitled)
    select * from unnest(${column('customer_id')}::text[], ${column('tenant_id')}::text[], ${column('service')}::text[], ${column('day')}::date[],
      ${column('active')}::int[], ${column('assigned')}::int[], ${column('entitled')}::bigint[])
    on conflict (customer_id, tenant_id, service, day) do update set
      active = greatest(d.active, excluded.active),
      assigned = greatest(d.assigned, excluded.assigned),
      entitled = coalesce(excluded.entitled, d.entitled)`.execute(trx)
}

/** Records entitled seats; answers how many rows were not so before. */
export async function saveEntitlements(trx: Trx, rows: readonly Row<'entitlement'>[]): Promise<number> {
  if (rows.length === 0) return 0
  const written = await trx
    .insertInto('entitlement')
    .values([...rows])
    .onConflict(conflict =>
      conflict
        .columns(['customer_id', 'tenant_id', 'service'])
        .doUpdateSet(eb => ({ seats: eb.ref('excluded.seats'), source: eb.ref('excluded.source'), as_of: eb.ref('excluded.as_of') }))
        .whereRef('entitlement.seats', '!=', 'excluded.seats'),
    )
    .returning('service')
    .execute()
  return written.length
}

/** Points of a customer per tenant, service and day since a day, oldest first. */
export const findUsageDays = (db: Db, customerId: string, since: Day) =>
  db
    .selectFrom('usage_day')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('day', '>=', since)
    .orderBy('service')
    .orderBy('day')
    .orderBy('tenant_id')
    .execute()

/** The oldest and the newest refresh date in the installation. */
export async function usageSpan(db: Db): Promise<{ oldest: Day; newest: Day } | null> {
  const row = await db
    .selectFrom('usage_current')
    .select(eb => [eb.fn.min('as_of').as('oldest'), eb.fn.max('as_of').as('newest')])
    .executeTakeFirstOrThrow()
  return row.oldest && row.newest ? { oldest: row.oldest, newest: row.newest } : null
}

export type WeekPoint = Readonly<{
  customer_id: string
  service: string
  week: number
  active: number
  seats: number | null
  tenants: number
}>

/**
 * The last figure of each week before `today` per customer and service, summed over tenants; `week` 0 is the newest. Walks the key of
 * usage_day with one short step per tenant, service and week instead of reading every day.
 */
export async function weeklyUsage(db: Db, customerIds: readonly string[], today: Day, weeks: number): Promise<readonly WeekPoint[]> {
  if (customerIds.length === 0) return []
  const { rows } = await sql<WeekPoint>`
    select u.customer_id, u.service, w.week, sum(p.active)::int as active,
      case when count(coalesce(p.entitled, p.assigned)) = count(*) then sum(coalesce(p.entitled, p.assigned))::bigint end as seats,
      count(*)::int as tenants
    from usage_current u
    cross join generate_series(0, ${weeks - 1}::int) as w(week)
    cross join lateral (
      select d.active, d.assigned, d.entitled from usage_day d
      where d.customer_id = u.customer_id and d.tenant_id = u.tenant_id and d.service = u.service
        and d.day <= ${today}::date - 7 * w.week and d.day > ${today}::date - 7 * (w.week + 1)
      order by d.day desc limit 1
    ) p
    where u.customer_id = any(${[...customerIds]}::text[])
    group by 1, 2, 3`.execute(db)
  return rows
}
