import { createHash, randomBytes } from 'node:crypto'
import { AppError } from '../../model/errors.ts'
import type { AuthDatabase, AuthDb } from '../../store/auth-database.ts'
import {
  accountsOf,
  changeUser,
  findUser,
  findUserByEmail,
  PASSWORD_PROVIDER,
  removeTwoFactor,
  saveAccount,
  saveUser,
} from '../../store/auth-people.ts'
import type { AuthRow } from '../../store/auth-tables.ts'
import { consumeToken, deleteTokensFor, findToken, saveToken } from '../../store/auth-tokens.ts'
import { mainOrigin, newId, RESET_SECONDS } from './library.ts'
import type { LockOut } from './lock-out.ts'
import { type Hashing, refuseWeak } from './passwords.ts'
import type { AuthOptions, Invitation, SignInMail } from './types.ts'

/** Links that let somebody choose a password: for the invited, for those who forgot theirs. Each opens once. */

/** How long links hold, as the mails say it too. */
export const INVITATION_DAYS = 7
export const RESET_MINUTES = RESET_SECONDS / 60
const INVITATION_SECONDS = INVITATION_DAYS * 24 * 3600

type Parts = Readonly<{ options: AuthOptions; database: AuthDatabase; hashing: Hashing; lockOut: LockOut }>

/** Makes an account that waits for its owner and mails the link to it. Throws `conflict` when the address is taken. */
export async function invite(parts: Parts, given: Invitation, by: string | null): Promise<string> {
  const { database, options } = parts
  const email = given.email.toLowerCase()
  if (!options.sendMail) throw new AppError('unavailable', 'no mail can be sent, so nobody can be invited')
  if (options.sso?.onlySso) throw new AppError('conflict', 'people sign in with single sign-on here; nobody needs an invitation')
  if (await findUserByEmail(database.db, email)) throw new AppError('conflict', `${email} has an account already`)
  const id = newId()
  const user = {
    id,
    email,
    name: given.name,
    email_verified: false,
    access_right: given.right,
    access_scope: given.scope,
    locale: given.locale ?? null,
    invited_at: new Date(),
  }
  await saveUser(database.db, user)
  await options.onPerson?.({ id, name: given.name })
  await sendInvitation(parts, user, by)
  return id
}

/** Mails a new link; the one before opens nothing any more. Throws `not-found`, `conflict` when the person is here already. */
export async function resendInvitation(parts: Parts, id: string, by: string | null): Promise<void> {
  const user = await findUser(parts.database.db, id)
  if (!user || user.disabled_at) throw new AppError('not-found', 'there is no such person')
  if (!user.invited_at) throw new AppError('conflict', 'this person has accepted the invitation already')
  await deleteTokensFor(parts.database.db, id)
  await sendInvitation(parts, user, by)
}

async function sendInvitation(
  { database, options }: Parts,
  user: Pick<AuthRow<'user'>, 'id' | 'email' | 'locale'>,
  by: string | null,
): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  const occasion = await saveToken(database.db, hashOf('invitation', token), user.id, inSeconds(INVITATION_SECONDS))
  await options.sendMail?.(mailOf(options, 'invitation', user, { token, occasion, by }))
}

/** The name and address an invitation is for; undefined when it has ended or was used. */
export async function findInvitation({ database }: Parts, token: string): Promise<{ name: string; email: string } | undefined> {
  const id = await findToken(database.db, hashOf('invitation', token), new Date())
  const user = id === undefined ? undefined : await findUser(database.db, id)
  return user?.invited_at && !user.disabled_at ? { name: user.name, email: user.email } : undefined
}

/** Sets the password of somebody invited. Throws `not-found` for a link that opens nothing, `invalid-input` for a weak password. */
export async function acceptInvitation(parts: Parts, token: string, password: string): Promise<Pick<AuthRow<'user'>, 'id' | 'email'>> {
  const invited = await findInvitation(parts, token)
  if (invited) await refuseWeak(password, [invited.name, invited.email])
  const id = await consumeToken(parts.database.db, hashOf('invitation', token), new Date())
  const user = id === undefined ? undefined : await findUser(parts.database.db, id)
  if (!invited || !user?.invited_at || user.disabled_at) throw new AppError('not-found', 'this invitation has ended or was used already')
  await setPassword(parts.database.db, user.id, await parts.hashing.hash(password))
  await changeUser(parts.database.db, user.id, { invited_at: null, email_verified: true })
  return { id: user.id, email: user.email }
}

/**
 * Whether a forgotten password may be helped by mail: for those who have one. Whoever comes with single sign-on only gets none this way,
 * so that leaving the company ends the access.
 */
export async function mayReset({ database, options }: Parts, user: AuthRow<'user'> | undefined): Promise<boolean> {
  if (!user || user.disabled_at || user.invited_at || user.is_demo) return false
  if (options.sso?.onlySso && user.access_right !== 'administrator') return false
  return (await accountsOf(database.db, user.id)).some(account => account.provider_id === PASSWORD_PROVIDER)
}

/** Called by the library with a token it has made and hashed; says nothing to anybody when no mail is due. */
export async function sendReset(parts: Parts, { user, token }: { user: { id: string }; token: string }): Promise<string | undefined> {
  const person = await findUser(parts.database.db, user.id)
  if (!person || !(await mayReset(parts, person)) || !(await parts.lockOut.mayMail(person.email))) return undefined
  await parts.options.sendMail?.(
    mailOf(parts.options, 'password-reset', person, { token, occasion: hashOf('reset', token).slice(0, 32), by: null }),
  )
  return person.id
}

/** A link for whoever keeps the server, when mail is of no use: sets a new password once, within an hour. Throws `not-found`. */
export async function recoverPassword({ database, options }: Parts, email: string, dropTwoFactor: boolean): Promise<string> {
  const user = await findUserByEmail(database.db, email)
  if (!user) throw new AppError('not-found', `nobody has the address ${email}`)
  if (user.disabled_at) throw new AppError('conflict', `${email} is disabled; enable the account first`)
  if (dropTwoFactor) await removeTwoFactor(database.db, user.id)
  const token = randomBytes(32).toString('base64url')
  await saveToken(database.db, resetIdentifier(token), user.id, inSeconds(RESET_SECONDS))
  return linkTo(options, 'reset', token)
}

/** Whose password a reset link sets; it stays good. */
export async function findReset(db: AuthDb, token: string): Promise<AuthRow<'user'> | undefined> {
  const id = await findToken(db, resetIdentifier(token), new Date())
  return id === undefined ? undefined : findUser(db, id)
}

export const setPassword = (db: AuthDb, userId: string, hash: string): Promise<void> =>
  saveAccount(db, { id: newId(), user_id: userId, provider_id: PASSWORD_PROVIDER, account_id: userId, scope: null, password: hash })

function mailOf(
  options: AuthOptions,
  kind: 'invitation' | 'password-reset',
  user: Pick<AuthRow<'user'>, 'id' | 'email' | 'locale'>,
  { token, occasion, by }: { token: string; occasion: string; by: string | null },
): SignInMail {
  const url = linkTo(options, kind === 'invitation' ? 'invitation' : 'reset', token)
  return { key: `${kind}:${occasion}`, kind, to: user.email, personId: user.id, by, locale: user.locale ?? 'en', url }
}

/** On the main address of the settings: what a request says about the host is of no account. */
const linkTo = (options: AuthOptions, page: 'invitation' | 'reset', token: string) =>
  `${mainOrigin(options.origins)}/${page}?token=${token}`

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url')
const hashOf = (purpose: string, token: string) => sha256(`${purpose}:${token}`)
/** As the library names and hashes its own reset tokens, so that both kinds open the same door. */
const resetIdentifier = (token: string) => sha256(`reset-password:${token}`)
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000)
