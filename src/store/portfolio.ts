import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { PortfolioPage } from '../model/api.ts'
import { SILENT_DAYS } from '../model/note-api.ts'
import type { PortfolioGroup, PortfolioQuery } from '../model/portfolio-api.ts'
import { OWNER_ROLE, searchKey } from './customers.ts'
import type { Db, Trx } from './database.ts'
import { findStanding, type KeptPages, keptOr, keptPages, type Standing } from './kept-pages.ts'
import type { NewRow, Row } from './tables.ts'

/** Without the plan itself, which is large, and what it is only found by. */
export type PortfolioRecord = Omit<
  Row<'plan'>,
  | 'content'
  | 'engagement_id'
  | 'date'
  | 'playbook_hash'
  | 'percents'
  | 'is_stale'
  | 'is_empty'
  | 'priority_parts'
  | 'search_key'
  | 'segment'
  | 'team_id'
  | 'is_listed'
> &
  Pick<Row<'customer'>, 'id' | 'name' | 'segment'> & {
    owner: string | null
    team: string | null
    tenant_count: number
    blocker_count: number
    regressed_count: number
    last_note: Row<'plan'>['date'] | null
    is_silent: boolean
    next_meeting: string | null
    override: OverrideRecord | null
  }
export type OverrideRecord = Pick<Row<'priority_override'>, 'priority' | 'reason' | 'set_at' | 'until'> & { by: string }

/** What the database is not told by the one who acts: the moment, and the order of the phases. */
export type PortfolioAt = Readonly<{ now: string; phases: readonly string[] }>

type Found = Readonly<{ rows: readonly PortfolioRecord[]; total: number; groups: readonly PortfolioGroup[] | null }>

/** One page of customers with the summary of their plans, and how many there are in all; with the first of a grouped one its groups. */
export const findPortfolio = (db: Db, query: PortfolioQuery, at: PortfolioAt): Promise<Found> =>
  // In one transaction: outside of one, each query would take two more messages to say for whom it runs.
  db.isTransaction
    ? findStanding(db).then(standing => findIn(db, query, at, standing, keptPages()))
    : db.transaction().execute(async trx => findIn(trx, query, at, await findStanding(trx), keptPages()))

/**
 * A page as `make` words it, of `kept` where nothing was written since it was made for the same question: those who see every customer find
 * the same, everybody else what they found themselves. `at` holds all that `make` knows besides the query and the database.
 */
export function keptPortfolio(
  db: Db,
  query: PortfolioQuery,
  at: PortfolioAt & Readonly<{ release: string }>,
  kept: KeptPages,
  make: (trx: Db, found: Found) => Promise<PortfolioPage>,
): Promise<PortfolioPage> {
  return db.transaction().execute(async trx => {
    const standing = await findStanding(trx)
    const key = JSON.stringify([seenBy(query, standing), query, at])
    return keptOr(kept, kept.pages, standing, key, async () => make(trx, await findIn(trx, query, at, standing, kept)))
  })
}

/** Whose customers a question is about; null: everybody's. On each day other overrides hold. */
const seenBy = (query: PortfolioQuery, standing: Standing) => [isOwnOnly(query, standing) ? standing.person : null, standing.day]

async function findIn(db: Db, query: PortfolioQuery, at: PortfolioAt, standing: Standing, kept: KeptPages): Promise<Found> {
  const wanted = filtered(db, query, standing)
  const { sort: _sort, order: _order, at: start, limit: _limit, group, ...filter } = query
  const ids = await pageOf(wanted, query, at)
  const groups = group && start === 0 ? await groupsOf(wanted, group, at) : null
  // Counted by itself: beside the page, every row before it would have to be kept until the last one is known. Whatever the order.
  const key = JSON.stringify([seenBy(query, standing), filter])
  const total = await keptOr(kept, kept.totals, standing, key, () => countOf(wanted))
  return { rows: await findPortfolioOf(db, ids, at), total, groups }
}

/** By id: what a page shows is looked up for its rows alone, not for those before it. */
async function pageOf(wanted: Portfolio, query: PortfolioQuery, at: PortfolioAt): Promise<readonly string[]> {
  const rows = await sorted(wanted.select('plan.customer_id as id'), query, at).limit(query.limit).offset(query.at).execute()
  return rows.map(row => row.id)
}

const countOf = async (wanted: Portfolio) =>
  (await wanted.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()).total

/** Which customers the query is about, in its order: all of them, however many. */
export async function findPortfolioIds(db: Db, query: PortfolioFilter, at: PortfolioAt): Promise<readonly string[]> {
  const rows = await sorted(filtered(db, query, await findStanding(db)).select('plan.customer_id as id'), query, at).execute()
  return rows.map(row => row.id)
}

/** These customers with the summary of their plans, in the order of the ids; those not seen any more are left out. */
export async function findPortfolioOf(db: Db, ids: readonly string[], at: PortfolioAt): Promise<readonly PortfolioRecord[]> {
  if (ids.length === 0) return []
  // The subqueries always give a number.
  const rows = (await selected(portfolio(db), at).where('plan.customer_id', 'in', ids).execute()) as readonly PortfolioRecord[]
  const byId = new Map(rows.map(row => [row.id, row]))
  return ids.flatMap(id => byId.get(id) ?? [])
}

/** Of what the priority of a customer is made, as its plan has it. */
export const findPriorityParts = (db: Db, customerId: string) =>
  portfolio(db).where('plan.customer_id', '=', customerId).select('plan.priority_parts').executeTakeFirst()

type PortfolioFilter = Omit<PortfolioQuery, 'at' | 'limit'>
type Portfolio = ReturnType<typeof portfolio>

const LAST_NOTE = sql<Row<'plan'>['date'] | null>`(select max(n.written_at)::date from note n
  where n.customer_id = customer.id and n.removed_at is null)`

const selected = (wanted: Portfolio, { now }: PortfolioAt) =>
  wanted
    .innerJoin('customer', 'customer.id', 'plan.customer_id')
    .leftJoin('team', 'team.id', 'customer.team_id')
    .select(COLUMNS)
    .select(['customer.id', 'customer.name', 'customer.segment', 'team.name as team'])
    .select(eb => [
      eb
        .selectFrom('assignment')
        .innerJoin('person', 'person.id', 'assignment.person_id')
        .whereRef('assignment.customer_id', '=', 'customer.id')
        .where('assignment.role', '=', OWNER_ROLE)
        .where('assignment.is_primary', '=', true)
        .select('person.name')
        .as('owner'),
      eb
        .selectFrom('tenant')
        .whereRef('tenant.customer_id', '=', 'customer.id')
        .select(count => count.fn.countAll<number>().as('count'))
        .as('tenant_count'),
      sql<number>`(select count(*) from blocker b where b.customer_id = customer.id and b.resolved_at is null)`.as('blocker_count'),
      sql<number>`(select count(*) from item i where i.customer_id = customer.id and i.regressed_on is not null)`.as('regressed_count'),
      LAST_NOTE.as('last_note'),
      sql<boolean>`customer.created_at < ${SILENT_SINCE} and ${NOTHING_SINCE}`.as('is_silent'),
      sql<string | null>`(select min(m.starts_at) from meeting m
        where m.customer_id = customer.id and m.state = 'scheduled' and m.starts_at > ${now}::timestamptz)`.as('next_meeting'),
      sql<OverrideRecord | null>`(select json_build_object('priority', o.priority, 'reason', o.reason, 'by', p.name,
          'set_at', to_char(o.set_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'until', o.until)
        from priority_override o join person p on p.id = o.set_by
        where o.customer_id = customer.id and o.until >= acting_day())`.as('override'),
    ])

/** What customers are sorted or grouped by that their plans do not hold: read once for all, then joined to what `id` names. */
type Key = Readonly<{ id: string; key: string | number | null; name: string | null }>

const sorted = <Output>(
  wanted: SelectQueryBuilder<TablesOf<Portfolio>[0], TablesOf<Portfolio>[1], Output>,
  { sort, order, group }: Pick<PortfolioQuery, 'sort' | 'order' | 'group'>,
  at: PortfolioAt,
) => {
  const by = keyOf(sort, at)
  const groups = group && groupKey(group, at)
  // The two joins add names that the builder's type cannot follow from one branch to the next; only raw SQL speaks of them.
  let joined = wanted
  if (by.source) joined = joined.leftJoin(by.source.as('ranked'), 'ranked.id', by.of) as unknown as typeof wanted
  if (groups?.source) joined = joined.leftJoin(groups.source.as('grouped'), 'grouped.id', 'plan.customer_id') as unknown as typeof wanted
  if (groups) joined = joined.orderBy(groups.order, each => each.asc().nullsLast()).orderBy(groups.key, each => each.asc().nullsLast())
  return joined
    .orderBy(by.key, each => (order === 'asc' ? each.asc() : each.desc()).nullsLast())
    .orderBy('plan.search_key')
    .orderBy('plan.customer_id')
}
type TablesOf<Query> = Query extends SelectQueryBuilder<infer Tables, infer Names, unknown> ? [Tables, Names] : never

type Grouping = Readonly<{
  source: RawBuilder<Key> | null
  key: RawBuilder<string | null>
  order: RawBuilder<unknown>
  name: RawBuilder<string | null>
}>

function groupKey(group: NonNullable<PortfolioQuery['group']>, { phases }: PortfolioAt): Grouping {
  const named = (key: RawBuilder<string | null>, order: RawBuilder<unknown>): Grouping => ({
    source: null,
    key,
    order,
    name: sql<string | null>`null::text`,
  })
  switch (group) {
    case 'owner':
      return { source: OWNERS, key: sql`grouped.key`, order: sql`grouped.name`, name: sql`grouped.name` }
    case 'phase':
      return named(sql`plan.phase`, sql`array_position(${[...phases]}::text[], plan.phase)`)
    case 'segment':
      return named(sql`plan.segment`, sql`plan.segment`)
  }
}

async function groupsOf(
  wanted: Portfolio,
  group: NonNullable<PortfolioQuery['group']>,
  at: PortfolioAt,
): Promise<readonly PortfolioGroup[]> {
  const { source, key, order, name } = groupKey(group, at)
  // As above: only raw SQL speaks of the names the join adds.
  const joined = source ? (wanted.leftJoin(source.as('grouped'), 'grouped.id', 'plan.customer_id') as unknown as Portfolio) : wanted
  return joined
    .select(eb => [key.as('key'), name.as('name'), eb.fn.countAll<number>().as('count')])
    .groupBy([sql`1`, sql`2`, order])
    .orderBy(order, each => each.asc().nullsLast())
    .orderBy(sql`1`, each => each.asc().nullsLast())
    .execute()
}

const COLUMNS = [
  'plan.customer_id',
  'plan.due_count',
  'plan.unknown_count',
  'plan.warning_count',
  'plan.proposal_count',
  'plan.next_due',
  'plan.priority',
  'plan.priority_reason',
  'plan.review',
  'plan.overall',
  'plan.seats',
  'plan.csm',
  'plan.services',
  'plan.phase',
  'plan.late_count',
  'plan.oldest_figure',
  'plan.signals',
] as const

/**
 * Customers with the plan of their newest engagement, by that plan alone: which are found, and in what order, an index answers without
 * the tables (`plan_listed`).
 */
const portfolio = (db: Db) => db.selectFrom('plan').where(sql<boolean>`plan.is_listed`)

/** Customers of an owner by id or name. */
const ownedBy = (db: Db, owner: string) =>
  db
    .selectFrom('assignment')
    .innerJoin('person', 'person.id', 'assignment.person_id')
    .where('assignment.role', '=', OWNER_ROLE)
    .where('assignment.is_primary', '=', true)
    .where(eb => eb.or([eb('person.id', '=', owner), eb('person.name', '=', owner)]))
    .select('assignment.customer_id')

/**
 * The customers of the one who acts. Policies show no others to somebody who sees few; said again in the query as a list, it starts there
 * instead of asking each customer of the installation.
 */
const OWN = sql`array(select own_customers())`

const isOwnOnly = ({ mine }: PortfolioFilter, { all }: Standing): boolean => mine === true || !all

function filtered(db: Db, query: PortfolioFilter, standing: Standing): Portfolio {
  let wanted = portfolio(db)
  if (query.q) wanted = wanted.where('plan.search_key', 'like', `%${escapeLike(searchKey(query.q))}%`)
  if (query.segment) wanted = wanted.where('plan.segment', '=', query.segment)
  if (query.phase) wanted = wanted.where('plan.phase', '=', query.phase)
  if (query.review) wanted = wanted.where('plan.review', '=', query.review)
  if (query.owner) wanted = wanted.where('plan.customer_id', 'in', ownedBy(db, query.owner))
  if (isOwnOnly(query, standing)) wanted = wanted.where(sql<boolean>`plan.customer_id = any(${OWN})`)
  if (query.attention) wanted = wanted.where(ATTENTION[query.attention])
  return wanted
}

/** In a query of its own, else it is worked out for every note. */
const SILENT_SINCE = sql<string>`(select (acting_day() - ${sql.lit(SILENT_DAYS)})::timestamptz)`
const NOTHING_SINCE = sql<boolean>`(not exists (select from note n
  where n.customer_id = plan.customer_id and n.removed_at is null and n.written_at >= ${SILENT_SINCE})
  and not exists (select from meeting m
    where m.customer_id = plan.customer_id and m.state = 'held' and m.starts_at >= ${SILENT_SINCE}))`

const ATTENTION: Readonly<Record<NonNullable<PortfolioQuery['attention']>, RawBuilder<boolean>>> = {
  due: sql`plan.due_count > 0`,
  late: sql`plan.late_count > 0`,
  stale: sql`plan.is_stale`,
  empty: sql`plan.is_empty`,
  warning: sql`plan.warning_count > 0`,
  proposal: sql`plan.proposal_count > 0`,
  signal: sql`plan.signals <> '[]'`,
  silent: sql`plan.customer_id in (select c.id from customer c where c.created_at < ${SILENT_SINCE}) and ${NOTHING_SINCE}`,
  blocked: sql`exists (select from blocker b where b.customer_id = plan.customer_id and b.resolved_at is null)`,
  regressed: sql`exists (select from item i where i.customer_id = plan.customer_id and i.regressed_on is not null)`,
  overridden: sql`exists (select from priority_override o where o.customer_id = plan.customer_id and o.until >= acting_day())`,
}

const OWNERS = sql<Key>`(select a.customer_id as id, p.id as key, p.name from assignment a join person p on p.id = a.person_id
  where a.role = ${sql.lit(OWNER_ROLE)} and a.is_primary)`
const RANKED = sql<unknown>`ranked.key`
type SortKey = Readonly<{ source: RawBuilder<Key> | null; of: 'plan.customer_id' | 'plan.team_id'; key: RawBuilder<unknown> }>
const keyFrom = (source: RawBuilder<Key>): SortKey => ({ source, of: 'plan.customer_id', key: RANKED })
const keyIn = (key: RawBuilder<unknown>): SortKey => ({ source: null, of: 'plan.customer_id', key })

/** Worst first when the order is descending: a review gate that is met asks for more than one that cannot tell. */
function keyOf(sort: PortfolioQuery['sort'], { now, phases }: PortfolioAt): SortKey {
  switch (sort) {
    case 'name':
      return keyIn(sql`plan.search_key`)
    case 'segment':
      return keyIn(sql`plan.segment`)
    case 'priority':
      return {
        ...keyFrom(sql`(select customer_id as id, priority as key from priority_override where until >= acting_day())`),
        key: sql`coalesce(ranked.key, plan.priority)`,
      }
    case 'seats':
      return keyIn(sql`plan.seats`)
    case 'due':
      return keyIn(sql`plan.due_count`)
    case 'late':
      return keyIn(sql`plan.late_count`)
    case 'nextDue':
      return keyIn(sql`plan.next_due`)
    case 'unknown':
      return keyIn(sql`plan.unknown_count`)
    case 'warnings':
      return keyIn(sql`plan.warning_count`)
    case 'proposals':
      return keyIn(sql`plan.proposal_count`)
    case 'review':
      return keyIn(sql`case plan.review when 'met' then 2 when 'unknown' then 1 else 0 end`)
    case 'overall':
      return keyIn(sql`case plan.overall when 'completable' then 2 when 'open' then 1 else 0 end`)
    case 'phase':
      return keyIn(sql`array_position(${[...phases]}::text[], plan.phase)`)
    case 'figures':
      return keyIn(sql`plan.oldest_figure`)
    case 'signals':
      return keyIn(sql`nullif(jsonb_array_length(plan.signals), 0)`)
    case 'csm':
      return keyIn(sql`plan.csm`)
    case 'owner':
      return keyFrom(sql`(select id, name as key from ${OWNERS} owners)`)
    case 'team':
      return { ...keyFrom(sql`(select id, name as key from team)`), of: 'plan.team_id' }
    case 'blockers':
      return keyFrom(sql`(select customer_id as id, count(*) as key from blocker where resolved_at is null group by 1)`)
    case 'regressed':
      return keyFrom(sql`(select customer_id as id, count(*) as key from item where regressed_on is not null group by 1)`)
    case 'lastNote':
      return keyFrom(sql`(select customer_id as id, max(written_at)::date as key from note where removed_at is null group by 1)`)
    case 'meeting':
      return keyFrom(sql`(select customer_id as id, min(starts_at) as key from meeting
        where state = 'scheduled' and starts_at > ${now}::timestamptz group by 1)`)
    default:
      return keyIn(sql`(plan.percents ->> ${sort})::numeric`)
  }
}

export const saveOverride = (trx: Trx, row: NewRow<'priority_override'>) =>
  trx
    .insertInto('priority_override')
    .values(row)
    .onConflict(conflict =>
      conflict.column('customer_id').doUpdateSet(eb => ({
        priority: eb.ref('excluded.priority'),
        reason: eb.ref('excluded.reason'),
        until: eb.ref('excluded.until'),
        set_by: eb.ref('excluded.set_by'),
        set_at: eb.ref('excluded.set_at'),
      })),
    )
    .execute()

/** Whether there was one. */
export async function clearOverride(trx: Trx, customerId: string): Promise<boolean> {
  const { numDeletedRows } = await trx.deleteFrom('priority_override').where('customer_id', '=', customerId).executeTakeFirst()
  return numDeletedRows > 0n
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, each => `\\${each}`)
