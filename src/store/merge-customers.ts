import { type RawBuilder, sql } from 'kysely'
import { FOLLOW_UP } from '../model/item-api.ts'
import type { Db, Trx } from './database.ts'

/** Tables of one tenant, and whether they refer to it by their own row only. Foreign keys are checked at the end of a statement. */
const TENANT_TABLES = [
  'entitlement',
  'usage_import',
  'usage_current',
  'usage_day',
  'usage_union',
  'usage_count',
  'usage_version',
  'usage_activation',
  'subscription',
  'graph_connection',
  'graph_secret',
  'graph_request',
  'sync_run',
] as const
/** Rows that hang on those by the id of an import or a run. */
const HANGING_TABLES = ['usage_report_service', 'sync_step'] as const
/** Whoever is asked for the one is asked for the other. */
const REQUEST_TABLES = ['expert_request', 'expert_request_message'] as const
const CONTACT_TABLES = ['contact', 'note', 'note_version', 'cadence', 'meeting', 'attendee'] as const
const MOVED = ['tenant', ...TENANT_TABLES, ...HANGING_TABLES, ...CONTACT_TABLES, 'blocker', ...REQUEST_TABLES] as const

/** Several updates as one statement: rows and those that refer to them move together. */
const together = (updates: readonly RawBuilder<unknown>[]) =>
  sql`with ${sql.join(updates.map((update, index) => sql`${sql.ref(`moved${index}`)} as (${update})`))} select 1`

/** Everything that a merge takes over, in one statement. */
export const moveAll = (trx: Trx, from: string, into: string) =>
  together(MOVED.map(name => sql`update ${sql.table(name)} set customer_id = ${into} where customer_id = ${from}`)).execute(trx)

/** Follow-ups and what a review agreed, into an engagement of the other, and what blockers and follow-ups rest on. */
export async function moveWork(trx: Trx, from: string, into: string, engagementId: string): Promise<void> {
  await sql`update follow_up set customer_id = ${into}, engagement_id = ${engagementId} where customer_id = ${from}`.execute(trx)
  await moveReview(trx, from, into, engagementId)
  await moveDiscussions(trx, from, into, engagementId)
  await together([
    sql`update survey_invitation set customer_id = ${into}, engagement_id = ${engagementId} where customer_id = ${from}`,
    sql`update survey_answer set customer_id = ${into} where customer_id = ${from}`,
  ]).execute(trx)
  await sql`update evidence set customer_id = ${into}
    where customer_id = ${from} and (subject like 'blocker:%' or subject like ${`item:${FOLLOW_UP}%`})`.execute(trx)
}

/** Of a service that was talked about with both, the other's record stays; rules know that usage reports were talked about with either. */
async function moveDiscussions(trx: Trx, from: string, into: string, engagementId: string): Promise<void> {
  await sql`update value_discussion d set customer_id = ${into}, engagement_id = ${engagementId} where customer_id = ${from}
    and not exists (select from value_discussion o where o.service = d.service
      and (o.customer_id = ${into} and o.engagement_id = ${engagementId} or o.customer_id = ${from} and o.engagement_id > d.engagement_id))`.execute(
    trx,
  )
  await sql`update usage_discussion set customer_id = ${into} where customer_id = ${from}`.execute(trx)
  await sql`insert into fact (customer_id, name, service, value, source, as_of, recorded_at)
    select ${into}, 'history.measuringSuccessDiscussed', '', 'true', 'discussion', max(held_on), max(recorded_at)
    from usage_discussion where customer_id = ${into} having count(*) > 0 on conflict do nothing`.execute(trx)
}

/** Of the usual parts of the momentum plan, the other's stay where both have one. */
async function moveReview(trx: Trx, from: string, into: string, engagementId: string): Promise<void> {
  await sql`update review_entry e set removed_at = now() where customer_id = ${from} and list = 'momentum' and kind <> 'other'
    and removed_at is null and exists (select from review_entry o where o.list = 'momentum' and o.kind = e.kind and o.removed_at is null
      and (o.customer_id = ${into} and o.engagement_id = ${engagementId} or o.customer_id = ${from} and o.engagement_id > e.engagement_id))`.execute(
    trx,
  )
  for (const table of ['review_entry', 'review_letter'])
    await sql`update ${sql.table(table)} set customer_id = ${into}, engagement_id = ${engagementId} where customer_id = ${from}`.execute(
      trx,
    )
}

/** Services of the one that the other does not have. */
export const takeServices = (trx: Trx, from: string, into: string) =>
  sql`update customer_service s set customer_id = ${into} where customer_id = ${from}
    and not exists (select from customer_service o where o.customer_id = ${into} and o.service = s.service)`.execute(trx)

/** Everything of one tenant becomes the other's; the tenant goes. */
export async function moveTenant(trx: Trx, customerId: string, from: string, into: string): Promise<void> {
  await together(
    TENANT_TABLES.map(
      name => sql`update ${sql.table(name)} set tenant_id = ${into} where customer_id = ${customerId} and tenant_id = ${from}`,
    ),
  ).execute(trx)
  await trx.deleteFrom('tenant').where('customer_id', '=', customerId).where('id', '=', from).execute()
}

export type Counts = Readonly<Record<'tenants' | 'contacts' | 'notes' | 'meetings' | 'services' | 'followUps' | 'blockers', number>>

/** What a merge would take over. */
export async function countMoved(db: Db, from: string, into: string): Promise<Counts> {
  const { rows } = await sql<Counts>`select
    (select count(*) from tenant where customer_id = ${from}) as tenants,
    (select count(*) from contact where customer_id = ${from}) as contacts,
    (select count(*) from note where customer_id = ${from}) as notes,
    (select count(*) from meeting where customer_id = ${from}) + (select count(*) from cadence where customer_id = ${from}) as meetings,
    (select count(*) from customer_service s where customer_id = ${from}
      and not exists (select from customer_service o where o.customer_id = ${into} and o.service = s.service)) as services,
    (select count(*) from follow_up where customer_id = ${from}) as "followUps",
    (select count(*) from blocker where customer_id = ${from}) as blockers`.execute(db)
  // One row, whatever is there.
  return rows[0]!
}

/** What keeps two customers apart. */
export type Clashes = Readonly<{
  tenants: readonly string[]
  /** Addresses of contacts that both have. */
  contacts: number
  /** Work in the open engagement of the one that would go: it cannot be told to which of two plans it belongs. */
  items: number
  handshakes: number
  decisions: number
  isOpen: boolean
  /** Reports are being fetched for it. */
  runs: number
}>

export async function findClashes(db: Db, from: string, into: string): Promise<Clashes> {
  const { rows } = await sql<Clashes>`select
    array(select a.id from tenant a join tenant b on b.customer_id = ${into} and b.id = a.id where a.customer_id = ${from} order by 1) as tenants,
    (select count(*) from contact a join contact b on b.customer_id = ${into} and lower(b.email) = lower(a.email)
      where a.customer_id = ${from} and a.archived_at is null and b.archived_at is null) as contacts,
    (select count(*) from item i join engagement e using (customer_id) where i.customer_id = ${from} and e.id = i.engagement_id
      and e.state = 'open' and i.status is not null) as items,
    (select count(*) from handshake where customer_id = ${from} and state in ('offered', 'asked', 'accepted')) as handshakes,
    (select count(*) from decision where customer_id = ${from} and contact_id is not null) as decisions,
    exists (select from engagement where customer_id = ${into} and state = 'open') as "isOpen",
    (select count(*) from sync_run where customer_id = ${from} and ended_at is null) as runs`.execute(db)
  // One row, whatever is there.
  return rows[0]!
}

export type TenantClashes = Readonly<{
  usage: readonly string[]
  seats: readonly string[]
  files: number
  connections: number
  activations: number
  /** Reports are being fetched. */
  runs: number
  counts: Readonly<Record<'imports' | 'connections' | 'seats' | 'usage', number>>
}>

/** What both tenants have, and what the one holds. */
export async function findTenantClashes(db: Db, customerId: string, from: string, into: string): Promise<TenantClashes> {
  const of = (name: string) => sql`from ${sql.table(name)} where customer_id = ${customerId} and tenant_id = ${from}`
  const { rows } = await sql<Omit<TenantClashes, 'counts'> & TenantClashes['counts']>`select
    array(select service from (
        select service, tenant_id from usage_current where customer_id = ${customerId}
        union all select service, tenant_id from usage_day where customer_id = ${customerId}
        union all select service, tenant_id from usage_count where customer_id = ${customerId}) u
      where tenant_id in (${from}, ${into}) group by service having count(distinct tenant_id) = 2 order by 1) as usage,
    array(select a.service from entitlement a join entitlement b on b.customer_id = a.customer_id and b.service = a.service
      and b.tenant_id = ${into} where a.customer_id = ${customerId} and a.tenant_id = ${from} order by 1)
      || array(select a.part_number from subscription a join subscription b on b.customer_id = a.customer_id and b.sku_id = a.sku_id
        and b.tenant_id = ${into} where a.customer_id = ${customerId} and a.tenant_id = ${from} order by 1) as seats,
    (select count(*)::int from usage_import a join usage_import b on b.customer_id = a.customer_id and b.sha256 = a.sha256
      and b.tenant_id = ${into} where a.customer_id = ${customerId} and a.tenant_id = ${from}) as files,
    (select count(*)::int from graph_connection where customer_id = ${customerId} and tenant_id in (${from}, ${into})) as both,
    (select count(*)::int from usage_activation a join usage_activation b on b.customer_id = a.customer_id and b.product = a.product
      and b.tenant_id = ${into} where a.customer_id = ${customerId} and a.tenant_id = ${from}) as activations,
    (select count(*)::int ${of('sync_run')} and ended_at is null) as runs,
    (select count(*)::int ${of('usage_import')}) as imports,
    (select count(*)::int ${of('graph_connection')}) as connections,
    (select count(*)::int ${of('entitlement')}) as "seatCount",
    (select count(*)::int ${of('usage_day')}) as "usageCount"`.execute(db)
  // One row, whatever is there; its names are those above.
  const row = rows[0]! as unknown as TenantClashes & {
    both: number
    imports: number
    connections: number
    seatCount: number
    usageCount: number
  }
  const { usage, seats, files, activations, runs, both, imports, connections, seatCount, usageCount } = row
  return {
    usage,
    seats,
    files,
    activations,
    runs,
    connections: both,
    counts: { imports, connections, seats: seatCount, usage: usageCount },
  }
}
