import type { Db } from './database.ts'

type IdempotentRequestTable = {
  person_id: string
  key: string
  fingerprint: string
  status: number | null
  body: string | null
  at: string
}
const tableOf = (db: Db) => db.withTables<{ idempotent_request: IdempotentRequestTable }>()

/** Kept this long; a client that tries again later is doing something new. */
const KEPT_MS = 24 * 3600 * 1000
/** Longer than any request takes: a claim this old belongs to a process that is gone. */
const ABANDONED_MS = 15 * 60 * 1000

export type KeyedRequest = Readonly<{ person: string; key: string; fingerprint: string; now: Date }>
export type Claim =
  | { kind: 'first' }
  | { kind: 'in-progress' }
  | { kind: 'other-request' }
  | { kind: 'answered'; status: number; body: string }

/** Takes a key for one request, or says what became of the request that took it before. */
export async function claimRequest(db: Db, { person, key, fingerprint, now }: KeyedRequest): Promise<Claim> {
  const table = tableOf(db)
  await table
    .deleteFrom('idempotent_request')
    .where(({ and, or, eb }) =>
      or([
        eb('at', '<', before(now, KEPT_MS)),
        and([eb('person_id', '=', person), eb('key', '=', key), eb('status', 'is', null), eb('at', '<', before(now, ABANDONED_MS))]),
      ]),
    )
    .execute()
  const taken = await table
    .insertInto('idempotent_request')
    .values({ person_id: person, key, fingerprint, status: null, body: null, at: now.toISOString() })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  if (taken.numInsertedOrUpdatedRows === 1n) return { kind: 'first' }
  const found = await table
    .selectFrom('idempotent_request')
    .selectAll()
    .where('person_id', '=', person)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!found) return claimRequest(db, { person, key, fingerprint, now })
  if (found.fingerprint !== fingerprint) return { kind: 'other-request' }
  if (found.status === null || found.body === null) return { kind: 'in-progress' }
  return { kind: 'answered', status: found.status, body: found.body }
}

/** Keeps what the request answered, to be given again. */
export async function keepAnswer(db: Db, { person, key }: KeyedRequest, answer: { status: number; body: string }): Promise<void> {
  await tableOf(db).updateTable('idempotent_request').set(answer).where('person_id', '=', person).where('key', '=', key).execute()
}

/** Gives the key back after a request that changed nothing. */
export async function releaseRequest(db: Db, { person, key }: KeyedRequest): Promise<void> {
  await tableOf(db)
    .deleteFrom('idempotent_request')
    .where('person_id', '=', person)
    .where('key', '=', key)
    .where('status', 'is', null)
    .execute()
}

/** Deletes answers that are kept no longer, whoever's they are; answers how many. Runs as the system. */
export async function deleteOldAnswers(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await tableOf(db).deleteFrom('idempotent_request').where('at', '<', before(now, KEPT_MS)).executeTakeFirst()
  return Number(numDeletedRows)
}

const before = (now: Date, ms: number) => new Date(now.getTime() - ms).toISOString()

/** Answers kept for anybody, which hold what they saw. Runs as the system. */
export const forgetAnswers = (db: Db) => tableOf(db).deleteFrom('idempotent_request').execute()
