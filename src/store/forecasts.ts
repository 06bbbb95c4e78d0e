import { sql } from 'kysely'
import type { ForecastOutcomeKind, ForecastQuery, MilestoneId } from '../model/usage-api.ts'
import type { Day } from '../model/words.ts'
import { searchKey } from './customers.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

/** Customers with a service that they mean to use and figures of it, in the order of their ids. */
export async function findForecastCustomers(db: Db, after: string, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('customer')
    .select('id')
    .where('id', '>', after)
    .where('archived_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('customer_service')
          .innerJoin('usage_current', join =>
            join
              .onRef('usage_current.customer_id', '=', 'customer_service.customer_id')
              .onRef('usage_current.service', '=', 'customer_service.service'),
          )
          .whereRef('customer_service.customer_id', '=', 'customer.id')
          .where('customer_service.intended', '=', true),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(row => row.id)
}

export type UsagePart = Pick<Row<'usage_day'>, 'customer_id' | 'tenant_id' | 'service' | 'day' | 'active' | 'assigned' | 'entitled'>

/** Every figure of these customers up to a day, in the order of service and day. */
export const findUsageUpTo = (db: Db, customerIds: readonly string[], until: Day): Promise<readonly UsagePart[]> =>
  customerIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('usage_day')
        .select(['customer_id', 'tenant_id', 'service', 'day', 'active', 'assigned', 'entitled'])
        .where('customer_id', 'in', customerIds)
        .where('day', '<=', until)
        .orderBy('customer_id')
        .orderBy('service')
        .orderBy('day')
        .orderBy('tenant_id')
        .execute()

export const findUsageParts = (db: Db, customerIds: readonly string[]) =>
  customerIds.length === 0
    ? Promise.resolve([])
    : db.selectFrom('usage_current').select(['customer_id', 'tenant_id', 'service']).where('customer_id', 'in', customerIds).execute()

/** Every tenant of these customers with its seats: a row per service with seats known, one without a service where there are none. */
export const findTenantSeats = (db: Db, customerIds: readonly string[]) =>
  customerIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('tenant')
        .leftJoin('entitlement', join =>
          join.onRef('entitlement.customer_id', '=', 'tenant.customer_id').onRef('entitlement.tenant_id', '=', 'tenant.id'),
        )
        .select(['tenant.customer_id', 'tenant.id as tenant_id', 'entitlement.service', 'entitlement.seats'])
        .where('tenant.customer_id', 'in', customerIds)
        .execute()

export const findServices = (db: Db, customerIds: readonly string[]) =>
  customerIds.length === 0
    ? Promise.resolve([])
    : db.selectFrom('customer_service').selectAll().where('customer_id', 'in', customerIds).orderBy('service').execute()

/**
 * Keeps forecasts, in one statement: one per milestone and week (Monday to Sunday), the first. Answers how many were added.
 */
export async function saveForecasts(trx: Trx, rows: readonly NewRow<'forecast'>[]): Promise<number> {
  if (rows.length === 0) return 0
  const column = <K extends keyof NewRow<'forecast'>>(name: K) => rows.map(row => row[name] ?? null)
  const { numAffectedRows } = await sql`
    insert into forecast (customer_id, service, milestone, made_on, goal_percent, percent_then, target_date, state, expected, earliest, latest,
      reached_on, method)
    select g.* from unnest(${column('customer_id')}::text[], ${column('service')}::text[], ${column('milestone')}::text[],
      ${column('made_on')}::date[], ${column('goal_percent')}::numeric[], ${column('percent_then')}::numeric[], ${column('target_date')}::date[],
      ${column('state')}::text[], ${column('expected')}::date[], ${column('earliest')}::date[], ${column('latest')}::date[],
      ${column('reached_on')}::date[], ${column('method')}::text[])
      as g (customer_id, service, milestone, made_on, goal_percent, percent_then, target_date, state, expected, earliest, latest, reached_on, method)
    where not exists (
      select from forecast f where f.customer_id = g.customer_id and f.service = g.service and f.milestone = g.milestone
        and f.made_on between date_trunc('week', g.made_on)::date and date_trunc('week', g.made_on)::date + 6
    )
    on conflict do nothing`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

export type Goal = Readonly<{ customer_id: string; service: string; goal_percent: number }>

/** The goals that forecasts of these customers speak of. */
export const findGoals = (db: Db, customerIds: readonly string[]): Promise<readonly Goal[]> =>
  customerIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('forecast')
        .select(['customer_id', 'service', 'goal_percent'])
        .distinct()
        .where('customer_id', 'in', customerIds)
        .execute()

/** Writes down when goals were reached, null for not; rows that say so already are left alone. Answers how many changed. */
export async function saveReached(trx: Trx, reached: readonly (Goal & Readonly<{ on: Day | null }>)[]): Promise<number> {
  if (reached.length === 0) return 0
  const { numAffectedRows } = await sql`
    update forecast f set reached_on = g.on
    from unnest(${reached.map(each => each.customer_id)}::text[], ${reached.map(each => each.service)}::text[],
      ${reached.map(each => each.goal_percent)}::numeric[], ${reached.map(each => each.on)}::date[]) as g (customer_id, service, goal_percent, "on")
    where f.customer_id = g.customer_id and f.service = g.service and f.goal_percent = g.goal_percent
      and f.reached_on is distinct from g.on`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

/**
 * Keeps which milestones these customers reached, in one statement: exactly the given ones, of one service where it is named. Rows that
 * say so already are left alone.
 */
export async function keepMilestonesReached(
  trx: Trx,
  { customerIds, service = null }: Readonly<{ customerIds: readonly string[]; service?: string | null }>,
  rows: readonly Row<'milestone_reached'>[],
): Promise<void> {
  const column = <K extends keyof Row<'milestone_reached'>>(name: K) => rows.map(row => row[name])
  await sql`
    with reached as (
      select * from unnest(${column('customer_id')}::text[], ${column('service')}::text[], ${column('milestone')}::text[],
        ${column('percent')}::numeric[], ${column('reached_on')}::date[], ${column('is_first_figure')}::boolean[])
        as g (customer_id, service, milestone, percent, reached_on, is_first_figure)
    ), gone as (
      delete from milestone_reached m where m.customer_id = any(${[...customerIds]}::text[])
        and (${service}::text is null or m.service = ${service}) and not exists (
          select from reached r where r.customer_id = m.customer_id and r.service = m.service and r.milestone = m.milestone)
    )
    insert into milestone_reached as m select * from reached
    on conflict (customer_id, service, milestone) do update
      set percent = excluded.percent, reached_on = excluded.reached_on, is_first_figure = excluded.is_first_figure
      where (m.percent, m.reached_on, m.is_first_figure) is distinct from (excluded.percent, excluded.reached_on, excluded.is_first_figure)`.execute(
    trx,
  )
}

export type ForecastFilter = Omit<ForecastQuery, 'limit'>
export type ForecastRecord = Readonly<{
  customer_id: string
  name: string
  service: string
  milestone: MilestoneId
  made_on: Day
  goal_percent: number
  percent_then: number
  target_date: Day | null
  expected: Day
  earliest: Day
  latest: Day | null
  reached_on: Day | null
  outcome: ForecastOutcomeKind
}>

/** One page of forecasts that gave a date, newest first, seen by the one who asks. One query. */
export async function findForecasts(
  db: Db,
  query: ForecastFilter,
  { today, at, limit }: Readonly<{ today: Day; at: number; limit: number }>,
): Promise<readonly ForecastRecord[]> {
  const rows = await withOutcome(filtered(db, query), query, today)
    .select([
      'forecast.customer_id',
      'customer.name',
      'forecast.service',
      'forecast.milestone',
      'forecast.made_on',
      'forecast.goal_percent',
      'forecast.percent_then',
      'forecast.target_date',
      'forecast.expected',
      'forecast.earliest',
      'forecast.latest',
      'forecast.reached_on',
      outcomeOn(today).as('outcome'),
    ])
    .orderBy('forecast.made_on', 'desc')
    .orderBy('customer.search_key')
    .orderBy('forecast.customer_id')
    .orderBy('forecast.service')
    .orderBy('forecast.milestone')
    .offset(at)
    .limit(limit)
    .execute()
  // Rows of this state have their days: a check of the table says so.
  return rows as readonly ForecastRecord[]
}

export type ForecastSummary = Readonly<{
  made: number
  reached: number
  in_range: number
  early: number
  late: number
  open: number
  overdue: number
  error_days: number | null
}>

/** Over all that the query is about. */
export async function sumForecasts(db: Db, query: ForecastFilter, today: Day): Promise<ForecastSummary> {
  const outcome = outcomeOn(today)
  const count = (kind: ForecastOutcomeKind) => sql<number>`count(*) filter (where ${outcome} = ${kind})`
  return withOutcome(filtered(db, query), query, today)
    .select([
      sql<number>`count(*)`.as('made'),
      sql<number>`count(forecast.reached_on)`.as('reached'),
      count('in-range').as('in_range'),
      count('early').as('early'),
      count('late').as('late'),
      count('open').as('open'),
      count('overdue').as('overdue'),
      sql<number | null>`percentile_cont(0.5) within group (order by forecast.reached_on - forecast.expected)`.as('error_days'),
    ])
    .executeTakeFirstOrThrow()
}

/** Forecasts that gave no date, and how many of their milestones were reached all the same. */
export async function sumNotInSight(db: Db, query: ForecastFilter): Promise<{ made: number; reached: number }> {
  return filtered(db, query, 'not-in-sight')
    .select([sql<number>`count(*)`.as('made'), sql<number>`count(forecast.reached_on)`.as('reached')])
    .executeTakeFirstOrThrow()
}

const filtered = (db: Db, { q, service, milestone }: ForecastFilter, state: Row<'forecast'>['state'] = 'expected') => {
  let wanted = db
    .selectFrom('forecast')
    .innerJoin('customer', 'customer.id', 'forecast.customer_id')
    .where('customer.archived_at', 'is', null)
    .where('forecast.state', '=', state)
  if (q) wanted = wanted.where('customer.search_key', 'like', `%${searchKey(q).replace(/[\\%_]/g, each => `\\${each}`)}%`)
  if (service) wanted = wanted.where('forecast.service', '=', service)
  if (milestone) wanted = wanted.where('forecast.milestone', '=', milestone)
  return wanted
}
type Filtered = ReturnType<typeof filtered>

const withOutcome = (wanted: Filtered, { outcome }: ForecastFilter, today: Day): Filtered =>
  outcome ? wanted.where(outcomeOn(today), '=', outcome) : wanted

/** A range without an end is never missed for being late. */
const outcomeOn = (today: Day) => sql<ForecastOutcomeKind>`case
  when forecast.reached_on < forecast.earliest then 'early'
  when forecast.reached_on > forecast.latest then 'late'
  when forecast.reached_on is not null then 'in-range'
  when forecast.latest < ${today}::date then 'overdue'
  else 'open' end`
