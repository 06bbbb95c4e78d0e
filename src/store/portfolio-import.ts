import { sql } from 'kysely'
import { OWNER_ROLE } from './customers.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** What a portfolio file is compared with. */
export type ImportedCustomer = Readonly<{
  row: Row<'customer'>
  owner: string | null
  tenants: readonly string[]
  services: readonly Row<'customer_service'>[]
}>

/** Of these customers, archived ones too; with `lock` their rows are locked, in the order of their ids. Four queries. */
export async function findForImport(db: Db, ids: readonly string[], lock: boolean): Promise<ReadonlyMap<string, ImportedCustomer>> {
  if (ids.length === 0) return new Map()
  const query = db.selectFrom('customer').selectAll().where('id', 'in', ids).orderBy('id')
  const rows = await (lock ? query.forNoKeyUpdate() : query).execute()
  if (rows.length === 0) return new Map()
  const owners = await db
    .selectFrom('assignment')
    .select(['customer_id', 'person_id'])
    .where('customer_id', 'in', ids)
    .where('role', '=', OWNER_ROLE)
    .where('is_primary', '=', true)
    .execute()
  const tenants = Map.groupBy(
    await db.selectFrom('tenant').select(['customer_id', 'id']).where('customer_id', 'in', ids).orderBy('id').execute(),
    each => each.customer_id,
  )
  const services = Map.groupBy(
    await db.selectFrom('customer_service').selectAll().where('customer_id', 'in', ids).orderBy('service').execute(),
    each => each.customer_id,
  )
  const ownerOf = new Map(owners.map(each => [each.customer_id, each.person_id]))
  return new Map(
    rows.map(row => [
      row.id,
      {
        row,
        owner: ownerOf.get(row.id) ?? null,
        tenants: (tenants.get(row.id) ?? []).map(each => each.id),
        services: services.get(row.id) ?? [],
      },
    ]),
  )
}

/** Team by customer. */
export const setTeams = (trx: Trx, customerId: string, team: string | null) =>
  trx.updateTable('customer').set({ team_id: team }).where('id', '=', customerId).execute()

export const removeTenants = (trx: Trx, customerId: string, ids: readonly string[]) =>
  trx.deleteFrom('tenant').where('customer_id', '=', customerId).where('id', 'in', ids).execute()

/** Puts several customers away at once. */
export const archiveAll = (trx: Trx, ids: readonly string[], at: string) =>
  sql`update customer set archived_at = ${at}::timestamptz where id = any(${[...ids]}::text[]) and archived_at is null`.execute(trx)
