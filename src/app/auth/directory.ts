import { AccessRight, AccessScope } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import type { AuthDatabase, AuthDb } from '../../store/auth-database.ts'
import {
  accountsOf,
  accountsOfAll,
  changeUser,
  countAdministrators,
  countPasskeys,
  deleteUser,
  findUser,
  findUserByEmail,
  listUsers,
  lockAdministrators,
  PASSWORD_PROVIDER,
  passkeysOf,
  SSO_PROVIDER,
  saveUser,
} from '../../store/auth-people.ts'
import { deleteSessions, sessionsOf } from '../../store/auth-sessions.ts'
import type { AuthRow } from '../../store/auth-tables.ts'
import { deleteTokensFor } from '../../store/auth-tokens.ts'
import { listKeys } from './keys.ts'
import { newId } from './library.ts'
import { setPassword } from './links.ts'
import { type Hashing, refuseWeak } from './passwords.ts'
import type { NewPerson, PersonAccount, PersonChange, WaysIn } from './types.ts'

/** Makes an account that can sign in with a password; answers its id. Throws `conflict` when the address is taken. */
export async function addPerson({ db }: AuthDatabase, hashing: Hashing, person: NewPerson): Promise<string> {
  const email = person.email.toLowerCase()
  if (!person.isDemo) await refuseWeak(person.password, [person.name, email])
  if (await findUserByEmail(db, email)) throw new AppError('conflict', `${email} has an account already`)
  const hash = await hashing.hash(person.password)
  const id = newId()
  await db.transaction().execute(async trx => {
    await saveUser(trx, {
      id,
      email,
      name: person.name,
      email_verified: true,
      access_right: AccessRight.parse(person.right),
      access_scope: AccessScope.parse(person.scope ?? 'all'),
      locale: person.locale ?? null,
      is_demo: person.isDemo ?? false,
    })
    await setPassword(trx, id, hash)
  })
  return id
}

export type PeoplePage = Readonly<{
  people: readonly PersonAccount[] /** Given as `after` it leads to the next page; null on the last. */
  next: string | null
}>

/** By name. `q` is looked for in names and addresses. Throws `invalid-input` when `after` is nobody. */
export async function listPeople(
  db: AuthDb,
  { q, limit, after }: { q?: string | undefined; limit: number; after?: string | undefined },
): Promise<PeoplePage> {
  const last = after === undefined ? undefined : await findUser(db, after)
  if (after !== undefined && !last) throw new AppError('invalid-input', 'the page before ends with somebody who is gone; start again')
  const rows = await listUsers(db, { q, limit: limit + 1, after: last })
  const people = rows.slice(0, limit).map(toPerson)
  return { people, next: rows.length > limit ? (people.at(-1)?.id ?? null) : null }
}

export async function getPerson(db: AuthDb, id: string): Promise<PersonAccount> {
  const user = await findUser(db, id)
  if (!user) throw new AppError('not-found', 'there is no such person')
  return toPerson(user)
}

/**
 * Changes what is given. Disabling ends all sessions and links at once. Throws `not-found`, and `conflict` when nobody could manage people
 * any more.
 */
export const changePerson = ({ db }: AuthDatabase, id: string, change: PersonChange): Promise<PersonAccount> =>
  db.transaction().execute(async trx => {
    await lockAdministrators(trx)
    const user = await findUser(trx, id)
    if (!user) throw new AppError('not-found', 'there is no such person')
    const losesRight = (change.right ?? 'administrator') !== 'administrator' || (change.scope ?? 'all') !== 'all'
    if (losesRight || change.disabled) await refuseLastAdministrator(trx, user)
    const disabled_at = change.disabled === undefined ? user.disabled_at : change.disabled ? (user.disabled_at ?? new Date()) : null
    const changed = await changeUser(trx, id, {
      name: change.name ?? user.name,
      access_right: change.right ?? user.access_right,
      access_scope: change.scope ?? user.access_scope,
      disabled_at,
    })
    if (change.disabled) {
      await deleteSessions(trx, id)
      await deleteTokensFor(trx, id)
    }
    return toPerson(changed ?? user)
  })

/** Takes the account away with its sessions, keys, passkeys and links. Throws `not-found`, `conflict` for the last administrator. */
export const deletePerson = ({ db }: AuthDatabase, id: string): Promise<void> =>
  db.transaction().execute(async trx => {
    await lockAdministrators(trx)
    const user = await findUser(trx, id)
    if (!user) throw new AppError('not-found', 'there is no such person')
    await refuseLastAdministrator(trx, user)
    await deleteUser(trx, id)
  })

async function refuseLastAdministrator(trx: AuthDb, user: AuthRow<'user'>): Promise<void> {
  const counts = user.access_right === 'administrator' && user.access_scope === 'all' && !user.disabled_at && !user.invited_at
  if (counts && (await countAdministrators(trx)) <= 1) {
    throw new AppError('conflict', 'the last administrator who can sign in stays one; make another administrator first')
  }
}

export async function waysInOf(db: AuthDb, id: string): Promise<WaysIn> {
  const user = await findUser(db, id)
  if (!user) throw new AppError('not-found', 'there is no such person')
  const accounts = await accountsOf(db, id)
  const sso = accounts.find(account => account.provider_id === SSO_PROVIDER)
  const passkeys = await passkeysOf(db, id)
  return {
    hasPassword: accounts.some(account => account.provider_id === PASSWORD_PROVIDER && account.password !== null),
    hasTwoFactor: user.two_factor_enabled,
    sso: sso ? (sso.scope === 'made' ? 'made' : 'linked') : 'none',
    passkeys: passkeys.map(({ id, name, created_at }) => ({ id, name, createdAt: created_at.toISOString() })),
  }
}

export type WaysCount = Readonly<{ hasPassword: boolean; sso: boolean; passkeys: number }>

/** How each of these people comes in. */
export async function waysInOfAll(db: AuthDb, ids: readonly string[]): Promise<ReadonlyMap<string, WaysCount>> {
  const accounts = await accountsOfAll(db, ids)
  const passkeys = await countPasskeys(db, ids)
  return new Map(
    ids.map(id => {
      const own = accounts.filter(each => each.user_id === id)
      const hasPassword = own.some(each => each.provider_id === PASSWORD_PROVIDER && each.has_password)
      return [id, { hasPassword, sso: own.some(each => each.provider_id === SSO_PROVIDER), passkeys: passkeys.get(id) ?? 0 }]
    }),
  )
}

/** Everything sign-in holds about a person, but what would let somebody in. For the person's own copy. */
export async function exportOf(db: AuthDb, id: string): Promise<Readonly<Record<string, unknown>>> {
  const user = await findUser(db, id)
  if (!user) throw new AppError('not-found', 'there is no such person')
  const accounts = await accountsOf(db, id)
  return {
    account: user,
    signInProviders: accounts.map(({ provider_id, account_id, created_at }) => ({ provider_id, account_id, created_at })),
    sessions: await sessionsOf(db, id, new Date(0)),
    passkeys: await passkeysOf(db, id),
    keys: await listKeys(db, id),
  }
}

const toPerson = (user: AuthRow<'user'>): PersonAccount => ({
  id: user.id,
  name: user.name,
  email: user.email,
  right: AccessRight.parse(user.access_right),
  scope: AccessScope.parse(user.access_scope),
  locale: user.locale ?? 'en',
  isDemo: user.is_demo,
  state: user.disabled_at ? 'disabled' : user.invited_at ? 'invited' : 'active',
  hasTwoFactor: user.two_factor_enabled,
  lastSignInAt: user.last_sign_in_at?.toISOString() ?? null,
  createdAt: user.created_at.toISOString(),
})
