import { sql } from 'kysely'
import type { Day } from '../model/words.ts'
import type { Db } from './database.ts'

/** Tenants with the same trouble since the same day; of those that the one who asks may see. */
export type TroubleGroup = Readonly<{
  kind: 'sudden-zero' | 'no-rows' | 'stale' | 'connection'
  day: Day | null
  tenants: number
  /** Tenants that could have it. */
  of: number
  /** By commas, some more than once. */
  services: string
  /** The first by name: `name`, tab, `id`. */
  customers: readonly string[]
}>

/**
 * Trouble with figures of intended services: one statement, however many customers. Stale is what is older than the customer's limit; without
 * rows is a figure that never had any, and one whose own report came without rows since, though the figure from before still counts.
 */
export async function figureTrouble(
  db: Db,
  { today, maxAgeDays, named }: { today: Day; maxAgeDays: number; named: number },
): Promise<readonly TroubleGroup[]> {
  const { rows } = await sql<TroubleGroup>`
    with empty as materialized (
      select i.customer_id, i.tenant_id, s.service, i.report, max(i.imported_at) as at
      from usage_import i join usage_report_service s on s.customer_id = i.customer_id and s.import_id = i.id
      where i.rows_read = 0 and i.withdrawn_at is null and s.active is null group by 1, 2, 3, 4
    ), since as materialized (
      select e.customer_id, e.tenant_id, e.service, (max(e.at) at time zone 'UTC')::date as day
      from empty e join usage_current u using (customer_id, tenant_id, service)
      where u.active is not null and e.report = any(u.sources)
        and e.at > all (select i.imported_at from usage_import i where i.customer_id = u.customer_id and i.id = any(u.import_ids))
      group by 1, 2, 3
    ), figure as (
      select c.id, c.name, u.tenant_id, u.service,
        case when u.doubt is null and n.day is not null then n.day
          else coalesce(u.as_of, (i.imported_at at time zone 'UTC')::date) end as day,
        case when u.doubt is not null then u.doubt when u.active is null or n.day is not null then 'no-rows'
          when u.as_of < ${today}::date - coalesce((c.thresholds->>'usageMaxAgeDays')::int, ${maxAgeDays}::int) then 'stale' end as kind
      from usage_current u
      join customer c on c.id = u.customer_id and c.archived_at is null
      join customer_service s on s.customer_id = u.customer_id and s.service = u.service and s.intended
      left join since n on n.customer_id = u.customer_id and n.tenant_id = u.tenant_id and n.service = u.service
      left join usage_import i on u.as_of is null and i.customer_id = u.customer_id and i.id = u.import_ids[1]
    ), tenant_trouble as (
      select kind, id, name, tenant_id, max(day) as day, string_agg(distinct service, ',') as services
      from figure where kind is not null group by kind, id, name, tenant_id
    )
    select kind, day, count(*)::int as tenants, string_agg(distinct services, ',') as services,
      (select count(*)::int from (select distinct id, tenant_id from figure) t) as of,
      (array_agg(distinct name || chr(9) || id))[1:${sql.raw(String(Math.trunc(named)))}] as customers
    from tenant_trouble group by kind, day order by kind, day`.execute(db)
  return rows
}

/** Connections that do not read reports as they should. */
export async function connectionTrouble(db: Db, { named }: { named: number }): Promise<readonly TroubleGroup[]> {
  const { rows } = await sql<TroubleGroup>`
    with connected as (
      select c.id, c.name, g.tenant_id, g.state, (g.state_since at time zone 'UTC')::date as day
      from graph_connection g join customer c on c.id = g.customer_id and c.archived_at is null
      where g.is_enabled
    )
    select 'connection' as kind, day, count(*)::int as tenants, '' as services, (select count(*)::int from connected) as of,
      (array_agg(distinct name || chr(9) || id))[1:${sql.raw(String(Math.trunc(named)))}] as customers
    from connected where state not in ('ok', 'untested', 'not-ready') group by day order by day`.execute(db)
  return rows
}
