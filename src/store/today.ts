import { type RawBuilder, sql } from 'kysely'
import type { TodayQuery } from '../model/today-api.ts'
import type { Day, ItemStatus, Text } from '../model/words.ts'
import type { Db } from './database.ts'

type Whose = TodayQuery['whose']

/** Customers of the one who acts, of their teams as well, or all that may be seen. */
const ofCustomers = (whose: Whose, customer: RawBuilder<unknown>): RawBuilder<boolean> => {
  const own = sql<boolean>`${customer} = any(array(select customer_id from own_assignments()))`
  if (whose === 'mine') return own
  if (whose === 'all') return sql`true`
  return sql`(${own} or c.team_id in (select team_id from team_member where person_id = acting_person()))`
}

/** Work of mine is what I was given, and at customers of mine what nobody was given. */
const isWork = (whose: Whose, customer: RawBuilder<unknown>, assignee: RawBuilder<unknown>): RawBuilder<boolean> =>
  whose === 'mine'
    ? sql`(${assignee} = acting_person() or ${assignee} is null and ${ofCustomers('mine', customer)})`
    : ofCustomers(whose, customer)

export type DueRecord = Readonly<{
  kind: 'item' | 'follow-up' | 'review-entry'
  id: string
  customer_id: string
  customer: string
  process: string | null
  step: string | null
  task: string | null
  service: string | null
  title: string | null
  status: ItemStatus | null
  due: Day
  assignee: string | null
  why: Text | null
  total: number
}>

export type DueWanted = Readonly<{
  whose: Whose
  /** Days, both included; null: from the beginning. */
  from: Day | null
  to: Day
  /** `process/step/task` of those the playbook makes mandatory; a follow-up always is. */
  mandatory: readonly string[]
  /** The mandatory ones, or with those before `from` the others. */
  part: 'overdue' | 'week'
  limit: number
}>

/** Items, follow-ups, and gaps and next steps of reviews that somebody sees to, with their day, the earliest first, each with the reason its plan gives. */
export async function findDue(db: Db, { whose, from, to, mandatory, part, limit }: DueWanted): Promise<readonly DueRecord[]> {
  const isMandatory = sql`(i.task is not null and i.process || '/' || i.step || '/' || i.task = any(${[...mandatory]}::text[]))`
  const day = sql`coalesce(i.due_set, i.due)`
  const fits =
    part === 'overdue'
      ? sql`${day} <= ${to}::date and ${isMandatory}`
      : sql`${day} <= ${to}::date and (${day} >= ${from}::date or not ${isMandatory})`
  const followUp = part === 'overdue' ? sql`f.due <= ${to}::date` : sql`f.due between ${from}::date and ${to}::date`
  const agreed = part === 'overdue' ? sql`r.due <= ${to}::date` : sql`r.due between ${from}::date and ${to}::date`
  const { rows } = await sql<DueRecord>`
    with due as (
      select 'item' as kind, i.id, i.customer_id, i.engagement_id, c.name as customer, c.search_key, i.process, i.step, i.task, i.service,
        null as title, i.status, ${day} as due, i.assignee
      from item i join engagement e on e.customer_id = i.customer_id and e.id = i.engagement_id and e.state = 'open'
        join customer c on c.id = i.customer_id and c.archived_at is null
      where i.state = 'due' and ${fits} and ${isWork(whose, sql`i.customer_id`, sql`i.assignee`)}
      union all
      select 'follow-up', f.id::text, f.customer_id, f.engagement_id, c.name, c.search_key, null, null, null, f.service,
        f.title, f.status, f.due, f.assignee
      from follow_up f join customer c on c.id = f.customer_id and c.archived_at is null
      where f.closed_at is null and ${followUp} and ${isWork(whose, sql`f.customer_id`, sql`f.assignee`)}
      union all
      select 'review-entry', r.id::text, r.customer_id, r.engagement_id, c.name, c.search_key, null, null, null, r.service,
        r.what, null, r.due, r.owner_id
      from review_entry r join customer c on c.id = r.customer_id and c.archived_at is null
      where r.list in ('gap', 'step') and r.closed_on is null and r.removed_at is null and r.owner_id is not null
        and ${agreed} and ${isWork(whose, sql`r.customer_id`, sql`r.owner_id`)}
    ), page as (
      select *, count(*) over () as total from due order by due, search_key, customer_id, id limit ${limit}
    )
    select page.kind, page.id, page.customer_id, page.customer, page.process, page.step, page.task, page.service, page.title, page.status,
      page.due, person.name as assignee, page.total,
      case when page.kind = 'item' then (
        select planned.its -> 'because' -> 'text' from plan p, json_array_elements(p.content -> 'processes') processes(its),
          json_array_elements(processes.its -> 'steps') steps(its), json_array_elements(steps.its -> 'items') planned(its)
        where p.customer_id = page.customer_id and p.engagement_id = page.engagement_id
          and processes.its ->> 'id' = page.process and steps.its ->> 'id' = page.step and planned.its ->> 'id' = page.id limit 1) end as why
    from page left join person on person.id = page.assignee
    order by page.due, page.search_key, page.customer_id, page.id`.execute(db)
  return rows
}

export type NewsRecord = Readonly<{
  kind: string
  id: string
  customer_id: string
  customer: string
  subject: string
  service: string | null
  before: string | null
  after: string | null
  at: string
  due: Day | null
  total: number
}>

/** What changed after a moment, the newest first; blockers whose day has passed, handshakes and requests that wait are there until they are not. */
export async function findNews(
  db: Db,
  { whose, since, limit }: { whose: Whose; since: string; limit: number },
): Promise<readonly NewsRecord[]> {
  const seen = ofCustomers(whose, sql`c.id`)
  const { rows } = await sql<NewsRecord>`
    with news as (
      select n.kind, n.id, n.customer_id, c.name as customer, n.subject, n.service, n.before, n.after, n.at, null::date as due
      from plan_change n join customer c on c.id = n.customer_id and c.archived_at is null
      where n.at > ${since}::timestamptz and ${seen}
      union all
      select 'blocker-due', b.id, b.customer_id, c.name, b.title, b.services[1], null, b.next_action, b.next_action_on::timestamptz, b.next_action_on
      from blocker b join customer c on c.id = b.customer_id and c.archived_at is null
      where b.resolved_at is null and b.next_action_on < acting_day() and (b.owner_id = acting_person() or ${seen})
      union all
      select 'handshake-waiting', h.id, h.customer_id, c.name, h.state, h.service, null, p.name, h.offered_at, h.remind_on
      from handshake h join customer c on c.id = h.customer_id and c.archived_at is null join person p on p.id = h.offered_by
      where h.state = 'offered' and h.offered_to = acting_person() or h.state = 'asked' and h.offered_by = acting_person()
      union all
      select 'expert-waiting', r.id, r.customer_id, coalesce(c.name, asked.name), r.skill, r.service, r.state, p.name, r.requested_at,
        case when r.state = 'open' and r.acknowledged_at is null then r.acknowledge_by else r.decide_by end
      from expert_request r left join customer c on c.id = r.customer_id and c.archived_at is null
        left join asked_customers() asked on asked.id = r.customer_id
        join person p on p.id = case when r.state = 'open' then r.requested_by else coalesce(r.expert_id, r.requested_by) end
      where (r.state = 'open' and r.expert_id = acting_person() or r.state = 'needs-detail' and r.requested_by = acting_person())
        and coalesce(c.id, asked.id) is not null
    )
    select *, count(*) over () as total from news order by at desc, customer_id, id limit ${limit}`.execute(db)
  // The parser of moments goes by the column, so these are text already.
  return rows
}

export type MeetingRecord = Readonly<{
  id: string
  customer_id: string
  customer: string
  title: string
  starts_at: string
  ends_at: string
  location: string | null
}>

/** Meetings of the day it is in a time zone: those one holds or is asked to, and those with customers of the choice. */
export async function findMeetings(
  db: Db,
  { whose, zone, now }: { whose: Whose; zone: string; now: string },
): Promise<readonly MeetingRecord[]> {
  const { rows } = await sql<MeetingRecord>`
    select m.id, m.customer_id, c.name as customer, m.title, m.starts_at, m.ends_at, m.location
    from meeting m join customer c on c.id = m.customer_id and c.archived_at is null
    where m.state <> 'cancelled' and m.starts_at between ${now}::timestamptz - interval '2 days' and ${now}::timestamptz + interval '2 days'
      and (m.starts_at at time zone ${zone})::date = (${now}::timestamptz at time zone ${zone})::date
      and (m.organizer_id = acting_person() or ${ofCustomers(whose, sql`m.customer_id`)}
        or exists (select from attendee a where a.customer_id = m.customer_id and a.person_id = acting_person()
          and (a.meeting_id = m.id or a.cadence_id = m.cadence_id)))
    order by m.starts_at, m.id limit 100`.execute(db)
  return rows
}
