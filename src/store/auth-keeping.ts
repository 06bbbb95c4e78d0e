import type { AuthDb } from './auth-database.ts'

/** Takes away what has ended; answers how many rows of each. */
export async function purgeAuth(
  db: AuthDb,
  { now, sessionsBegunBefore }: { now: Date; sessionsBegunBefore: Date },
): Promise<Readonly<Record<'sessions' | 'verifications' | 'keys' | 'failures' | 'addresses', number>>> {
  const sessions = await db
    .deleteFrom('session')
    .where(eb => eb.or([eb('expires_at', '<=', now), eb('created_at', '<=', sessionsBegunBefore)]))
    .executeTakeFirst()
  const verifications = await db.deleteFrom('verification').where('expires_at', '<=', now).executeTakeFirst()
  const keys = await db.deleteFrom('api_key').where('expires_at', '<=', now).executeTakeFirst()
  const failures = await db.deleteFrom('sign_in_failure').where('expire', '<=', String(now.getTime())).executeTakeFirst()
  // Addresses that were slowed down; the longest window is a minute.
  const addresses = await db
    .deleteFrom('rate_limit')
    .where('last_request', '<', String(now.getTime() - 3600_000))
    .executeTakeFirst()
  return {
    sessions: Number(sessions.numDeletedRows),
    verifications: Number(verifications.numDeletedRows),
    keys: Number(keys.numDeletedRows),
    failures: Number(failures.numDeletedRows),
    addresses: Number(addresses.numDeletedRows),
  }
}
