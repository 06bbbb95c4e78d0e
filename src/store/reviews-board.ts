import { sql } from 'kysely'
import type { GateState } from '../model/plan.ts'
import type { ReviewColumn, ReviewsQuery } from '../model/reviews-board-api.ts'
import type { Day, Outcome, Segment, Text } from '../model/words.ts'
import { OWNER_ROLE, searchKey } from './customers.ts'
import type { Db } from './database.ts'

export type ReviewRecord = Readonly<{
  column: ReviewColumn
  /** From one, within its column. */
  place: number
  /** Cards of its column that match, on whatever page. */
  total: number
  customer_id: string
  name: string
  segment: Segment | null
  owner: string | null
  review: GateState
  since: Day | null
  because: Text | null
  /** What the gate reads and is not known, by the rule's word for it. */
  missing: readonly string[]
  meeting_id: string | null
  meets_at: string | null
  held_on: Day | null
  outcomes: readonly Outcome[]
  is_complete: boolean
}>

type Page = Readonly<{ at: number; limit: number; gate: string }>

/**
 * The board in one query: each customer whose newest engagement was not cancelled in the last column that is true of it. What is planned
 * or waits the longest comes first, what was agreed last; where the gate is not met, the most urgent.
 */
export async function findReviews(
  db: Db,
  { q, segment, mine, column }: ReviewsQuery,
  { at, limit, gate }: Page,
): Promise<readonly ReviewRecord[]> {
  const like = q === undefined || q.trim() === '' ? null : `%${searchKey(q).replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<ReviewRecord>`
    with wanted as materialized (
      select plan.customer_id, plan.engagement_id, plan.review, plan.search_key, plan.priority, e.state = 'complete' as is_complete,
        g.since, h.held_on, m.id as meeting_id, m.starts_at as meets_at,
        (select min(o.recorded_at) from outcome o
          where o.customer_id = plan.customer_id and o.engagement_id = plan.engagement_id) as agreed_at
      from plan
      join engagement e on e.customer_id = plan.customer_id and e.id = plan.engagement_id
      left join gate_state g on g.customer_id = plan.customer_id and g.engagement_id = plan.engagement_id and g.gate = ${gate}
      left join lateral (select (f.value #>> '{}')::date as held_on from fact f
        where f.customer_id = plan.customer_id and f.name = 'review.meetingHeldOn' and f.service = ''
          -- A later cycle has a review of its own.
          and (e.cycle = 1 or (f.value #>> '{}')::date >= (e.opened_at at time zone 'UTC')::date)) h on true
      left join lateral (select meeting.id, meeting.starts_at from meeting
        where meeting.customer_id = plan.customer_id and meeting.about = 'review' and meeting.state = 'scheduled'
        order by meeting.starts_at, meeting.id limit 1) m on true
      where plan.is_listed and e.state <> 'cancelled'
        and (${like}::text is null or plan.search_key like ${like})
        and (${segment ?? null}::text is null or plan.segment = ${segment ?? null})
        and (${mine !== true} or plan.customer_id = any(array(select own_customers())))
    ), placed as (
      select *, case when agreed_at is not null then 'outcome' when held_on is not null then 'held' when meets_at is not null then 'scheduled'
        when review = 'met' then 'ready' when review = 'unknown' then 'cannot-tell' else 'not-ready' end as "column"
      from wanted
    ), ranked as (
      select *, count(*) over (partition by "column")::int as total,
        row_number() over (partition by "column" order by case "column" when 'ready' then extract(epoch from since)
          when 'scheduled' then extract(epoch from meets_at) when 'held' then extract(epoch from held_on)
          when 'outcome' then -extract(epoch from agreed_at) else -priority end, search_key, customer_id)::int as place
      from placed
    )
    select r."column", r.place, r.total, r.customer_id, c.name, c.segment, r.review, r.since, r.meeting_id, r.meets_at, r.held_on, r.is_complete,
      (select p.name from assignment a join person p on p.id = a.person_id
        where a.customer_id = r.customer_id and a.role = ${OWNER_ROLE} and a.is_primary) as owner,
      array(select o.outcome from outcome o where o.customer_id = r.customer_id and o.engagement_id = r.engagement_id order by 1) as outcomes,
      w.found #> '{because,text}' as because,
      coalesce(array(select jsonb_array_elements_text(
        jsonb_path_query_array(w.found, '$.because.facts[*] ? (@.value == null).name'))), '{}') as missing
    from ranked r
    join customer c on c.id = r.customer_id
    join plan on plan.customer_id = r.customer_id and plan.engagement_id = r.engagement_id
    left join lateral (select each::jsonb as found from json_array_elements(plan.content -> 'gates') each where each ->> 'id' = ${gate}) w on true
    where r.place > ${at} and r.place <= ${at + limit} and (${column ?? null}::text is null or r."column" = ${column ?? null})
    order by r."column", r.place`.execute(db)
  return rows
}
