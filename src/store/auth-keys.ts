import type { AuthDb } from './auth-database.ts'
import type { AuthRow } from './auth-tables.ts'

/** Personal keys without their hashes, the newest first. */
export const keysOf = (db: AuthDb, userId: string): Promise<Omit<AuthRow<'api_key'>, 'key' | 'rate_limit_max'>[]> =>
  db
    .selectFrom('api_key')
    .select(['id', 'name', 'start', 'reference_id', 'permissions', 'last_request', 'expires_at', 'created_at'])
    .where('reference_id', '=', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()

export async function deleteKey(db: AuthDb, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('api_key').where('reference_id', '=', userId).where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}
