import type { AuthDb } from '../../store/auth-database.ts'
import { deleteSession, findSession, sessionsOf } from '../../store/auth-sessions.ts'
import { FRESH_SECONDS } from './library.ts'
import type { SessionInfo, SignedIn } from './types.ts'

/** A person's open sessions, the one used last first. Tokens are not among what they say. */
export async function listSessions(db: AuthDb, personId: string, currentId?: string): Promise<SessionInfo[]> {
  return (await sessionsOf(db, personId, new Date())).map(row => ({
    id: row.id,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.updated_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    address: row.ip_address || null,
    agent: row.user_agent || null,
    isCurrent: row.id === currentId,
  }))
}

export const revokeSession = (db: AuthDb, personId: string, sessionId: string): Promise<boolean> => deleteSession(db, personId, sessionId)

/** Whether somebody signed in so lately that they may change how they sign in. Never with a key. */
export async function isFresh(db: AuthDb, actor: SignedIn): Promise<boolean> {
  if (actor.keyScopes !== null) return false
  const session = await findSession(db, actor.sessionId)
  return session !== undefined && Date.now() - session.created_at.getTime() < FRESH_SECONDS * 1000
}
