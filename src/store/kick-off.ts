import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** SSAT of a customer; undefined while nobody wrote any of it. */
export const findKickoff = (db: Db, customerId: string): Promise<Row<'kickoff'> | undefined> =>
  db.selectFrom('kickoff').selectAll().where('customer_id', '=', customerId).executeTakeFirst()

/** DIBS of its services. */
export const findServiceKickoffs = (db: Db, customerId: string): Promise<readonly Row<'kickoff_service'>[]> =>
  db.selectFrom('kickoff_service').selectAll().where('customer_id', '=', customerId).execute()

export async function saveKickoff(trx: Trx, row: Row<'kickoff'>): Promise<void> {
  const { customer_id: _, ...changed } = row
  await trx
    .insertInto('kickoff')
    .values(row)
    .onConflict(conflict => conflict.column('customer_id').doUpdateSet(changed))
    .execute()
}

export async function saveServiceKickoff(trx: Trx, row: Row<'kickoff_service'>): Promise<void> {
  const { customer_id: _, service: __, ...changed } = row
  await trx
    .insertInto('kickoff_service')
    .values(row)
    .onConflict(conflict => conflict.columns(['customer_id', 'service']).doUpdateSet(changed))
    .execute()
}
