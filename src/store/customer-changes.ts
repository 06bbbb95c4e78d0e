import { sql } from 'kysely'
import { OWNER_ROLE, searchKey } from './customers.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** The customer, archived or not. */
export const findAnyCustomer = (db: Db, id: string) => db.selectFrom('customer').selectAll().where('id', '=', id).executeTakeFirst()

/** The same, locked until the transaction ends. */
export const lockAnyCustomer = (trx: Trx, id: string) =>
  trx.selectFrom('customer').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()

/** Customers that are called so, whatever the case and the accents; archived ones too. */
export const customersNamed = (db: Db, name: string) =>
  db
    .selectFrom('customer')
    .select(['id', 'name', 'archived_at'])
    .where('search_key', '=', searchKey(name))
    .orderBy('id')
    .limit(20)
    .execute()

/** Ids that begin like this one: those a new id must differ from. */
export const idsLike = async (db: Db, id: string): Promise<ReadonlySet<string>> =>
  new Set((await db.selectFrom('customer').select('id').where('id', 'like', `${id}%`).limit(10_000).execute()).map(row => row.id))

/** Puts a customer away, or brings it back with null. */
export const setArchived = (trx: Trx, id: string, archived: Readonly<{ at: string | null; into?: string | null }>) =>
  trx
    .updateTable('customer')
    .set({ archived_at: archived.at, merged_into: archived.into ?? null })
    .where('id', '=', id)
    .execute()

/** Archived customers, the newest first, with the newest event that archived or merged each. */
export const archivedCustomers = (db: Db, { q, limit }: Readonly<{ q?: string | undefined; limit: number }>) => {
  let query = db
    .selectFrom('customer')
    .leftJoin('customer as target', 'target.id', 'customer.merged_into')
    .select(['customer.id', 'customer.name', 'customer.archived_at', 'customer.merged_into', 'target.name as merged_name'])
    .select(eb => [
      eb
        .selectFrom('event')
        .whereRef('event.customer_id', '=', 'customer.id')
        .where('event.kind', 'in', ['customer-archived', 'customer-merged-away'])
        .orderBy('event.seq', 'desc')
        .limit(1)
        .select('event.body')
        .as('body'),
    ])
    .where('customer.archived_at', 'is not', null)
    .orderBy('customer.archived_at', 'desc')
    .orderBy('customer.id')
    .limit(limit)
  if (q) {
    const key = searchKey(q)
    query = query.where(eb => eb.or([eb(sql<number>`strpos(customer.search_key, ${key})`, '>', 0), eb('customer.id', '=', q.trim())]))
  }
  return query.execute()
}

/** Customers merged into this one, and those merged into them before. Asked for the program: who sees few customers does not see these. */
export async function mergedInto(db: Db, id: string): Promise<readonly Pick<Row<'customer'>, 'id' | 'name' | 'archived_at'>[]> {
  const { rows } = await sql<Pick<Row<'customer'>, 'id' | 'name' | 'archived_at'>>`with recursive gone as (
      select id, name, archived_at from customer where merged_into = ${id}
      union all select c.id, c.name, c.archived_at from gone join customer c on c.merged_into = gone.id)
    select id, name, archived_at from gone order by archived_at desc, id`.execute(db)
  return rows
}

export const renameTenant = (trx: Trx, customerId: string, id: string, name: string) =>
  trx.updateTable('tenant').set({ name }).where('customer_id', '=', customerId).where('id', '=', id).execute()

/** Customers that fit, at most `limit`, by id. */
export async function chosenCustomers(
  db: Db,
  choice: Readonly<{
    q?: string | undefined
    segment?: string | undefined
    owner?: string | undefined
    team?: string | undefined
    ids?: readonly string[] | undefined
  }>,
  limit: number,
): Promise<readonly { id: string; name: string }[]> {
  let query = db.selectFrom('customer').select(['id', 'name']).where('archived_at', 'is', null).orderBy('id').limit(limit)
  const { q, segment, owner, team, ids } = choice
  if (q) query = query.where(eb => eb.or([eb(sql<number>`strpos(search_key, ${searchKey(q)})`, '>', 0), eb('id', '=', q.trim())]))
  // The schema lets only segments through.
  if (segment) query = query.where(sql<string>`segment`, '=', segment)
  if (team) query = query.where('team_id', '=', team)
  if (ids) query = query.where('id', 'in', ids)
  if (owner) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('assignment')
          .whereRef('assignment.customer_id', '=', 'customer.id')
          .where('assignment.role', '=', OWNER_ROLE)
          .where('assignment.is_primary', '=', true)
          .where('assignment.person_id', '=', owner)
          .select('assignment.id'),
      ),
    )
  }
  return query.execute()
}

/** The customer that this one was merged into, and that one, and so on: the last; null for one that was not merged. */
export async function findMergedInto(db: Db, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select merged_target(${id}) as id`.execute(db)
  return rows[0]?.id ?? null
}
