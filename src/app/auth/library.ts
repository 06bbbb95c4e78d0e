import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { apiKey } from '@better-auth/api-key'
import { passkey } from '@better-auth/passkey'
import { type BetterAuthPlugin, betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { z } from 'zod'
import type { AuthDatabase } from '../../store/auth-database.ts'
import { findUser } from '../../store/auth-people.ts'
import { cookiePrefix } from './cookies.ts'
import { AUTH_PATH, CLIENT_ADDRESS } from './endpoints.ts'
import {
  ACCOUNT_FIELDS,
  KEY_SCHEMA,
  PASSKEY_SCHEMA,
  SESSION_FIELDS,
  TWO_FACTOR_SCHEMA,
  USER_FIELDS,
  VERIFICATION_FIELDS,
} from './fields.ts'
import { type Hashing, LONGEST_PASSWORD, SHORTEST_PASSWORD } from './passwords.ts'
import type { SsoProfile, ssoProvider } from './sso-provider.ts'
import type { AuthOptions } from './types.ts'

export const KEY_PREFIX = 'imp_'
export const KEY_REQUESTS_PER_MINUTE = 600
const DAY_SECONDS = 24 * 3600
export const SESSION_SECONDS = 7 * DAY_SECONDS
/** However often a session is extended. */
export const LONGEST_SESSION_SECONDS = 30 * DAY_SECONDS
/** How long after signing in one may change the ways in without signing in again. */
export const FRESH_SECONDS = 3600
export const RESET_SECONDS = 3600
/** An office behind one address signs in at nine; a guesser still gets nowhere. */
const SIGN_INS_PER_MINUTE = 30

const LanguageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'a language tag such as pt-BR')
/** Without line breaks and the like: names go into the heads of mails. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u)

type Parts = Readonly<{
  options: AuthOptions
  database: AuthDatabase
  hashing: Hashing
  provider: ReturnType<typeof ssoProvider> | null
  sendReset: (given: { user: { id: string }; token: string }) => Promise<void>
  /** Work that the answer does not wait for. */
  later: (work: Promise<unknown>) => void
}>

/** The sign-in library, set up. Nothing of it is reachable but what `endpoints.ts` lists. */
export function buildLibrary(parts: Parts) {
  const { options, database, hashing, provider, sendReset, later } = parts
  const baseURL = mainOrigin(options.origins)
  return betterAuth({
    appName: 'Impulso',
    baseURL,
    basePath: AUTH_PATH,
    secret: options.secret,
    trustedOrigins: [...options.origins],
    database: database.pool,
    telemetry: { enabled: false },
    onAPIError: { errorURL: `${baseURL}/sign-in` },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      password: hashing,
      sendResetPassword: sendReset,
    },
    user: {
      fields: USER_FIELDS,
      additionalFields: {
        // `input: false`: nobody gives these to oneself. Never absent, but the library makes no accounts and need not ask for them.
        accessRight: { type: 'string', required: false, input: false, fieldName: 'access_right' },
        accessScope: { type: 'string', required: false, input: false, fieldName: 'access_scope' },
        isDemo: { type: 'boolean', required: false, input: false, fieldName: 'is_demo' },
        invitedAt: { type: 'date', required: false, input: false, fieldName: 'invited_at', returned: false },
        disabledAt: { type: 'date', required: false, input: false, fieldName: 'disabled_at' },
        lastSignInAt: { type: 'date', required: false, input: false, fieldName: 'last_sign_in_at', returned: false },
        locale: { type: 'string', required: false, validator: { input: LanguageTag } },
      },
      validateUserInfo: async ({ source }) => {
        const refusal = refusalOf(source.oauth?.profile)
        // Accounts of single sign-on are made and linked by `admit`, never by the library.
        if (source.action !== 'sign-in') return { error: refusal ?? 'sso_not_allowed' }
        return refusal ? { error: refusal } : undefined
      },
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: DAY_SECONDS, freshAge: FRESH_SECONDS, fields: SESSION_FIELDS },
    // The provider's tokens are of no use after the sign-in.
    account: { fields: ACCOUNT_FIELDS, updateAccountOnSignIn: false, accountLinking: { disableImplicitLinking: true } },
    verification: { fields: VERIFICATION_FIELDS, storeIdentifier: 'hashed' },
    databaseHooks: {
      session: { create: { before: (session, context) => refuseSession(parts, session.userId, context?.path ?? '') } },
      user: {
        update: {
          before: async change => {
            if (change.name !== undefined && !PersonName.safeParse(change.name).success) {
              throw new APIError('BAD_REQUEST', { code: 'INVALID_NAME', message: 'A name has 1 to 200 characters on one line' })
            }
          },
          after: async user => options.onPerson?.({ id: user.id, name: user.name }),
        },
      },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'rate_limit',
      fields: { lastRequest: 'last_request' },
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/*': { window: 60, max: SIGN_INS_PER_MINUTE },
        '/passkey/verify-authentication': { window: 60, max: SIGN_INS_PER_MINUTE },
        '/two-factor/*': { window: 60, max: SIGN_INS_PER_MINUTE },
        '/request-password-reset': { window: 60, max: 5 },
        '/reset-password': { window: 60, max: 10 },
        '/change-password': { window: 60, max: 5 },
      },
    },
    advanced: {
      cookiePrefix: cookiePrefix(baseURL),
      // Said outright: the library leaves both checks out when it believes to be tested.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      // That would put `__Secure-` before the prefix, which is the weaker of the two.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: baseURL.startsWith('https://') },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
      database: { generateId: newId },
      backgroundTasks: { handler: later },
    },
    plugins: [
      passkey({
        rpID: passkeyHost(options.origins),
        rpName: 'Impulso',
        origin: [...options.origins],
        schema: PASSKEY_SCHEMA,
        advanced: { webAuthnChallengeCookie: 'passkey' },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          // A passkey counts for both factors only when the device asked for a finger, a face or a code.
          afterVerification: async ({ verification }) => {
            if (verification.authenticationInfo.userVerified) return
            throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED', message: 'The passkey was used without unlocking the device' })
          },
        },
      }),
      // Guesses are counted by `lock-out.ts`, which cannot be used to keep the owner out.
      twoFactor({ issuer: 'Impulso', schema: TWO_FACTOR_SCHEMA, accountLockout: { enabled: false } }),
      apiKey({
        defaultPrefix: KEY_PREFIX,
        requireName: true,
        maximumNameLength: 64,
        keyExpiration: { minExpiresIn: 1, maxExpiresIn: 365 },
        rateLimit: { enabled: true, timeWindow: 60_000, maxRequests: KEY_REQUESTS_PER_MINUTE },
        startingCharactersConfig: { shouldStore: true, charactersLength: 10 },
        schema: KEY_SCHEMA,
      }),
      ...(provider ? [singleSignOn(provider)] : []),
    ],
    // At `warn` and above the library also writes refusals to the console by itself.
    logger: {
      level: 'info',
      log: (level, message, ...causes) => {
        if (level === 'warn' || level === 'error') options.log?.(level, [message, ...causes.flatMap(messageOf)].join(' '))
      },
    },
  })
}
export type Library = ReturnType<typeof buildLibrary>

export const newId = (): string => randomBytes(16).toString('hex')
export const mainOrigin = (origins: readonly string[]): string => origins[0] ?? 'http://localhost'

/** Passkeys belong to a name; this machine's number cannot have any, so `localhost` takes its place. */
export function passkeyHost(origins: readonly string[]): string {
  const names = origins.map(origin => new URL(origin).hostname)
  return names.find(name => isIP(name.replace(/^\[|\]$/g, '')) === 0) ?? 'localhost'
}

const singleSignOn = (provider: NonNullable<Parts['provider']>): BetterAuthPlugin => ({
  id: 'single-sign-on',
  init: context => ({ context: { socialProviders: [...context.socialProviders, provider] } }),
})

/** Of what is logged with an error only its own words: the rest may hold what a person typed. */
const messageOf = (cause: unknown): string[] => (cause instanceof Error ? [cause.message] : [])

const refusalOf = (profile: Record<string, unknown> | undefined): string | null =>
  (profile as Partial<SsoProfile> | undefined)?.refusal ?? null // the profile is the one our own provider made

/** Whoever is disabled gets no session; where single sign-on is the only way, others are for administrators. Looks like a wrong password. */
async function refuseSession({ options, database }: Parts, userId: string, path: string): Promise<void> {
  const user = await findUser(database.db, userId)
  const isWrongWay = options.sso?.onlySso && !path.startsWith('/callback') && user?.access_right !== 'administrator'
  if (user && !user.disabled_at && !isWrongWay) return
  throw new APIError('UNAUTHORIZED', { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' })
}
