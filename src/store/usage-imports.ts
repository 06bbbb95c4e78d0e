import { sql } from 'kysely'
import type { Day } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

type TenantKey = Readonly<{ customerId: string; tenantId: string }>

/** Imports of these contents that were not taken back. */
export const findImportsOf = (db: Db, { customerId, tenantId }: TenantKey, sha256s: readonly string[]) =>
  sha256s.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('usage_import')
        .selectAll()
        .where('customer_id', '=', customerId)
        .where('tenant_id', '=', tenantId)
        .where('sha256', 'in', sha256s)
        .where('withdrawn_at', 'is', null)
        .execute()

/** The newest imports of a customer, newest first. */
export const findImports = (db: Db, customerId: string, limit: number) =>
  db
    .selectFrom('usage_import')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('withdrawn_at', 'is', null)
    .orderBy('imported_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()

export const findImport = (db: Db, customerId: string, id: string) =>
  db.selectFrom('usage_import').selectAll().where('customer_id', '=', customerId).where('id', '=', id).executeTakeFirst()

/** What the newest import of a report said; `assigned` by service. */
export type NewestTold = Pick<Row<'usage_import'>, 'kind' | 'period_days' | 'rows_read'> &
  Readonly<{ report: string; refresh_date: Day; assigned: Readonly<Record<string, number>> }>

/** Of each of these reports the newest import with rows that was not taken back, files of one day left out. */
export async function newestTold(db: Db, { customerId, tenantId }: TenantKey, reports: readonly string[]): Promise<readonly NewestTold[]> {
  const { rows } = await sql<NewestTold>`
    select distinct on (i.report) i.report, i.kind, i.period_days, i.refresh_date, i.rows_read, (
      select coalesce(jsonb_object_agg(s.service, s.assigned) filter (where s.assigned is not null), '{}') from usage_report_service s
      where s.customer_id = i.customer_id and s.import_id = i.id) as assigned
    from usage_import i
    where i.customer_id = ${customerId} and i.tenant_id = ${tenantId} and i.withdrawn_at is null and i.report = any(${[...reports]}::text[])
      and i.refresh_date is not null and i.rows_read > 0 and i.origin <> 'demo' and not (i.kind = 'people' and coalesce(i.period_days, 0) = 1)
    order by i.report, i.refresh_date desc, i.imported_at desc, i.id`.execute(db)
  return rows
}

/** Imports by id. */
export const importsBy = (db: Db, customerId: string, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : db.selectFrom('usage_import').selectAll().where('customer_id', '=', customerId).where('id', 'in', ids).execute()

/** Imports of a tenant whose file is kept. */
export const keptImports = (db: Db, { customerId, tenantId }: TenantKey) =>
  db
    .selectFrom('usage_import')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .where('is_kept', '=', true)
    .where('withdrawn_at', 'is', null)
    .orderBy('report')
    .execute()

export type ReportService = Omit<Row<'usage_report_service'>, 'customer_id'>

/** Two statements, however many imports. */
export async function insertImports(
  trx: Trx,
  customerId: string,
  rows: readonly Row<'usage_import'>[],
  services: readonly ReportService[],
): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('usage_import')
    .values(rows.map(row => ({ ...row, problems: JSON.stringify(row.problems) })))
    .execute()
  if (services.length === 0) return
  await trx
    .insertInto('usage_report_service')
    .values(services.map(each => ({ ...each, customer_id: customerId })))
    .execute()
}

export async function dropKept(trx: Trx, customerId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await trx.updateTable('usage_import').set({ is_kept: false }).where('customer_id', '=', customerId).where('id', 'in', ids).execute()
}

/** Nothing of the import counts any more. */
export const markWithdrawn = (trx: Trx, customerId: string, id: string, { at, by }: { at: string; by: string }) =>
  trx
    .updateTable('usage_import')
    .set({ is_kept: false, withdrawn_at: at, withdrawn_by: by })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .execute()

export type ToldRow = Row<'usage_import'> &
  Readonly<{ service: string; active: number | null; assigned: number | null; active_unlicensed: number | null; as_of: Day | null }>

/**
 * What single imports of a tenant say of services, those taken back left out: of the days given, of each service's newest day, and what
 * says that there are no rows. Files of one day tell no rolling figure and are left out.
 */
export async function toldOf(db: Db, { customerId, tenantId }: TenantKey, days: readonly Day[]): Promise<readonly ToldRow[]> {
  const { rows } = await sql<ToldRow>`
    with live as materialized (
      select i.*, s.service, s.active, s.assigned, s.active_unlicensed, s.as_of
      from usage_import i join usage_report_service s on s.customer_id = i.customer_id and s.import_id = i.id
      where i.customer_id = ${customerId} and i.tenant_id = ${tenantId} and i.withdrawn_at is null
        and not (i.kind = 'people' and coalesce(i.period_days, 0) = 1)
    ), newest as (
      select service, max(as_of) filter (where kind = 'people') as people, max(as_of) as any_kind from live where active is not null group by service
    )
    select live.* from live left join newest using (service)
    where live.as_of = any(${[...days]}::date[]) or live.active is null or live.as_of in (newest.people, newest.any_kind)`.execute(db)
  return rows
}

export type Standing = Readonly<{ service: string; since: Day | null; unsettled: readonly Day[] }>

/**
 * Since which day reports of people speak of each service of a tenant (null: none does), and the days of totals that this leaves without
 * their figure or with one too many: a total of a period speaks for the days before the first report of people, and for none after it.
 */
export async function standingOfTotals(db: Db, { customerId, tenantId }: TenantKey): Promise<readonly Standing[]> {
  const { rows } = await sql<Standing>`
    with live as materialized (
      select i.kind, s.service, s.as_of from usage_import i join usage_report_service s on s.customer_id = i.customer_id and s.import_id = i.id
      where i.customer_id = ${customerId} and i.tenant_id = ${tenantId} and i.withdrawn_at is null and s.active is not null and s.as_of is not null
    ), people as (
      select service, min(as_of) as since from live where kind = 'people' group by service
    ), total as (
      select distinct service, as_of from live where kind = 'counts'
    ), known as (
      select service, people.since, total.as_of from people full join total using (service)
    )
    select k.service, min(k.since) as since, coalesce(array_agg(k.as_of::text) filter (where k.as_of is not null
      and (k.since is null or k.as_of < k.since) is distinct from coalesce(o.kind = 'counts', false)), '{}') as unsettled
    from known k
    left join usage_day d on d.customer_id = ${customerId} and d.tenant_id = ${tenantId} and d.service = k.service and d.day = k.as_of
    left join usage_import o on o.customer_id = ${customerId} and o.id = d.import_id
    group by k.service`.execute(db)
  return rows
}

/** Imports of one day's people, with what they say of that day. */
export async function toldOfOneDay(db: Db, { customerId, tenantId }: TenantKey, days: readonly Day[]): Promise<readonly ToldRow[]> {
  const { rows } = await sql<ToldRow>`
    select i.*, s.service, s.active, s.assigned, s.active_unlicensed, s.as_of
    from usage_import i join usage_report_service s on s.customer_id = i.customer_id and s.import_id = i.id
    where i.customer_id = ${customerId} and i.tenant_id = ${tenantId} and i.withdrawn_at is null
      and i.kind = 'people' and i.period_days = 1 and i.refresh_date = any(${[...days]}::date[]) and s.active is not null`.execute(db)
  return rows
}

export const findUnions = (db: Db, { customerId, tenantId }: TenantKey, days: readonly Day[]) =>
  days.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('usage_union')
        .selectAll()
        .where('customer_id', '=', customerId)
        .where('tenant_id', '=', tenantId)
        .where('day', 'in', [...days])
        .execute()

export async function insertUnions(trx: Trx, rows: readonly Row<'usage_union'>[]): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('usage_union')
    .values([...rows])
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Imports of a customer, newest first, those taken back among them; `after` is the last of the page before. */
export async function importsPage(
  db: Db,
  customerId: string,
  { tenantId, after, limit }: { tenantId: string | undefined; after: { at: string; id: string } | undefined; limit: number },
) {
  let query = db
    .selectFrom('usage_import')
    .leftJoin('person', 'person.id', 'usage_import.imported_by')
    .selectAll('usage_import')
    .select('person.name as importer')
    .where('customer_id', '=', customerId)
    .orderBy('imported_at', 'desc')
    .orderBy('usage_import.id', 'desc')
    .limit(limit)
  if (tenantId !== undefined) query = query.where('tenant_id', '=', tenantId)
  if (after !== undefined) {
    const { at, id } = after
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('imported_at', 'usage_import.id'), '<', tuple(eb.val(at), eb.val(id))))
  }
  return query.execute()
}

/** Adds to the mail domains that reports of the tenant spoke of. */
export async function addMailDomains(trx: Trx, { customerId, tenantId }: TenantKey, domains: readonly string[]): Promise<void> {
  await sql`update tenant set mail_domains = array(select distinct unnest(mail_domains || ${[...domains]}::text[]) order by 1)
    where customer_id = ${customerId} and id = ${tenantId} and not mail_domains @> ${[...domains]}::text[]`.execute(trx)
}
