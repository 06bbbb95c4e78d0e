import type { AuthDb } from './auth-database.ts'
import type { AuthRow } from './auth-tables.ts'

export type OpenSession = Omit<AuthRow<'session'>, 'token'>
const SHOWN = ['id', 'user_id', 'expires_at', 'ip_address', 'user_agent', 'created_at', 'updated_at'] as const

/** Sessions that have not ended, the one used last first. */
export const sessionsOf = (db: AuthDb, userId: string, now: Date): Promise<OpenSession[]> =>
  db
    .selectFrom('session')
    .select([...SHOWN])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .execute()

/** Who a session token stands for. */
export const findSessionUser = (db: AuthDb, token: string) =>
  db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.user_id')
    .select(['session.id as session_id', 'session.created_at', 'user.id', 'user.email', 'user.is_demo'])
    .where('session.token', '=', token)
    .executeTakeFirst()

export const findSession = (db: AuthDb, id: string): Promise<OpenSession | undefined> =>
  db
    .selectFrom('session')
    .select([...SHOWN])
    .where('id', '=', id)
    .executeTakeFirst()

/** Ends one session of a person; whether there was one. */
export async function deleteSession(db: AuthDb, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('session').where('user_id', '=', userId).where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

/** Ends a session by its token, if it began then or before. */
export async function deleteSessionByToken(db: AuthDb, token: string, begunBy: Date): Promise<void> {
  await db.deleteFrom('session').where('token', '=', token).where('created_at', '<=', begunBy).execute()
}

/** Ends all sessions of a person but one; how many there were. */
export async function deleteSessions(db: AuthDb, userId: string, except?: string): Promise<number> {
  let query = db.deleteFrom('session').where('user_id', '=', userId)
  if (except !== undefined) query = query.where('id', '<>', except)
  return Number((await query.executeTakeFirst()).numDeletedRows)
}
