import type { AccessRight, AccessScope } from '../../model/api.ts'

/** The one OpenID Connect provider of an installation (IMPULSO_OIDC_*). */
export type SsoConfig = Readonly<{
  /** On the button: "Sign in with …". */
  name: string
  /** As the provider's own discovery document says it, to the letter. */
  issuer: string
  clientId: string
  clientSecret: string
  /** Which group (its name or id, as the claim has it) gives which access right. */
  groups: Readonly<Record<string, AccessRight>>
  groupsClaim: string
  /** For people of whom no group is listed; null: they are refused. */
  defaultRight: AccessRight | null
  /** Access scope of people who come for the first time. */
  scope: AccessScope
  /** Passwords and passkeys are for administrators only. */
  onlySso: boolean
}>
