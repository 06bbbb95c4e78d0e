import { sql } from 'kysely'
import { FOLLOW_UP } from '../model/item-api.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

/** Adds notifications; one of the same person and key is there already and stays. Answers how many were added. */
export async function insertNotifications(trx: Trx, rows: readonly NewRow<'notification'>[]): Promise<number> {
  if (rows.length === 0) return 0
  // Nothing is returned and no columns are named: whoever tells somebody else may not read what that person was told.
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('notification')
    .values([...rows])
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows ?? 0n)
}

export type NotificationCursor = Readonly<{ at: string; id: string }>

/** Of customers that may not be seen (any more), row-level security shows nothing; then neither is what was told of them. */
const shown = (db: Db, personId: string) =>
  db
    .selectFrom('notification as n')
    .leftJoin('customer as c', 'c.id', 'n.customer_id')
    .where('n.person_id', '=', personId)
    .where(eb => eb.or([eb('n.customer_id', 'is', null), eb('c.id', 'is not', null)]))

export type ShownNotification = Row<'notification'> & Readonly<{ customer: string | null }>

/** What a person was told, newest first. Runs as the person. */
export const notificationsOf = (
  db: Db,
  personId: string,
  { limit, after, isUnseen }: Readonly<{ limit: number; after?: NotificationCursor | undefined; isUnseen: boolean }>,
): Promise<ShownNotification[]> =>
  shown(db, personId)
    .selectAll('n')
    .select('c.name as customer')
    .$if(isUnseen, query => query.where('n.seen_at', 'is', null))
    .$if(after !== undefined, query =>
      // Under this condition there is a cursor.
      query.where(({ eb, refTuple, tuple }) => eb(refTuple('n.made_at', 'n.id'), '<', tuple(after!.at, after!.id))),
    )
    .orderBy('n.made_at', 'desc')
    .orderBy('n.id', 'desc')
    .limit(limit)
    .execute()

/** How many of those the person has not seen. */
export async function countUnseen(db: Db, personId: string): Promise<number> {
  const row = await shown(db, personId)
    .where('n.seen_at', 'is', null)
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

/** Marks these of a person as seen, or as new again. */
export const markNotifications = (db: Db, personId: string, ids: readonly string[], seenAt: string | null) =>
  db.updateTable('notification').set({ seen_at: seenAt }).where('person_id', '=', personId).where('id', 'in', ids).execute()

/** Marks all of a person that were made until a moment as seen. */
export const markAllNotifications = (db: Db, personId: string, { until, at }: Readonly<{ until: string; at: string }>) =>
  db
    .updateTable('notification')
    .set({ seen_at: at })
    .where('person_id', '=', personId)
    .where('made_at', '<=', until)
    .where('seen_at', 'is', null)
    .execute()

export type Untold = Pick<Row<'notification'>, 'id' | 'person_id' | 'kind' | 'customer_id' | 'path' | 'summary' | 'made_at'>

const untold = (db: Db, since: string) =>
  db.selectFrom('notification').where('told_at', 'is', null).where('seen_at', 'is', null).where('made_at', '>=', since)

/** Who was told something since then that they have neither seen nor been sent. */
export async function peopleToTell(db: Db, since: string): Promise<readonly string[]> {
  const rows = await untold(db, since).select('person_id').distinct().orderBy('person_id').execute()
  return rows.map(row => row.person_id)
}

/** Those of one person, oldest first, locked: of two that tell, one finds them. */
export const takeUntold = (trx: Trx, personId: string, since: string): Promise<Untold[]> =>
  untold(trx, since)
    .select(['id', 'person_id', 'kind', 'customer_id', 'path', 'summary', 'made_at'])
    .where('person_id', '=', personId)
    .orderBy('made_at')
    .orderBy('id')
    .forUpdate()
    .skipLocked()
    .execute()

export const markTold = (trx: Trx, ids: readonly string[], at: string) =>
  trx.updateTable('notification').set({ told_at: at }).where('id', 'in', ids).execute()

/** Deletes what is older; answers how many. */
export async function deleteNotifications(db: Db, before: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('notification').where('made_at', '<', before).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** For a copy of a person's data. */
export const ownNotifications = (db: Db, personId: string) =>
  db
    .selectFrom('notification')
    .select(['kind', 'customer_id', 'summary', 'path', 'made_at', 'seen_at', 'told_at'])
    .where('person_id', '=', personId)
    .orderBy('made_at')
    .orderBy('id')
    .execute()

/** What a person chose and keeps, for a copy of their data. */
export const ownChoices = async (db: Db, personId: string) => ({
  preferences: await db.selectFrom('preference').select(['name', 'value']).where('person_id', '=', personId).orderBy('name').execute(),
  views: await db.selectFrom('saved_view').select(['screen', 'name', 'search']).where('person_id', '=', personId).orderBy('name').execute(),
  feeds: await db.selectFrom('calendar_feed').select(['made_at', 'read_at']).where('person_id', '=', personId).execute(),
  expertise: await db
    .selectFrom('expert_profile')
    .select(['is_expert', 'skills', 'services', 'languages', 'regions', 'at_once', 'changed_at'])
    .where('person_id', '=', personId)
    .execute(),
})

/** Takes away what a person was told, chose and keeps; answers how many of each. */
export async function deleteOwn(trx: Trx, personId: string) {
  const count = async (table: 'notification' | 'preference' | 'saved_view' | 'calendar_feed' | 'expert_profile') =>
    Number((await trx.deleteFrom(table).where('person_id', '=', personId).executeTakeFirstOrThrow()).numDeletedRows)
  return {
    notification: await count('notification'),
    preference:
      (await count('preference')) + (await count('saved_view')) + (await count('calendar_feed')) + (await count('expert_profile')),
  }
}

/** Whom a change of a customer concerns: those who stand first in a role on this day, also for the service when it names one. */
export async function ownersOf(
  db: Db,
  customerIds: readonly string[],
  today: string,
): Promise<readonly Readonly<{ customer_id: string; person_id: string; service: string | null }>[]> {
  if (customerIds.length === 0) return []
  const { rows } = await sql<{ customer_id: string; person_id: string; service: string | null }>`
    select distinct customer_id, person_id, service from assignment
    where customer_id = any(${[...customerIds]}::text[]) and is_primary and since <= ${today} and (until is null or until >= ${today})
    order by customer_id, person_id`.execute(db)
  return rows
}

/** An item or follow-up that is due by one of these days, of a customer that is there. */
export type DueItem = Readonly<{
  customer_id: string
  customer: string
  engagement_id: string
  id: string
  service: string | null
  /** Of a follow-up; null: the playbook's. */
  title: string | null
  assignee: string | null
  due: string
}>

/** Items and follow-ups that nobody has done and that fall due on these days, a person's own date before the playbook's; `after` pages. */
export async function dueItems(
  db: Db,
  { from, until, after, limit }: Readonly<{ from: string; until: string; after: DueItem | undefined; limit: number }>,
): Promise<readonly DueItem[]> {
  const last = [after?.customer_id ?? '', after?.engagement_id ?? '', after?.id ?? '']
  const { rows } = await sql<DueItem>`
    select w.customer_id, c.name as customer, w.engagement_id, w.id, w.service, w.title, w.assignee, w.due
    from (
      select i.customer_id, i.engagement_id, i.id, i.service, null as title, i.assignee, coalesce(i.due_set, i.due) as due
      from item i join engagement e on e.customer_id = i.customer_id and e.id = i.engagement_id and e.state = 'open'
      where i.state = 'due' and coalesce(i.due_set, i.due) between ${from} and ${until}
      union all
      select customer_id, engagement_id, ${FOLLOW_UP}::text || id, service, title, assignee, due
      from follow_up where closed_at is null and due between ${from} and ${until}
    ) w join customer c on c.id = w.customer_id and c.archived_at is null
    where (w.customer_id, w.engagement_id, w.id) > (${last[0]}, ${last[1]}, ${last[2]})
    order by w.customer_id, w.engagement_id, w.id limit ${limit}`.execute(db)
  return rows
}

/** Who items of these customers are assigned to. */
export async function assigneesOf(
  db: Db,
  customerIds: readonly string[],
): Promise<readonly Readonly<{ customer_id: string; id: string; assignee: string }>[]> {
  const { rows } = await sql<{ customer_id: string; id: string; assignee: string }>`
    select customer_id, id, assignee from item
    where customer_id = any(${[...customerIds]}::text[]) and assignee is not null`.execute(db)
  return rows
}

export async function customerNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from customer where id = any(${[...ids]}::text[])`.execute(db)
  return new Map(rows.map(row => [row.id, row.name]))
}
