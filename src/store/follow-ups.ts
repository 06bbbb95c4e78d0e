import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

/** A follow-up with the names of the one it is assigned to and of the one who made it. */
export type FollowUpRow = Row<'follow_up'> & Readonly<{ assignee_name: string | null; maker: string }>

export const insertFollowUp = (trx: Trx, row: NewRow<'follow_up'>) => trx.insertInto('follow_up').values(row).execute()

const withNames = (db: Db) =>
  db
    .selectFrom('follow_up')
    .innerJoin('person as maker', 'maker.id', 'follow_up.made_by')
    .leftJoin('person as assigned', 'assigned.id', 'follow_up.assignee')
    .selectAll('follow_up')
    .select(['assigned.name as assignee_name', 'maker.name as maker'])

/** Those of an engagement and what earlier ones left open, the earliest due first, those without a day last. */
export const findFollowUps = (db: Db, customerId: string, engagementId: string): Promise<FollowUpRow[]> =>
  withNames(db)
    .where('customer_id', '=', customerId)
    .where(eb => eb.or([eb('engagement_id', '=', engagementId), eb('closed_at', 'is', null)]))
    .orderBy('due', order => order.asc().nullsLast())
    .orderBy('made_at')
    .orderBy('follow_up.id')
    .execute()

export const findFollowUp = (db: Db, customerId: string, id: string): Promise<FollowUpRow | undefined> =>
  withNames(db).where('customer_id', '=', customerId).where('follow_up.id', '=', id).executeTakeFirst()

export type FollowUpChange = Partial<
  Pick<Row<'follow_up'>, 'title' | 'service' | 'assignee' | 'due' | 'status' | 'reason' | 'note' | 'closed_at'>
>

export const changeFollowUp = (
  trx: Trx,
  { customerId, id, version }: Readonly<{ customerId: string; id: string; version: number }>,
  change: FollowUpChange,
) =>
  trx
    .updateTable('follow_up')
    .set({ ...change, version })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .execute()

/** The open engagement of a customer, else its last one; undefined before the first plan. */
export const findEngagement = (db: Db, customerId: string) =>
  db.selectFrom('engagement').selectAll().where('customer_id', '=', customerId).orderBy('cycle', 'desc').limit(1).executeTakeFirst()
