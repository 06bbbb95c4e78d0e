import { existsSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UsageReport } from '../../model/usage.ts'
import { loadKnown } from '../../store/known.ts'
import { findPlan } from '../../store/plans.ts'
import { type FixtureOptions, reportText } from '../../usage/fixtures.ts'
import { todayOf } from '../context.ts'
import { factsOf } from '../customers/sheet.ts'
import { getEvents } from '../events/get-events.ts'
import { getPlan } from '../plans/get-plan.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { figuresIn } from './figures-in.ts'
import { getUsage } from './get-usage.ts'
import { importFolder } from './import-folder.ts'
import { importReport, importReports } from './import-reports.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'all' }
const TENANT = 'contoso.example'
let tested: TestContext
let count = 0
beforeAll(async () => {
  tested = await testContext(new Date('2026-11-21T10:00:00Z'))
})
afterAll(() => tested.close())

const newCustomer = async (tenants: readonly string[] = [TENANT]) => {
  const id = `contoso-${++count}`
  const services = { teams: { activatedOn: '2026-03-01' }, exchange: { activatedOn: '2026-03-01' } }
  await addTestCustomer(tested.context, { customer: { id, name: 'Contoso' }, csm: { assigned: false }, services }, tenants[0] ?? TENANT)
  return id
}
const write = async (name: string, text: string) => {
  const folder = join(tested.folder, 'files')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${++count}-${name}`)
  await writeFile(path, text)
  return { path, name }
}
const report = (options: Partial<FixtureOptions> & { report: UsageReport }) =>
  write(`${options.report}.csv`, reportText({ users: 100, seed: 7, refreshDate: '2026-11-19', activeShare: 0.5, ...options }))
const importOne = (customerId: string, file: { path: string; name: string }, preview = false) =>
  importReport(tested.context, rita, { customerId, tenantId: TENANT, fileName: file.name, path: file.path, preview })
const factsIn = async (customerId: string) => factsOf((await loadKnown(tested.context.db, [customerId]))[0]!, todayOf(tested.context)).facts
const eventCount = async (customerId: string) => (await getEvents(tested.context, rita, customerId, { limit: 200 })).events.length
const keptFiles = (customerId: string) => {
  const folder = join(tested.context.reports, customerId, TENANT)
  return existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.report')) : []
}

test('a report changes usage, facts, points and the plan', async () => {
  const customerId = await newCustomer()
  await importOne(customerId, await write('seats.csv', 'service,entitled\nteams,200\nexchange,200\n'))
  const result = await importOne(customerId, await report({ report: 'getTeamsUserActivityUserDetail' }))
  expect(result).toMatchObject({ unchanged: false, preview: false, report: 'getTeamsUserActivityUserDetail', refreshDate: '2026-11-19' })
  expect(result.services).toEqual([{ service: 'teams', before: null, after: 25, active: 50, assigned: 100, asOf: '2026-11-19' }])
  expect((await factsIn(customerId)).services.teams).toMatchObject({ entitled: 200, usage: { active: 50, asOf: '2026-11-19' } })
  const usage = await getUsage(tested.context, rita, customerId, { days: 540 })
  const teams = usage.services.find(each => each.service === 'teams')
  expect(teams).toMatchObject({
    quality: 'fresh',
    current: { active: 50, percent: 25, percentOf: 'entitled', source: ['getTeamsUserActivityUserDetail'] },
  })
  expect(teams?.points).toEqual([{ day: '2026-11-19', active: 50, percent: 25, restated: false }])
})

test('the review gate opens with the report that was missing', async () => {
  const customerId = await newCustomer()
  await importOne(customerId, await write('seats.csv', 'service,entitled\nteams,100\nexchange,100\n'))
  await importOne(customerId, await report({ report: 'getTeamsUserActivityUserDetail' }))
  const { gates } = await importOne(customerId, await report({ report: 'getEmailActivityUserDetail' }))
  expect(gates.find(gate => gate.id === 'review')).toEqual({ id: 'review', before: 'unknown', after: 'met' })
})

test('the same file twice changes nothing and writes no event', async () => {
  const customerId = await newCustomer()
  const file = await report({ report: 'getTeamsUserActivityUserDetail' })
  const first = await importOne(customerId, file)
  const [events, plan] = [await eventCount(customerId), await getPlan(tested.context, rita, customerId)]
  const again = await importOne(customerId, { ...file, name: 'renamed.csv' })
  expect(again).toMatchObject({ unchanged: true, version: first.version })
  expect(await eventCount(customerId)).toBe(events)
  expect(await getPlan(tested.context, rita, customerId)).toEqual(plan)
  const seats = await write('seats.csv', 'service,entitled\nteams,100\n')
  await importOne(customerId, seats)
  expect(await importOne(customerId, seats)).toMatchObject({ unchanged: true })
  expect(await eventCount(customerId)).toBe(events + 1)
})

test('a preview tells everything and keeps nothing', async () => {
  const customerId = await newCustomer()
  const file = await report({ report: 'getTeamsUserActivityUserDetail' })
  const [events, plan] = [await eventCount(customerId), await getPlan(tested.context, rita, customerId)]
  const preview = await importOne(customerId, file, true)
  expect(preview).toMatchObject({ preview: true, unchanged: false, services: [{ service: 'teams', active: 50 }] })
  expect(await getPlan(tested.context, rita, customerId)).toEqual(plan)
  expect(await eventCount(customerId)).toBe(events)
  expect(keptFiles(customerId)).toEqual([])
  expect(preview.import).toBeNull()
  expect(await importOne(customerId, file)).toEqual({ ...preview, preview: false, import: expect.any(String) })
})

test('of each report the newest file is kept and the one before it, older ones go', async () => {
  const customerId = await newCustomer()
  await importOne(customerId, await report({ report: 'getTeamsUserActivityUserDetail', refreshDate: '2026-11-10' }))
  await importOne(customerId, await report({ report: 'getTeamsUserActivityUserDetail' }))
  await importOne(customerId, await report({ report: 'getTeamsUserActivityUserDetail', refreshDate: '2026-11-15' }))
  expect(keptFiles(customerId)).toHaveLength(2)
  expect((await factsIn(customerId)).services.teams?.usage?.asOf).toBe('2026-11-19')
  const usage = await getUsage(tested.context, rita, customerId, { days: 540 })
  expect(usage.services.find(each => each.service === 'teams')?.points.map(point => point.day)).toEqual([
    '2026-11-10',
    '2026-11-15',
    '2026-11-19',
  ])
})

test('a report without rows is no zero', async () => {
  const customerId = await newCustomer()
  const full = reportText({ report: 'getTeamsUserActivityUserDetail', users: 1, refreshDate: '2026-11-19' })
  await importOne(customerId, await write('empty.csv', `${full.split('\n')[0]}\n`))
  expect((await factsIn(customerId)).services.teams?.usage).toEqual({ rows: 0 })
  const usage = await getUsage(tested.context, rita, customerId, { days: 540 })
  expect(usage.services.find(each => each.service === 'teams')).toMatchObject({
    quality: 'empty',
    points: [],
    current: { active: null, percent: null },
  })
})

test.each([
  ['no report at all', 'hello\nworld\n'],
  ['seats that are no number', 'service,entitled\nteams,many\n'],
  ['an unknown service', 'service,entitled\nteem,5\n'],
  ['random bytes', String.fromCharCode(...Array.from({ length: 500 }, (_, index) => (index * 7919) % 256))],
])('%s is refused with its place and changes nothing', async (_, text) => {
  const customerId = await newCustomer()
  const [events, plan] = [await eventCount(customerId), await getPlan(tested.context, rita, customerId)]
  const file = await write('bad.csv', text)
  await expect(importOne(customerId, file)).rejects.toMatchObject({ code: 'invalid-input', message: /^bad\.csv/ })
  expect(await eventCount(customerId)).toBe(events)
  expect(await getPlan(tested.context, rita, customerId)).toEqual(plan)
})

test('one bad file of several: none is imported', async () => {
  const customerId = await newCustomer()
  const files = [await report({ report: 'getTeamsUserActivityUserDetail' }), await write('bad.csv', 'hello\n')]
  await expect(importReports(tested.context, rita, { customerId, tenantId: TENANT, files })).rejects.toMatchObject({
    code: 'invalid-input',
  })
  expect((await factsIn(customerId)).services.teams?.usage).toBeUndefined()
})

test('a kept file that is gone leaves what it said', async () => {
  const customerId = await newCustomer()
  await importOne(customerId, await report({ report: 'getTeamsUserActivityUserDetail' }))
  rmSync(join(tested.context.reports, customerId), { recursive: true })
  await importOne(customerId, await report({ report: 'getEmailActivityUserDetail' }))
  expect((await factsIn(customerId)).services).toMatchObject({ teams: { usage: { active: 50 } }, exchange: { usage: { active: 50 } } })
})

test('a tenant or customer that is not there is not found', async () => {
  const customerId = await newCustomer()
  const { path, name: fileName } = await report({ report: 'getTeamsUserActivityUserDetail' })
  const input = { customerId, tenantId: 'elsewhere', fileName, path, preview: false }
  await expect(importReport(tested.context, rita, input)).rejects.toMatchObject({ code: 'not-found' })
  await expect(importReport(tested.context, rita, { ...input, customerId: 'nobody' })).rejects.toMatchObject({ code: 'not-found' })
})

test('a second tenant without figures leaves a lower bound', async () => {
  const customerId = `two-tenants-${++count}`
  const paths = [(await report({ report: 'getTeamsUserActivityUserDetail' })).path]
  await importFolder(tested.context, { ...rita, right: 'administrator', scope: 'all' }, { customerId, tenantId: TENANT, paths })
  expect((await factsIn(customerId)).services.teams?.usage).toEqual({ active: 50, asOf: '2026-11-19' })
  const second = { customerId, tenantId: 'second.example', paths: [(await report({ report: 'getYammerActivityUserDetail' })).path] }
  // A slip of the pen in the tenant's id would look like this.
  await expect(importFolder(tested.context, rita, second)).rejects.toThrow(`has no tenant second.example, but ${TENANT}; say --new-tenant`)
  expect((await factsIn(customerId)).services.teams?.usage).toEqual({ active: 50, asOf: '2026-11-19' })
  expect((await importFolder(tested.context, rita, { ...second, newTenant: true })).added).toBe('tenant')
  expect((await importFolder(tested.context, rita, second)).added).toBe(null)
  expect((await factsIn(customerId)).services.teams?.usage).toEqual({ activeAtLeast: 50, asOf: '2026-11-19' })
})

test('a folder adds a new customer with the services somebody is licensed for, and refuses what is no report', async () => {
  const customerId = `new-${++count}`
  const paths = [(await report({ report: 'getTeamsUserActivityUserDetail' })).path, (await write('notes.csv', 'hello\n')).path]
  const { results, refused, added } = await importFolder(tested.context, rita, { customerId, tenantId: TENANT, paths })
  expect(results).toHaveLength(1)
  expect(added).toBe('customer')
  expect(refused).toEqual([{ path: paths[1], message: expect.any(String) }])
  expect((await factsIn(customerId)).services).toMatchObject({ teams: { intended: true, usage: { active: 50 } } })
})

test('of a folder, reports and the subscriptions are taken, packed ones too, and nothing else', async () => {
  const folder = join(tested.folder, `folder-${++count}`)
  await mkdir(folder)
  const plan = { servicePlanId: '57ff2da0-773e-42df-b2af-ffb7a2317929', servicePlanName: 'TEAMS1' }
  const sku = { skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06', skuPartNumber: 'SPE_E5', consumedUnits: 4, prepaidUnits: { enabled: 80 } }
  await writeFile(join(folder, 'seats.json'), JSON.stringify({ value: [{ ...sku, servicePlans: [plan] }] }))
  await writeFile(join(folder, 'notes.txt'), 'not looked at')
  const customerId = await newCustomer()
  const { results, refused } = await importFolder(tested.context, rita, { customerId, tenantId: TENANT, paths: [folder] })
  expect([results.map(({ file, report }) => [file, report]), refused]).toEqual([[['seats.json', 'subscribedSkus']], []])
  expect((await factsIn(customerId)).services.teams?.entitled).toBe(80)
})

test('reports imported in any order, one by one or together, give the same usage, facts and plan', async () => {
  const reports: readonly UsageReport[] = ['getTeamsUserActivityUserDetail', 'getOffice365ActiveUserDetail', 'getEmailActivityUserDetail']
  const files: { path: string; name: string }[] = [await write('seats.csv', 'service,entitled\nteams,120\nexchange,130\n')]
  for (const [index, each] of reports.entries()) {
    files.push(await report({ report: each, refreshDate: '2026-11-19', activeShare: 0.2 + index / 10 }))
    files.push(await report({ report: each, refreshDate: index === 1 ? '2026-11-19' : '2026-11-12', seed: 9, users: 90 + index }))
  }
  const outcome = async (batches: readonly (readonly { path: string; name: string }[])[]) => {
    const customerId = await newCustomer()
    for (const batch of batches) await importReports(tested.context, rita, { customerId, tenantId: TENANT, files: batch })
    const { customer: _, ...facts } = await factsIn(customerId)
    const plan = await findPlan(tested.context.db, customerId)
    return { facts, ...(await figuresIn(tested.context.db, customerId)), plan: plan?.content, cells: plan?.services }
  }
  const wanted = await outcome([files])
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), fc.integer({ min: 1, max: 3 }), async (order, size) => {
      const batches = Array.from({ length: Math.ceil(order.length / size) }, (_, index) => order.slice(index * size, (index + 1) * size))
      expect(await outcome(batches)).toEqual(wanted)
    }),
    { numRuns: 8 },
  )
})
