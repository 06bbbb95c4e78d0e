import type { AuthDatabase } from '../../store/auth-database.ts'
import { findUser } from '../../store/auth-people.ts'
import { currentSession } from './actor.ts'
import { type CookieNames, readCookie, unsigned } from './cookies.ts'
import type { Devices } from './device-cookie.ts'
import { asksForCode, type Endpoint } from './endpoints.ts'
import type { Library } from './library.ts'
import type { LockOut } from './lock-out.ts'
import type { Tell } from './types.ts'

/** What answering a request to the sign-in library needs. */
export type Parts = Readonly<{
  library: Library
  database: AuthDatabase
  devices: Devices
  lockOut: LockOut
  names: CookieNames
  hasSso: boolean
  tell: Tell
  /** Work that the answer does not wait for. */
  later: (work: Promise<unknown>) => void
}>

export type Body = Readonly<Record<string, unknown>>
type Who = NonNullable<Awaited<ReturnType<typeof currentSession>>>

/** One request, with what is known of who sent it. */
export type Asked = Readonly<{
  endpoint: Endpoint
  body: Body
  headers: Headers
  who: Who | null
  /** The address whose account a guess is for; undefined when the request is no guess. */
  aimedAt: string | undefined
}>

export async function askedOf(parts: Parts, given: Pick<Asked, 'endpoint' | 'body' | 'headers'>): Promise<Asked> {
  const who = await currentSession(parts.library, given.headers)
  return { ...given, who, aimedAt: await emailAimedAt(parts, { ...given, who }) }
}

/** A password comes with its address; a code belongs to the person whose password was right before. With a session it is no sign-in. */
async function emailAimedAt(
  { library, database, names }: Parts,
  { endpoint, body, headers, who }: Omit<Asked, 'aimedAt'>,
): Promise<string | undefined> {
  if (endpoint === 'POST /sign-in/email') return typeof body.email === 'string' ? body.email : undefined
  if (who || !asksForCode(endpoint)) return undefined
  const cookie = readCookie(headers, names.twoFactor)
  const { internalAdapter } = await library.$context
  const challenge = cookie ? await internalAdapter.findVerificationValue(unsigned(cookie)) : null
  return challenge ? (await findUser(database.db, challenge.value))?.email : undefined
}
