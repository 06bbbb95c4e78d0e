import { sql } from 'kysely'
import type { Truth } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row, SavedCell } from './tables.ts'

/** What the saved plan of a customer says that a new one may say otherwise. */
export type PlanBefore = Readonly<{
  customer_id: string
  gates: Readonly<Record<string, 'met' | 'not-met' | 'unknown'>>
  services: readonly SavedCell[]
  /** Items that were done and are not set complete by a person now. */
  done: readonly string[]
  /** Items the data no longer bore out. */
  regressed: readonly string[]
  /** What the data said last of items that a person set complete. */
  said: Readonly<Record<string, Truth>>
}>

/** Of those of these customers that have a plan. One query. */
export async function plansBefore(trx: Trx, customerIds: readonly string[]): Promise<ReadonlyMap<string, PlanBefore>> {
  const { rows } = await sql<PlanBefore>`
    select distinct on (p.customer_id) p.customer_id, p.services,
      coalesce((select json_object_agg(g.gate, g.state) from gate_state g
        where g.customer_id = p.customer_id and g.engagement_id = p.engagement_id), '{}') as gates,
      coalesce((select json_agg(i.id) from item i where i.customer_id = p.customer_id and i.engagement_id = p.engagement_id
        and i.state = 'done' and i.status is distinct from 'complete'), '[]') as done,
      coalesce((select json_agg(i.id) from item i where i.customer_id = p.customer_id and i.engagement_id = p.engagement_id
        and i.regressed_on is not null), '[]') as regressed,
      coalesce((select json_object_agg(i.id, i.data_says) from item i
        where i.customer_id = p.customer_id and i.engagement_id = p.engagement_id and i.data_says is not null), '{}') as said
    from plan p join engagement e on e.customer_id = p.customer_id and e.id = p.engagement_id
    where p.customer_id = any(${[...customerIds]}::text[])
    order by p.customer_id, e.cycle desc`.execute(trx)
  return new Map(rows.map(row => [row.customer_id, row]))
}

/** Which of these items the saved plan had as done by the data and not by the word of a person. */
export async function doneByData(trx: Trx, customerId: string, itemIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select i ->> 'id' as id from plan p, json_array_elements(p.content -> 'processes') process,
      json_array_elements(process -> 'steps') step, json_array_elements(step -> 'items') i
    where p.customer_id = ${customerId} and i ->> 'id' = any(${[...itemIds]}::text[])
      and i ->> 'state' = 'done' and i ->> 'status' is distinct from 'complete'`.execute(trx)
  return new Set(rows.map(row => row.id))
}

/** Marks and unmarks items as fallen back. */
export async function setRegressed(
  trx: Trx,
  customerId: string,
  itemIds: readonly string[],
  on: Row<'plan'>['date'] | null,
): Promise<void> {
  if (itemIds.length === 0) return
  await sql`update item set regressed_on = ${on}::date where customer_id = ${customerId} and id = any(${[...itemIds]}::text[])`.execute(trx)
}

export type DataSays = Readonly<{ customerId: string; engagementId: string; id: string; says: Truth }>

/** Keeps what the data says of items that a person set complete; what it said before goes with the word of the person. */
export async function saveDataSays(trx: Trx, rows: readonly DataSays[]): Promise<void> {
  if (rows.length === 0) return
  await sql`update item i set data_says = n.says
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n("customerId" text, "engagementId" text, id text, says text)
    where i.customer_id = n."customerId" and i.engagement_id = n."engagementId" and i.id = n.id and i.status = 'complete'
      and i.data_says is distinct from n.says`.execute(trx)
}

export async function insertPlanChanges(trx: Trx, rows: readonly NewRow<'plan_change'>[]): Promise<void> {
  if (rows.length > 0) await trx.insertInto('plan_change').values(rows).execute()
}

/** Changes are news for this long. */
export const deleteOldPlanChanges = (db: Db, before: string) => db.deleteFrom('plan_change').where('at', '<', before).execute()
