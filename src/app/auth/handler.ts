import type { AuthDatabase } from '../../store/auth-database.ts'
import { changeUser, findUser, findUserByEmail, SSO_PROVIDER } from '../../store/auth-people.ts'
import { deleteSessionByToken, findSessionUser } from '../../store/auth-sessions.ts'
import { currentSession } from './actor.ts'
import { type CookieNames, readCookie, setCookieOf, unsigned } from './cookies.ts'
import type { Devices } from './device-cookie.ts'
import { type Endpoint, endpointOf, isSignIn, needsFreshSession, strangeFields } from './endpoints.ts'
import { FRESH_SECONDS, type Library, LONGEST_SESSION_SECONDS } from './library.ts'
import { findReset } from './links.ts'
import type { Attempt, LockOut } from './lock-out.ts'
import { type Weakness, weaknessOf } from './passwords.ts'
import { presented, refusal } from './responses.ts'
import type { Origin, SignInEventKind } from './types.ts'

type Body = Readonly<Record<string, unknown>>
type Parts = Readonly<{
  library: Library
  database: AuthDatabase
  devices: Devices
  lockOut: LockOut
  names: CookieNames
  hasSso: boolean
  tell: (kind: SignInEventKind, personId: string, origin: Origin) => Promise<void>
  later: (work: Promise<unknown>) => void
}>
type Who = NonNullable<Awaited<ReturnType<typeof currentSession>>>
type Asked = Readonly<{ endpoint: Endpoint; body: Body; headers: Headers; who: Who | null }>

/** Answers what `endpoints.ts` lists, by the library, with what we want to happen before and after. */
export function createHandler(parts: Parts): (request: Request) => Promise<Response> {
  return async request => {
    const endpoint = endpointOf(request)
    if (
      !endpoint ||
      request.url.includes('%00') ||
      (!parts.hasSso && (endpoint === 'POST /sign-in/social' || endpoint === `GET /callback/${SSO_PROVIDER}`))
    ) {
      return refusal(404, 'NOT_FOUND', 'There is nothing here')
    }
    const text = request.method === 'GET' ? '' : await request.text()
    const body = parseBody(text, request.headers)
    if (!body) return refusal(400, 'INVALID_BODY', 'The body is a JSON object')
    const strange = strangeFields(endpoint, body)
    if (strange.length > 0) return refusal(400, 'UNKNOWN_FIELD', `Unexpected field ${strange.join(', ')}`)
    const headers = forwarded(request.headers)
    await endTooOld(parts, headers)
    const who = await currentSession(parts.library, headers)
    const asked: Asked = { endpoint, body, headers, who }
    const attempt = await beginAttempt(parts, asked)
    if (attempt?.isRefused) return lockedOut(parts, asked, attempt)
    const resets = endpoint === 'POST /reset-password' ? await findReset(parts.database.db, String(body.token)) : undefined
    const refused = (await notFresh(asked)) ?? (await weakPassword(asked, resets)) ?? (await usedCode(parts, asked))
    const response =
      refused ?? (await parts.library.handler(new Request(request.url, { method: request.method, headers, body: text || null })))
    // Only a wrong guess counts; what was refused for another reason does not.
    if (attempt && response.status !== 401) await attempt.succeed()
    const cookies = await afterwards(parts, asked, response, resets?.id)
    return presented(response, { endpoint, sessionCookie: parts.names.session, cookies })
  }
}

/** An empty body is an empty object; undefined for anything but a JSON object. Forms of other pages cannot send JSON. */
function parseBody(text: string, headers: Headers): Body | undefined {
  if (text === '') return {}
  // No text of ours has it, and the database cannot keep it.
  if (/\\u0000/.test(text)) return undefined
  if (!/^application\/json\b/i.test(headers.get('content-type') ?? '')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined
  } catch {
    return undefined
  }
}

/** Without the key of a program, which is not for these; with a length that the table of sessions can be expected to keep. */
function forwarded(given: Headers): Headers {
  const headers = new Headers(given)
  headers.delete('authorization')
  headers.delete('x-api-key')
  headers.set('user-agent', (given.get('user-agent') ?? '').slice(0, 300))
  return headers
}

/** The library extends a session again and again; this ends it all the same. */
async function endTooOld({ database, names }: Parts, headers: Headers): Promise<void> {
  const cookie = readCookie(headers, names.session)
  if (cookie) await deleteSessionByToken(database.db, unsigned(cookie), new Date(Date.now() - LONGEST_SESSION_SECONDS * 1000))
}

async function beginAttempt(parts: Parts, asked: Asked): Promise<Attempt | undefined> {
  const kind = asked.endpoint === 'POST /sign-in/email' ? 'password' : 'code'
  const email = await emailAimedAt(parts, asked)
  return email === undefined ? undefined : parts.lockOut.begin(kind, email, asked.headers)
}

/** Whose account a guess is for: a password with its address, or a code after a password was right. */
async function emailAimedAt({ library, database, names }: Parts, { endpoint, body, headers, who }: Asked): Promise<string | undefined> {
  if (endpoint === 'POST /sign-in/email') return typeof body.email === 'string' ? body.email : undefined
  if (who || (endpoint !== 'POST /two-factor/verify-totp' && endpoint !== 'POST /two-factor/verify-backup-code')) return undefined
  const cookie = readCookie(headers, names.twoFactor)
  const { internalAdapter } = await library.$context
  const challenge = cookie ? await internalAdapter.findVerificationValue(unsigned(cookie)) : null
  return challenge ? (await findUser(database.db, challenge.value))?.email : undefined
}

async function lockedOut(parts: Parts, asked: Asked, attempt: Attempt & { isRefused: true }): Promise<Response> {
  if (attempt.isFirst) parts.later(tellOfAddress(parts, 'locked-out', asked))
  return refusal(429, 'TOO_MANY_FAILURES', 'Too many failed attempts. Wait, or use another way in.', attempt.retryAfterSeconds)
}

async function notFresh({ endpoint, who }: Asked): Promise<Response | undefined> {
  if (!needsFreshSession(endpoint) || !who || Date.now() - who.session.createdAt.getTime() < FRESH_SECONDS * 1000) return undefined
  return refusal(403, 'SESSION_NOT_FRESH', 'Sign in again first')
}

/** A link that opens nothing is for the library to refuse. */
async function weakPassword(
  { endpoint, body, who }: Asked,
  resets: { name: string; email: string } | undefined,
): Promise<Response | undefined> {
  const person = endpoint === 'POST /change-password' ? who?.user : resets
  if (!person || typeof body.newPassword !== 'string') return undefined
  const weakness: Weakness | undefined = await weaknessOf(body.newPassword, [person.name, person.email])
  return weakness && refusal(400, weakness.code, weakness.message, undefined, { hint: weakness.hint })
}

/** A code that somebody has signed in with, or tried to, is as good as wrong. */
async function usedCode(parts: Parts, asked: Asked): Promise<Response | undefined> {
  if (asked.endpoint !== 'POST /two-factor/verify-totp') return undefined
  const email = await emailAimedAt(parts, asked)
  if (email === undefined || (await parts.lockOut.claimCode(email, String(asked.body.code)))) return undefined
  return refusal(401, 'INVALID_CODE', 'Invalid code')
}

/** What follows from an answer: events, the end of the session before, the cookie that knows the device. Answers cookies to set. */
async function afterwards(parts: Parts, asked: Asked, response: Response, resetId: string | undefined): Promise<string[]> {
  const { endpoint, headers, who } = asked
  if (endpoint === 'POST /sign-in/email' && response.status === 401) {
    // Not waited for: a known address takes no longer than an unknown one.
    parts.later(tellOfAddress(parts, 'sign-in-refused', asked))
    return []
  }
  if (response.status >= 400) return []
  if (isSignIn(endpoint) && !who?.user.id) return arrived(parts, asked, response)
  if (isSignIn(endpoint)) return arrivedAgain(parts, asked, response)
  if (endpoint === 'POST /reset-password' && resetId) return passwordReset(parts, resetId, headers)
  const kind = EVENTS[endpoint]
  if (kind && who) await parts.tell(kind, who.user.id, { headers })
  return []
}

const EVENTS: Readonly<Partial<Record<Endpoint, SignInEventKind>>> = {
  'POST /sign-out': 'signed-out',
  'POST /change-password': 'password-changed',
  'POST /passkey/verify-registration': 'passkey-added',
  'POST /passkey/delete-passkey': 'passkey-removed',
  'POST /two-factor/disable': 'two-factor-off',
  'POST /two-factor/generate-backup-codes': 'backup-codes-made',
}

/** Somebody has come in, unless a code is still asked for: no session yet, nothing to tell. */
async function arrived(parts: Parts, { headers }: Asked, response: Response): Promise<string[]> {
  const { database, devices, names } = parts
  const value = setCookieOf(response, names.session)
  const user = value ? await findSessionUser(database.db, unsigned(value)) : undefined
  if (!user) return []
  const now = new Date()
  await changeUser(database.db, user.id, { last_sign_in_at: now })
  await parts.tell('signed-in', user.id, { headers })
  return devices.deviceOf(headers, user.email) ? [] : [devices.cookieFor(user.email, now)]
}

/** With a session already: a code that switches two-factor on, or a sign-in that replaces the session. */
async function arrivedAgain(parts: Parts, asked: Asked, response: Response): Promise<string[]> {
  const { endpoint, who, headers } = asked
  const value = setCookieOf(response, parts.names.session)
  if (!who || !value || unsigned(value) === who.session.token) return []
  if (endpoint === 'POST /two-factor/verify-totp') {
    await parts.tell('two-factor-on', who.user.id, { headers })
    return []
  }
  await deleteSessionByToken(parts.database.db, who.session.token, new Date())
  return arrived(parts, asked, response)
}

/** Whoever opens the link of the mail is the owner: a lock-out that strangers brought about does not hold for this browser. */
async function passwordReset({ database, devices, tell }: Parts, personId: string, headers: Headers): Promise<string[]> {
  const user = await changeUser(database.db, personId, { invited_at: null })
  await tell('password-changed', personId, { headers })
  return user ? [devices.cookieFor(user.email, new Date())] : []
}

async function tellOfAddress(parts: Parts, kind: SignInEventKind, asked: Asked): Promise<void> {
  const email = await emailAimedAt(parts, asked)
  const user = email === undefined ? undefined : await findUserByEmail(parts.database.db, email)
  if (user) await parts.tell(kind, user.id, { headers: asked.headers })
}
