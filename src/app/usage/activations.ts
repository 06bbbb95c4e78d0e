import type { Trx } from '../../store/database.ts'
import type { Row } from '../../store/tables.ts'
import { type Change, deleteActivations, findActivations, saveActivations } from '../../store/usage-figures.ts'
import { importsBy } from '../../store/usage-imports.ts'
import type { ReadFile } from '../../usage/read-usage.ts'
import { outranks } from './newest.ts'

type Import = Row<'usage_import'>
type Read = Readonly<{ file: Pick<ReadFile, 'activations'>; row: Import }>

/** The newest report of activations speaks for the products that it names. */
export async function settleActivations(trx: Trx, change: Change, fresh: readonly Read[]): Promise<void> {
  const told = fresh.filter(({ file, row }) => file.activations.length > 0 && row.refresh_date !== null)
  if (told.length === 0) return
  const there = (await findActivations(trx, change.customerId)).filter(row => row.tenant_id === change.tenantId)
  const imports = new Map(
    (await importsBy(trx, change.customerId, [...new Set(there.map(row => row.import_id))])).map(row => [row.id, row]),
  )
  const best = new Map<string, { from: Import; row: Row<'usage_activation'> | null }>()
  for (const row of there) {
    const from = imports.get(row.import_id)
    if (from) best.set(row.product, { from, row: null })
  }
  for (const { file, row: from } of told) {
    for (const { product, assigned, activated, sharedComputer } of file.activations) {
      const other = best.get(product)
      if (other && !outranks(from, other.from)) continue
      const key = { customer_id: change.customerId, tenant_id: change.tenantId, product }
      // Only those with a refresh date are told.
      const row = { ...key, assigned, activated, shared_computer: sharedComputer, as_of: from.refresh_date!, import_id: from.id }
      best.set(product, { from, row })
    }
  }
  await saveActivations(
    trx,
    [...best.values()].flatMap(each => each.row ?? []),
  )
}

/** Activations without an import: by the files of the others that are kept. */
export async function withdrawActivations(trx: Trx, change: Change, again: readonly Read[]): Promise<void> {
  await deleteActivations(trx, change)
  await settleActivations(trx, change, again)
}
