import { APIError } from 'better-auth/api'
import { AccessRight, AccessScope } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import type { AuthDb } from '../../store/auth-database.ts'
import { findUser } from '../../store/auth-people.ts'
import { deleteSession } from '../../store/auth-sessions.ts'
import { scopesOf } from './keys.ts'
import { KEY_PREFIX, type Library, LONGEST_SESSION_SECONDS } from './library.ts'
import type { SignedIn } from './types.ts'

/**
 * Who sent these headers: by a personal key where one is given, else by the session cookie. A key that is wrong, has ended or belongs to
 * somebody disabled is nobody, whatever cookie comes with it. Throws `too-many` when the key is used too often.
 */
export async function actorOf(library: Library, db: AuthDb, headers: Headers): Promise<SignedIn | undefined> {
  const key = keyOf(headers)
  if (key !== undefined) return actorOfKey(library, db, key)
  return headers.has('cookie') ? actorOfSession(library, db, headers) : undefined
}

/** `Authorization: Bearer imp_…` or `x-api-key`. Another kind of authorization is not ours to judge. */
function keyOf(headers: Headers): string | undefined {
  const bearer = /^Bearer +(.*)$/i.exec(headers.get('authorization') ?? '')?.[1]?.trim()
  return headers.get('x-api-key') ?? bearer
}

const LOOKS_LIKE_A_KEY = new RegExp(`^${KEY_PREFIX}[a-zA-Z]{64}$`)

async function actorOfKey(library: Library, db: AuthDb, key: string): Promise<SignedIn | undefined> {
  if (!LOOKS_LIKE_A_KEY.test(key)) return undefined
  const answer = await library.api.verifyApiKey({ body: { key } })
  if (!answer.valid || !answer.key) {
    if (answer.error?.code !== 'RATE_LIMITED') return undefined
    throw new AppError('too-many', 'this key is used too often; wait a minute', { details: { retryAfterSeconds: 60 } })
  }
  const user = await findUser(db, answer.key.referenceId)
  if (!user || user.disabled_at) return undefined
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    right: AccessRight.parse(user.access_right),
    scope: AccessScope.parse(user.access_scope),
    locale: user.locale ?? 'en',
    sessionId: answer.key.id,
    keyScopes: scopesOf(answer.key.permissions),
    isDemo: user.is_demo,
  }
}

async function actorOfSession(library: Library, db: AuthDb, headers: Headers): Promise<SignedIn | undefined> {
  const found = await currentSession(library, headers)
  if (!found || found.user.disabledAt) return undefined
  const { session, user } = found
  if (Date.now() - session.createdAt.getTime() >= LONGEST_SESSION_SECONDS * 1000) {
    await deleteSession(db, user.id, session.id)
    return undefined
  }
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    right: AccessRight.parse(user.accessRight),
    scope: AccessScope.parse(user.accessScope),
    locale: user.locale ?? 'en',
    sessionId: session.id,
    keyScopes: null,
    isDemo: user.isDemo ?? false,
  }
}

/** The session of a cookie that the library signed, extended when a day has passed. */
export async function currentSession(library: Library, headers: Headers) {
  try {
    return await library.api.getSession({ headers })
  } catch (error) {
    // Ended by somebody else while it was being extended.
    if (error instanceof APIError) return null
    throw error
  }
}
