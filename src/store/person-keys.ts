import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** Which key of a person: `period` is '' for the lasting one, a month such as `2026-11` for one that is kept for a time. */
export type KeyName = Readonly<{ personId: string; period: string }>

const KEYS_OF_PERSON = 4107

/** The wrapped keys that are there. */
export async function findKeys(db: Db, names: readonly KeyName[]): Promise<readonly Row<'person_key'>[]> {
  if (names.length === 0) return []
  return db
    .selectFrom('person_key')
    .selectAll()
    .where(eb =>
      eb(
        eb.refTuple('person_id', 'period'),
        'in',
        names.map(name => eb.tuple(name.personId, name.period)),
      ),
    )
    .execute()
}

/** Keeps a new key unless there is one; answers the one that is there. Undefined: the person was erased and gets none. */
export async function addKey(trx: Trx, key: Row<'person_key'>): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock_shared(${KEYS_OF_PERSON}, hashtext(${key.person_id}))`.execute(trx)
  const isThere = await trx
    .selectFrom('person')
    .select('id')
    .where('id', '=', key.person_id)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!isThere) return undefined
  await trx
    .insertInto('person_key')
    .values(key)
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const [kept] = await findKeys(trx, [{ personId: key.person_id, period: key.period }])
  return kept?.wrapped
}

/** Until the transaction ends nobody makes a key for this person. */
export const lockKeysOf = (trx: Trx, personId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(${KEYS_OF_PERSON}, hashtext(${personId}))`.execute(trx)

/** What was sealed for the person is readable no more; answers how many keys there were. */
export async function dropKeysOf(trx: Trx, personId: string): Promise<number> {
  return Number((await trx.deleteFrom('person_key').where('person_id', '=', personId).executeTakeFirst()).numDeletedRows)
}

/** Drops keys of months before this one; answers how many. */
export async function dropMonthsBefore(trx: Trx, month: string): Promise<number> {
  const { numDeletedRows } = await trx.deleteFrom('person_key').where('period', '!=', '').where('period', '<', month).executeTakeFirst()
  return Number(numDeletedRows)
}
