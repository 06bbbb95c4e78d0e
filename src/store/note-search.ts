import { sql } from 'kysely'
import { searchKey } from './customers.ts'
import type { Db } from './database.ts'
import type { NotePlace } from './notes.ts'

/** A text as it is searched: letters and digits without case and accents, the rest spaces. */
export const noteKey = (body: string): string => wordsIn(body).join(' ')

/** The words of a text or of a question, as they are compared. */
export const wordsIn = (text: string): readonly string[] =>
  searchKey(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')

export type FoundNote = Readonly<{
  customer_id: string
  customer: string
  id: string
  subject: string | null
  body: string
  author: string
  written_at: string
}>

/**
 * Notes that hold every one of these words or words that begin so, newest first, of customers that the one who asks may see. There is no
 * rank and no count: neither could tell of what one may not see.
 */
export async function searchNotes(
  db: Db,
  { words, before, limit }: Readonly<{ words: readonly string[]; before: NotePlace | undefined; limit: number }>,
): Promise<readonly FoundNote[]> {
  if (words.length === 0) return []
  const older = before ? sql`(n.written_at, n.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql`true`
  const query = words.map(word => `${word}:*`).join(' & ')
  const { rows } = await sql<FoundNote>`
    select n.customer_id, c.name as customer, n.id, n.subject, n.body, p.name as author, n.written_at
    from notes_with(to_tsquery('simple', ${query})) w
    join note n on n.customer_id = w.customer_id and n.id = w.id
    join customer c on c.id = n.customer_id and c.archived_at is null
    join person p on p.id = n.written_by
    where n.removed_at is null and ${older}
    order by n.written_at desc, n.id desc limit ${limit}`.execute(db)
  return rows
}

/** People assigned to customers that the one who asks may see, by a part of their name; how many such customers each has. */
export async function searchPeople(db: Db, q: string, today: string, limit: number) {
  const { rows } = await sql<{ id: string; name: string; customers: number }>`
    select p.id, p.name, count(distinct c.id)::int as customers
    from assignment a join customer c on c.id = a.customer_id and c.archived_at is null join person p on p.id = a.person_id
    where a.since <= ${today} and (a.until is null or a.until >= ${today}) and p.erased_at is null
      and ${q === '' ? sql`true` : sql`position(${q.toLowerCase()} in lower(p.name)) > 0`}
    group by p.id, p.name order by p.name, p.id limit ${limit}`.execute(db)
  return rows
}
