import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { ACCESS_RIGHTS, type AccessRight } from '../../model/api.ts'
import type { AuthDb } from '../../store/auth-database.ts'
import {
  changeUser,
  countAdministrators,
  findAccount,
  findUser,
  findUserByEmail,
  lockAdministrators,
  SSO_PROVIDER,
  saveAccount,
  saveUser,
} from '../../store/auth-people.ts'
import type { AuthRow } from '../../store/auth-tables.ts'
import { PersonName } from './library.ts'
import type { SsoConfig } from './sso-config.ts'

/** Why somebody whom the provider knows may not come in; part of the address of the sign-in page. */
export type SsoRefusal = 'sso_no_email' | 'sso_not_allowed' | 'sso_email_not_verified' | 'sso_too_many_groups' | 'account_disabled'
export type Admission =
  | Readonly<{
      ok: true
      user: AuthRow<'user'>
      isNew: boolean
      /** What somebody known might do before; the groups may have changed it. */
      before: Readonly<{ right: string; scope: string }> | null
    }>
  | Readonly<{ ok: false; reason: SsoRefusal; personId: string | null }>

/** The claims of a verified ID token. */
export type Claims = Readonly<Record<string, unknown>> & Readonly<{ sub: string }>

/**
 * Decides on one sign-in with single sign-on, and makes or links the account it needs. People are known by the provider's `sub`, never by
 * their address: an address only finds an account made here before, and only when the provider says that it is verified.
 */
export const admit = (db: AuthDb, sso: SsoConfig, claims: Claims): Promise<Admission> =>
  db.transaction().execute(async trx => {
    await lockAdministrators(trx)
    const groups = groupsOf(sso, claims)
    const account = await findAccount(trx, SSO_PROVIDER, claims.sub)
    const user = account && (await findUser(trx, account.user_id))
    if (account && user) return readmit(trx, sso, user, { groups, isMadeBySso: account.scope === 'made' })

    const email = emailOf(claims)
    if (!email) return refuse('sso_no_email')
    const known = await findUserByEmail(trx, email)
    if (!known) return welcome(trx, sso, claims, { email, groups })
    if (!isVerified(claims)) return refuse('sso_email_not_verified', known.id)
    if (known.disabled_at) return refuse('account_disabled', known.id)
    await link(trx, known.id, claims.sub, 'linked')
    if (known.invited_at) await changeUser(trx, known.id, { invited_at: null, email_verified: true })
    return readmit(trx, sso, known, { groups, isMadeBySso: false })
  })

type Groups = Readonly<{ right: AccessRight | null; isCut: boolean }>

/** Somebody new: an account, when a group or the default gives a right. */
async function welcome(
  trx: AuthDb,
  sso: SsoConfig,
  claims: Claims,
  { email, groups }: { email: string; groups: Groups },
): Promise<Admission> {
  if (groups.isCut) return refuse('sso_too_many_groups')
  const right = groups.right ?? sso.defaultRight
  if (!right) return refuse('sso_not_allowed')
  const id = randomBytes(16).toString('hex')
  await saveUser(trx, {
    id,
    email,
    name: nameOf(claims) ?? email,
    email_verified: isVerified(claims),
    access_right: right,
    access_scope: sso.scope,
    locale: null,
  })
  await link(trx, id, claims.sub, 'made')
  return accept(trx, id)
}

/**
 * Somebody known: the right follows the groups each time. Where no group is listed, people whom single sign-on brought fall back to the
 * default or stay out, and people made here keep what they were given. The last administrator keeps the right in any case.
 */
async function readmit(
  trx: AuthDb,
  sso: SsoConfig,
  user: AuthRow<'user'>,
  { groups, isMadeBySso }: { groups: Groups; isMadeBySso: boolean },
): Promise<Admission> {
  if (user.disabled_at) return refuse('account_disabled', user.id)
  const right = groups.right ?? (isMadeBySso && !groups.isCut ? sso.defaultRight : user.access_right)
  if (!right) return refuse('sso_not_allowed', user.id)
  const isLast = user.access_right === 'administrator' && right !== 'administrator' && (await countAdministrators(trx)) <= 1
  if (right !== user.access_right && !isLast) await changeUser(trx, user.id, { access_right: right })
  return accept(trx, user.id, { right: user.access_right, scope: user.access_scope })
}

async function accept(trx: AuthDb, id: string, before: Readonly<{ right: string; scope: string }> | null = null): Promise<Admission> {
  const user = await findUser(trx, id)
  if (!user) throw new Error('an account vanished while it was signing in')
  return { ok: true, user, isNew: before === null, before }
}
const refuse = (reason: SsoRefusal, personId: string | null = null): Admission => ({ ok: false, reason, personId })

const link = (trx: AuthDb, userId: string, sub: string, scope: 'made' | 'linked') =>
  saveAccount(trx, {
    id: randomBytes(16).toString('hex'),
    user_id: userId,
    provider_id: SSO_PROVIDER,
    account_id: sub,
    scope,
    password: null,
  })

/** The highest right that the groups give. A provider that has too many groups for a token says so instead (Entra ID). */
function groupsOf(sso: SsoConfig, claims: Claims): Groups {
  const claim = claims[sso.groupsClaim]
  const names = (Array.isArray(claim) ? claim : [claim]).filter(each => typeof each === 'string')
  const rights = names.flatMap(name => (Object.hasOwn(sso.groups, name) ? [sso.groups[name]] : []))
  const elsewhere = z.object({ _claim_names: z.record(z.string(), z.unknown()) }).safeParse(claims)
  const isCut = claims.hasgroups === true || (elsewhere.success && Object.hasOwn(elsewhere.data._claim_names, sso.groupsClaim))
  return { right: ACCESS_RIGHTS.find(right => rights.includes(right)) ?? null, isCut: claim === undefined && isCut }
}

/** Entra ID leaves `email` out for people without a mailbox; their user name looks like an address and is never verified. */
function emailOf(claims: Claims): string | undefined {
  for (const value of [claims.email, claims.preferred_username]) {
    const parsed = z.email().max(254).safeParse(value)
    if (parsed.success) return parsed.data.toLowerCase()
  }
  return undefined
}

/** `xms_edov` is Entra ID's "the owner of the domain vouches for the address". */
const isVerified = (claims: Claims): boolean =>
  z.email().safeParse(claims.email).success &&
  [claims.email_verified, claims.xms_edov].some(each => [true, 'true', 1, '1'].includes(each as string))

const nameOf = (claims: Claims): string | undefined => {
  const parsed = PersonName.safeParse(claims.name)
  return parsed.success ? parsed.data : undefined
}
