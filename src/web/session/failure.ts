import { HttpError } from '../ui/http.ts'

/** A sentence by its key, with what fills its blanks. */
export type Sentence = Readonly<{ key: string; blanks?: Readonly<Record<string, string | number>> }>

/** What the sign-in library says, in the portal's words. Codes that are not here fall back to the status. */
const BY_CODE: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'signIn.wrong',
  INVALID_PASSWORD: 'signIn.wrongPassword',
  INVALID_CODE: 'signIn.wrongCode',
  INVALID_BACKUP_CODE: 'signIn.wrongBackupCode',
  INVALID_TWO_FACTOR_COOKIE: 'signIn.codeTooLate',
  INVALID_TOKEN: 'signIn.linkUsed',
  TOKEN_EXPIRED: 'signIn.linkUsed',
  SESSION_NOT_FRESH: 'account.notFresh',
  PASSWORD_TOO_SHORT: 'password.tooShort',
  PASSWORD_TOO_LONG: 'password.tooLong',
  PASSWORD_TOO_WEAK: 'password.tooWeak',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'account.noPassword',
  PASSKEY_NOT_FOUND: 'signIn.passkeyUnknown',
  AUTHENTICATION_FAILED: 'signIn.passkeyFailed',
  USER_NOT_VERIFIED: 'signIn.passkeyLocked',
  CHALLENGE_NOT_FOUND: 'signIn.passkeyTooLate',
  PREVIOUSLY_REGISTERED: 'account.passkeyKnown',
  FAILED_TO_VERIFY_REGISTRATION: 'signIn.passkeyFailed',
  TOTP_ALREADY_ENABLED: 'account.codesOnAlready',
  SSO_UNAVAILABLE: 'signIn.sso.unavailable',
}

/** Why an attempt at signing in, or at changing how one signs in, came to nothing. */
export function sentenceFor(error: unknown): Sentence {
  if (!(error instanceof HttpError)) return { key: passkeyKey(error) ?? 'error.other.title' }
  if (error.status === 0) return { key: 'error.offline.title' }
  if (error.status === 429) return waiting(error.retryAfterSeconds)
  const known = error.code === null ? undefined : BY_CODE[error.code]
  if (known) return { key: known }
  return { key: error.status === 401 ? 'signIn.wrong' : 'error.other.title' }
}

/** Longer than a minute is told in minutes, rounded up so that nobody comes back too early. */
function waiting(seconds: number | null): Sentence {
  if (seconds === null) return { key: 'signIn.tooMany' }
  return { key: 'signIn.locked', blanks: { count: Math.max(1, Math.ceil(seconds / 60)) } }
}

/** What the browser says when a passkey cannot be used. A person who changed their mind need not be told so: see `isCancelled`. */
function passkeyKey(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error.name === 'SecurityError') return 'signIn.passkeyAddress'
  if (error.name === 'InvalidStateError') return 'account.passkeyKnown'
  if (error.name === 'NotAllowedError') return 'signIn.passkeyNotDone'
  return error.name === 'NotSupportedError' ? 'signIn.passkeyUnsupported' : undefined
}

/** The browser gave the passkey up because something newer asked for one. */
export const isCancelled = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

/** Codes with which single sign-on sends people back (`?error=`); whatever else stands there is never shown. */
const BY_SSO_CODE: Readonly<Record<string, string>> = {
  sso_no_email: 'signIn.sso.noEmail',
  sso_not_allowed: 'signIn.sso.notAllowed',
  sso_email_not_verified: 'signIn.sso.notVerified',
  sso_too_many_groups: 'signIn.sso.tooManyGroups',
  account_disabled: 'signIn.sso.disabled',
  access_denied: 'signIn.sso.cancelled',
  state_mismatch: 'signIn.sso.tooLate',
  please_restart_the_process: 'signIn.sso.tooLate',
}
export const ssoSentence = (code: string): string =>
  (Object.hasOwn(BY_SSO_CODE, code) ? BY_SSO_CODE[code] : undefined) ?? 'signIn.sso.failed'
