import { namesOf } from '../../store/customers.ts'
import type { Db } from '../../store/database.ts'
import type { Revealed } from './reveal.ts'

/** Names of the people whom events speak of by id, under `person`, `covers` and `by`. One query. */
export function namesIn(db: Db, revealed: readonly Revealed[]): Promise<ReadonlyMap<string, string>> {
  return namesOf(db, [...new Set(revealed.flatMap(({ data }) => [...peopleIn(data)]))])
}

const PARTS: ReadonlySet<string> = new Set(['person', 'covers', 'by'])

function* peopleIn(value: unknown): Generator<string> {
  if (value === null || typeof value !== 'object') return
  for (const [name, each] of Object.entries(value)) {
    if (PARTS.has(name) && typeof each === 'string') yield each
    else yield* peopleIn(each)
  }
}
