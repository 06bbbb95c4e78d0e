import { sql } from 'kysely'
import type { Day } from '../model/words.ts'
import type { Trx } from './database.ts'
import type { NewRow } from './tables.ts'

/**
 * Gives a person tasks that are due at demo customers, two at each, the days in turn, and whatever follow-ups and agreements of reviews are open there. What is
 * anybody's already stays so.
 */
export async function giveWork(
  trx: Trx,
  { person, customers, days }: Readonly<{ person: string; customers: readonly string[]; days: readonly Day[] }>,
): Promise<void> {
  const of = sql`array[${sql.join(customers.length > 0 ? customers : [''])}]::text[]`
  await sql`
    with wanted as (
      select i.customer_id, i.engagement_id, i.id, row_number() over (partition by i.customer_id order by i.id) as place,
        dense_rank() over (order by i.customer_id) as customer
      from item i join customer c on c.id = i.customer_id and c.is_demo
        join engagement e on e.customer_id = i.customer_id and e.id = i.engagement_id and e.state = 'open'
      where i.customer_id = any(${of}) and i.state = 'due' and i.assignee is null
    )
    update item i set assignee = ${person},
      due_set = (array[${sql.join(days)}]::date[])[1 + (2 * w.customer + w.place)::int % ${days.length}::int]
    from wanted w where w.place <= 2 and w.customer_id = i.customer_id and w.engagement_id = i.engagement_id and w.id = i.id`.execute(trx)
  await sql`update follow_up f set assignee = ${person} from customer c
    where c.id = f.customer_id and c.is_demo and f.customer_id = any(${of}) and f.closed_at is null`.execute(trx)
  await sql`update review_entry r set owner_id = ${person} from customer c
    where c.id = r.customer_id and c.is_demo and r.customer_id = any(${of}) and r.owner_id is not null and r.closed_on is null`.execute(trx)
}

/** Reviews of demo customers that the step to it was taken for, each with what its gate says; without a word why, only where it is met. */
export const openDemoReviews = (trx: Trx, { process, gate }: Readonly<{ process: string; gate: string }>) =>
  sql`insert into review (customer_id, engagement_id, opened_on, opened_at, opened_by, gate_state, because, override_reason)
    select f.customer_id, e.id, f.as_of, f.as_of::timestamptz, f.recorded_by, g.state, told -> 'because' -> 'text',
      case when g.state <> 'met' then f.value ->> 'reason' end
    from fact f join customer c on c.id = f.customer_id and c.is_demo
      join engagement e on e.customer_id = f.customer_id
      join gate_state g on g.customer_id = e.customer_id and g.engagement_id = e.id and g.gate = ${gate}
      join plan p on p.customer_id = e.customer_id and p.engagement_id = e.id
      cross join lateral json_array_elements(p.content -> 'gates') told
    where f.name = ${`transition.${process}`} and f.as_of is not null and f.recorded_by is not null and told ->> 'id' = ${gate}
      and (g.state = 'met' or f.value ->> 'reason' is not null)
    on conflict do nothing`.execute(trx)

/** Adds views; one of the same person and name is there already and stays. */
export const giveSavedViews = (trx: Trx, rows: readonly NewRow<'saved_view'>[]) =>
  trx
    .insertInto('saved_view')
    .values([...rows])
    .onConflict(conflict => conflict.columns(['screen', 'person_id', 'name']).doNothing())
    .execute()
