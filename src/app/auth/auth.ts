import { randomBytes } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { z } from 'zod'
import { type AccessRight, AccessRight as AccessRightSchema } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import { openAuthPool } from '../../store/auth-database.ts'

/** Header in which the server tells the sign-in library who calls; whatever a caller sends under this name is replaced. */
export const CLIENT_ADDRESS = 'x-impulso-client-address'
export const AUTH_PATH = '/api/auth'

/** Somebody signed in. `id` is the id of the person in the store. */
export type SignedIn = Readonly<{ id: string; name: string; email: string; right: AccessRight; locale: string }>

export type NewPerson = Readonly<{ email: string; name: string; right: AccessRight; password: string; locale?: string }>

export type Auth = Readonly<{
  /** Answers everything under `/api/auth`. */
  handler: (request: Request) => Promise<Response>
  /** Who sent this request, by its session cookie; undefined when nobody is signed in. */
  actorOf: (headers: Headers) => Promise<SignedIn | undefined>
  /** Makes an account that can sign in with a password; answers its id. Throws `conflict` when the address is taken. */
  addPerson: (person: NewPerson) => Promise<string>
  countPeople: () => Promise<number>
  findByEmail: (email: string) => Promise<string | undefined>
  close: () => Promise<void>
}>

export type AuthOptions = Readonly<{
  databaseUrl: string
  secret: string
  /** Where people reach the portal, the first one being its main address: `http://localhost:4100`. */
  origins: readonly string[]
  /** Told what the library has to say; nothing by default. */
  log?: (level: string, message: string) => void
}>

const WEEK_SECONDS = 7 * 24 * 3600
/** An office behind one address signs in at nine; a guesser still gets nowhere. */
const SIGN_INS_PER_MINUTE = 30
const LONGEST_PASSWORD = 256
export const SHORTEST_PASSWORD = 10
const LanguageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'a language tag such as pt-BR')

/** Sign-in by e-mail and password with sessions in the database. Nobody signs up: accounts are made by `addPerson`. */
export function createAuth(options: AuthOptions): Auth {
  const pool = openAuthPool(options.databaseUrl)
  const library = buildLibrary(options, pool)
  return {
    handler: request => library.handler(request),
    actorOf: async headers => {
      if (!headers.has('cookie')) return undefined
      const session = await library.api.getSession({ headers })
      return session ? toSignedIn(session.user) : undefined
    },
    addPerson: person => addPerson(library, person),
    countPeople: async () => (await library.$context).internalAdapter.countTotalUsers(),
    findByEmail: async email => (await (await library.$context).internalAdapter.findUserByEmail(email.toLowerCase()))?.user.id,
    close: () => pool.end(),
  }
}

function buildLibrary(options: AuthOptions, pool: ReturnType<typeof openAuthPool>) {
  const baseURL = options.origins[0] ?? 'http://localhost'
  return betterAuth({
    appName: 'Impulso',
    baseURL,
    basePath: AUTH_PATH,
    secret: options.secret,
    trustedOrigins: [...options.origins],
    database: pool,
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      revokeSessionsOnPasswordReset: true,
    },
    user: {
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        // `input: false`: nobody gives oneself a right.
        accessRight: { type: 'string', required: true, input: false, fieldName: 'access_right' },
        locale: { type: 'string', required: false, validator: { input: LanguageTag } },
      },
    },
    session: {
      expiresIn: WEEK_SECONDS,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    account: {
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: { fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' } },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'rate_limit',
      fields: { lastRequest: 'last_request' },
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': { window: 60, max: SIGN_INS_PER_MINUTE }, '/change-password': { window: 60, max: 5 } },
    },
    advanced: {
      cookiePrefix: 'impulso',
      // Said outright: the library leaves both checks out when it believes to be tested.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      useSecureCookies: baseURL.startsWith('https://'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
      database: { generateId: () => randomBytes(16).toString('hex') },
    },
    logger: { level: 'warn', log: (level, message) => options.log?.(level, message) },
  })
}
type Library = ReturnType<typeof buildLibrary>

async function addPerson(library: Library, person: NewPerson): Promise<string> {
  const { internalAdapter, password } = await library.$context
  const email = person.email.toLowerCase()
  if (person.password.length < SHORTEST_PASSWORD || person.password.length > LONGEST_PASSWORD) {
    throw new AppError('invalid-input', `a password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`)
  }
  if (await internalAdapter.findUserByEmail(email)) throw new AppError('conflict', `${email} has an account already`)
  const hash = await password.hash(person.password)
  const user = await internalAdapter.createUser(
    {
      email,
      name: person.name,
      emailVerified: true,
      accessRight: AccessRightSchema.parse(person.right),
      locale: person.locale ?? null,
    },
    { method: 'email-password' },
  )
  await internalAdapter.linkAccount({ userId: user.id, providerId: 'credential', accountId: user.id, password: hash })
  return user.id
}

const toSignedIn = (user: {
  id: string
  name: string
  email: string
  accessRight: string
  locale?: string | null | undefined
}): SignedIn => ({
  id: user.id,
  name: user.name,
  email: user.email,
  right: AccessRightSchema.parse(user.accessRight),
  locale: user.locale ?? 'en',
})
