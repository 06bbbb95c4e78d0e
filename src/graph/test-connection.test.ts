import { afterEach, expect, test } from 'vitest'
import { openGraph } from './graph.ts'
import {
  type Asked,
  csv,
  DIRECTORY,
  fakeClock,
  giveToken,
  isTokenRequest,
  json,
  partsOf,
  type Reply,
  refusedSignIn,
  SECRET,
  START,
  startServer,
  TOKEN,
  targetAt,
  wrapped,
} from './testing.ts'
import { makeCertificate } from './testing-certificate.ts'
import type { CloudHosts, Credential, GraphParts } from './types.ts'

const servers: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

type Service = Readonly<{ token?: () => Reply; report?: () => Reply; settings?: () => Reply; skus?: () => Reply }>
const SKUS = { value: [{ skuPartNumber: 'SPE_E5', consumedUnits: 472 }] }

/** A tenant where all is well, but for what is given. */
async function tenant(
  service: Service = {},
  about: { credential?: Credential; hosts?: Partial<CloudHosts>; more?: Partial<GraphParts> } = {},
) {
  const clock = fakeClock()
  const answer = (asked: Asked): Reply => {
    if (isTokenRequest(asked)) return (service.token ?? giveToken)()
    if (asked.path.endsWith('/admin/reportSettings')) return (service.settings ?? (() => json(200, { displayConcealedNames: false })))()
    if (asked.path.endsWith('/subscribedSkus')) return (service.skus ?? (() => json(200, SKUS)))()
    return (service.report ?? csv)()
  }
  const server = await startServer(answer, clock.now)
  servers.push(server)
  const { parts, logged } = partsOf(clock, about.more)
  const graph = openGraph(targetAt(server.url, about), parts)
  const codes = async () => {
    const { state, concealed, findings } = await graph.test()
    return { state, concealed, codes: findings.map(each => `${each.code} ${each.severity}`) }
  }
  return { graph, clock, logged, codes, asked: server.asked, paths: () => server.asked.map(each => `${each.method} ${each.path}`) }
}

test('all is well: one token, one small report, one look at the settings, one at the subscriptions', async () => {
  const { codes, paths } = await tenant()
  expect(await codes()).toEqual({
    state: 'ok',
    concealed: false,
    codes: ['signed-in ok', 'reports-readable ok', 'names-visible ok', 'seats-readable ok'],
  })
  expect(paths()).toEqual([
    `POST /${DIRECTORY}/oauth2/v2.0/token`,
    "GET /v1.0/reports/getOffice365ServicesUserCounts(period='D7')",
    'GET /v1.0/admin/reportSettings',
    'GET /v1.0/subscribedSkus',
  ])
})

test('a test signs in anew: an old token has the permissions of before', async () => {
  const { graph, asked } = await tenant()
  await graph.subscribedSkus()
  await graph.test()
  expect(asked.filter(isTokenRequest)).toHaveLength(2)
})

test('names concealed: of use all the same, and said who could change it', async () => {
  const { graph, codes } = await tenant({ settings: () => json(200, { displayConcealedNames: true }) })
  expect(await codes()).toMatchObject({ state: 'ok', concealed: true, codes: expect.arrayContaining(['names-concealed info']) })
  expect(await graph.concealment()).toBe(true)
})

test.each<[string, () => Reply, string]>([
  ['not permitted', () => wrapped(403, 'S2SUnauthorized', 'Invalid permission.'), 'concealment-unknown'],
  ['away', () => ({ status: 503 }), 'concealment-not-told'],
  ['odd', () => json(200, { displayConcealedNames: 'perhaps' }), 'concealment-not-told'],
])('the question about names is %s: unknown, and the connection is in order', async (_name, settings, code) => {
  const { graph, codes } = await tenant({ settings })
  expect(await codes()).toMatchObject({ state: 'ok', concealed: null, codes: expect.arrayContaining([`${code} info`]) })
  expect(await graph.concealment()).toBeNull()
})

test('national clouds do not tell whether names are concealed, and are not asked', async () => {
  const { codes, paths } = await tenant({}, { hosts: { cloud: 'dod', version: 'beta' } })
  expect(await codes()).toMatchObject({ state: 'ok', concealed: null, codes: expect.arrayContaining(['concealment-not-told info']) })
  expect(paths().filter(path => path.includes('reportSettings'))).toEqual([])
})

test('reports without subscriptions: partly, with the permission by name', async () => {
  const { graph, codes } = await tenant({ skus: () => json(403, { error: { code: 'Authorization_RequestDenied', message: DIRECTORY } }) })
  expect(await codes()).toMatchObject({ state: 'partly', codes: expect.arrayContaining(['licences-permission-missing warning']) })
  const { findings } = await graph.test()
  for (const locale of ['en', 'pt-BR']) {
    expect(findings.find(each => each.code === 'licences-permission-missing')?.remedy?.[locale]).toContain('LicenseAssignment.Read.All')
  }
  expect(await graph.subscribedSkus()).toMatchObject({ state: 'needs-consent', finding: { code: 'licences-permission-missing' } })
})

test.each<[string, Service, string, string]>([
  [
    'permission',
    { report: () => wrapped(403, 'S2SUnauthorized', 'Invalid permission.') },
    'needs-consent',
    'reports-permission-missing error',
  ],
  ['no data yet', { report: () => wrapped(404, 'UnknownTenantId', DIRECTORY) }, 'not-ready', 'not-ready info'],
  [
    'token not accepted',
    { report: () => json(401, { error: { code: 'InvalidAuthenticationToken' } }) },
    'needs-consent',
    'token-not-accepted error',
  ],
  ['service away', { report: () => ({ status: 503 }) }, 'unreachable', 'service-unavailable error'],
  ['a proxy', { report: () => ({ body: '<html>' }) }, 'failed', 'download-not-csv error'],
  [
    'wrong path',
    { report: () => json(400, { error: { code: 'BadRequest', message: "Resource not found for the segment 'x'." } }) },
    'failed',
    'not-offered info',
  ],
  ['throttled', { report: () => ({ status: 429, headers: { 'retry-after': '600' } }) }, 'untested', 'throttled warning'],
])('the report does not come (%s): the rest is tested all the same', async (_name, service, state, finding) => {
  const { codes } = await tenant(service)
  expect(await codes()).toMatchObject({ state, codes: ['signed-in ok', finding, 'names-visible ok', 'seats-readable ok'] })
})

test.each([
  [7000215, 'bad-credential', 'secret-wrong error'],
  [700016, 'needs-consent', 'application-missing error'],
  [90002, 'unknown-tenant', 'tenant-unknown error'],
  [900432, 'unknown-tenant', 'wrong-cloud error'],
])('no token (AADSTS%i): told, and nothing else is asked', async (number, state, finding) => {
  const { codes, asked } = await tenant({ token: () => refusedSignIn(number) })
  expect(await codes()).toEqual({ state, concealed: null, codes: [finding] })
  expect(asked).toHaveLength(1)
})

test('without leave from the budget nothing was tested, and it says until when', async () => {
  const budget = { take: async () => ({ ok: false, at: START + 90_000 }) as const }
  const { graph, codes } = await tenant({}, { more: { budget } })
  expect(await codes()).toMatchObject({ state: 'untested', codes: expect.arrayContaining(['budget-used-up warning']) })
  const { findings } = await graph.test()
  expect(findings[1]?.text).toEqual({
    en: 'The requests that the service allows are used up until 2026-11-21 10:01 UTC.',
    'pt-BR': 'As solicitações que o serviço permite estão esgotadas até 2026-11-21 10:01 UTC.',
  })
})

test('a clock that goes wrong is told before it matters', async () => {
  const at = (ms: number) => () => ({ ...giveToken(), headers: { date: new Date(START + ms).toUTCString() } })
  expect((await (await tenant({ token: at(120_000) })).codes()).codes).toHaveLength(4)
  const { graph, codes } = await tenant({ token: at(-240_000) })
  expect(await codes()).toMatchObject({ state: 'ok', codes: expect.arrayContaining(['clock-skew warning']) })
  expect((await graph.test()).findings.at(-1)?.text.en).toContain('240 seconds')
})

test('a certificate that ends within 30 days is told, with its last day', async () => {
  const soon = await tenant({}, { credential: { kind: 'certificate', ...makeCertificate({ to: '2026-12-01' }) } })
  expect(await soon.codes()).toMatchObject({ state: 'ok', codes: expect.arrayContaining(['certificate-ends warning']) })
  expect((await soon.graph.test()).findings.at(-1)?.text.en).toBe('The certificate ends on 2026-12-01, in 9 days.')
  const later = await tenant({}, { credential: { kind: 'certificate', ...makeCertificate({ to: '2027-06-01' }) } })
  expect((await later.codes()).codes).toHaveLength(4)
})

test('subscriptions come as the service tells them, with the waits of reports', async () => {
  let count = 0
  const { graph, clock } = await tenant({
    skus: () => (++count === 1 ? { status: 429, headers: { 'retry-after': '12' } } : json(200, SKUS)),
  })
  expect(await graph.subscribedSkus()).toEqual({ state: 'seats', json: SKUS })
  expect(clock.waits).toEqual([12_000])
  const long = await tenant({ skus: () => ({ status: 429, headers: { 'retry-after': '120' } }) })
  expect(await long.graph.subscribedSkus()).toEqual({ state: 'later', at: START + 120_000, why: 'throttled' })
  const odd = await tenant({ skus: () => ({ body: '<html>' }) })
  expect(await odd.graph.subscribedSkus()).toMatchObject({ state: 'failed' })
})

test('subscriptions and settings renew a token once, too', async () => {
  let count = 0
  const { graph, asked } = await tenant({
    skus: () => (++count === 1 ? json(401, { error: { code: 'InvalidAuthenticationToken' } }) : json(200, SKUS)),
  })
  expect(await graph.subscribedSkus()).toMatchObject({ state: 'seats' })
  expect(asked.filter(isTokenRequest)).toHaveLength(2)
})

test('whatever goes wrong, neither findings nor the log tell a secret', async () => {
  const own: Credential = { kind: 'certificate', ...makeCertificate() }
  const faults: Service[] = [
    {},
    { token: () => refusedSignIn(7000215) },
    { token: () => json(500, { error_description: DIRECTORY }) },
    { report: () => wrapped(403, 'S2SUnauthorized', DIRECTORY), skus: () => wrapped(500, 'X', DIRECTORY) },
    { report: () => json(404, { error: { code: `X ${DIRECTORY}`, message: DIRECTORY } }) },
  ]
  for (const credential of [SECRET, own]) {
    for (const fault of faults) {
      const { graph, logged, asked } = await tenant(fault, { credential })
      const told = JSON.stringify(await graph.test()) + logged.join()
      const assertion = new URLSearchParams(asked[0]?.body).get('client_assertion') ?? 'none'
      for (const secret of ['not to be told', TOKEN, DIRECTORY, '99999999-', 'PRIVATE KEY', assertion]) expect(told).not.toContain(secret)
    }
  }
})
