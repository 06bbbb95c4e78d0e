import { sql } from 'kysely'
import type { Day } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

type TenantKey = Readonly<{ customerId: string; tenantId: string }>

export const findCurrent = (db: Db, { customerId, tenantId }: TenantKey) =>
  db.selectFrom('usage_current').selectAll().where('customer_id', '=', customerId).where('tenant_id', '=', tenantId).execute()

/** What a tenant's newest reports say becomes exactly this. `before` is what is there now. */
export async function replaceCurrent(
  trx: Trx,
  { customerId, tenantId }: TenantKey,
  before: readonly Row<'usage_current'>[],
  rows: readonly Omit<NewRow<'usage_current'>, 'customer_id' | 'tenant_id'>[],
) {
  const gone = before.filter(old => !rows.some(row => row.service === old.service)).map(old => old.service)
  if (gone.length > 0) {
    await trx
      .deleteFrom('usage_current')
      .where('customer_id', '=', customerId)
      .where('tenant_id', '=', tenantId)
      .where('service', 'in', gone)
      .execute()
  }
  if (rows.length === 0) return
  await trx
    .insertInto('usage_current')
    .values(rows.map(row => ({ ...row, customer_id: customerId, tenant_id: tenantId })))
    .onConflict(conflict =>
      conflict.columns(['customer_id', 'tenant_id', 'service']).doUpdateSet(eb => ({
        active: eb.ref('excluded.active'),
        assigned: eb.ref('excluded.assigned'),
        active_unlicensed: eb.ref('excluded.active_unlicensed'),
        as_of: eb.ref('excluded.as_of'),
        window_days: eb.ref('excluded.window_days'),
        sources: eb.ref('excluded.sources'),
        is_concealed: eb.ref('excluded.is_concealed'),
        import_ids: eb.ref('excluded.import_ids'),
        doubt: eb.ref('excluded.doubt'),
      })),
    )
    .execute()
}

/** Entitled seats of a tenant by service. */
export async function seatsOf(db: Db, { customerId, tenantId }: TenantKey): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('entitlement')
    .select(['service', 'seats'])
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .execute()
  return new Map(rows.map(row => [row.service, row.seats]))
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

/** Days of which the seats were not known count against those known now. */
export const fillSeats = (trx: Trx, { customerId, tenantId }: TenantKey) =>
  sql`update usage_day d set entitled = e.seats from entitlement e
    where d.customer_id = ${customerId} and d.tenant_id = ${tenantId} and d.entitled is null
      and e.customer_id = d.customer_id and e.tenant_id = d.tenant_id and e.service = d.service`.execute(trx)

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
 * The last figure of each week before `today` per customer and service, summed over tenants; `week` 0 is the newest. `tenants` counts those
 * in the sum and those without seats of the service; `seats` are of one kind for all tenants, as in `seatPoints`, and zeros that are doubted
 * are no figures. Each series is one stretch of the key of usage_day, and comes as one row: thousands of them took as long as finding them.
 */
export async function weeklyUsage(db: Db, customerIds: readonly string[], today: Day, weeks: number): Promise<readonly WeekPoint[]> {
  if (customerIds.length === 0) return []
  const { rows } = await sql<Series>`with point as (
    select u.customer_id, u.service, p.week, sum(p.active)::int as active,
      case min(s.denominator)
        when 'custom' then min(s.custom_seats)
        when 'assigned' then case when count(p.assigned) = count(*) then sum(p.assigned)::bigint end
        when 'entitled' then case when count(p.entitled) = count(*) then sum(p.entitled)::bigint end
        else coalesce(case when count(p.entitled) = count(*) then sum(p.entitled)::bigint end,
          case when count(p.assigned) = count(*) then sum(p.assigned)::bigint end)
      end as seats,
      count(*)::int + coalesce(min(seatless.tenants), 0) as tenants
    from usage_current u
    left join entitlement now on now.customer_id = u.customer_id and now.tenant_id = u.tenant_id and now.service = u.service
    cross join lateral (
      select distinct on (week) (${today}::date - d.day) / 7 as week, d.active, d.assigned, coalesce(d.entitled, now.seats) as entitled
      from usage_day d
      where d.customer_id = u.customer_id and d.tenant_id = u.tenant_id and d.service = u.service
        and d.day <= ${today}::date and d.day > ${today}::date - 7 * ${weeks}::int
        and not (d.active = 0 and u.doubt is not null)
      order by week, d.day desc
    ) p
    left join customer_service s on s.customer_id = u.customer_id and s.service = u.service
    left join (
      select customer_id, service, count(*)::int as tenants from entitlement e
      where customer_id = any(${[...customerIds]}::text[]) and seats = 0 and not exists (
        select from usage_current o where o.customer_id = e.customer_id and o.tenant_id = e.tenant_id and o.service = e.service
      )
      group by 1, 2
    ) seatless on seatless.customer_id = u.customer_id and seatless.service = u.service
    where u.customer_id = any(${[...customerIds]}::text[])
    group by 1, 2, 3)
    select customer_id, service, json_agg(json_build_array(week, active, seats, tenants)) as points from point group by 1, 2`.execute(db)
  return rows.flatMap(({ customer_id, service, points }) =>
    points.map(([week, active, seats, tenants]) => ({ customer_id, service, week, active, seats, tenants })),
  )
}

/** Points are week, active, seats, tenants. */
type Series = Readonly<{ customer_id: string; service: string; points: readonly (readonly [number, number, number | null, number])[] }>
