import { SSO_PROVIDER } from '../../store/auth-people.ts'
import { deleteSessionByToken } from '../../store/auth-sessions.ts'
import { afterwards, tellOfAddress } from './afterwards.ts'
import { askedOf, type Body, type Parts } from './asked.ts'
import { plainCookies, readCookie, unsigned } from './cookies.ts'
import { type Endpoint, endpointOf, hasStrangeQuery, strangeFields } from './endpoints.ts'
import { beginAttempt, guard } from './guards.ts'
import { LONGEST_SESSION_SECONDS } from './library.ts'
import { findReset } from './links.ts'
import { presented, refusal } from './responses.ts'

/** Answers what `endpoints.ts` lists, by the library, with what we want to happen before and after. */
export function createHandler(parts: Parts): (request: Request) => Promise<Response> {
  return async request => {
    const endpoint = endpointOf(request)
    if (!endpoint || request.url.includes('%00') || (!parts.hasSso && ONLY_WITH_SSO.includes(endpoint))) {
      return refusal(404, 'NOT_FOUND', 'There is nothing here')
    }
    const text = request.method === 'GET' ? '' : await request.text()
    const body = parseBody(text, request.headers)
    if (!body) return refusal(400, 'INVALID_BODY', 'The body is a JSON object')
    const strange = strangeFields(endpoint, body)
    if (hasStrangeQuery(endpoint, request)) return refusal(400, 'UNKNOWN_FIELD', 'Nothing is taken from the address here')
    if (strange.length > 0) return refusal(400, 'UNKNOWN_FIELD', `Unexpected field ${strange.join(', ')}`)
    const headers = forwarded(request.headers)
    await endTooOld(parts, headers)
    const asked = await askedOf(parts, { endpoint, body, headers })
    const attempt = await beginAttempt(parts, asked)
    if (attempt?.isRefused) {
      if (attempt.isFirst) tellOfAddress(parts, 'locked-out', { ...asked, aimedAt: asked.aimedAt ?? asked.who?.user.email })
      return refusal(429, 'TOO_MANY_FAILURES', 'Too many failed attempts. Wait, or use another way in.', attempt.retryAfterSeconds)
    }
    const resets = endpoint === 'POST /reset-password' ? await findReset(parts.database.db, String(body.token)) : undefined
    const response =
      (await guard(parts, asked, resets)) ??
      (await parts.library.handler(new Request(request.url, { method: request.method, headers, body: text || null })))
    // Only a wrong guess counts; what was refused for another reason does not.
    if (attempt && !(await isWrongGuess(response))) await attempt.succeed()
    const cookies = await afterwards(parts, asked, response, resets?.id)
    return presented(response, { endpoint, sessionCookie: parts.names.session, cookies })
  }
}

/** Somebody signed in who gives a wrong password is told 400: the session is still good. */
async function isWrongGuess(response: Response): Promise<boolean> {
  if (response.status !== 400) return response.status === 401
  const told = (await response
    .clone()
    .json()
    .catch(() => null)) as { code?: unknown } | null
  return told?.code === 'INVALID_PASSWORD'
}

const ONLY_WITH_SSO: readonly Endpoint[] = ['POST /sign-in/social', `GET /callback/${SSO_PROVIDER}`]

/** An empty body is an empty object; undefined for anything but a JSON object. Forms of other pages cannot send JSON. */
function parseBody(text: string, headers: Headers): Body | undefined {
  if (text === '') return {}
  // No text of ours has it, and the database cannot keep it.
  if (/\\u0000/.test(text)) return undefined
  if (!/^application\/json\b/i.test(headers.get('content-type') ?? '')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** Without the key of a program, which is not for these; with cookies that read one way only, and a browser's name no longer than a list of sessions shows. */
function forwarded(given: Headers): Headers {
  const headers = new Headers(given)
  headers.delete('authorization')
  headers.delete('x-api-key')
  const cookies = plainCookies(given)
  if (cookies === '') headers.delete('cookie')
  else headers.set('cookie', cookies)
  headers.set('user-agent', (given.get('user-agent') ?? '').slice(0, 300))
  return headers
}

/** The library extends a session again and again; this ends it all the same. */
async function endTooOld({ database, names }: Parts, headers: Headers): Promise<void> {
  const cookie = readCookie(headers, names.session)
  if (cookie) await deleteSessionByToken(database.db, unsigned(cookie), new Date(Date.now() - LONGEST_SESSION_SECONDS * 1000))
}
