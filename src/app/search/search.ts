import { AppError } from '../../model/errors.ts'
import type { FoundPeople, SearchQuery, SearchResults } from '../../model/note-api.ts'
import { searchNotes, searchPeople, wordsIn } from '../../store/note-search.ts'
import { type Context, todayOf } from '../context.ts'
import { cursorOf, placeOf } from '../notes/notes.ts'
import { type Actor, authorize } from '../policy.ts'
import { excerptOf } from './excerpt.ts'

const PEOPLE = 20

/** Notes of all customers that the actor may see, newest first. Throws `invalid-input` for a question without a word in it. */
export async function search(context: Context, actor: Actor, { q, limit, cursor }: SearchQuery): Promise<SearchResults> {
  authorize(actor, 'see-customer')
  const words = wordsIn(q)
  if (words.length === 0) throw new AppError('invalid-input', 'a search needs a word or a number')
  const before = cursor === undefined ? undefined : placeOf(cursor)
  const rows = await searchNotes(context.db, { words, before, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    results: shown.map(row => ({
      customer: { id: row.customer_id, name: row.customer },
      note: row.id,
      subject: row.subject,
      by: row.author,
      at: new Date(row.written_at).toISOString(),
      excerpt: excerptOf(row.body, words),
    })),
    next: rows.length > limit && last ? cursorOf({ at: new Date(last.written_at).toISOString(), id: last.id }) : null,
  }
}

/** Colleagues by a part of their name: those assigned to customers that the actor may see. */
export async function findPeople(context: Context, actor: Actor, q: string): Promise<FoundPeople> {
  authorize(actor, 'see-customer')
  return { people: await searchPeople(context.db, q, todayOf(context), PEOPLE) }
}
