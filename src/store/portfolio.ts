import { type SelectQueryBuilder, sql } from 'kysely'
import type { PortfolioQuery } from '../model/api.ts'
import { OWNER_ROLE, searchKey } from './customers.ts'
import type { Db } from './database.ts'
import type { Row } from './tables.ts'

/** Without the plan itself, which is large. */
export type PortfolioRecord = Omit<Row<'plan'>, 'content'> &
  Pick<Row<'customer'>, 'id' | 'name' | 'segment'> & { owner: string | null; tenant_count: number }

/** One page of customers with the summary of their plans, and how many there are in all. Three queries. */
export function findPortfolio(db: Db, query: PortfolioQuery): Promise<{ rows: readonly PortfolioRecord[]; total: number }> {
  // In one transaction: outside of one, each query would take two more messages to say for whom it runs.
  return db.isTransaction ? findIn(db, query) : db.transaction().execute(trx => findIn(trx, query))
}

async function findIn(db: Db, query: PortfolioQuery): Promise<{ rows: readonly PortfolioRecord[]; total: number }> {
  const wanted = await filtered(db, query)
  // The page first, by id: what it shows is looked up for its rows alone, not for those before it. The count comes of the same pass.
  const page = await sorted(
    wanted.select(eb => ['customer.id', eb.fn.countAll<number>().over().as('total')]),
    query,
  )
    .limit(query.limit)
    .offset(query.at)
    .execute()
  const rows = await findPortfolioOf(
    db,
    page.map(row => row.id),
  )
  const total = page[0]?.total ?? (query.at === 0 ? 0 : (await countOf(wanted)).total)
  return { rows, total }
}

/** Beyond the last page there is no row to say how many there are. */
const countOf = (wanted: Portfolio) => wanted.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()

/** Which customers the query is about, in its order: all of them, however many. */
export async function findPortfolioIds(db: Db, query: PortfolioFilter): Promise<readonly string[]> {
  const rows = await sorted((await filtered(db, query)).select('customer.id'), query).execute()
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
    .select(['customer.id', 'customer.name', 'customer.segment'])
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
    ])

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

/** Customers with the plan of their newest engagement. */
const portfolio = (db: Db) =>
  db
    .selectFrom('customer')
    .innerJoin('plan', 'plan.customer_id', 'customer.id')
    .innerJoin('engagement', join =>
      join.onRef('engagement.customer_id', '=', 'plan.customer_id').onRef('engagement.id', '=', 'plan.engagement_id'),
    )
    .where('customer.archived_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('engagement as newer')
            .whereRef('newer.customer_id', '=', 'customer.id')
            .whereRef('newer.cycle', '>', 'engagement.cycle'),
        ),
      ),
    )

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

/** Whether the query is about those alone. */
async function isOwnOnly(db: Db, { mine }: PortfolioFilter): Promise<boolean> {
  if (mine) return true
  const { rows } = await sql<{ all: boolean }>`select sees_all() as all`.execute(db)
  return rows[0]?.all !== true
}

async function filtered(db: Db, query: PortfolioFilter): Promise<Portfolio> {
  const isOwn = await isOwnOnly(db, query)
  let wanted = portfolio(db)
  if (query.q) wanted = wanted.where('customer.search_key', 'like', `%${escapeLike(searchKey(query.q))}%`)
  if (query.segment) wanted = wanted.where('customer.segment', '=', query.segment)
  if (query.review) wanted = wanted.where('plan.review', '=', query.review)
  if (query.owner) wanted = wanted.where('customer.id', 'in', ownedBy(db, query.owner))
  if (isOwn) wanted = wanted.where(sql<boolean>`customer.id = any(${OWN})`)
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
