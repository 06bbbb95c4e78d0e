import type { Db, Trx } from './database.ts'

/** What people chose, by person, then by name. */
export async function preferencesOf(db: Db, personIds: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const found = new Map<string, Record<string, unknown>>()
  if (personIds.length === 0) return found
  const rows = await db.selectFrom('preference').selectAll().where('person_id', 'in', personIds).execute()
  for (const { person_id, name, value } of rows) found.set(person_id, { ...found.get(person_id), [name]: value })
  return found
}

/** Keeps a choice; undefined takes it away. */
export async function savePreference(trx: Trx, personId: string, name: string, value: unknown): Promise<void> {
  if (value === undefined) {
    await trx.deleteFrom('preference').where('person_id', '=', personId).where('name', '=', name).execute()
    return
  }
  const row = { person_id: personId, name, value: JSON.stringify(value) }
  await trx
    .insertInto('preference')
    .values(row)
    .onConflict(conflict => conflict.columns(['person_id', 'name']).doUpdateSet({ value: row.value }))
    .execute()
}
