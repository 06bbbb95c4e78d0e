import { X509Certificate } from 'node:crypto'
import { decodeProtectedHeader, importX509, jwtVerify } from 'jose'
import { afterEach, expect, test } from 'vitest'
import {
  type Asked,
  DIRECTORY,
  fakeClock,
  giveToken,
  json,
  partsOf,
  type Reply,
  refusedSignIn,
  SECRET,
  START,
  startServer,
  TOKEN,
  targetAt,
} from './testing.ts'
import { makeCertificate } from './testing-certificate.ts'
import { openTokens } from './token.ts'
import { patienceOf } from './tries.ts'
import type { Credential } from './types.ts'

const servers: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function signIn(reply: (asked: Asked, count: number) => Reply, credential: Credential = SECRET) {
  const clock = fakeClock()
  const server = await startServer(reply, clock.now)
  servers.push(server)
  const { parts, logged } = partsOf(clock)
  const tokens = openTokens(targetAt(server.url, { credential }), parts)
  return { server, clock, tokens, logged, take: () => tokens.take(patienceOf(parts)) }
}

test('a secret is sent in the form, to the tenant itself', async () => {
  const { server, take } = await signIn(() => giveToken())
  expect(await take()).toMatchObject({ state: 'token', token: TOKEN })
  const [asked] = server.asked
  expect(asked?.path).toBe(`/${DIRECTORY}/oauth2/v2.0/token`)
  expect(asked?.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded' })
  expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
    client_id: '99999999-2222-4333-8444-555555555555',
    client_secret: 'a secret that is not to be told',
    scope: `${server.url}/.default`,
    grant_type: 'client_credentials',
  })
})

test('a token is kept, and renewed five minutes before it ends', async () => {
  const { server, clock, take } = await signIn((_, count) => giveToken(`token-${count}`, 3600))
  await take()
  clock.advance(55 * 60_000 - 1)
  expect(await take()).toMatchObject({ token: 'token-1' })
  clock.advance(1)
  expect(await take()).toMatchObject({ token: 'token-2' })
  expect(server.asked).toHaveLength(2)
})

test('several who ask at once get the same token', async () => {
  const { server, take } = await signIn((_, count) => giveToken(`token-${count}`))
  const all = await Promise.all([take(), take(), take()])
  expect(all.map(each => 'token' in each && each.token)).toEqual(['token-1', 'token-1', 'token-1'])
  expect(server.asked).toHaveLength(1)
})

test('a token that was not accepted is asked for anew, and only that one', async () => {
  const { tokens, take } = await signIn((_, count) => giveToken(`token-${count}`))
  await take()
  tokens.drop('token-0')
  expect(await take()).toMatchObject({ token: 'token-1' })
  tokens.drop('token-1')
  expect(await take()).toMatchObject({ token: 'token-2' })
})

test('a certificate signs an assertion that its public half confirms, a new one each time', async () => {
  const own = makeCertificate()
  const { server, clock, take } = await signIn(() => giveToken(TOKEN, 600), { kind: 'certificate', ...own })
  await take()
  clock.advance(6 * 60_000)
  await take()
  const forms = server.asked.map(each => new URLSearchParams(each.body))
  const ids: unknown[] = []
  for (const [index, form] of forms.entries()) {
    expect(form.get('client_secret')).toBeNull()
    expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    const assertion = form.get('client_assertion') ?? ''
    const at = new Date(START + index * 6 * 60_000)
    const { payload } = await jwtVerify(assertion, await importX509(own.certificate, 'PS256'), {
      algorithms: ['PS256'],
      audience: `${server.url}/${DIRECTORY}/oauth2/v2.0/token`,
      issuer: '99999999-2222-4333-8444-555555555555',
      subject: '99999999-2222-4333-8444-555555555555',
      currentDate: at,
      requiredClaims: ['jti', 'nbf', 'exp'],
    })
    expect(payload.exp).toBe(at.getTime() / 1000 + 300)
    const fingerprint = Buffer.from(new X509Certificate(own.certificate).fingerprint256.replaceAll(':', ''), 'hex')
    expect(decodeProtectedHeader(assertion)).toMatchObject({ alg: 'PS256', typ: 'JWT', 'x5t#S256': fingerprint.toString('base64url') })
    ids.push(payload.jti)
  }
  expect(new Set(ids).size).toBe(2)
})

test('a certificate that has ended is not even tried', async () => {
  const { server, take } = await signIn(() => giveToken(), { kind: 'certificate', ...makeCertificate({ to: '2026-11-20' }) })
  expect(await take()).toMatchObject({ state: 'bad-credential', finding: { code: 'certificate-expired' } })
  expect(server.asked).toHaveLength(0)
})

test.each([
  [7000215, 'bad-credential', 'secret-wrong'],
  [7000222, 'bad-credential', 'secret-expired'],
  [700027, 'bad-credential', 'certificate-unknown'],
  [7000277, 'bad-credential', 'certificate-revoked'],
  [1000502, 'bad-credential', 'certificate-ended'],
  [700024, 'failed', 'clock-wrong'],
  [700016, 'needs-consent', 'application-missing'],
  [7000229, 'needs-consent', 'application-missing'],
  [7000112, 'needs-consent', 'application-disabled'],
  [65001, 'needs-consent', 'consent-missing'],
  [90002, 'unknown-tenant', 'tenant-unknown'],
  [900023, 'unknown-tenant', 'tenant-unknown'],
  [900432, 'unknown-tenant', 'wrong-cloud'],
  [53003, 'failed', 'sign-in-blocked'],
  [12345, 'failed', 'sign-in-refused'],
] as const)('AADSTS%i: %s, %s, asked once, and nobody is named', async (number, state, code) => {
  const { server, take, logged } = await signIn(() => ({
    ...refusedSignIn(number, 400),
    headers: { 'content-type': 'application/json', 'x-ms-request-id': 'abc-1' },
  }))
  const answer = await take()
  expect(answer).toMatchObject({ state, finding: { code, requestId: 'abc-1' } })
  expect(server.asked).toHaveLength(1)
  expect(logged.join()).toContain(`${number}`)
  for (const told of [JSON.stringify(answer), logged.join()]) {
    expect(told).not.toContain(DIRECTORY)
    expect(told).not.toContain('not to be told')
  }
})

test('the number is found in the description too', async () => {
  const { take } = await signIn(() => json(400, { error: 'x', error_description: 'AADSTS90002: Tenant not found.' }))
  expect(await take()).toMatchObject({ finding: { code: 'tenant-unknown' } })
})

test('a service that is away for a moment is asked again, with pauses; one that stays away is named', async () => {
  const { clock, take } = await signIn((_, count) =>
    count < 4 ? { status: [503, 500, 400][count - 1] ?? 500, body: passing } : giveToken(),
  )
  expect(await take()).toMatchObject({ state: 'token' })
  expect(clock.waits).toEqual([1000, 2000, 4000])
  const away = await signIn(() => ({ status: 503 }))
  expect(await away.take()).toMatchObject({ state: 'unreachable', finding: { code: 'service-unavailable' } })
  expect(away.server.asked).toHaveLength(5)
})
const passing = JSON.stringify({ error: 'temporarily_unavailable', error_codes: [90033] })

test('throttled at the sign-in service: a short wait is waited out, a long one goes back', async () => {
  const short = await signIn((_, count) => (count === 1 ? { status: 429, headers: { 'retry-after': '20' } } : giveToken()))
  expect(await short.take()).toMatchObject({ state: 'token' })
  expect(short.clock.waits).toEqual([20_000])
  const long = await signIn(() => ({ status: 429, headers: { 'retry-after': '300' } }))
  expect(await long.take()).toEqual({ state: 'later', at: START + 300_000, why: 'throttled' })
})

test.each([
  ['a page of a proxy', { status: 200, body: '<html>Please log in</html>' }],
  ['a token without an end', json(200, { access_token: 'x' })],
  ['a redirect', { status: 302, headers: { location: 'https://evil.example/' } }],
])('%s is not a token', async (_name, reply) => {
  const { server, take } = await signIn(() => reply)
  expect(await take()).toMatchObject({ state: 'failed', finding: { code: 'sign-in-answer' } })
  expect(server.asked).toHaveLength(1)
})
