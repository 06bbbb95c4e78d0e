import { existsSync, readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { finding } from '../../graph/findings.ts'
import { type Simulator, startSimulator } from '../../graph/simulator/simulator.ts'
import { plainTenant, type TenantChanges } from '../../graph/simulator/tenants.ts'
import type { Graph, ReportAnswer } from '../../graph/types.ts'
import type { UsageReport } from '../../model/usage.ts'
import type { SyncRunView } from '../../model/usage-api.ts'
import { Day } from '../../model/words.ts'
import { markReachedBack, type TenantKey } from '../../store/connections.ts'
import { reportText } from '../../usage/fixtures.ts'
import { cloudsWith } from '../connections/connecting.ts'
import { getTenantConnections } from '../connections/get-connections.ts'
import { dropConnection, setConnection, setPeopleAllowed } from '../connections/set-connection.ts'
import { SYSTEM } from '../policy.ts'
import { syncUsage } from './job.ts'
import { planSyncs } from './plan-syncs.ts'
import { cancelRun, getRun, requestRun } from './request-run.ts'
import { carryOut, type RunStep } from './run.ts'
import { syncMany, testMany } from './sync-many.ts'
import { type SyncWorld, syncWorld } from './testing.ts'
import { dropLeftFiles } from './working-files.ts'

const TODAY = Day.parse('2026-11-21')
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** A customer whose tenant the simulator plays. */
async function simulated(changes: TenantChanges = {}) {
  const tenant = plainTenant({ index: 0, users: 60, today: TODAY, ...changes })
  let world: SyncWorld | undefined
  const clock = () => world?.now().getTime() ?? Date.parse('2026-11-21T10:00:00Z')
  const simulator = await startSimulator({ tenants: [tenant], today: TODAY, clock, slowMs: 1 })
  closing.push(simulator.close)
  world = await syncWorld(simulator.url)
  closing.push(world.close)
  const where = await world.connect('contoso', tenant)
  return { world, simulator, where, tenant }
}

/** A customer whose tenant answers as the test says. */
async function scripted(report: (name: string, path: string, asked: number) => Promise<ReportAnswer>, more: Partial<Graph> = {}) {
  let asked = 0
  const graph: Graph = {
    report: ({ report: name }, path) => report(name, path, ++asked),
    subscribedSkus: async () => ({ state: 'not-offered', finding: finding('not-offered', { report: 'subscribedSkus' }) }),
    concealment: async () => null,
    test: async () => ({ state: 'ok', concealed: null, findings: [] }),
    ...more,
  }
  const world = await syncWorld(() => graph)
  closing.push(world.close)
  return { world, where: await world.connect('contoso'), asked: () => asked }
}

const file = async (path: string, name: string): Promise<ReportAnswer> => {
  const isPeople = /UserDetail$/.test(name)
  // Of the reports asked for, those about people are made by this.
  const text = isPeople
    ? reportText({ report: name as UsageReport, users: 20, refreshDate: '2026-11-19', activeShare: 0.5 })
    : 'Report Refresh Date,Report Date\r\n'
  await writeFile(path, text)
  return { state: 'file', bytes: text.length }
}

async function begin(world: SyncWorld, where: TenantKey) {
  const { id } = await requestRun(world.context, SYSTEM, where)
  const key = { customerId: where.customerId, runId: id }
  return { id, carry: () => carryOut(world.context, key), view: () => getRun(world.context, SYSTEM, { ...where, runId: id }) }
}
const shown = async (world: SyncWorld, where: TenantKey) =>
  (await getTenantConnections(world.context, SYSTEM, where.customerId)).tenants.find(each => each.id === where.tenantId)?.connection
const states = (run: SyncRunView) => Object.fromEntries(run.steps.filter(step => step.day === null).map(step => [step.report, step.state]))
const imports = (world: SyncWorld) =>
  world.context.db.selectFrom('usage_import').select(['file', 'sha256', 'origin', 'imported_by', 'report']).orderBy('file').execute()
const current = (world: SyncWorld) =>
  world.context.db
    .selectFrom('usage_current')
    .select(['service', 'active', 'assigned', 'active_unlicensed', 'as_of'])
    .orderBy('service')
    .execute()

async function isAsExpected(world: SyncWorld, simulator: Simulator, directory: string) {
  const { services } = await simulator.expectedFacts(directory)
  const rows = Object.fromEntries((await current(world)).map(row => [row.service, row]))
  for (const [service, wanted] of Object.entries(services))
    expect([service, rows[service]]).toEqual([service, expect.objectContaining({ active: wanted.active, as_of: wanted.day })])
  const seats = await world.context.db.selectFrom('entitlement').select(['service', 'seats', 'source']).execute()
  expect(Object.fromEntries(seats.map(row => [row.service, row.seats]))).toEqual(
    Object.fromEntries(Object.entries(services).map(([service, wanted]) => [service, wanted.seats])),
  )
}

test('the first run brings every figure, reaches back in two windows, and asks no more than the service allows', async () => {
  const { world, simulator, where, tenant } = await simulated()
  const run = await begin(world, where)
  expect(await run.carry()).toBe('waiting')
  const first = await run.view()
  expect(Object.values(states(first)).every(state => state === 'imported')).toBe(true)
  expect(first).toMatchObject({ state: 'waiting', reachesBack: true, done: 22, total: 35, resumesAt: '2026-11-21T10:10:00.000Z' })
  await isAsExpected(world, simulator, tenant.directory)
  // What came tells how the connection fares, long before the run ends.
  expect(await shown(world, where)).toMatchObject({ state: 'ok', findings: [] })
  // The job for the rest comes when the window is over, and not before.
  expect(await run.carry()).toBe('waiting')
  expect((await run.view()).done).toBe(22)

  world.advance(10 * 60_000)
  expect(await run.carry()).toBe('ended')
  const last = await run.view()
  expect(last).toMatchObject({ state: 'done', done: 35, total: 35, resumesAt: null })
  expect(last.steps.filter(step => step.day !== null).map(step => step.state)).toEqual(Array.from({ length: 26 }, () => 'imported'))
  expect(simulator.requests().filter(each => each.isOverBudget)).toEqual([])
  expect(simulator.requests().filter(each => each.fn === 'getOffice365ActiveUserDetail')).toHaveLength(27)
  await isAsExpected(world, simulator, tenant.directory)
  expect(await shown(world, where)).toMatchObject({ state: 'ok', concealed: false, findings: [], run: { id: run.id } })
  expect((await imports(world)).every(row => row.origin === 'graph' && row.imported_by === 'system')).toBe(true)

  simulator.forgetRequests()
  world.advance(24 * 3600_000)
  simulator.setToday(Day.parse('2026-11-22'))
  const next = await begin(world, where)
  expect(await next.carry()).toBe('ended')
  expect(await next.view()).toMatchObject({ state: 'done', reachesBack: false, total: 9, done: 9 })
  await isAsExpected(world, simulator, tenant.directory)
  expect(simulator.requests().filter(each => each.what === "period='D180'")).toEqual([])
})

test('the same reports once more change nothing', async () => {
  const { world, simulator, where } = await simulated()
  const run = await begin(world, where)
  await run.carry()
  world.advance(10 * 60_000)
  await run.carry()
  const before = [await imports(world), await current(world)]
  world.advance(10 * 60_000)
  const again = await begin(world, where)
  expect(await again.carry()).toBe('ended')
  // Counts of 30 days instead of 180 are another file.
  const { getOffice365ActiveUserCounts, getEmailAppUsageUserCounts, getM365AppUserCounts, ...same } = states(await again.view())
  expect(new Set(Object.values(same))).toEqual(new Set(['unchanged']))
  expect((await imports(world)).filter(row => row.report !== null && !row.report.endsWith('UserCounts'))).toEqual(
    (before[0] as Awaited<ReturnType<typeof imports>>).filter(row => row.report !== null && !row.report.endsWith('UserCounts')),
  )
  expect(await current(world)).toEqual(before[1])
  expect(simulator.requests().filter(each => each.isOverBudget)).toEqual([])
})

test('one report that does not come takes no other with it', async () => {
  const { world, simulator, where } = await simulated()
  simulator.planFault({ fault: 'html', fn: 'getEmailAppUsageUserDetail', times: 50 })
  simulator.planFault({ fault: 'header-only', fn: 'getM365AppUserDetail', times: 1 })
  const run = await begin(world, where)
  await run.carry()
  world.advance(3600_000)
  await run.carry()
  const view = await run.view()
  expect(view.state).toBe('partly')
  expect(states(view)).toMatchObject({
    getOffice365ActiveUserDetail: 'imported',
    getEmailAppUsageUserDetail: 'failed',
    getM365AppUserDetail: 'no-data',
    getM365AppUserCounts: 'imported',
  })
  expect(view.steps.find(step => step.report === 'getEmailAppUsageUserDetail')?.problem).toBe('download-not-csv')
  expect(await shown(world, where)).toMatchObject({ state: 'partly', findings: [{ code: 'download-not-csv' }] })
})

test('what is asked for too often goes on when the service says so', async () => {
  const { world, simulator, where } = await simulated()
  simulator.planFault({ fault: 'throttled-silent', fn: 'getM365AppUserDetail', times: 3 })
  const run = await begin(world, where)
  let end = await run.carry()
  for (let tries = 0; end === 'waiting' && tries < 10; tries++) {
    world.advance(Date.parse((await run.view()).resumesAt ?? '') - world.now().getTime())
    end = await run.carry()
  }
  expect(end).toBe('ended')
  expect((await run.view()).state).toBe('done')
  expect(simulator.requests().filter(each => each.isOverBudget)).toEqual([])
})

test.each([
  ['a wrong secret', { secret: 'another one' }, 'bad-credential', 'refused'],
  ['an application nobody added', { consent: null }, 'needs-consent', 'needs-consent'],
  ['no permission for reports', { consent: { reports: false, settings: true, seats: false } }, 'needs-consent', 'needs-consent'],
  [
    'a tenant the service does not know yet',
    { isReady: false, consent: { reports: true, settings: true, seats: false } },
    'not-ready',
    'not-ready',
  ],
] as const)('%s: every step and the connection say so', async (_, changes, state, step) => {
  const { world, simulator, where, tenant } = await simulated()
  simulator.changeTenant(tenant.directory, changes)
  const run = await begin(world, where)
  expect(await run.carry()).toBe('ended')
  const view = await run.view()
  expect([view.state, view.done]).toEqual(['failed', 9])
  const connection = await shown(world, where)
  expect([connection?.state, states(view).getOffice365ActiveUserDetail]).toEqual([state, step])
  for (const { text } of connection?.findings ?? []) expect([text.en, text['pt-BR']]).toEqual([expect.any(String), expect.any(String)])
  expect(connection?.findings.length).toBeGreaterThan(0)
  expect(await current(world)).toEqual([])
})

test('concealed names are told, and change no figure', async () => {
  const { world, simulator, where, tenant } = await simulated({ concealed: true })
  const run = await begin(world, where)
  await run.carry()
  world.advance(10 * 60_000)
  await run.carry()
  await isAsExpected(world, simulator, tenant.directory)
  expect(await shown(world, where)).toMatchObject({ state: 'ok', concealed: true })
})

test('where people may be named, what each did is fetched too', async () => {
  const { world, where } = await simulated()
  await setPeopleAllowed(world.context, SYSTEM, where, { allowed: true })
  const run = await begin(world, where)
  await run.carry()
  expect(states(await run.view())).toMatchObject({ getTeamsUserActivityUserDetail: 'imported', getYammerActivityUserDetail: 'imported' })
})

test('a run that was cut off goes on with what has not ended, and doubles nothing', async () => {
  let isBroken = true
  const { world, where } = await scripted(async (name, path, asked) => {
    if (isBroken && asked === 3) throw new Error('the disk is full')
    return file(path, name)
  })
  const run = await begin(world, where)
  await expect(run.carry()).rejects.toThrow('the disk is full')
  expect(await run.view()).toMatchObject({ state: 'running', endedAt: null })
  expect(readdirSync(world.open.folder).filter(name => name === 'temp').length).toBe(1)
  expect(readdirSync(world.context.temp)).toEqual([])
  isBroken = false
  let end = await run.carry()
  for (let tries = 0; end === 'waiting' && tries < 5; tries++) {
    world.advance(10 * 60_000)
    end = await run.carry()
  }
  expect(end).toBe('ended')
  const all = await imports(world)
  expect(new Set(all.map(row => row.sha256)).size).toBe(all.length)
})

test('stopped in the middle, nothing more is asked for or imported', async () => {
  let stop = async () => {}
  const { world, where, asked } = await scripted(async (name, path, count) => {
    if (count === 2) await stop()
    return file(path, name)
  })
  const run = await begin(world, where)
  stop = async () => void (await cancelRun(world.context, SYSTEM, { ...where, runId: run.id }))
  expect(await run.carry()).toBe('ended')
  expect([asked(), await imports(world), (await run.view()).state]).toEqual([2, [], 'stopped'])
  expect(existsSync(world.context.temp) ? readdirSync(world.context.temp) : []).toEqual([])
})

test('a connection taken away in the middle ends its run', async () => {
  let remove = async () => {}
  const { world, where, asked } = await scripted(async (name, path, count) => {
    if (count === 2) await remove()
    return file(path, name)
  })
  const run = await begin(world, where)
  remove = async () => void (await dropConnection(world.context, SYSTEM, where))
  expect(await run.carry()).toBe('ended')
  expect([asked(), await imports(world)]).toEqual([2, []])
  await expect(run.view()).rejects.toMatchObject({ code: 'not-found' })
})

test('an application without consent signs in once a run, and no more', async () => {
  const missing = { state: 'needs-consent', finding: finding('application-missing') } as const
  const { world, where, asked } = await scripted(async () => missing, { subscribedSkus: async () => missing })
  const run = await begin(world, where)
  expect(await run.carry()).toBe('ended')
  expect([asked(), (await run.view()).steps.every(step => step.state === 'needs-consent')]).toEqual([0, true])
  expect(await shown(world, where)).toMatchObject({ state: 'needs-consent', findings: [{ code: 'application-missing' }] })
})

test.each([
  ['leads to another tenant', { directory: 'fabrikam.example' }],
  ['is switched off', { enabled: false }],
])('a connection that %s in the middle ends its run: nothing of before is imported or counted as reached back', async (_, change) => {
  let set = async () => {}
  const { world, where, asked } = await scripted(async (name, path, count) => {
    if (count === 2) await set()
    return file(path, name)
  })
  const run = await begin(world, where)
  const seen = await shown(world, where)
  if (!seen) throw new Error('the tenant is connected')
  const { cloud, directory, clientId, enabled, version } = seen
  const credential = { kind: 'secret', secret: 'given again' } as const
  set = async () =>
    void (await setConnection(world.context, SYSTEM, where, { cloud, directory, clientId, enabled, version, credential, ...change }))
  expect(await run.carry()).toBe('ended')
  expect([asked(), await imports(world), (await run.view()).state]).toEqual([2, [], 'stopped'])
  await markReachedBack(world.context.db, { ...where, runId: run.id }, world.now().toISOString())
  expect(await world.context.db.selectFrom('graph_connection').select('reached_back_at').execute()).toEqual([{ reached_back_at: null }])
})

test('a process that ends imports what has come, and leaves the rest', async () => {
  let isStopping = false
  const { world, where } = await scripted(async (name, path, count) => {
    if (count === 2) isStopping = true
    return file(path, name)
  })
  const { id } = await requestRun(world.context, SYSTEM, where)
  const data = { customer: where.customerId, run: id }
  await expect(syncUsage(world.context, { data, isLastTry: false, isStopping: () => isStopping })).rejects.toThrow(
    'goes on at the next start',
  )
  expect(await imports(world)).toHaveLength(2)
  expect(await getRun(world.context, SYSTEM, { ...where, runId: id })).toMatchObject({ state: 'running', done: 3 })
})

test('the last try of a job gives the run up, and says so', async () => {
  const { world, where } = await scripted(async () => {
    throw new Error('the disk is full')
  })
  const { id } = await requestRun(world.context, SYSTEM, where)
  const job = (isLastTry: boolean) => ({ data: { customer: where.customerId, run: id }, isLastTry, isStopping: () => false })
  await expect(syncUsage(world.context, job(false))).rejects.toThrow('the disk is full')
  expect((await shown(world, where))?.run).toMatchObject({ state: 'running' })
  await expect(syncUsage(world.context, job(true))).rejects.toThrow('the disk is full')
  expect(await shown(world, where)).toMatchObject({ state: 'failed', findings: [{ code: 'gave-up' }], run: { state: 'failed' } })
})

test('files that a killed process left are deleted after a day, and no others', async () => {
  const { world } = await scripted(async (name, path) => file(path, name))
  const inTemp = (name: string) => join(world.context.temp, name)
  const [left, other] = [inTemp('sync-left'), inTemp('other')]
  for (const folder of [left, other, inTemp('usage-Ab12Cd'), inTemp('people-Ab12Cd')]) await mkdir(folder, { recursive: true })
  for (const path of [
    join(left, '0.csv'),
    inTemp('1.upload'),
    join(inTemp('usage-Ab12Cd'), 'f0.csv'),
    join(inTemp('people-Ab12Cd'), 'f0.csv'),
  ])
    await writeFile(path, 'names of people')
  const later = (hours: number) => ({ ...world.context, now: () => new Date(Date.now() + hours * 3600_000) })
  expect([await dropLeftFiles(later(23)), existsSync(left)]).toEqual([0, true])
  expect([await dropLeftFiles(later(25)), existsSync(left), existsSync(other)]).toEqual([4, false, true])
})

test('a credential kept under another secret of the installation is named as that, and nobody is asked', async () => {
  const { world, where, asked } = await scripted(async (name, path) => file(path, name))
  await world.context.db.updateTable('graph_secret').set({ sealed: 'bm90IG91cnMsIGFuZCBsb25nIGVub3VnaA==' }).execute()
  const run = await begin(world, where)
  expect(await run.carry()).toBe('ended')
  expect(asked()).toBe(0)
  expect(await shown(world, where)).toMatchObject({ state: 'failed', findings: [{ code: 'credential-locked' }], run: { state: 'failed' } })
})

test('a connection to a simulator that is not set up here is named as that', async () => {
  const { world, where, asked } = await scripted(async (name, path) => file(path, name))
  const context = { ...world.context, graph: { ...world.context.graph, clouds: cloudsWith(null) } }
  const { id } = await begin(world, where)
  expect(await carryOut(context, { customerId: where.customerId, runId: id })).toBe('ended')
  expect(asked()).toBe(0)
  expect(await shown(world, where)).toMatchObject({ state: 'failed', findings: [{ code: 'simulator-missing' }], run: { state: 'failed' } })
})

test('progress names the day that is asked for, and counts what has ended', async () => {
  const { world } = await scripted(async (name, path) => file(path, name))
  const seen: RunStep[] = []
  await syncMany(world.context, SYSTEM, { onProgress: (_, step) => seen.push(step) })
  expect(seen.map(({ done }) => done)).toEqual(seen.map((_, index) => index))
  expect(seen.every(({ report, day }, index) => (day === null) === index < 9 && report !== '')).toBe(true)
})

test('days that went out of reach while the run waited are no trouble', async () => {
  const graph: Graph['report'] = async ({ report: name, day }, path) => {
    if (name.endsWith('Counts')) return { state: 'not-offered', finding: finding('not-offered', { report: name }) }
    return day !== undefined && day < '2026-11-18' ? { state: 'refused', finding: finding('day-out-of-range', { day }) } : file(path, name)
  }
  const { world, where } = await scripted(async () => ({ state: 'file', bytes: 0 }), { report: graph })
  const run = await begin(world, where)
  expect(await run.carry()).toBe('ended')
  const days = (await run.view()).steps.filter(step => step.day !== null).map(step => step.state)
  expect(days.filter(state => state === 'not-offered')).toHaveLength(24)
  expect([(await run.view()).state, (await shown(world, where))?.state]).toEqual(['done', 'ok'])
})

test('a report that came and cannot be read is left out with its reason; the others are imported', async () => {
  const { world, where } = await scripted(async (name, path) => {
    if (name !== 'getM365AppUserDetail') return file(path, name)
    await writeFile(path, 'Some Other Column,And Another\r\n1,2\r\n')
    return { state: 'file', bytes: 36 }
  })
  const run = await begin(world, where)
  await run.carry()
  expect(states(await run.view())).toMatchObject({ getOffice365ActiveUserDetail: 'imported', getM365AppUserDetail: 'failed' })
  const found = (await shown(world, where))?.findings.find(({ code }) => code === 'unreadable')
  expect([found?.severity, found?.text.en]).toEqual(['error', expect.stringContaining('could not be read')])
  expect((await imports(world)).map(row => row.report)).not.toContain('getM365AppUserDetail')
})

test('two do not carry out one run', async () => {
  const gate = Promise.withResolvers<void>()
  const { world, where, asked } = await scripted(async (name, path) => {
    await gate.promise
    return file(path, name)
  })
  const run = await begin(world, where)
  const first = run.carry()
  while (asked() === 0) await new Promise(resolve => setTimeout(resolve, 5))
  expect(await run.carry()).toBe('held')
  gate.resolve()
  expect(['ended', 'waiting']).toContain(await first)
})

test('nobody answering twice in a row spares the rest the waiting', async () => {
  const { world, where, asked } = await scripted(async () => ({
    state: 'unreachable',
    finding: finding('service-unavailable', { status: '503' }),
  }))
  const run = await begin(world, where)
  expect(await run.carry()).toBe('ended')
  expect([asked(), (await run.view()).done]).toEqual([2, 9])
  expect((await shown(world, where))?.state).toBe('unreachable')
})

test('the night sets one run down for each tenant within three hours, and none where one is open', async () => {
  const { world, where } = await scripted(async (name, path) => file(path, name))
  const other = await world.connect('fabrikam')
  const asked = await requestRun(world.context, SYSTEM, other)
  expect(await planSyncs(world.context)).toBe(1)
  const run = (await shown(world, where))?.run
  expect(run).toMatchObject({ trigger: 'night', state: 'waiting', requestedBy: 'Impulso' })
  const delay = Date.parse(run?.resumesAt ?? '') - world.now().getTime()
  expect(delay >= 0 && delay < 3 * 3600_000).toBe(true)
  expect(await planSyncs(world.context)).toBe(0)
  // Somebody who asks does not wait for the night.
  const hastened = await requestRun(world.context, SYSTEM, where)
  expect(hastened).toMatchObject({ id: run?.id, resumesAt: null })
  expect((await shown(world, other))?.run?.id).toBe(asked.id)
})

test('the command fetches all that is connected, names what is not, and tests', async () => {
  const { world, where } = await scripted(async (name, path) => file(path, name))
  await world.connect('fabrikam')
  const seen: string[] = []
  const runs = await syncMany(world.context, SYSTEM, { onProgress: ({ customerId }, { report }) => seen.push(`${customerId} ${report}`) })
  expect(runs.map(each => [each.customerId, each.run.trigger])).toEqual([
    ['contoso', 'command'],
    ['fabrikam', 'command'],
  ])
  expect(new Set(seen.map(each => each.split(' ')[0]))).toEqual(new Set(['contoso', 'fabrikam']))
  expect(await testMany(world.context, SYSTEM, { customerId: where.customerId })).toMatchObject([{ customerId: 'contoso', state: 'ok' }])
  await expect(syncMany(world.context, SYSTEM, { customerId: 'nobody' })).rejects.toMatchObject({ code: 'not-found' })
})
