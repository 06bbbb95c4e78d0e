import type { Db } from '../../store/database.ts'

/** For tests: what is known of a customer's usage, without ids and moments, so that two customers compare. Imports are told by content. */
export async function figuresIn(db: Db, customerId: string) {
  const imports = await db.selectFrom('usage_import').select(['id', 'sha256']).where('customer_id', '=', customerId).execute()
  const told = new Map(imports.map(row => [row.id, row.sha256]))
  const content = (id: string | null) => (id === null ? null : (told.get(id) ?? id))
  const current = await db
    .selectFrom('usage_current')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('service')
    .orderBy('tenant_id')
    .execute()
  const days = await db
    .selectFrom('usage_day')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('service')
    .orderBy('day')
    .orderBy('tenant_id')
    .execute()
  const counts = await db
    .selectFrom('usage_count')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('service')
    .orderBy('day')
    .orderBy('tenant_id')
    .execute()
  const activations = await db.selectFrom('usage_activation').selectAll().where('customer_id', '=', customerId).orderBy('product').execute()
  return {
    current: current.map(({ customer_id: _c, import_ids, ...row }) => ({ ...row, imports: import_ids.map(content).sort() })),
    days: days.map(({ customer_id: _c, known_since: _k, import_id: _i, ...row }) => row),
    counts: counts.map(({ customer_id: _c, known_since: _k, import_id, ...row }) => ({ ...row, import: content(import_id) })),
    activations: activations.map(({ customer_id: _c, import_id, ...row }) => ({ ...row, import: content(import_id) })),
  }
}
