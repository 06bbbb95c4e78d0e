import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type EngagementKey = Readonly<{ customerId: string; engagementId: string }>

/** The cycles of a customer, the newest first, each with what came of it. */
export async function findEngagements(db: Db, customerId: string): Promise<readonly EngagementRecord[]> {
  const rows = await db.selectFrom('engagement').selectAll().where('customer_id', '=', customerId).orderBy('cycle', 'desc').execute()
  const outcomes = await db
    .selectFrom('outcome')
    .leftJoin('person', 'person.id', 'outcome.recorded_by')
    .selectAll('outcome')
    .select('person.name as by')
    .where('customer_id', '=', customerId)
    .orderBy('outcome')
    .execute()
  return rows.map(row => ({ ...row, outcomes: outcomes.filter(each => each.engagement_id === row.id) }))
}
export type EngagementRecord = Row<'engagement'> & Readonly<{ outcomes: readonly (Row<'outcome'> & { by: string | null })[] }>

export const findReview = (db: Db, { customerId, engagementId }: EngagementKey) =>
  db
    .selectFrom('review')
    .innerJoin('person', 'person.id', 'review.opened_by')
    .selectAll('review')
    .select('person.name as by')
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', engagementId)
    .executeTakeFirst()

export const openReview = (trx: Trx, row: NewRow<'review'>) => trx.insertInto('review').values(row).execute()

export const removeReview = (trx: Trx, { customerId, engagementId }: EngagementKey) =>
  trx.deleteFrom('review').where('customer_id', '=', customerId).where('engagement_id', '=', engagementId).execute()

/** How an engagement stands; `closedAt` null: open. */
export const changeEngagement = (
  trx: Trx,
  { customerId, engagementId }: EngagementKey,
  change: { state: Row<'engagement'>['state']; closedAt: string | null; cancelReason: string | null },
) =>
  trx
    .updateTable('engagement')
    .set({ state: change.state, closed_at: change.closedAt, cancel_reason: change.cancelReason })
    .where('customer_id', '=', customerId)
    .where('id', '=', engagementId)
    .execute()

export const insertEngagement = (trx: Trx, row: NewRow<'engagement'>) => trx.insertInto('engagement').values(row).execute()

/**
 * Facts that hold for one cycle only are kept with the one that ended, and are unknown again: what was decided, confirmed, taken and asked.
 * `names` are patterns of LIKE.
 */
export async function keepFactsOf(trx: Trx, { customerId, engagementId }: EngagementKey, names: readonly string[]): Promise<void> {
  await sql`with gone as (delete from fact where customer_id = ${customerId} and name like any(${[...names]}::text[]) returning *)
    insert into engagement_fact (customer_id, engagement_id, name, service, value, source, as_of, recorded_at)
    select customer_id, ${engagementId}, name, service, value, source, as_of, recorded_at from gone`.execute(trx)
}

/** Facts that were kept with an engagement hold again. */
export async function returnFactsOf(trx: Trx, { customerId, engagementId }: EngagementKey, version: number): Promise<void> {
  await sql`with back as (delete from engagement_fact where customer_id = ${customerId} and engagement_id = ${engagementId} returning *)
    insert into fact (customer_id, name, service, value, source, as_of, recorded_at, version)
    select customer_id, name, service, value, source, as_of, recorded_at, ${version} from back
    on conflict do nothing`.execute(trx)
}

export const removeEngagement = (trx: Trx, { customerId, engagementId }: EngagementKey) =>
  trx.deleteFrom('engagement').where('customer_id', '=', customerId).where('id', '=', engagementId).execute()

export const findOutcomesOf = (db: Db, { customerId, engagementId }: EngagementKey) =>
  db.selectFrom('outcome').selectAll().where('customer_id', '=', customerId).where('engagement_id', '=', engagementId).execute()
