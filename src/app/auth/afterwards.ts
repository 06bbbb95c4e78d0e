import { changeUser, findUserByEmail } from '../../store/auth-people.ts'
import { deleteSessionByToken, findSessionUser } from '../../store/auth-sessions.ts'
import type { Asked, Parts } from './asked.ts'
import { setCookieOf, unsigned } from './cookies.ts'
import { type Endpoint, isSignIn } from './endpoints.ts'
import type { SignInEventKind } from './types.ts'

/** What follows from an answer: events, the end of the session before, the cookie that knows the device. Answers cookies to set. */
export async function afterwards(parts: Parts, asked: Asked, response: Response, resetId: string | undefined): Promise<string[]> {
  const { endpoint, headers, who } = asked
  if (response.status === 401) tellOfAddress(parts, 'sign-in-refused', asked)
  if (response.status >= 400) return []
  if (isSignIn(endpoint)) return who ? arrivedAgain(parts, asked, response) : arrived(parts, asked, response)
  if (endpoint === 'POST /reset-password' && resetId) return passwordReset(parts, resetId, headers)
  if (endpoint === 'POST /update-user' && who && asked.body.name !== undefined && asked.body.name !== who.user.name) {
    await parts.tell('person-changed', who.user.id, { headers }, { isRenamed: true })
  }
  const kind = EVENTS[endpoint]
  if (kind && who) await parts.tell(kind, who.user.id, { headers })
  return []
}

/** Tells what befell the account that a guess was for. Not waited for: a known address takes no longer than an unknown one. */
export function tellOfAddress({ database, tell, later }: Parts, kind: SignInEventKind, { aimedAt, headers }: Asked): void {
  if (aimedAt === undefined) return
  later(
    findUserByEmail(database.db, aimedAt).then(async user => {
      if (user) await tell(kind, user.id, { headers })
    }),
  )
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
