import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** Somebody the provider knows. What is left out is not among the claims; `claims` adds to them. */
export type OidcAccount = Readonly<{
  id: string
  name?: string
  email?: string
  emailVerified?: boolean
  groups?: readonly string[]
  claims?: Readonly<Record<string, unknown>>
}>
export type OidcClient = Readonly<{ clientId: string; clientSecret: string; redirectUris: readonly string[] }>

export type OidcProvider = Readonly<{
  issuer: string
  /** Adds somebody, or changes what is known of them. */
  save: (account: OidcAccount) => void
  /** While false every request is answered 503. */
  setUp: (isUp: boolean) => void
  close: () => Promise<void>
}>

/** For tests, also those in a browser: a real OpenID Connect provider on this machine that asks which of its accounts one is. */
export async function startOidcProvider({
  clients,
  accounts,
}: {
  clients: readonly OidcClient[]
  accounts: readonly OidcAccount[]
}): Promise<OidcProvider> {
  const known = new Map(accounts.map(account => [account.id, account]))
  let isUp = true
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // listens on a port, so not on a pipe
  const provider = quietly(() => createProvider(issuer, clients, known))
  const serve = provider.callback()
  server.on('request', (request, response) => {
    if (!isUp) return void response.writeHead(503).end()
    const uid = /^\/interaction\/([\w-]+)$/.exec(request.url ?? '')?.[1]
    if (uid === undefined) return void serve(request, response)
    return void interact(provider, known, request, response).catch(() => response.writeHead(400).end('The sign-in has ended'))
  })
  return {
    issuer,
    save: account => known.set(account.id, account),
    setUp: wanted => {
      isUp = wanted
    },
    close: () => closed(server),
  }
}

function createProvider(issuer: string, clients: readonly OidcClient[], known: ReadonlyMap<string, OidcAccount>): Provider {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return new Provider(issuer, {
    clients: clients.map(client => ({
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uris: [...client.redirectUris],
    })),
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    // All claims in the ID token, as Entra ID does it.
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified', 'xms_edov'],
      profile: ['name', 'preferred_username', 'groups', 'hasgroups', '_claim_names'],
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    ttl: { Session: 600, Interaction: 600, Grant: 600, IdToken: 600, AccessToken: 600 },
    findAccount: (_context, id) => {
      const account = known.get(id)
      return account && { accountId: id, claims: () => claimsOf(account) }
    },
    loadExistingGrant: async context => {
      const { client, session, params } = context.oidc
      const grant = new context.oidc.provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' })
      grant.addOIDCScope(String(params?.scope))
      await grant.save()
      return grant
    },
  })
}

const claimsOf = ({ id, name, email, emailVerified, groups, claims }: OidcAccount) => ({
  sub: id,
  ...(name === undefined ? {} : { name }),
  ...(email === undefined ? {} : { email }),
  ...(emailVerified === undefined ? {} : { email_verified: emailVerified }),
  ...(groups === undefined ? {} : { groups: [...groups] }),
  ...claims,
})

/** One page with a button for each account; works without scripts. */
async function interact(
  provider: Provider,
  known: ReadonlyMap<string, OidcAccount>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response)
  if (request.method === 'POST') {
    const chosen = new URLSearchParams(await textOf(request)).get('account') ?? ''
    const result = known.has(chosen)
      ? { login: { accountId: chosen } }
      : { error: 'access_denied', error_description: 'The sign-in was left' }
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
    return
  }
  const buttons = [...known.values()].map(
    ({ id, name, email }) => `<p><button name="account" value="${escapeHtml(id)}">${escapeHtml(name ?? email ?? id)}</button></p>`,
  )
  const page = `<!doctype html><html lang="en"><title>Sign in to the provider</title><main><h1>Which account?</h1>
<form method="post">${buttons.join('\n')}<p><button name="account" value="">Leave</button></p></form></main></html>`
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

/** The provider warns on the console of what a real one should not do. */
function quietly<T>(build: () => T): T {
  const { warn, info } = console
  Object.assign(console, { warn: () => {}, info: () => {} })
  try {
    return build()
  } finally {
    Object.assign(console, { warn, info })
  }
}

const closed = (server: Server) =>
  new Promise<void>(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
