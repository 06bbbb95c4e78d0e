import { SSO_PROVIDER } from '../../store/auth-people.ts'

/** Header in which the server tells the sign-in library who calls; whatever a caller sends under this name is replaced. */
export const CLIENT_ADDRESS = 'x-impulso-client-address'
export const AUTH_PATH = '/api/auth'

/**
 * What may be asked of the sign-in library: method, path, and the fields a body may have. Everything else is answered 404 before the
 * library sees it, so that an endpoint which an update of the library brings is not reachable by itself.
 */
const ENDPOINTS = {
  'POST /sign-in/email': ['email', 'password', 'rememberMe'],
  'POST /sign-in/social': ['provider', 'callbackURL', 'errorCallbackURL', 'disableRedirect'],
  [`GET /callback/${SSO_PROVIDER}`]: [],
  'POST /sign-out': [],
  'GET /get-session': [],
  'POST /request-password-reset': ['email'],
  'POST /reset-password': ['newPassword', 'token'],
  'POST /change-password': ['currentPassword', 'newPassword', 'revokeOtherSessions'],
  'POST /update-user': ['name', 'locale'],
  'GET /passkey/generate-register-options': [],
  'POST /passkey/verify-registration': ['response', 'name'],
  'GET /passkey/generate-authenticate-options': [],
  'POST /passkey/verify-authentication': ['response'],
  'GET /passkey/list-user-passkeys': [],
  'POST /passkey/update-passkey': ['id', 'name'],
  'POST /passkey/delete-passkey': ['id'],
  'POST /two-factor/enable': ['password'],
  'POST /two-factor/disable': ['password'],
  'POST /two-factor/generate-backup-codes': ['password'],
  'POST /two-factor/verify-totp': ['code'],
  'POST /two-factor/verify-backup-code': ['code'],
} as const satisfies Record<string, readonly string[]>
export type Endpoint = keyof typeof ENDPOINTS

/** The endpoint a request is for; undefined when it is none of those that may be asked. Paths are compared as they were sent. */
export function endpointOf(request: Request): Endpoint | undefined {
  const { pathname } = new URL(request.url)
  if (!pathname.startsWith(`${AUTH_PATH}/`)) return undefined
  const name = `${request.method} ${pathname.slice(AUTH_PATH.length)}`
  return Object.hasOwn(ENDPOINTS, name) ? (name as Endpoint) : undefined // hasOwn has just said so
}

/** Fields of a body that the endpoint does not take. */
export const strangeFields = (endpoint: Endpoint, body: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(body).filter(field => !(ENDPOINTS[endpoint] as readonly string[]).includes(field))

/**
 * Whether a request brings values in its address. Only the provider of single sign-on sends some; elsewhere the library would take from
 * there what we look for in the body, such as the token of a reset link.
 */
export const hasStrangeQuery = (endpoint: Endpoint, request: Request): boolean =>
  endpoint !== `GET /callback/${SSO_PROVIDER}` && new URL(request.url).search !== ''

/** Ways to come in: whoever succeeds here has a session. */
const SIGN_INS: readonly Endpoint[] = [
  'POST /sign-in/email',
  `GET /callback/${SSO_PROVIDER}`,
  'POST /passkey/verify-authentication',
  'POST /two-factor/verify-totp',
  'POST /two-factor/verify-backup-code',
]
export const isSignIn = (endpoint: Endpoint): boolean => SIGN_INS.includes(endpoint)

/** Take a code after the password. */
export const asksForCode = (endpoint: Endpoint): boolean =>
  endpoint === 'POST /two-factor/verify-totp' || endpoint === 'POST /two-factor/verify-backup-code'

/** Ask somebody signed in for the password again: whoever got hold of a session may guess it here. */
const CONFIRMATIONS: readonly Endpoint[] = [
  'POST /change-password',
  'POST /two-factor/enable',
  'POST /two-factor/disable',
  'POST /two-factor/generate-backup-codes',
]
export const asksPasswordAgain = (endpoint: Endpoint): boolean => CONFIRMATIONS.includes(endpoint)

/** Need a session that began a short while ago. Those that ask for the password again are as good. */
const FRESH: readonly Endpoint[] = ['POST /passkey/delete-passkey']
export const needsFreshSession = (endpoint: Endpoint): boolean => FRESH.includes(endpoint)
