import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Day } from '../model/words.ts'
import { hostsOf } from './clouds.ts'
import { openGraph } from './graph.ts'
import { FAULTS } from './simulator/faults.ts'
import { type Simulator, startSimulator } from './simulator/simulator.ts'
import { demoTenants, type SimulatedTenant } from './simulator/tenants.ts'
import { fakeClock, partsOf, slidingBudget } from './testing.ts'
import { makeCertificate } from './testing-certificate.ts'
import type { Credential } from './types.ts'

/** Against the simulator: everything that the service is known to do, over real sockets. */

const TODAY = Day.parse('2026-11-21')
const NIGHTLY = [
  { report: 'getOffice365ActiveUserDetail', period: 'D30' },
  { report: 'getOffice365ServicesUserCounts', period: 'D30' },
  { report: 'getOffice365ActiveUserCounts', period: 'D180' },
  { report: 'getEmailAppUsageUserDetail', period: 'D30' },
  { report: 'getM365AppUserDetail', period: 'D30' },
  { report: 'getMicrosoft365CopilotUsageUserDetail', period: 'D30' },
] as const

let folder: string
let clock: ReturnType<typeof fakeClock>
let simulator: Simulator
let tenant: SimulatedTenant
const own = makeCertificate()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'impulso-simulated-'))
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  clock = fakeClock()
  const tenants = demoTenants({ count: 1, today: TODAY, users: 120 }).map(each => ({
    ...each,
    isReady: true,
    certificates: [own.certificate],
  }))
  simulator = await startSimulator({ tenants, today: TODAY, clock: () => clock.now(), slowMs: 1 })
  const [first] = simulator.tenants()
  if (!first) throw new Error('the simulator has no tenant')
  tenant = first
})
afterEach(() => simulator.close())

function connect(about: Partial<{ credential: Credential; directory: string; clientId: string }> = {}) {
  const credential: Credential = { kind: 'secret', secret: tenant.secret }
  const { parts, logged } = partsOf(clock, { budget: slidingBudget(clock.now) })
  const target = {
    hosts: hostsOf('simulator', simulator.url),
    directory: tenant.directory,
    clientId: tenant.clientId,
    credential,
    ...about,
  }
  return { graph: openGraph(target, parts), logged }
}
const path = () => join(folder, 'report.csv')

/** As a caller does who comes back when told to. */
async function fetched(graph: ReturnType<typeof connect>['graph'], request: (typeof NIGHTLY)[number] | { report: string; day: string }) {
  for (let rounds = 0; rounds < 20; rounds++) {
    const answer = await graph.report(request, path())
    if (answer.state !== 'later') return answer
    clock.advance(answer.at - clock.now())
  }
  throw new Error('told to come back for ever')
}

test.each(NIGHTLY)('$report comes whole, by one token, the download without it', async request => {
  const { graph } = connect()
  expect(await graph.report(request, path())).toMatchObject({ state: 'file' })
  expect(await readFile(path(), 'utf8')).toMatch(/^\uFEFFReport Refresh Date,.*\r\n(.*\r\n)*$/)
  const seen = simulator.requests()
  expect(seen.filter(each => each.fn === 'token')).toHaveLength(1)
  expect(seen.filter(each => each.fn === 'download' && each.hasAuthorization)).toEqual([])
  expect(seen.every(each => (each.status ?? 0) < 400)).toBe(true)
})

test('a certificate signs in, by the id of the tenant or by its domain', async () => {
  for (const directory of [tenant.directory, tenant.domain]) {
    const { graph } = connect({ credential: { kind: 'certificate', ...own }, directory })
    expect(await graph.test()).toMatchObject({ state: 'ok' })
  }
  const { graph } = connect({ credential: { kind: 'certificate', ...makeCertificate() } })
  expect(await graph.test()).toMatchObject({ state: 'bad-credential', findings: [{ code: 'certificate-unknown' }] })
})

test('a test tells what is missing, one thing at a time', async () => {
  const outcome = async (about?: Parameters<typeof connect>[0]) => {
    const { state, concealed, findings } = await connect(about).graph.test()
    return [state, concealed, ...findings.filter(each => each.severity !== 'ok').map(each => each.code)]
  }
  expect(await outcome({ credential: { kind: 'secret', secret: 'wrong' } })).toEqual(['bad-credential', null, 'secret-wrong'])
  expect(await outcome({ directory: 'nobody.example' })).toEqual(['unknown-tenant', null, 'tenant-unknown'])
  simulator.changeTenant(tenant.directory, { consent: null })
  expect(await outcome()).toEqual(['needs-consent', null, 'application-missing'])
  simulator.changeTenant(tenant.directory, { consent: { reports: false, settings: false, seats: true } })
  expect(await outcome()).toEqual(['needs-consent', null, 'reports-permission-missing', 'concealment-unknown'])
  simulator.changeTenant(tenant.directory, { consent: { reports: true, settings: true, seats: false }, concealed: true })
  expect(await outcome()).toEqual(['partly', true, 'names-concealed', 'licences-permission-missing'])
  simulator.changeTenant(tenant.directory, { consent: { reports: true, settings: true, seats: true }, concealed: false, isReady: false })
  expect(await outcome()).toEqual(['not-ready', false, 'not-ready'])
  simulator.changeTenant(tenant.directory, { isReady: true })
  expect(await outcome()).toEqual(['ok', false])
})

const LASTING = { 'not-ready': 'not-ready', 'header-only': 'file' } as const
test.each(FAULTS)('one fault of the kind %s: the report comes, or it is said why not', async fault => {
  const { graph } = connect()
  simulator.planFault({ fault })
  expect(await fetched(graph, NIGHTLY[0])).toMatchObject({ state: fault === 'not-ready' ? LASTING[fault] : 'file' })
  expect(Object.values(simulator.faultsSeen()).map(each => each[fault])).toEqual([1])
  const left = await readdir(folder)
  expect(left.filter(each => each !== 'report.csv')).toEqual([])
})

test('tokens that end in the middle are renewed, once each time', async () => {
  const { graph } = connect()
  await graph.report(NIGHTLY[0], path())
  simulator.expireTokens()
  expect(await graph.report(NIGHTLY[1], path())).toMatchObject({ state: 'file' })
  expect(await graph.subscribedSkus()).toMatchObject({ state: 'seats' })
  expect(simulator.requests().filter(each => each.fn === 'token')).toHaveLength(2)
})

test('28 days among many faults: all come, and the service never has to count one request too many', async () => {
  const { graph, logged } = connect()
  simulator.setFaults({ rate: 0.3, kinds: ['throttled', 'throttled-silent', 'unavailable', 'reset', 'expired-link', 'truncated', 'html'] })
  const days = Array.from({ length: 26 }, (_, back) => new Date(Date.parse('2026-11-19') - back * 86_400_000).toISOString().slice(0, 10))
  for (const day of days) {
    let state = ''
    // Five faults in a row end a call in words; the caller asks again another time.
    for (let calls = 0; calls < 4 && state !== 'file'; calls++)
      ({ state } = await fetched(graph, { report: 'getOffice365ActiveUserDetail', day }))
    expect([day, state]).toEqual([day, 'file'])
  }
  const seen = simulator.requests()
  expect(seen.filter(each => each.isOverBudget)).toEqual([])
  expect(seen.some(each => each.fault !== null)).toBe(true)
  for (const secret of [tenant.directory, tenant.secret, tenant.clientId, '/download/', 'eyJ']) expect(logged.join()).not.toContain(secret)
})
