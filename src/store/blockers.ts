import { sql } from 'kysely'
import type { BlockerQuery } from '../model/blocker-api.ts'
import type { Day } from '../model/words.ts'
import { searchKey } from './customers.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

const withNames = (db: Db) =>
  db
    .selectFrom('blocker')
    .innerJoin('person as opener', 'opener.id', 'blocker.opened_by')
    .leftJoin('person as owner', 'owner.id', 'blocker.owner_id')
    .leftJoin('person as resolver', 'resolver.id', 'blocker.resolved_by')
    .leftJoin('person as escalated', 'escalated.id', 'blocker.escalated_to')
    .selectAll('blocker')
    .select(['opener.name as opener', 'owner.name as owner', 'resolver.name as resolver', 'escalated.name as escalated_name'])

export type BlockerWithNames = Awaited<ReturnType<typeof findBlockers>>[number]

/** Blockers of a customer: open ones first, those due soonest at the top; then resolved ones, newest first. */
export const findBlockers = (db: Db, customerId: string) =>
  withNames(db)
    .where('customer_id', '=', customerId)
    .orderBy(sql`resolved_at is not null`)
    .orderBy(sql`case when resolved_at is null then next_action_on end`, order => order.asc().nullsLast())
    .orderBy('resolved_at', 'desc')
    .orderBy('opened_at')
    .orderBy('blocker.id')
    .execute()

export const findBlocker = (db: Db, customerId: string, id: string) =>
  withNames(db).where('customer_id', '=', customerId).where('blocker.id', '=', id).executeTakeFirst()

export const insertBlockers = async (trx: Trx, rows: readonly NewRow<'blocker'>[]): Promise<void> => {
  if (rows.length > 0)
    await trx
      .insertInto('blocker')
      .values([...rows])
      .execute()
}

export type BlockerChange = Partial<Omit<NewRow<'blocker'>, 'customer_id' | 'id' | 'opened_by' | 'opened_at' | 'usage_opened'>>

export const changeBlocker = (trx: Trx, { customer_id, id }: Pick<Row<'blocker'>, 'customer_id' | 'id'>, change: BlockerChange) =>
  trx.updateTable('blocker').set(change).where('customer_id', '=', customer_id).where('id', '=', id).execute()

/** Who may own a blocker of a customer: those assigned on the day and members of its team, by name. */
export const findOwners = (db: Db, customerId: string, today: Day) =>
  db
    .selectFrom('person')
    .select(['person.id', 'person.name'])
    .where('person.erased_at', 'is', null)
    .where(
      sql<boolean>`exists (select from assignment a where a.person_id = person.id and a.customer_id = ${customerId}
          and a.since <= ${today} and (a.until is null or a.until >= ${today}))
        or exists (select from team_member m join customer c on c.team_id = m.team_id where c.id = ${customerId} and m.person_id = person.id)`,
    )
    .orderBy('person.name')
    .orderBy('person.id')
    .execute()

/**
 * Open blockers whose day has come and that wait for a reminder or an escalation, by customer and id, after one of them. The day is that
 * of the next action, else the one it was opened on.
 */
export async function findDueBlockers(
  db: Db,
  today: Day,
  after: Readonly<{ customer_id: string; id: string }> | null,
  limit: number,
): Promise<readonly Pick<Row<'blocker'>, 'customer_id' | 'id'>[]> {
  let query = db
    .selectFrom('blocker')
    .innerJoin('customer', 'customer.id', 'blocker.customer_id')
    .select(['blocker.customer_id', 'blocker.id'])
    .where('customer.archived_at', 'is', null)
    .where('resolved_at', 'is', null)
    .where(eb => eb.or([eb('reminded_on', 'is', null), eb('escalated_at', 'is', null)]))
    .where(sql<boolean>`coalesce(next_action_on, (opened_at at time zone 'utc')::date) <= ${today}`)
    .orderBy('blocker.customer_id')
    .orderBy('blocker.id')
    .limit(limit)
  if (after) query = query.where(sql<boolean>`(blocker.customer_id, blocker.id) > (${after.customer_id}, ${after.id}::uuid)`)
  return query.execute()
}

export type BlockerFilter = Omit<BlockerQuery, 'limit'>
type For = Readonly<{ today: Day; personId: string }>

const filtered = (db: Db, { q, state, service, reason, mine }: BlockerFilter, { today, personId }: For) => {
  let query = db
    .selectFrom('blocker')
    .innerJoin('customer', 'customer.id', 'blocker.customer_id')
    .where('customer.archived_at', 'is', null)
    .where('resolved_at', state === 'resolved' ? 'is not' : 'is', null)
  if (state === 'overdue') query = query.where('next_action_on', '<', today)
  // One of the whole customer stands in the way of each service.
  if (service) query = query.where(sql<boolean>`(${service} = any(blocker.services) or blocker.services = '{}')`)
  if (reason) query = query.where('blocker.reason', '=', reason)
  if (mine) query = query.where('owner_id', '=', personId)
  if (q) {
    const part = `%${searchKey(q).replace(/[\\%_]/g, '\\$&')}%`
    query = query.where(eb => eb.or([eb('customer.search_key', 'like', part), eb('blocker.title', 'ilike', part)]))
  }
  return query
}

export type BlockerRecord = Awaited<ReturnType<typeof findBlockerRows>>[number]

/** Blockers of all customers that may be seen: due soonest first, without a day last; resolved ones newest first. */
export const findBlockerRows = (db: Db, filter: BlockerFilter, of: For, { at, limit }: Readonly<{ at: number; limit: number }>) =>
  filtered(db, filter, of)
    .leftJoin('person as owner', 'owner.id', 'blocker.owner_id')
    .selectAll('blocker')
    .select(['customer.name as customer_name', 'owner.name as owner'])
    .orderBy('resolved_at', order => order.desc().nullsFirst())
    .orderBy('next_action_on', order => order.asc().nullsLast())
    .orderBy('customer.search_key')
    .orderBy('blocker.customer_id')
    .orderBy('opened_at')
    .orderBy('blocker.id')
    .offset(at)
    .limit(limit)
    .execute()

/** By reason, most first. */
export const sumBlockers = (db: Db, filter: BlockerFilter, of: For) =>
  filtered(db, filter, of)
    .select(eb => [
      'blocker.reason',
      eb.fn.countAll<number>().as('total'),
      sql<number>`coalesce(sum(blocker.seats), 0)::bigint`.as('seats'),
      sql<number>`count(*) filter (where blocker.seats is null)`.as('without_seats'),
    ])
    .groupBy('blocker.reason')
    .orderBy('total', 'desc')
    .orderBy('blocker.reason')
    .execute()
