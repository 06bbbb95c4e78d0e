import { sql } from 'kysely'
import type { Plan, PlanItem } from '../model/plan.ts'
import type { Day, Truth } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** A plan as it is saved: the plan, and the columns that the portfolio shows and sorts. */
export type SavedPlan = Readonly<{
  customerId: string
  engagementId: string
  plan: Plan
  summary: PlanSummary
  /** What the data says of items that a person set complete, where it can. */
  shown: Readonly<Record<string, Truth>>
}>
export type PlanSummary = Omit<
  Row<'plan'>,
  'customer_id' | 'engagement_id' | 'date' | 'playbook_hash' | 'content' | 'search_key' | 'segment' | 'team_id' | 'is_listed'
>

export const findPlan = (db: Db, customerId: string) =>
  db
    .selectFrom('plan')
    .innerJoin('engagement', join =>
      join.onRef('engagement.customer_id', '=', 'plan.customer_id').onRef('engagement.id', '=', 'plan.engagement_id'),
    )
    .selectAll('plan')
    .where('plan.customer_id', '=', customerId)
    .orderBy('engagement.cycle', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Customers whose plan is missing, of another day or of another release; `after` pages by id. */
export async function findOutdated(db: Db, today: Day, hash: string, after: string, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from customer c
    where c.archived_at is null and c.id > ${after} and not exists (
      select from plan p where p.customer_id = c.id and p.date = ${today} and p.playbook_hash = ${hash})
    order by c.id limit ${limit}`.execute(db)
  return rows.map(row => row.id)
}

/** The number of customers with such a plan. */
export async function countOutdated(db: Db, today: Day, hash: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from customer c
    where c.archived_at is null and not exists (
      select from plan p where p.customer_id = c.id and p.date = ${today} and p.playbook_hash = ${hash})`.execute(db)
  return rows[0]?.count ?? 0
}

/** Opens the first engagement of those of these customers that have none. */
export async function openEngagements(
  trx: Trx,
  customerIds: readonly string[],
  first: { id: string; hash: string; overallTask: string | null; at: string },
): Promise<void> {
  await sql`
    insert into engagement (customer_id, id, cycle, playbook_hash, overall_task, opened_at)
    select c.id, ${first.id}, 1, ${first.hash}, ${first.overallTask}, ${first.at}::timestamptz from customer c
    where c.id = any(${[...customerIds]}::text[]) and not exists (select from engagement e where e.customer_id = c.id)`.execute(trx)
}

/**
 * Saves plans as a difference: rows that stay the same are not written. An item that left the plan goes too, unless a person touched it.
 * Each statement carries all customers as one JSON value, so that their number is not bound by the number of parameters.
 */
export async function savePlans(trx: Trx, plans: readonly SavedPlan[]): Promise<void> {
  if (plans.length === 0) return
  await saveContents(trx, plans)
  await saveItems(trx, plans)
  await saveGates(trx, plans)
  await sql`
    update engagement e set playbook_hash = n.hash
    from jsonb_to_recordset(${JSON.stringify(plans.map(each => ({ ...keyOf(each), hash: each.plan.playbook })))}::jsonb)
      as n(customer_id text, engagement_id text, hash text)
    where e.customer_id = n.customer_id and e.id = n.engagement_id and e.playbook_hash <> n.hash`.execute(trx)
}

async function saveContents(trx: Trx, plans: readonly SavedPlan[]): Promise<void> {
  const rows = plans.map(({ customerId, engagementId, plan, summary }) => ({
    customer_id: customerId,
    engagement_id: engagementId,
    date: plan.date,
    playbook_hash: plan.playbook,
    ...summary,
    content: JSON.stringify(plan),
    priority_reason: JSON.stringify(summary.priority_reason),
    services: JSON.stringify(summary.services),
    percents: JSON.stringify(summary.percents),
    priority_parts: JSON.stringify(summary.priority_parts),
    signals: JSON.stringify(summary.signals),
  }))
  await trx
    .insertInto('plan')
    .values(rows)
    .onConflict(conflict =>
      conflict.columns(['customer_id', 'engagement_id']).doUpdateSet(eb => ({
        date: eb.ref('excluded.date'),
        playbook_hash: eb.ref('excluded.playbook_hash'),
        content: eb.ref('excluded.content'),
        due_count: eb.ref('excluded.due_count'),
        unknown_count: eb.ref('excluded.unknown_count'),
        warning_count: eb.ref('excluded.warning_count'),
        proposal_count: eb.ref('excluded.proposal_count'),
        next_due: eb.ref('excluded.next_due'),
        priority: eb.ref('excluded.priority'),
        priority_reason: eb.ref('excluded.priority_reason'),
        review: eb.ref('excluded.review'),
        overall: eb.ref('excluded.overall'),
        seats: eb.ref('excluded.seats'),
        csm: eb.ref('excluded.csm'),
        services: eb.ref('excluded.services'),
        percents: eb.ref('excluded.percents'),
        is_stale: eb.ref('excluded.is_stale'),
        is_empty: eb.ref('excluded.is_empty'),
        phase: eb.ref('excluded.phase'),
        late_count: eb.ref('excluded.late_count'),
        oldest_figure: eb.ref('excluded.oldest_figure'),
        priority_parts: eb.ref('excluded.priority_parts'),
        signals: eb.ref('excluded.signals'),
      })),
    )
    .execute()
}

async function saveItems(trx: Trx, plans: readonly SavedPlan[]): Promise<void> {
  const rows = plans.flatMap(each =>
    each.plan.processes.flatMap(process =>
      process.steps.flatMap(step => step.items.map(item => ({ ...keyOf(each), ...itemColumns(process.id, step.id, item) }))),
    ),
  )
  const incoming = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as n(customer_id text, engagement_id text, id text, process text, step text, task text, service text, state text, due date)`
  await sql`
    insert into item as i (customer_id, engagement_id, id, process, step, task, service, state, due)
    select n.* from ${incoming}
    on conflict (customer_id, engagement_id, id) do update set state = excluded.state, due = excluded.due
    where i.state is distinct from excluded.state or i.due is distinct from excluded.due`.execute(trx)
  // The ids of a plan travel as one list: joining every item with every incoming one took most of the time of a large portfolio.
  const lists = plans.map(each => ({ ...keyOf(each), ids: itemIds(each.plan) }))
  const planned = sql`jsonb_to_recordset(${JSON.stringify(lists)}::jsonb) as e(customer_id text, engagement_id text, ids text[])`
  const hasLeft = sql`i.customer_id = e.customer_id and i.engagement_id = e.engagement_id and i.id <> all (e.ids)`
  await sql`update item i set state = null, due = null from ${planned}
    where ${hasLeft} and i.state is not null
      and (i.status is not null or i.assignee is not null or i.due_set is not null)`.execute(trx)
  await sql`delete from item i using ${planned}
    where ${hasLeft} and i.status is null and i.assignee is null and i.due_set is null`.execute(trx)
}

const itemIds = (plan: Plan): string[] => plan.processes.flatMap(process => process.steps.flatMap(step => step.items.map(item => item.id)))

async function saveGates(trx: Trx, plans: readonly SavedPlan[]): Promise<void> {
  const rows = plans.flatMap(each =>
    each.plan.gates.map(gate => ({ ...keyOf(each), gate: gate.id, state: gate.state, since: each.plan.date })),
  )
  await sql`
    insert into gate_state as g (customer_id, engagement_id, gate, state, since)
    select n.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as n(customer_id text, engagement_id text, gate text, state text, since date)
    on conflict (customer_id, engagement_id, gate) do update set state = excluded.state, since = excluded.since
    where g.state <> excluded.state`.execute(trx)
}

const keyOf = ({ customerId, engagementId }: SavedPlan) => ({ customer_id: customerId, engagement_id: engagementId })

const itemColumns = (process: string, step: string, { id, task, service, state, due }: PlanItem) => ({
  id,
  process,
  step,
  task,
  service,
  state,
  due,
})
