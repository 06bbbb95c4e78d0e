import { sql } from 'kysely'
import type { PortfolioPage } from '../model/api.ts'
import type { Db } from './database.ts'

/** A page of 200 customers is some hundred kilobytes. */
const MOST_PAGES = 100

/** Pages of the portfolio, and how many customers there are, as they were found in one state of the database; for as long as it lasts. */
export type KeptPages = Readonly<{
  pages: Map<string, Promise<PortfolioPage>>
  totals: Map<string, Promise<number>>
  state: { now: string }
}>

export const keptPages = (): KeptPages => ({ pages: new Map(), totals: new Map(), state: { now: '' } })

/**
 * What decides which customers a query finds, besides the query. `state` is another one after every transaction that wrote something,
 * whoever's and in whatever table: it names the transactions whose work is seen. `person` is what the policies are told of the one who acts.
 */
export type Standing = Readonly<{ all: boolean; person: string; day: string; state: string }>

/**
 * For the rest of the transaction. Indexes that hold all columns are read from memory, which the server cannot know; sixty thousand sort
 * keys fit; and parallel workers shorten one page at the cost of everybody else's.
 */
const SETTINGS = sql`set_config('random_page_cost', '1.1', true) || set_config('work_mem', '16MB', true)
  || set_config('max_parallel_workers_per_gather', '0', true)`

export async function findStanding(db: Db): Promise<Standing> {
  const { rows } = await sql<Standing>`select coalesce(sees_all(), false) as all,
    acting_scope() || ' ' || acting_person() as person, acting_day()::text as day,
    concat_ws(' ', current_database(), pg_current_snapshot()) as state, ${SETTINGS} as settings`.execute(db)
  // A select without a table has one row.
  return rows[0] as Standing
}

/**
 * From `which`, or found now and kept under `key` for as long as the database stays in the state of `standing`. Whoever asks the same while
 * it is being found waits for that: after a change many ask at once.
 */
export async function keptOr<T>(
  kept: KeptPages,
  which: Map<string, Promise<T>>,
  { state }: Standing,
  key: string,
  find: () => Promise<T>,
): Promise<T> {
  if (kept.state.now !== state) {
    kept.pages.clear()
    kept.totals.clear()
    kept.state.now = state
  }
  const before = which.get(key)
  if (before !== undefined) {
    try {
      return await before
    } catch {
      // The one who looked for it is told of the error; it need not be ours.
      return find()
    }
  }
  // Not before it is kept: what `find` does first may be to see a later state.
  const found = Promise.resolve().then(find)
  if (which.size >= MOST_PAGES) which.clear()
  which.set(key, found)
  try {
    return await found
  } catch (error) {
    if (which.get(key) === found) which.delete(key)
    throw error
  }
}
