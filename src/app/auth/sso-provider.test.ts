import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SsoConfig } from './sso-config.ts'
import { ORIGIN, type TestAuth, testAuth } from './test-auth.ts'
import { comeBack, startSso } from './test-walk.ts'

/** A provider that says what a test wants it to say. */
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 })
const requests: { path: string; body: string; authorization: string | undefined }[] = []
let discovery: Record<string, unknown>
let tokenAnswer: () => { status?: number; location?: string; body?: unknown }
let keys: unknown[]
const server = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  requests.push({ path: request.url ?? '', body: Buffer.concat(parts).toString(), authorization: request.headers.authorization })
  const {
    status = 200,
    location,
    body,
  } = request.url === '/token'
    ? tokenAnswer()
    : { body: request.url === '/keys' ? { keys } : request.url === '/.well-known/openid-configuration' ? discovery : undefined }
  response.writeHead(status, location === undefined ? {} : { location }).end(JSON.stringify(body ?? {}))
})

let its: TestAuth
let sso: SsoConfig
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  sso = {
    name: 'Contoso',
    issuer,
    clientId: 'impulso',
    clientSecret: 'p+ss:w ö',
    groups: {},
    groupsClaim: 'groups',
    defaultRight: 'reader',
    scope: 'all',
    onlySso: false,
  }
  its = await testAuth({ sso })
})
beforeEach(() => {
  requests.length = 0
  keys = [publicKey(ours.publicKey)]
  discovery = {
    issuer: sso.issuer,
    authorization_endpoint: `${sso.issuer}/authorize`,
    token_endpoint: `${sso.issuer}/token`,
    jwks_uri: `${sso.issuer}/keys`,
  }
})
afterAll(async () => {
  await its.close()
  server.closeAllConnections()
  server.close()
})

const publicKey = (key: KeyObject, more: object = {}) => ({ ...key.export({ format: 'jwk' }), kid: 'one', use: 'sig', ...more })
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
type Claims = Record<string, unknown>
const rs256 = (claims: Claims, key = ours.privateKey, header: object = { alg: 'RS256', kid: 'one' }) => {
  const text = `${encoded(header)}.${encoded(claims)}`
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}
const hs256 = (claims: Claims, secret: string) => {
  const text = `${encoded({ alg: 'HS256', kid: 'one' })}.${encoded(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

/** One sign-in in which the provider hands out what `make` makes of good claims. */
async function signIn(make: (claims: Claims) => unknown, auth = its) {
  const browser = auth.browser()
  const asked = new URL((await startSso(browser)).url).searchParams
  const now = Math.floor(Date.now() / 1000)
  const good = {
    iss: sso.issuer,
    aud: 'impulso',
    sub: 'ana',
    email: 'ana@example.com',
    name: 'Ana',
    nonce: asked.get('nonce'),
    iat: now,
    exp: now + 60,
  }
  tokenAnswer = () => ({ body: { id_token: make(good), access_token: 'x', token_type: 'Bearer' } })
  const to = await comeBack(browser, new URL(`${ORIGIN}/api/auth/callback/sso?code=c&state=${asked.get('state')}`))
  return { error: to.searchParams.get('error'), actor: await browser.actor() }
}

test('a token that the provider signed for this attempt lets its owner in', async () => {
  const { error, actor } = await signIn(rs256)
  expect(error).toBeNull()
  expect(actor).toMatchObject({ email: 'ana@example.com', right: 'reader' })
})

const pem = ours.publicKey.export({ format: 'pem', type: 'spki' }).toString()
test.each<[string, (claims: Claims) => unknown]>([
  ['signed by somebody else', claims => rs256(claims, theirs.privateKey)],
  ['not signed', claims => `${encoded({ alg: 'none' })}.${encoded(claims)}.`],
  ['signed with the secret of the client', claims => hs256(claims, sso.clientSecret)],
  ['signed with the public key as a secret', claims => hs256(claims, pem)],
  ['that brings its own key', claims => rs256(claims, theirs.privateKey, { alg: 'RS256', jwk: publicKey(theirs.publicKey) })],
  ['with a key nobody published', claims => rs256(claims, ours.privateKey, { alg: 'RS256', kid: 'two' })],
  ['changed after it was signed', claims => rs256(claims).replace(/\.[^.]+\./, `.${encoded({ ...claims, sub: 'root' })}.`)],
  ['of another issuer', claims => rs256({ ...claims, iss: 'https://evil.example' })],
  ['for another program', claims => rs256({ ...claims, aud: 'another' })],
  ['for several programs without saying whose it is', claims => rs256({ ...claims, aud: ['impulso', 'another'] })],
  ['of another attempt', claims => rs256({ ...claims, nonce: 'of another attempt' })],
  ['without the attempt', claims => rs256({ ...claims, nonce: undefined })],
  ['that has ended', claims => rs256({ ...claims, exp: 1 })],
  ['without an end', claims => rs256({ ...claims, exp: undefined })],
  ['that is not good yet', claims => rs256({ ...claims, nbf: Math.floor(Date.now() / 1000) + 600 })],
  ['about nobody', claims => rs256({ ...claims, sub: undefined })],
  ['about an empty name', claims => rs256({ ...claims, sub: '' })],
  ['that is no token', () => 'x.y.z'],
  ['that is missing', () => undefined],
])('a token %s lets nobody in', async (_name, make) => {
  const { error, actor } = await signIn(make)
  expect(actor).toBeUndefined()
  expect(error).toMatch(/^(unable_to_get_user_info|invalid_code)$/)
})

test('a token for several programs is good when it says that it is ours', async () => {
  expect((await signIn(claims => rs256({ ...claims, aud: ['impulso', 'another'], azp: 'impulso' }))).actor).toBeDefined()
})

test('the code is given back with PKCE and the secret in the header, form-encoded', async () => {
  await signIn(rs256)
  const sent = requests.find(request => request.path === '/token')
  expect(Buffer.from(sent?.authorization?.replace('Basic ', '') ?? '', 'base64').toString()).toBe('impulso:p%2Bss%3Aw+%C3%B6')
  const body = new URLSearchParams(sent?.body)
  expect(Object.fromEntries(body)).toMatchObject({
    grant_type: 'authorization_code',
    code: 'c',
    redirect_uri: `${ORIGIN}/api/auth/callback/sso`,
  })
  expect(body.get('code_verifier')?.length).toBeGreaterThanOrEqual(43)
  expect(body.has('client_secret')).toBe(false)
})

test('a provider that wants the secret in the body gets it there', async () => {
  discovery.token_endpoint_auth_methods_supported = ['client_secret_post']
  const other = await testAuth({ sso })
  expect((await signIn(rs256, other)).actor).toBeDefined()
  const sent = requests.find(request => request.path === '/token')
  expect(sent?.authorization).toBeUndefined()
  expect(new URLSearchParams(sent?.body).get('client_secret')).toBe(sso.clientSecret)
  await other.close()
})

test.each<[string, object]>([
  ['of another issuer', { issuer: 'https://evil.example' }],
  ['without an address for tokens', { token_endpoint: undefined }],
  ['with an address that is a file', { jwks_uri: 'file:///etc/passwd' }],
])('a discovery document %s is not used', async (_name, change) => {
  Object.assign(discovery, change)
  const other = await testAuth({ sso })
  expect(await startSso(other.browser())).toMatchObject({ status: 503, code: 'SSO_UNAVAILABLE' })
  expect(other.said.join()).toMatch(/single sign-on/)
  await other.close()
})

test('a redirect of the provider is not followed, so the secret goes nowhere else', async () => {
  const browser = its.browser()
  const asked = new URL((await startSso(browser)).url).searchParams
  tokenAnswer = () => ({ status: 307, location: `${sso.issuer}/elsewhere` })
  await comeBack(browser, new URL(`${ORIGIN}/api/auth/callback/sso?code=c&state=${asked.get('state')}`))
  expect(await browser.actor()).toBeUndefined()
  expect(requests.map(request => request.path)).not.toContain('/elsewhere')
})

test('what the provider says of itself is asked once an hour, its keys at every sign-in', async () => {
  const other = await testAuth({ sso })
  await signIn(rs256, other)
  keys = [publicKey(theirs.publicKey, { kid: 'new' })]
  const rotated = await signIn(claims => rs256(claims, theirs.privateKey, { alg: 'RS256', kid: 'new' }), other)
  expect(rotated.actor).toBeDefined()
  const count = (path: string) => requests.filter(request => request.path === path).length
  expect([count('/.well-known/openid-configuration'), count('/keys')]).toEqual([1, 2])
  await other.close()
})
