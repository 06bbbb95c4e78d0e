import { type RawBuilder, sql } from 'kysely'
import { SILENT_DAYS } from '../model/note-api.ts'
import type { CustomerFilter, MilestonesQuery, SilentFor, SilentQuery, WaitingQuery } from '../model/report-api.ts'
import type { MilestoneId } from '../model/usage-api.ts'
import type { Day } from '../model/words.ts'
import { OWNER_ROLE } from './customers.ts'
import type { Db } from './database.ts'

/** Reports over all customers that the one who acts may see: each a page of rows and a sum, one query each. */
export type PageAt = Readonly<{ at: number; limit: number }>
export type OfCustomer = Readonly<{ customer_id: string; customer: string; owner: string | null }>

/** Customers `c` that a report is about. */
export const ofCustomers = ({ owner, team, segment }: CustomerFilter): RawBuilder<boolean> =>
  sql`c.archived_at is null
    and (${owner ?? null}::text is null or exists (select from assignment a
      where a.customer_id = c.id and a.role = ${sql.lit(OWNER_ROLE)} and a.is_primary and a.person_id = ${owner ?? null}))
    and (${team ?? null}::text is null or c.team_id = ${team ?? null})
    and (${segment ?? null}::text is null or c.segment = ${segment ?? null})`

/** Name of who owns a customer; null: nobody. */
export const ownerOf = (customer: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql`(select p.name from assignment a join person p on p.id = a.person_id
    where a.customer_id = ${customer} and a.role = ${sql.lit(OWNER_ROLE)} and a.is_primary)`

export const fits = (column: RawBuilder<unknown>, wanted: string | undefined): RawBuilder<boolean> =>
  wanted === undefined ? sql`true` : sql`${column} = ${wanted}`

/** Owners and teams of the customers that may be seen, by name. */
export async function findReportFilters(db: Db): Promise<readonly Readonly<{ kind: 'owner' | 'team'; id: string; name: string }>[]> {
  const { rows } = await sql<{ kind: 'owner' | 'team'; id: string; name: string }>`
    select 'owner' as kind, p.id, p.name from person p where p.id in (select a.person_id from assignment a
      join customer c on c.id = a.customer_id and c.archived_at is null where a.role = ${sql.lit(OWNER_ROLE)} and a.is_primary)
    union all
    select 'team', t.id, t.name from team t where t.id in (select c.team_id from customer c where c.archived_at is null)
    order by 1, 3, 2`.execute(db)
  return rows
}

type MilestonesOf = CustomerFilter & Pick<MilestonesQuery, 'service' | 'milestone'> & Readonly<{ from: Day }>

const reached = ({ service, milestone, from, ...filter }: MilestonesOf) => sql`milestone_reached r join customer c on c.id = r.customer_id
  where r.reached_on between ${from}::date and acting_day() and ${fits(sql`r.service`, service)} and ${fits(sql`r.milestone`, milestone)}
    and ${ofCustomers(filter)}`

export type ReachedRecord = OfCustomer &
  Readonly<{
    service: string
    milestone: MilestoneId
    percent: number
    reached_on: Day
    is_first_figure: boolean
    target_date: Day | null
  }>

/** Milestones reached since a day, newest first. */
export async function findReached(db: Db, wanted: MilestonesOf, { at, limit }: PageAt): Promise<readonly ReachedRecord[]> {
  const { rows } = await sql<ReachedRecord>`
    select r.customer_id, c.name as customer, ${ownerOf(sql`c.id`)} as owner, r.service, r.milestone, r.percent, r.reached_on, r.is_first_figure,
      (select m.target_date from milestone m where m.customer_id = r.customer_id and m.service = r.service and m.id = r.milestone) as target_date
    from ${reached(wanted)}
    order by r.reached_on desc, c.search_key, r.customer_id, r.service, r.percent desc limit ${limit} offset ${at}`.execute(db)
  return rows
}

/** How many by month (its first day) and service; `month` null: those whose day nobody knows. */
export async function sumReached(db: Db, wanted: MilestonesOf) {
  const { rows } = await sql<{ month: Day | null; service: string; count: number }>`
    select case when not r.is_first_figure then date_trunc('month', r.reached_on)::date end as month, r.service, count(*) as count
    from ${reached(wanted)} group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

/** What the portfolio calls silent. In a query of its own, else it is worked out for every row. */
export const SILENT_SINCE = sql<string>`(select (acting_day() - ${sql.lit(SILENT_DAYS)})::timestamptz)`
/** The newest note and the newest held meeting of every customer. */
export const TALKS = sql`
  note_last as (select customer_id, max(written_at) as at from note where removed_at is null group by 1),
  meeting_last as (select customer_id, max(starts_at) as at from meeting where state = 'held' group by 1)`

/** Days of the bounds between the ways of being silent. */
const FOUR_WEEKS = 28
const EIGHT_WEEKS = 56

type SilentOf = Omit<SilentQuery, 'limit'> & Readonly<{ now: string }>

const silent = ({ howLong, now, ...filter }: SilentOf) => sql`
  with ${TALKS}, silent as (
    select c.id, c.name, c.search_key, n.at::date as last_note, m.at::date as last_meeting,
      coalesce(greatest(n.at, m.at), c.created_at)::date as since,
      case when n.at is null and m.at is null then 'never'
        when greatest(n.at, m.at)::date >= acting_day() - ${sql.lit(FOUR_WEEKS)} then 'weeks-4'
        when greatest(n.at, m.at)::date >= acting_day() - ${sql.lit(EIGHT_WEEKS)} then 'weeks-8' else 'longer' end as how_long
    from customer c left join note_last n on n.customer_id = c.id left join meeting_last m on m.customer_id = c.id
    where ${ofCustomers(filter)} and c.created_at < ${SILENT_SINCE} and coalesce(greatest(n.at, m.at) < ${SILENT_SINCE}, true)
  ), wanted as (select *, (select min(x.starts_at) from meeting x
      where x.customer_id = silent.id and x.state = 'scheduled' and x.starts_at > ${now}::timestamptz) as next_meeting
    from silent where ${fits(sql`how_long`, howLong)})`

export type SilentRecord = OfCustomer &
  Readonly<{ last_note: Day | null; last_meeting: Day | null; since: Day; days: number; how_long: SilentFor; next_meeting: string | null }>

/** Customers of whom nothing was heard for more than fourteen days, the longest first. */
export async function findSilent(db: Db, wanted: SilentOf, { at, limit }: PageAt): Promise<readonly SilentRecord[]> {
  const { rows } = await sql<SilentRecord>`${silent(wanted)}
    select id as customer_id, name as customer, ${ownerOf(sql`wanted.id`)} as owner, last_note, last_meeting, since, acting_day() - since as days,
      how_long, next_meeting
    from wanted order by since, search_key, id limit ${limit} offset ${at}`.execute(db)
  return rows
}

export async function sumSilent(db: Db, wanted: SilentOf) {
  const { rows } = await sql<{ how_long: SilentFor; count: number; with_meeting: number }>`${silent(wanted)}
    select how_long, count(*) as count, count(next_meeting) as with_meeting from wanted group by 1`.execute(db)
  return rows
}

type WaitingOf = Omit<WaitingQuery, 'limit'>

/** Late from the day of its reminder on. */
const IS_LATE = sql<boolean>`(h.remind_on <= acting_day())`
const waiting = ({ service, late, ...filter }: WaitingOf) => sql`handshake h join customer c on c.id = h.customer_id
    join person giver on giver.id = h.offered_by join person taker on taker.id = h.offered_to left join team t on t.id = c.team_id
  where h.state in ('offered', 'asked') and ${fits(sql`h.service`, service)} and (${late !== true} or ${IS_LATE}) and ${ofCustomers(filter)}`

export type WaitingRecord = OfCustomer &
  Readonly<{
    id: string
    service: string
    state: 'offered' | 'asked'
    offered_by: string
    offered_to: string
    offered_on: Day
    working_days: number
    remind_on: Day
    is_late: boolean
  }>

/** Handshakes without an answer, the longest waiting first; days are those of the customer's team, as `model/working-calendar.ts` counts. */
export async function findWaitingHandshakes(
  db: Db,
  wanted: WaitingOf,
  { now, at, limit }: PageAt & Readonly<{ now: string }>,
): Promise<readonly WaitingRecord[]> {
  const zone = sql`coalesce(t.time_zone, 'UTC')`
  const { rows } = await sql<WaitingRecord>`
    select h.customer_id, c.name as customer, ${ownerOf(sql`c.id`)} as owner, h.id, h.service, h.state, giver.name as offered_by,
      taker.name as offered_to, (h.offered_at at time zone ${zone})::date as offered_on, h.remind_on, ${IS_LATE} as is_late,
      (select count(*) from generate_series((h.offered_at at time zone ${zone})::date + 1, (${now}::timestamptz at time zone ${zone})::date,
          interval '1 day') as each_day(day)
        where extract(isodow from day) = any(coalesce(t.work_days, '{1,2,3,4,5}'))
          and not exists (select from team_holiday f where f.team_id = t.id and f.day = each_day.day::date)) as working_days
    from ${waiting(wanted)}
    order by h.offered_at, c.search_key, h.id limit ${limit} offset ${at}`.execute(db)
  return rows
}

/** By whom they were offered to, most first. */
export async function sumWaitingHandshakes(db: Db, wanted: WaitingOf) {
  const { rows } = await sql<{ id: string; name: string; waiting: number; late: number }>`
    select taker.id, taker.name, count(*) as waiting, count(*) filter (where ${IS_LATE}) as late
    from ${waiting(wanted)} group by 1, 2 order by waiting desc, late desc, taker.name, taker.id`.execute(db)
  return rows
}
