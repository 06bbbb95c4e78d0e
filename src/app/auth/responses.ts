import type { Endpoint } from './endpoints.ts'
import { LONGEST_SESSION_SECONDS, SESSION_SECONDS } from './library.ts'

/** A refusal in the shape of the library's own. */
export function refusal(status: number, code: string, message: string, retryAfterSeconds?: number, more: object = {}): Response {
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (retryAfterSeconds !== undefined) {
    headers.set('retry-after', String(retryAfterSeconds))
    headers.set('x-retry-after', String(retryAfterSeconds))
  }
  return Response.json({ code, message, ...more }, { status, headers })
}

/** The library's answer as we let it out: no session token in a place scripts can read, further cookies added. */
export async function presented(
  response: Response,
  { endpoint, sessionCookie, cookies }: { endpoint: Endpoint; sessionCookie: string; cookies: readonly string[] },
): Promise<Response> {
  const headers = new Headers(response.headers)
  headers.delete('set-cookie')
  for (const cookie of [...response.headers.getSetCookie().map(each => outlivingExtensions(each, sessionCookie)), ...cookies]) {
    headers.append('set-cookie', cookie)
  }
  headers.set('cache-control', 'no-store')
  const retryAfter = headers.get('x-retry-after')
  if (retryAfter) headers.set('retry-after', retryAfter)
  const isJson = headers.get('content-type')?.startsWith('application/json')
  const text = await response.text()
  const { status } = response
  if (!isJson || text === '') return new Response(text === '' ? null : text, { status, headers })
  headers.delete('content-length')
  return new Response(JSON.stringify(withoutTokens(text, endpoint)), { status, headers })
}

function withoutTokens(text: string, endpoint: Endpoint): unknown {
  const answer: unknown = JSON.parse(text, (key, value) => (key === 'token' ? undefined : value))
  // The library asks for it at registration only; `afterVerification` insists on it.
  if (endpoint === 'GET /passkey/generate-authenticate-options' && typeof answer === 'object')
    return { ...answer, userVerification: 'required' }
  return answer
}

/** A session is extended in the database while it is used; its cookie is given once, so it lasts as long as a session can. */
const outlivingExtensions = (cookie: string, name: string): string =>
  cookie.startsWith(`${name}=`) ? cookie.replace(`Max-Age=${SESSION_SECONDS}`, `Max-Age=${LONGEST_SESSION_SECONDS}`) : cookie
