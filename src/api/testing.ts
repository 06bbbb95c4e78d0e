import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Auth } from '../app/auth/auth.ts'
import { CLIENT_ADDRESS } from '../app/auth/endpoints.ts'
import { mailSettings, openAuth } from '../app/auth/open-auth.ts'
import { addPerson } from '../app/auth/people.ts'
import { readConfig } from '../app/config.ts'
import type { Connecting } from '../app/connections/connecting.ts'
import { NO_GRAPH } from '../app/connections/testing.ts'
import type { Log } from '../app/context.ts'
import { installedOf } from '../app/setup/checks/run-checks.ts'
import { noWrongCodes } from '../app/setup/set-up.ts'
import { addTestCustomer, testContext } from '../app/testing.ts'
import { ACCESS_RIGHTS, type AccessRight, type AccessScope, type CustomerView } from '../model/api.ts'
import { createApi } from './app.ts'
import { createLimiter } from './limits.ts'
import { createMetrics } from './metrics.ts'
import type { Route } from './route.ts'
import { ROUTES } from './routes.ts'

const ORIGIN = 'http://localhost:4100'
const PASSWORD = 'correct horse battery'
const UPLOAD_LIMIT = 64 * 1024
export const ENTITLEMENTS = 'service,entitled\nteams,300\nexchange,300\n'

const CONTOSO = {
  customer: { id: 'contoso', name: 'Contoso', segment: 'enterprise', initiatives: ['customer-health'] },
  csm: { assigned: true, name: 'Ana', since: '2026-03-03' },
  services: {
    teams: { intended: true, activatedOn: '2026-03-01', handshake: 'offered' },
    exchange: { intended: true, activatedOn: '2026-03-01' },
  },
}

export type Sent = Readonly<{ path: string; body?: unknown; file?: string | Uint8Array<ArrayBuffer> }>

/** For tests: the whole HTTP side over a database of its own, with one customer and one person per access right. */
export async function testApi(
  options: { webFolder?: string; routes?: readonly Route[]; requestsPerMinute?: number; log?: Log; graph?: Connecting } = {},
) {
  const perMinute = options.requestsPerMinute ?? 1e6
  const test = await testContext(new Date('2026-11-21T10:00:00Z'), options.log)
  const config = readConfig({
    PORT: '4100',
    IMPULSO_URL: ORIGIN,
    IMPULSO_DATA: test.folder,
    IMPULSO_SECRET: 'a secret of at least thirty-two characters',
  })
  const auth = openAuth(config, test)
  await addTestCustomer(test.context, CONTOSO, 'contoso-main')
  const uploadFolder = join(test.folder, 'uploads')
  const app = createApi(
    {
      app: test.context,
      auth,
      origins: [ORIGIN, 'http://127.0.0.1:4100'],
      isDemo: async () => false,
      ways: { needsSetup: async () => false, sso: null, mail: 'captured' },
      mail: mailSettings(config, [ORIGIN]),
      graph: options.graph ?? NO_GRAPH,
      installed: installedOf(config),
      wrongCodes: noWrongCodes(),
      version: '0.0.0-test',
      webFolder: options.webFolder ?? join(test.folder, 'web'),
      uploadFolder,
      limits: { jsonBytes: 256 * 1024, uploadBytes: UPLOAD_LIMIT },
      trustedProxies: [],
      limiter: createLimiter({ session: perMinute, key: perMinute, address: perMinute }),
      metrics: createMetrics({ process: false }),
      isReady: async () => true,
    },
    options.routes ?? ROUTES,
  )
  const cookies = await signInAll(test.context, auth)

  const raw = (
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null,
    as: AccessRight | null,
    headers: Record<string, string> = {},
  ) => {
    const own = { 'content-type': 'application/json', origin: ORIGIN, ...(as ? { cookie: cookies[as] } : {}), ...headers }
    // `duplex` is what fetch asks for with a stream; its type is not in the DOM's own list.
    return app.request(`${ORIGIN}/api/v1${path}`, { method, headers: own, body, duplex: 'half' } as RequestInit)
  }
  const send = (method: string, sent: Sent, as: AccessRight | null, headers: Record<string, string> = {}) =>
    raw(method.toUpperCase(), sent.path, sent.file ?? (sent.body === undefined ? null : JSON.stringify(sent.body)), as, headers)
  return {
    app,
    auth,
    context: test.context,
    /** How to reach the database, also past every policy. */
    urls: test.urls,
    raw,
    send,
    /** Somebody more, signed in: `headers` go with what `send` sends as nobody. */
    addPerson: async (right: AccessRight, scope: AccessScope) => {
      const email = `${right}-${scope}@example.com`
      // Without the estimate of the password, which takes longer than all the rest.
      const id = await addPerson(test.context, auth, {
        email,
        name: `${nameOf(right)} ${scope}`,
        right,
        scope,
        password: PASSWORD,
        isDemo: true,
      })
      return { id, right, scope, headers: { cookie: await signIn(auth, email) } }
    },
    /** Once more, beside the session that `send` uses; answers the cookies. */
    signIn: (as: AccessRight) => signIn(auth, `${as}@example.com`),
    uploadLimit: UPLOAD_LIMIT,
    uploadsLeft: () => (existsSync(uploadFolder) ? readdirSync(uploadFolder) : []),
    /** The customer's version as a screen would know it. */
    version: async () => ((await (await send('get', { path: '/customers/contoso' }, 'administrator')).json()) as CustomerView).version,
    close: async () => {
      await auth.close()
      await test.close()
    },
  }
}
export type TestApi = Awaited<ReturnType<typeof testApi>>

async function signInAll(context: Parameters<typeof addPerson>[0], auth: Auth): Promise<Readonly<Record<AccessRight, string>>> {
  const cookies: Partial<Record<AccessRight, string>> = {}
  for (const right of ACCESS_RIGHTS) {
    const email = `${right}@example.com`
    await addPerson(context, auth, { email, name: nameOf(right), right, password: PASSWORD })
    cookies[right] = await signIn(auth, email)
  }
  // One of each, by the loop above.
  return cookies as Record<AccessRight, string>
}

let signIns = 0
async function signIn(auth: Auth, email: string): Promise<string> {
  const response = await auth.handler(
    new Request(`${ORIGIN}/api/auth/sign-in/email`, {
      method: 'POST',
      // Each from an address of its own: sign-ins from one are counted.
      headers: { 'content-type': 'application/json', origin: ORIGIN, [CLIENT_ADDRESS]: `2001:db8:${(++signIns).toString(16)}::1` },
      body: JSON.stringify({ email, password: PASSWORD }),
    }),
  )
  return response.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')
}

const nameOf = (right: AccessRight) => `${right[0]?.toUpperCase()}${right.slice(1)}`
