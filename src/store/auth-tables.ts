import type { Generated, Insertable, Selectable } from 'kysely'

/** Tables of the schema `auth`, as far as we read and write them ourselves. Moments are dates: the sign-in library shares the pool. */
export type AuthTables = {
  user: UserTable
  session: SessionTable
  account: AccountTable
  verification: VerificationTable
  two_factor: TwoFactorTable
  passkey: PasskeyTable
  api_key: ApiKeyTable
  sign_in_failure: SignInFailureTable
  rate_limit: RateLimitTable
}
export type AuthRow<T extends keyof AuthTables> = Selectable<AuthTables[T]>
export type NewAuthRow<T extends keyof AuthTables> = Insertable<AuthTables[T]>

type UserTable = {
  id: string
  name: string
  email: string
  email_verified: boolean
  access_right: string
  access_scope: string
  locale: string | null
  two_factor_enabled: Generated<boolean>
  is_demo: Generated<boolean>
  invited_at: Date | null
  disabled_at: Date | null
  last_sign_in_at: Date | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

type SessionTable = {
  id: string
  user_id: string
  token: string
  expires_at: Date
  ip_address: string | null
  user_agent: string | null
  created_at: Date
  updated_at: Date
}

type AccountTable = {
  id: string
  user_id: string
  account_id: string
  provider_id: string
  /** Of single sign-on: whether the account came with it (`made`) or was there before (`linked`). */
  scope: string | null
  password: string | null
  created_at: Generated<Date>
  updated_at: Date
}

type VerificationTable = {
  id: string
  identifier: string
  value: string
  expires_at: Date
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

type TwoFactorTable = { id: string; user_id: string; verified: boolean }

type PasskeyTable = {
  id: string
  user_id: string
  name: string | null
  device_type: string
  backed_up: boolean
  aaguid: string | null
  created_at: Date
}

type ApiKeyTable = {
  id: string
  name: string | null
  start: string | null
  /** A hash. */
  key: string
  reference_id: string
  rate_limit_max: number | null
  permissions: string | null
  last_request: Date | null
  expires_at: Date | null
  created_at: Date
}

/** Requests of one network address to one endpoint. */
type RateLimitTable = { id: string; key: string; count: number; last_request: string }

type SignInFailureTable = { key: string; points: number; expire: string | null }
