import { sql } from 'kysely'
import type { Day } from '../model/words.ts'
import { type BulkRow, insertRows } from './bulk.ts'
import { OWNER_ROLE } from './customers.ts'
import type { Db, Trx } from './database.ts'
import { CUSTOMER_CHAIN, chain, type NewEvent } from './events.ts'
import type { Row } from './tables.ts'

export type Assignment = Row<'assignment'>

/** Everybody who works or worked for a customer, with names, the newest first. */
export const findAssignments = (db: Db, customerId: string) =>
  db
    .selectFrom('assignment')
    .innerJoin('person', 'person.id', 'assignment.person_id')
    .leftJoin('person as absent', 'absent.id', 'assignment.covers')
    .selectAll('assignment')
    .select(['person.name as person', 'absent.name as absent'])
    .where('customer_id', '=', customerId)
    .orderBy('since', 'desc')
    .orderBy('is_primary', 'desc')
    .orderBy('person.name')
    .orderBy('assignment.id')
    .execute()

/** Customers a person is assigned to on a day, by name. */
export const assignmentsOf = (db: Db, personId: string, today: Day) =>
  holding(db, today)
    .innerJoin('customer', 'customer.id', 'assignment.customer_id')
    .leftJoin('person as absent', 'absent.id', 'assignment.covers')
    .select(['assignment.customer_id', 'assignment.role', 'assignment.service', 'assignment.until'])
    .select(['customer.name as customer', 'absent.name as absent'])
    .where('assignment.person_id', '=', personId)
    .where('customer.archived_at', 'is', null)
    .orderBy('customer.search_key')
    .orderBy('customer.id')
    .orderBy('assignment.role')
    .execute()

export type Held = Readonly<{ person: string; name: string; customers: number; owned: number }>

/** Of how many customers each person has something to do on a day, and how many they own; of those the one who asks may see. */
export const countHeld = (db: Db, today: Day): Promise<Held[]> =>
  holding(db, today)
    .innerJoin('customer', 'customer.id', 'assignment.customer_id')
    .innerJoin('person', 'person.id', 'assignment.person_id')
    .where('customer.archived_at', 'is', null)
    .select(['person.id as person', 'person.name'])
    .select(eb => [
      eb.fn.count<number>('assignment.customer_id').distinct().as('customers'),
      eb.fn
        .count<number>('assignment.customer_id')
        .distinct()
        .filterWhere(each => each.and([each('role', '=', OWNER_ROLE), each('is_primary', '=', true)]))
        .as('owned'),
    ])
    .groupBy(['person.id', 'person.name'])
    .execute()

const holding = (db: Db, day: Day) =>
  db
    .selectFrom('assignment')
    .where('since', '<=', day)
    .where(eb => eb.or([eb('until', 'is', null), eb('until', '>=', day)]))

/** What holds of a person on a day and what begins later, of customers that are there; of the given ones when there are any given. */
export async function openAssignments(
  db: Db,
  personIds: readonly string[],
  day: Day,
  customers: readonly string[] | null,
): Promise<Assignment[]> {
  let query = db
    .selectFrom('assignment')
    .innerJoin('customer', 'customer.id', 'assignment.customer_id')
    .selectAll('assignment')
    .where('person_id', 'in', personIds)
    .where('customer.archived_at', 'is', null)
    .where(eb => eb.or([eb('until', 'is', null), eb('until', '>=', day)]))
    .orderBy('customer_id')
    .orderBy('assignment.id')
  if (customers) query = query.where('customer_id', 'in', customers)
  return query.execute()
}

/** Answers whether there was a primary in this role; there is none afterwards. */
export async function dropPrimary(trx: Trx, customerId: string, role: string): Promise<Assignment | undefined> {
  return trx
    .updateTable('assignment')
    .set({ is_primary: false })
    .where('customer_id', '=', customerId)
    .where('role', '=', role)
    .where('is_primary', '=', true)
    .returningAll()
    .executeTakeFirst()
}

export const insertAssignment = (trx: Trx, row: Assignment) => trx.insertInto('assignment').values(row).execute()

/** Many at once, in one statement. */
export const insertAssignments = (trx: Trx, rows: readonly BulkRow<'assignment'>[]): Promise<void> => insertRows(trx, 'assignment', rows)

export const changeAssignment = (
  trx: Trx,
  { customer_id, id }: Pick<Assignment, 'customer_id' | 'id'>,
  change: Partial<Pick<Assignment, 'is_primary' | 'until'>>,
) => trx.updateTable('assignment').set(change).where('customer_id', '=', customer_id).where('id', '=', id).execute()

/** Gives each its new last day, in one statement. */
export async function prolong(trx: Trx, rows: readonly (Pick<Assignment, 'customer_id' | 'id'> & { until: Day })[]): Promise<void> {
  if (rows.length === 0) return
  await sql`update assignment a set until = given.until
    from unnest(${rows.map(row => row.customer_id)}::text[], ${rows.map(row => row.id)}::text[], ${rows.map(row => row.until)}::date[])
      as given (customer_id, id, until)
    where a.customer_id = given.customer_id and a.id = given.id`.execute(trx)
}

export const removeAssignment = (trx: Trx, customerId: string, id: string) =>
  trx.deleteFrom('assignment').where('customer_id', '=', customerId).where('id', '=', id).execute()

export const setTeamOf = (trx: Trx, customerIds: readonly string[], teamId: string | null) =>
  trx
    .updateTable('customer')
    .set({ team_id: teamId })
    .where('id', 'in', [...customerIds])
    .execute()

/**
 * The customer's version that the newest event of these kinds made; 0 without any. Their data names it: other changes of the customer
 * raise the version too and are no conflict.
 */
export async function versionOfNewest(db: Db, customerId: string, kinds: readonly string[]): Promise<number> {
  const row = await db
    .selectFrom('event')
    .select('body')
    .where('customer_id', '=', customerId)
    .where('kind', 'in', kinds)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  // Only this program writes these events.
  return row ? ((JSON.parse(row.body) as { data: { version?: number } }).data.version ?? 0) : 0
}

/** Counts a change of each customer; answers the new versions. */
export async function raiseVersions(trx: Trx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .updateTable('customer')
    .set(eb => ({ version: eb('version', '+', 1) }))
    .where('id', 'in', ids)
    .returning(['id', 'version'])
    .execute()
  return new Map(rows.map(row => [row.id, row.version]))
}

/** Events of many customers in three statements; the rows of the customers must be locked. Each costs a lock: some thousands at most. */
export async function appendToMany(trx: Trx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const byCustomer = new Map<string, NewEvent[]>()
  for (const event of events) byCustomer.set(event.customerId, [...(byCustomer.get(event.customerId) ?? []), event])
  // In one order for all, so that two such writers never wait for each other.
  await sql`select pg_advisory_xact_lock(${CUSTOMER_CHAIN}, chain) from (
    select distinct hashtext(id) as chain from unnest(${[...byCustomer.keys()]}::text[]) as given (id) order by 1) as chains`.execute(trx)
  const last = await trx
    .selectFrom('event')
    .distinctOn('customer_id')
    .select(['customer_id', 'seq', 'hash'])
    .where('customer_id', 'in', [...byCustomer.keys()])
    .orderBy('customer_id')
    .orderBy('seq', 'desc')
    .execute()
  const lastOf = new Map(last.map(row => [row.customer_id, row]))
  await insertRows(
    trx,
    'event',
    [...byCustomer].flatMap(([id, own]) => chain(own, lastOf.get(id))),
  )
}
