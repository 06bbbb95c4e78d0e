import { randomBytes } from 'node:crypto'
import type { AuthDb } from './auth-database.ts'

/** One-time tokens of links we send. What is kept under `identifier` is a hash: reading the table opens no account. */

export async function saveToken(db: AuthDb, identifier: string, value: string, expiresAt: Date): Promise<string> {
  const id = randomBytes(16).toString('hex')
  await db.insertInto('verification').values({ id, identifier, value, expires_at: expiresAt }).execute()
  return id
}

/** What a token stands for, if it has not ended; it stays good. */
export async function findToken(db: AuthDb, identifier: string, now: Date): Promise<string | undefined> {
  const row = await db
    .selectFrom('verification')
    .select('value')
    .where('identifier', '=', identifier)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.value
}

/** What a token stood for; nobody gets it a second time, also of two who ask at once. */
export async function consumeToken(db: AuthDb, identifier: string, now: Date): Promise<string | undefined> {
  const rows = await db.deleteFrom('verification').where('identifier', '=', identifier).returning(['value', 'expires_at']).execute()
  return rows.find(row => row.expires_at > now)?.value
}

export async function deleteTokensFor(db: AuthDb, value: string): Promise<void> {
  await db.deleteFrom('verification').where('value', '=', value).execute()
}
