import { sql } from 'kysely'
import { type Assignment, insertAssignments } from './assignments.ts'
import type { Db, Trx } from './database.ts'

export const assignmentsOfMany = (db: Db, customerIds: readonly string[]): Promise<Assignment[]> =>
  db.selectFrom('assignment').selectAll().where('customer_id', 'in', customerIds).orderBy('customer_id').orderBy('id').execute()

type Step = Readonly<{ before: Assignment | null; after: Assignment | null }>

/** Takes away, changes and adds, in that order: a primary makes room before the next one comes. Three statements. */
export async function writeAssignments(trx: Trx, steps: readonly Step[]): Promise<void> {
  const gone = steps.flatMap(({ before, after }) => (before && !after ? [before] : []))
  const kept = steps.flatMap(({ before, after }) => (before && after ? [after] : []))
  if (gone.length > 0) {
    await sql`delete from assignment a using unnest(${gone.map(row => row.customer_id)}::text[], ${gone.map(row => row.id)}::text[])
      as given (customer_id, id) where a.customer_id = given.customer_id and a.id = given.id`.execute(trx)
  }
  // Those who stop being primary first: the database checks each row as it is written.
  for (const isPrimary of [false, true]) {
    const rows = kept.filter(row => row.is_primary === isPrimary)
    if (rows.length === 0) continue
    await sql`update assignment a set until = given.until, is_primary = ${isPrimary}
      from unnest(${rows.map(row => row.customer_id)}::text[], ${rows.map(row => row.id)}::text[], ${rows.map(row => row.until)}::date[])
        as given (customer_id, id, until)
      where a.customer_id = given.customer_id and a.id = given.id`.execute(trx)
  }
  await insertAssignments(
    trx,
    steps.flatMap(({ before, after }) => (!before && after ? [after] : [])),
  )
}
