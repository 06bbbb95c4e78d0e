import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

export type Installation = Row<'installation'>

// The migration made the one row of this table, and nobody may delete it.
export const getInstallation = (db: Db): Promise<Installation> => db.selectFrom('installation').selectAll().executeTakeFirstOrThrow()

/** The row locked until the transaction ends: whoever changes settings or sets up follows the one before. */
export const lockInstallation = (trx: Trx): Promise<Installation> =>
  trx.selectFrom('installation').selectAll().forUpdate().executeTakeFirstOrThrow()

export async function changeInstallation(
  trx: Trx,
  change: { unassigned?: Installation['unassigned']; retention?: Readonly<Record<string, number>> },
): Promise<void> {
  const { unassigned, retention } = change
  await trx
    .updateTable('installation')
    .set(eb => ({
      version: eb('version', '+', 1),
      ...(unassigned === undefined ? {} : { unassigned }),
      ...(retention === undefined ? {} : { retention: JSON.stringify(retention) }),
    }))
    .execute()
}

/** Keeps the hash of the code that lets the first administrator be made; null takes it away. */
export const keepSetupCode = (db: Db, hash: string | null) => db.updateTable('installation').set({ setup_code_hash: hash }).execute()
