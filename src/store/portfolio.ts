import { type SelectQueryBuilder, sql } from 'kysely'
import type { PortfolioQuery } from '../model/api.ts'
import { OWNER_ROLE, searchKey } from './customers.ts'
import type { Db } from './database.ts'
import type { Row } from './tables.ts'

/** Without the plan itself, which is large. */
export type PortfolioRecord = Omit<Row<'plan'>, 'content'> &
  Pick<Row<'customer'>, 'id' | 'name' | 'segment'> & { owner: string | null; tenant_count: number }

/** One page of customers with the summary of their plans, and how many there are in all. Two queries. */
export async function findPortfolio(db: Db, query: PortfolioQuery): Promise<{ rows: readonly PortfolioRecord[]; total: number }> {
  const wanted = filtered(db, query)
  const { total } = await wanted.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await sorted(selected(wanted), query).limit(query.limit).offset(query.at).execute()
  // The subquery always gives a number.
  return { rows: rows as readonly PortfolioRecord[], total }
}

/** Which customers the query is about, in its order: all of them, however many. */
export async function findPortfolioIds(db: Db, query: PortfolioFilter): Promise<readonly string[]> {
  const rows = await sorted(filtered(db, query).select('customer.id'), query).execute()
  return rows.map(row => row.id)
}

/** These customers with the summary of their plans, in the order of the ids; those not seen any more are left out. */
export async function findPortfolioOf(db: Db, ids: readonly string[]): Promise<readonly PortfolioRecord[]> {
  if (ids.length === 0) return []
  // The subquery always gives a number.
  const rows = (await selected(portfolio(db)).where('customer.id', 'in', ids).execute()) as readonly PortfolioRecord[]
  const byId = new Map(rows.map(row => [row.id, row]))
  return ids.flatMap(id => byId.get(id) ?? [])
}

type PortfolioFilter = Omit<PortfolioQuery, 'at' | 'limit'>
type Portfolio = ReturnType<typeof portfolio>

const selected = (wanted: Portfolio) =>
  wanted
    .select(COLUMNS)
    .select(['customer.id', 'customer.name', 'customer.segment', 'owner.name as owner'])
    .select(eb =>
      eb
        .selectFrom('tenant')
        .whereRef('tenant.customer_id', '=', 'customer.id')
        .select(count => count.fn.countAll<number>().as('count'))
        .as('tenant_count'),
    )

const sorted = <Output>(
  wanted: SelectQueryBuilder<TablesOf<Portfolio>[0], TablesOf<Portfolio>[1], Output>,
  query: Pick<PortfolioQuery, 'sort' | 'order'>,
) =>
  wanted
    .orderBy(sortKey(query.sort), order => (query.order === 'asc' ? order.asc() : order.desc()).nullsLast())
    .orderBy('customer.search_key')
    .orderBy('customer.id')
type TablesOf<Query> = Query extends SelectQueryBuilder<infer Tables, infer Names, unknown> ? [Tables, Names] : never

const COLUMNS = [
  'plan.customer_id',
  'plan.engagement_id',
  'plan.date',
  'plan.playbook_hash',
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
  'plan.percents',
  'plan.is_stale',
  'plan.is_empty',
] as const

/** Customers with their owner and the plan of their newest engagement. */
const portfolio = (db: Db) =>
  db
    .selectFrom('customer')
    .leftJoin('assignment as primary', join =>
      join.onRef('primary.customer_id', '=', 'customer.id').on('primary.role', '=', OWNER_ROLE).on('primary.is_primary', '=', true),
    )
    .leftJoin('person as owner', 'owner.id', 'primary.person_id')
    .innerJoin('plan', 'plan.customer_id', 'customer.id')
    .where('customer.archived_at', 'is', null)
    .where(sql<boolean>`plan.engagement_id = (
      select e.id from engagement e where e.customer_id = customer.id order by e.cycle desc limit 1)`)

function filtered(db: Db, query: PortfolioFilter) {
  let wanted = portfolio(db)
  if (query.q) wanted = wanted.where('customer.search_key', 'like', `%${escapeLike(searchKey(query.q))}%`)
  if (query.segment) wanted = wanted.where('customer.segment', '=', query.segment)
  if (query.review) wanted = wanted.where('plan.review', '=', query.review)
  if (query.owner) wanted = wanted.where(eb => eb.or([eb('owner.id', '=', query.owner ?? ''), eb('owner.name', '=', query.owner ?? '')]))
  if (query.mine) wanted = wanted.where(sql<boolean>`customer.id in (select own_customers())`)
  if (query.attention) wanted = wanted.where(ATTENTION[query.attention])
  return wanted
}

const ATTENTION: Readonly<Record<NonNullable<PortfolioQuery['attention']>, ReturnType<typeof sql<boolean>>>> = {
  due: sql<boolean>`plan.due_count > 0`,
  stale: sql<boolean>`plan.is_stale`,
  empty: sql<boolean>`plan.is_empty`,
  warning: sql<boolean>`plan.warning_count > 0`,
  proposal: sql<boolean>`plan.proposal_count > 0`,
}

/** Worst first when the order is descending: a review gate that is met asks for more than one that cannot tell. */
function sortKey(sort: PortfolioQuery['sort']) {
  switch (sort) {
    case 'name':
      return sql`customer.search_key`
    case 'segment':
      return sql`customer.segment`
    case 'priority':
      return sql`plan.priority`
    case 'seats':
      return sql`plan.seats`
    case 'due':
      return sql`plan.due_count`
    case 'review':
      return sql`case plan.review when 'met' then 2 when 'unknown' then 1 else 0 end`
    default:
      return sql`(plan.percents ->> ${sort})::numeric`
  }
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, each => `\\${each}`)
