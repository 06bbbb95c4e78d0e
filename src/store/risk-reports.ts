import { type RawBuilder, sql } from 'kysely'
import type { AtRiskQuery, PastDueQuery, PastDueReason, RiskReason } from '../model/report-api.ts'
import { MILESTONES, type MilestoneId, USUAL_MILESTONES } from '../model/usage-api.ts'
import type { Day } from '../model/words.ts'
import { OWNER_ROLE } from './customers.ts'
import type { Db } from './database.ts'
import { fits, type OfCustomer, ofCustomers, ownerOf, type PageAt, SILENT_SINCE, TALKS } from './reports.ts'

type AtRiskOf = Omit<AtRiskQuery, 'limit'> &
  /** `process/step/task` of those the playbook makes mandatory. */
  Readonly<{ mandatory: readonly string[] }>

/** Which column of `risk` holds each reason, and when. */
const HAS: Readonly<Record<RiskReason, RawBuilder<boolean>>> = {
  'usage-fell': sql`(cardinality(usage_fell) > 0)`,
  'blocker-late': sql`(blockers_late > 0)`,
  'tasks-late': sql`(tasks_late > 0)`,
  silent: sql`(silent_since is not null)`,
  'fell-back': sql`(fell_back > 0)`,
}
const REASONS = sql.join(
  Object.values(HAS).map(has => sql`${has}::int`),
  sql` + `,
)

/** All customers with what speaks against them; `unknown` is told beside it and never counts. */
const risk = ({ mandatory, ...filter }: Omit<AtRiskOf, 'reason'>) => sql`
  with ${TALKS}, blocker_late as (
    select customer_id, count(*) as n from blocker where resolved_at is null and next_action_on < acting_day() group by 1
  ), task_late as (
    select i.customer_id, count(*) as n from item i join engagement e on e.customer_id = i.customer_id and e.id = i.engagement_id and e.state = 'open'
    where i.state = 'due' and coalesce(i.due_set, i.due) < acting_day()
      and i.task is not null and i.process || '/' || i.step || '/' || i.task = any(${[...mandatory]}::text[])
    group by 1
  ), back as (
    select customer_id, count(*) as n from item where regressed_on is not null group by 1
  ), risk as (
    select c.id, c.name, c.search_key,
      array(select s ->> 'service' from jsonb_array_elements(plan.signals) s where s ->> 'kind' = 'drop' order by 1) as usage_fell,
      array(select s ->> 'service' from json_array_elements(plan.services) s where (s ->> 'intended')::boolean
        and (s ->> 'activated')::boolean is distinct from false and s ->> 'quality' <> 'fresh' order by 1) as unknown,
      coalesce(blocker_late.n, 0) as blockers_late, coalesce(task_late.n, 0) as tasks_late, coalesce(back.n, 0) as fell_back,
      case when c.created_at < ${SILENT_SINCE} and coalesce(greatest(n.at, m.at) < ${SILENT_SINCE}, true)
        then coalesce(greatest(n.at, m.at), c.created_at)::date end as silent_since
    from customer c join plan on plan.customer_id = c.id and plan.is_listed
      left join note_last n on n.customer_id = c.id left join meeting_last m on m.customer_id = c.id
      left join blocker_late on blocker_late.customer_id = c.id left join task_late on task_late.customer_id = c.id
      left join back on back.customer_id = c.id
    where ${ofCustomers(filter)}
  ), counted as (select *, ${REASONS} as reasons from risk)`

export type AtRiskRecord = OfCustomer &
  Readonly<{
    usage_fell: readonly string[]
    unknown: readonly string[]
    blockers_late: number
    tasks_late: number
    fell_back: number
    silent_since: Day | null
  }>

/** Customers at risk, those with the most reasons first. */
export async function findAtRisk(db: Db, { reason, ...wanted }: AtRiskOf, { at, limit }: PageAt): Promise<readonly AtRiskRecord[]> {
  const { rows } = await sql<AtRiskRecord>`${risk(wanted)}
    select id as customer_id, name as customer, ${ownerOf(sql`counted.id`)} as owner, usage_fell, unknown, blockers_late, tasks_late, fell_back,
      silent_since
    from counted where reasons > 0 and ${reason === undefined ? sql`true` : HAS[reason]}
    order by reasons desc, search_key, id limit ${limit} offset ${at}`.execute(db)
  return rows
}

export type AtRiskSum = Readonly<{ customers: number; total: number; cannot_tell: number; by_reason: Readonly<Record<RiskReason, number>> }>

/** `total` is of the reason asked for; the rest is of all customers looked at. */
export async function sumAtRisk(db: Db, { reason, ...wanted }: AtRiskOf): Promise<AtRiskSum> {
  const has = reason === undefined ? sql<boolean>`true` : HAS[reason]
  const counts = Object.entries(HAS).flatMap(([id, each]) => [sql.lit(id), sql`count(*) filter (where ${each})`])
  const { rows } = await sql<AtRiskSum>`${risk(wanted)}
    select count(*) as customers, count(*) filter (where reasons > 0 and ${has}) as total,
      count(*) filter (where reasons = 0 and cardinality(unknown) > 0) as cannot_tell, json_build_object(${sql.join(counts)}) as by_reason
    from counted`.execute(db)
  // A sum is one row.
  return rows[0]!
}

type PastDueOf = Omit<PastDueQuery, 'limit'>

/** A forecast is made every week; an older one says that figures have stopped. */
const FORECAST_AGE_DAYS = 13
const USUAL = sql.join(MILESTONES.map(id => sql`(${sql.lit(id)}, ${sql.lit(USUAL_MILESTONES[id])}::numeric)`))
const DATES: Readonly<Record<NonNullable<PastDueOf['date']>, RawBuilder<boolean>>> = {
  target: sql`(target_date < acting_day())`,
  forecast: sql`(forecast_for is not null)`,
}

/** Milestones of intended services, not reached, that were to be reached by now; with what is expected of them now. */
const pastDue = ({ service, reason, date, ...filter }: PastDueOf) => sql`
  with missed as (
    select customer_id, service, milestone, goal_percent, min(latest) as latest from forecast
    where state = 'expected' and reached_on is null and latest < acting_day() group by 1, 2, 3, 4
  ), late as (
    select s.customer_id, s.service, usual.id as milestone, coalesce(m.percent, usual.percent) as percent, m.target_date, missed.latest as forecast_for
    from customer_service s cross join (values ${USUAL}) as usual (id, percent)
      left join milestone m on m.customer_id = s.customer_id and m.service = s.service and m.id = usual.id
      left join missed on missed.customer_id = s.customer_id and missed.service = s.service and missed.milestone = usual.id
        and missed.goal_percent = coalesce(m.percent, usual.percent)
    where s.intended and (m.target_date < acting_day() or missed.latest is not null)
  ), due as (
    select c.id, c.name, c.search_key, late.service, late.milestone, late.percent, late.target_date, late.forecast_for,
      least(case when late.target_date < acting_day() then late.target_date end, late.forecast_for) as due, newest.expected as expected_now, blocked.n as blockers,
      case when blocked.n > 0 then 'blocked' when newest.state = 'not-in-sight' then 'not-in-sight'
        when newest.expected >= acting_day() then 'expected-later' else 'cannot-tell' end as reason
    from late join customer c on c.id = late.customer_id
      left join lateral (select f.state, f.expected from forecast f
        where f.customer_id = late.customer_id and f.service = late.service and f.milestone = late.milestone and f.goal_percent = late.percent
          and f.made_on >= acting_day() - ${sql.lit(FORECAST_AGE_DAYS)} order by f.made_on desc limit 1) newest on true
      cross join lateral (select count(*) as n from blocker b where b.customer_id = late.customer_id and b.resolved_at is null
        and (b.services = '{}' or late.service = any(b.services))) blocked
    where ${ofCustomers(filter)} and ${fits(sql`late.service`, service)}
      and not exists (select from milestone_reached r where r.customer_id = late.customer_id and r.service = late.service
        and r.milestone = late.milestone and r.percent = late.percent)
  ), wanted as (select * from due where ${fits(sql`reason`, reason)} and ${date === undefined ? sql`true` : DATES[date]})`

export type PastDueRecord = OfCustomer &
  Readonly<{
    service: string
    milestone: MilestoneId
    percent: number
    target_date: Day | null
    forecast_for: Day | null
    due: Day
    days_late: number
    reason: PastDueReason
    expected_now: Day | null
    blockers: number
  }>

/** The longest overdue first. */
export async function findPastDue(db: Db, wanted: PastDueOf, { at, limit }: PageAt): Promise<readonly PastDueRecord[]> {
  const { rows } = await sql<PastDueRecord>`${pastDue(wanted)}
    select id as customer_id, name as customer, ${ownerOf(sql`wanted.id`)} as owner, service, milestone, percent, target_date, forecast_for, due,
      acting_day() - due as days_late, reason, expected_now, blockers
    from wanted order by due, search_key, id, service, percent limit ${limit} offset ${at}`.execute(db)
  return rows
}

export type PastDueSum = Readonly<{
  by: 'reason' | 'owner'
  reason: PastDueReason | null
  id: string | null
  name: string | null
  count: number
}>

/** How many by reason, and again by owner; most first. */
export async function sumPastDue(db: Db, wanted: PastDueOf): Promise<readonly PastDueSum[]> {
  const { rows } = await sql<PastDueSum>`${pastDue(wanted)}, owned as (
      select wanted.reason, p.id, p.name from wanted
        left join assignment a on a.customer_id = wanted.id and a.role = ${sql.lit(OWNER_ROLE)} and a.is_primary left join person p on p.id = a.person_id)
    select case grouping(reason) when 0 then 'reason' else 'owner' end as by, reason, id, name, count(*) as count
    from owned group by grouping sets ((reason), (id, name)) order by count desc, name, reason`.execute(db)
  return rows
}
