import { sql } from 'kysely'
import type { Day } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type NoteRow = Row<'note'> & Readonly<{ author: string }>
/** The place of a note in its list, newest first. */
export type NotePlace = Readonly<{ at: string; id: string }>

const notesOf = (db: Db, customerId: string) =>
  db
    .selectFrom('note')
    .innerJoin('person', 'person.id', 'note.written_by')
    .selectAll('note')
    .select('person.name as author')
    .where('customer_id', '=', customerId)

/** Notes that were not removed, newest first; of one subject when one is given, older than `before` when there is one. */
export async function findNotes(
  db: Db,
  customerId: string,
  { subject, before, limit }: Readonly<{ subject?: string | undefined; before?: NotePlace | undefined; limit: number }>,
): Promise<NoteRow[]> {
  let query = notesOf(db, customerId).where('removed_at', 'is', null).orderBy('written_at', 'desc').orderBy('note.id', 'desc').limit(limit)
  if (subject !== undefined) query = query.where('subject', '=', subject)
  if (before) query = query.where(sql<boolean>`(written_at, note.id) < (${before.at}::timestamptz, ${before.id}::uuid)`)
  return query.execute()
}

/** One note, removed or not. */
export const findNote = (db: Db, customerId: string, id: string): Promise<NoteRow | undefined> =>
  notesOf(db, customerId).where('note.id', '=', id).executeTakeFirst()

export const insertNote = (trx: Trx, row: NewRow<'note'>) => trx.insertInto('note').values(row).execute()
export const insertNoteVersion = (trx: Trx, row: NewRow<'note_version'>) => trx.insertInto('note_version').values(row).execute()

export const changeNote = (
  trx: Trx,
  { customer_id, id }: Pick<Row<'note'>, 'customer_id' | 'id'>,
  change: Partial<Pick<Row<'note'>, 'body' | 'search_key' | 'mentions' | 'changed_at' | 'removed_at' | 'version'>>,
) => trx.updateTable('note').set(change).where('customer_id', '=', customer_id).where('id', '=', id).execute()

export const findNoteVersions = (db: Db, customerId: string, id: string) =>
  db
    .selectFrom('note_version')
    .innerJoin('person', 'person.id', 'note_version.written_by')
    .select(['seq', 'body', 'written_at', 'person.name as author'])
    .where('customer_id', '=', customerId)
    .where('note_id', '=', id)
    .orderBy('seq', 'desc')
    .execute()

/** The last day of a note or of a meeting that was held with the customer; null without any. */
export async function lastContact(db: Db, customerId: string): Promise<Day | null> {
  const { rows } = await sql<{ day: Day | null }>`
    select greatest(
      (select max(written_at) from note where customer_id = ${customerId} and removed_at is null),
      (select max(ends_at) from meeting where customer_id = ${customerId} and state = 'held' and kind <> 'internal')
    )::date as day`.execute(db)
  return rows[0]?.day ?? null
}

/** Templates of notes that people made or changed. */
export const findNoteTemplates = (db: Db) =>
  db.selectFrom('template').select(['id', 'title', 'language', 'body']).where('kind', '=', 'note').orderBy('title').orderBy('id').execute()

/** Who is tied to a customer on a day: assigned, or of its team. */
export async function tiedPeople(db: Db, customerId: string, today: Day): Promise<readonly { id: string; isAssigned: boolean }[]> {
  const { rows } = await sql<{ id: string; isAssigned: boolean }>`
    select id, bool_or(assigned) as "isAssigned" from (
      select person_id as id, true as assigned from assignment
        where customer_id = ${customerId} and since <= ${today} and (until is null or until >= ${today})
      union all
      select m.person_id, false from team_member m join customer c on c.team_id = m.team_id where c.id = ${customerId}) t
    group by id order by id`.execute(db)
  return rows
}
