import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'
import type { NewRow } from './tables.ts'

type Screen = NewRow<'saved_view'>['screen']

/** One's own views and those others share, one's own first, by name. */
export const findViews = (db: Db, screen: Screen, personId: string) =>
  db
    .selectFrom('saved_view')
    .innerJoin('person', 'person.id', 'saved_view.person_id')
    .selectAll('saved_view')
    .select('person.name as by')
    .where('screen', '=', screen)
    .where(eb => eb.or([eb('saved_view.person_id', '=', personId), eb('saved_view.is_shared', '=', true)]))
    .orderBy(eb => eb('saved_view.person_id', '=', personId), 'desc')
    .orderBy(sql`lower(saved_view.name)`)
    .execute()

export const findView = (db: Db, id: string) => db.selectFrom('saved_view').selectAll().where('id', '=', id).executeTakeFirst()

export const insertView = (trx: Trx, row: NewRow<'saved_view'>) => trx.insertInto('saved_view').values(row).execute()

/** Whether the view was still as the one who changes it saw it. */
export async function updateView(
  trx: Trx,
  { id, version, ...row }: Pick<NewRow<'saved_view'>, 'name' | 'is_shared' | 'search'> & { id: string; version: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('saved_view')
    .set({ ...row, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export const deleteView = (trx: Trx, id: string) => trx.deleteFrom('saved_view').where('id', '=', id).execute()

export async function findPreference(db: Db, personId: string, name: string): Promise<unknown> {
  const row = await db
    .selectFrom('preference')
    .select('value')
    .where('person_id', '=', personId)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

export const savePreference = (trx: Db, personId: string, name: string, value: unknown) =>
  trx
    .insertInto('preference')
    .values({ person_id: personId, name, value: JSON.stringify(value) })
    .onConflict(conflict => conflict.columns(['person_id', 'name']).doUpdateSet({ value: JSON.stringify(value) }))
    .execute()
