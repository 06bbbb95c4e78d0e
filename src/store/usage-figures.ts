import { sql } from 'kysely'
import type { Day } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** Figures per day and their versions: a figure that changes or goes is kept with the time it was known in, in the same statement. */

type TenantKey = Readonly<{ customerId: string; tenantId: string }>
/** `at` is the moment from which the new figures are known. */
export type Change = TenantKey & Readonly<{ at: string; why: 'restated' | 'withdrawn' }>

/** `active` null: nothing is known of the day any more. */
export type DayFigure = Readonly<{
  service: string
  day: Day
  active: number | null
  assigned: number | null
  activeUnlicensed: number | null
  entitled: number | null
  window: number
  import: string | null
}>

/**
 * The rolling figures of a tenant on these days become exactly these. The seats of a day stay those that were known first; a version that
 * was known for no time at all is none.
 */
export async function saveUsageDays(trx: Trx, { customerId, tenantId, at, why }: Change, figures: readonly DayFigure[]): Promise<void> {
  if (figures.length === 0) return
  const column = <K extends keyof DayFigure>(name: K) => figures.map(each => each[name])
  await sql`
    with given as (
      select * from unnest(${column('service')}::text[], ${column('day')}::date[], ${column('active')}::int[], ${column('assigned')}::int[],
        ${column('activeUnlicensed')}::int[], ${column('entitled')}::bigint[], ${column('window')}::int[], ${column('import')}::uuid[])
        as g (service, day, active, assigned, active_unlicensed, entitled, window_days, import_id)
    ), former as (
      insert into usage_version (customer_id, tenant_id, service, measure, day, known_since, known_until, active, assigned, active_unlicensed, entitled, import_id, why)
      select d.customer_id, d.tenant_id, d.service, 'rolling', d.day, d.known_since, ${at}, d.active, d.assigned, d.active_unlicensed, d.entitled, d.import_id, ${why}
      from usage_day d join given g using (service, day)
      where d.customer_id = ${customerId} and d.tenant_id = ${tenantId} and d.known_since < ${at}::timestamptz
        and (d.active, d.assigned, d.active_unlicensed) is distinct from (g.active, g.assigned, g.active_unlicensed)
      on conflict do nothing
    ), gone as (
      delete from usage_day d using given g
      where d.customer_id = ${customerId} and d.tenant_id = ${tenantId} and d.service = g.service and d.day = g.day and g.active is null
    )
    insert into usage_day as d (customer_id, tenant_id, service, day, active, assigned, active_unlicensed, entitled, window_days, import_id, known_since)
    select ${customerId}, ${tenantId}, service, day, active, assigned, active_unlicensed, entitled, window_days, import_id, ${at}::timestamptz
    from given where active is not null
    on conflict (customer_id, tenant_id, service, day) do update set
      active = excluded.active, assigned = excluded.assigned, active_unlicensed = excluded.active_unlicensed,
      entitled = coalesce(d.entitled, excluded.entitled), window_days = excluded.window_days, import_id = excluded.import_id,
      known_since = case when (d.active, d.assigned, d.active_unlicensed)
        is distinct from (excluded.active, excluded.assigned, excluded.active_unlicensed) then excluded.known_since else d.known_since end
    where (d.active, d.assigned, d.active_unlicensed, d.window_days, d.import_id)
      is distinct from (excluded.active, excluded.assigned, excluded.active_unlicensed, excluded.window_days, excluded.import_id)
      or d.entitled is null and excluded.entitled is not null`.execute(trx)
}

/** `active` null: nothing is known of the day any more. */
export type CountFigure = Readonly<{
  service: string
  day: Day
  active: number | null
  atLeast: boolean
  report: string
  import: string | null
}>

/** The people active on single days become these. */
export async function saveUsageCounts(trx: Trx, { customerId, tenantId, at, why }: Change, figures: readonly CountFigure[]): Promise<void> {
  if (figures.length === 0) return
  const column = <K extends keyof CountFigure>(name: K) => figures.map(each => each[name])
  await sql`
    with given as (
      select * from unnest(${column('service')}::text[], ${column('day')}::date[], ${column('active')}::int[], ${column('atLeast')}::bool[],
        ${column('report')}::text[], ${column('import')}::uuid[]) as g (service, day, active, is_at_least, report, import_id)
    ), former as (
      insert into usage_version (customer_id, tenant_id, service, measure, day, known_since, known_until, active, import_id, why)
      select d.customer_id, d.tenant_id, d.service, 'daily', d.day, d.known_since, ${at}, d.active, d.import_id, ${why}
      from usage_count d join given g using (service, day)
      where d.customer_id = ${customerId} and d.tenant_id = ${tenantId} and d.known_since < ${at}::timestamptz and d.active is distinct from g.active
      on conflict do nothing
    ), gone as (
      delete from usage_count d using given g
      where d.customer_id = ${customerId} and d.tenant_id = ${tenantId} and d.service = g.service and d.day = g.day and g.active is null
    )
    insert into usage_count as d (customer_id, tenant_id, service, day, active, is_at_least, report, import_id, known_since)
    select ${customerId}, ${tenantId}, service, day, active, is_at_least, report, import_id, ${at}::timestamptz from given where active is not null
    on conflict (customer_id, tenant_id, service, day) do update set
      active = excluded.active, is_at_least = excluded.is_at_least, report = excluded.report, import_id = excluded.import_id,
      known_since = case when d.active <> excluded.active then excluded.known_since else d.known_since end
    where (d.active, d.is_at_least, d.report, d.import_id)
      is distinct from (excluded.active, excluded.is_at_least, excluded.report, excluded.import_id)`.execute(trx)
}

/** Figures of a tenant on these days. */
export const usageDaysOn = (db: Db, { customerId, tenantId }: TenantKey, days: readonly Day[]) =>
  days.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('usage_day')
        .selectAll()
        .where('customer_id', '=', customerId)
        .where('tenant_id', '=', tenantId)
        .where('day', 'in', [...days])
        .execute()

/** Figures of these services since a day, newest first. */
export const usageDaysSince = (db: Db, { customerId, tenantId }: TenantKey, services: readonly string[], since: Day) =>
  services.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('usage_day')
        .select(['service', 'day', 'active'])
        .where('customer_id', '=', customerId)
        .where('tenant_id', '=', tenantId)
        .where('service', 'in', [...services])
        .where('day', '>=', since)
        .orderBy('day', 'desc')
        .execute()

/** Figures that come from no import (the demo's): the newest of each service. */
export const newestWithoutImport = (db: Db, { customerId, tenantId }: TenantKey) =>
  db
    .selectFrom('usage_day')
    .distinctOn('service')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .where('import_id', 'is', null)
    .orderBy('service')
    .orderBy('day', 'desc')
    .execute()

/** What is known of single days, and the imports it comes from. */
export async function usageCountsBetween(db: Db, { customerId, tenantId }: TenantKey, from: Day, to: Day) {
  return db
    .selectFrom('usage_count')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .execute()
}

export const usageCountsOfImport = (db: Db, { customerId, tenantId }: TenantKey, importId: string) =>
  db
    .selectFrom('usage_count')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', importId)
    .execute()

/** Versions of a tenant's figures on these days whose import was not taken back, the newest first. */
export const usableVersions = (db: Db, { customerId, tenantId }: TenantKey, measure: 'rolling' | 'daily', days: readonly Day[]) =>
  days.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('usage_version as v')
        .leftJoin('usage_import as i', join => join.onRef('i.customer_id', '=', 'v.customer_id').onRef('i.id', '=', 'v.import_id'))
        .selectAll('v')
        .where('v.customer_id', '=', customerId)
        .where('v.tenant_id', '=', tenantId)
        .where('v.measure', '=', measure)
        .where('v.day', 'in', [...days])
        .where('i.withdrawn_at', 'is', null)
        .orderBy('v.known_until', 'desc')
        .execute()

type Since = Readonly<{ customerId: string; since: Day; knownOn: Day | null }>

/**
 * Points of a customer per tenant, service and day since a day, oldest first: as corrected, or as known at the end of a UTC day. A day of
 * which nothing was known then is absent.
 */
export async function findUsageDays(db: Db, { customerId, since, knownOn }: Since): Promise<readonly Row<'usage_day'>[]> {
  const { rows } = await sql<Row<'usage_day'>>`
    select customer_id, tenant_id, service, day, active, assigned, entitled, active_unlicensed, window_days, known_since, import_id from usage_day
    where customer_id = ${customerId} and day >= ${since} and ${knownThen(knownOn, false)}
    ${
      knownOn === null
        ? sql``
        : sql`union all
    select customer_id, tenant_id, service, day, active, assigned, entitled, active_unlicensed, 28, known_since, import_id from usage_version
    where customer_id = ${customerId} and day >= ${since} and measure = 'rolling' and ${knownThen(knownOn, true)}`
    }
    order by service, day, tenant_id`.execute(db)
  return rows
}

export type CountRow = Pick<Row<'usage_count'>, 'tenant_id' | 'service' | 'day' | 'active' | 'is_at_least' | 'known_since' | 'import_id'>

/** The same of single days. */
export async function findUsageCounts(db: Db, { customerId, since, knownOn }: Since): Promise<readonly CountRow[]> {
  const { rows } = await sql<CountRow>`
    select tenant_id, service, day, active, is_at_least, known_since, import_id from usage_count
    where customer_id = ${customerId} and day >= ${since} and ${knownThen(knownOn, false)}
    ${
      knownOn === null
        ? sql``
        : sql`union all
    select tenant_id, service, day, active, false, known_since, import_id from usage_version
    where customer_id = ${customerId} and day >= ${since} and measure = 'daily' and ${knownThen(knownOn, true)}`
    }
    order by service, day, tenant_id`.execute(db)
  return rows
}

/** Known at the end of the day, in UTC: since then at the latest, and until later. */
const knownThen = (knownOn: Day | null, isVersion: boolean) =>
  knownOn === null
    ? sql`true`
    : isVersion
      ? sql`known_since < ${endOf(knownOn)}::timestamptz and known_until >= ${endOf(knownOn)}::timestamptz`
      : sql`known_since < ${endOf(knownOn)}::timestamptz`

/** The first moment after the day. */
const endOf = (day: Day): string => new Date(Date.parse(day) + 86_400_000).toISOString()

/** Corrections of a customer's days since a day, newest first. */
export const findVersions = (db: Db, { customerId, since, knownOn }: Since) => {
  const query = db
    .selectFrom('usage_version')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('day', '>=', since)
    .orderBy('known_until', 'desc')
    .orderBy('service')
    .orderBy('day', 'desc')
    .orderBy('tenant_id')
  return (knownOn === null ? query : query.where('known_until', '<', endOf(knownOn))).execute()
}

export const findActivations = (db: Db, customerId: string) =>
  db.selectFrom('usage_activation').selectAll().where('customer_id', '=', customerId).orderBy('tenant_id').orderBy('product').execute()

/** What the newest report of activations says takes the place of what is there; products that it does not speak of stay. */
export async function saveActivations(trx: Trx, rows: readonly Row<'usage_activation'>[]): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('usage_activation')
    .values([...rows])
    .onConflict(conflict =>
      conflict.columns(['customer_id', 'tenant_id', 'product']).doUpdateSet(eb => ({
        assigned: eb.ref('excluded.assigned'),
        activated: eb.ref('excluded.activated'),
        shared_computer: eb.ref('excluded.shared_computer'),
        as_of: eb.ref('excluded.as_of'),
        import_id: eb.ref('excluded.import_id'),
      })),
    )
    .execute()
}

export const deleteActivations = (trx: Trx, { customerId, tenantId }: TenantKey) =>
  trx.deleteFrom('usage_activation').where('customer_id', '=', customerId).where('tenant_id', '=', tenantId).execute()
