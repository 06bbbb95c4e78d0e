import type { AccessRight, AccessScope } from '../../model/api.ts'
import type { SsoConfig } from './sso-config.ts'

export type KeyScope = 'read' | 'write'

/** Somebody signed in. `id` is the id of the person in the store. */
export type SignedIn = Readonly<{
  id: string
  name: string
  email: string
  right: AccessRight
  scope: AccessScope
  locale: string
  /** The session, or the key where one came with a key: what limits per session count by. */
  sessionId: string
  /** What the key allows; null for a session. */
  keyScopes: readonly KeyScope[] | null
  isDemo: boolean
}>

export type NewPerson = Readonly<{
  email: string
  name: string
  right: AccessRight
  /** `all` by default. */
  scope?: AccessScope
  password: string
  locale?: string
  /** Its password is printed and need not be good. */
  isDemo?: boolean
}>

export type Invitation = Readonly<{ email: string; name: string; right: AccessRight; scope: AccessScope; locale?: string }>

/** A mail that sign-in asks to have sent; `key` is the same for the same occasion. The link in `url` is a secret until it is used. */
export type SignInMail = Readonly<{
  key: string
  kind: 'invitation' | 'password-reset' | 'test'
  to: string
  personId: string
  /** Who had it sent: the person who invites; null for whoever asked for their own sake. */
  by: string | null
  locale: string
  url: string
}>

export const SIGN_IN_EVENTS = [
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'locked-out',
  'password-changed',
  'password-reset-asked',
  'passkey-added',
  'passkey-removed',
  'two-factor-on',
  'two-factor-off',
  'backup-codes-made',
  'key-made',
  'key-removed',
  'session-revoked',
  'invited',
  'invitation-accepted',
  'person-added',
  'person-changed',
  'person-disabled',
  'person-enabled',
  'person-deleted',
] as const
export type SignInEventKind = (typeof SIGN_IN_EVENTS)[number]

/** Something that happened to a person's account. `by` did it; `address` and `agent` are null where no request brought it about. */
export type SignInEvent = Readonly<{
  kind: SignInEventKind
  personId: string
  by: string
  address: string | null
  agent: string | null
  /** Particulars of what sign-in itself changed: values that say nothing about the person. */
  told?: Readonly<Record<string, unknown>>
}>

/** Tells of what happened to an account; `told` are particulars that say nothing about the person. */
export type Tell = (kind: SignInEventKind, personId: string, origin?: Origin, told?: Readonly<Record<string, unknown>>) => Promise<void>

/** Who does something to an account (its owner, when left out), and the request they do it with. */
export type Origin = Readonly<{ by?: string; headers?: Headers }>

export type AuthOptions = Readonly<{
  /** Connects as the role of sign-in (`DatabaseUrls.auth`). */
  databaseUrl: string
  secret: string
  /** Where people reach the portal, the first one being its main address: `http://localhost:4100`. Links in mails lead there. */
  origins: readonly string[]
  sso?: SsoConfig | null
  /** Takes a mail; without it nobody can be invited or reset a password by mail. */
  sendMail?: (mail: SignInMail) => Promise<void>
  /** Hears of what happened, after it happened. */
  onEvent?: (event: SignInEvent) => Promise<void>
  /** Hears of people who are new or renamed, before anything refers to them, so that the store knows them by the same id. */
  onPerson?: (person: Readonly<{ id: string; name: string }>) => Promise<void>
  /** Told of every password hash made or compared; for tests. */
  onHash?: () => void
  /** Told what the library has to say; nothing by default. */
  log?: (level: string, message: string) => void
}>

/** A person as those who manage people see them. */
export type PersonAccount = Readonly<{
  id: string
  name: string
  email: string
  right: AccessRight
  scope: AccessScope
  locale: string
  isDemo: boolean
  /** `invited`: asked in and not yet here. */
  state: 'active' | 'invited' | 'disabled'
  hasTwoFactor: boolean
  lastSignInAt: string | null
  createdAt: string
}>

export type PersonChange = Readonly<{ name?: string; right?: AccessRight; scope?: AccessScope; disabled?: boolean }>

/** Ways in that a person has. */
export type WaysIn = Readonly<{
  hasPassword: boolean
  hasTwoFactor: boolean
  sso: 'none' | 'linked' | 'made'
  passkeys: readonly Readonly<{ id: string; name: string | null; createdAt: string }>[]
}>

export type SessionInfo = Readonly<{
  id: string
  createdAt: string
  /** When the session was last extended: at most a day before it was last used. */
  lastSeenAt: string
  expiresAt: string
  address: string | null
  agent: string | null
  isCurrent: boolean
}>

export type NewKey = Readonly<{ personId: string; name: string; scopes: readonly KeyScope[]; days: number }>

/** `start` tells keys apart; the key itself is shown once, by `createKey`. */
export type KeyInfo = Readonly<{
  id: string
  name: string
  start: string
  scopes: readonly KeyScope[]
  createdAt: string
  expiresAt: string
  lastUsedAt: string | null
}>
