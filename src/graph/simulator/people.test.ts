import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import { readUsage } from '../../usage/read-usage.ts'
import { type Simulator, startSimulator } from './simulator.ts'
import { demoTenants, plainTenant } from './tenants.ts'
import { clientOf, rowsOf } from './testing.ts'

const TODAY = Day.parse('2026-07-28')
const folder = mkdtempSync(join(tmpdir(), 'impulso-simulator-'))
const tenants = [
  plainTenant({ index: 0, users: 120, today: TODAY }),
  plainTenant({ index: 1, users: 30, today: TODAY, concealed: true, seed: 9 }),
  ...demoTenants({ count: 12, today: TODAY, users: 80, seed: 3 }).filter(each => each.isReady),
]
let simulator: Simulator
beforeAll(async () => {
  let at = 0
  // A clock that runs ahead keeps every request within the limits.
  simulator = await startSimulator({ tenants, today: TODAY, clock: () => (at += 50) })
})
afterAll(async () => {
  await simulator.close()
  rmSync(folder, { recursive: true })
})

const [plain] = tenants
if (!plain) throw new Error('there is one')
const DETAILS = [
  'getOffice365ActiveUserDetail',
  'getEmailAppUsageUserDetail',
  'getM365AppUserDetail',
  'getTeamsUserActivityUserDetail',
] as const

describe('who reads the reports right', () => {
  test.each(tenants.map((tenant, at) => [at, tenant] as const))('ends with the expected facts: tenant %i', async (at, tenant) => {
    const client = clientOf(simulator.url, tenant)
    const files: { path: string }[] = []
    for (const report of DETAILS) {
      const path = join(folder, `${at}-${report}.csv`)
      writeFileSync(path, await client.csv(`${report}(period='D30')`))
      files.push({ path })
    }
    const reading = await readUsage(files, { window: 28, tempFolder: folder })
    const expected = await simulator.expectedFacts(tenant.directory)
    expect(reading.problems.filter(each => each.severity === 'error')).toEqual([])
    for (const [service, facts] of Object.entries(expected.services)) {
      if (service === 'copilot') continue
      const read = reading.services[service]
      expect({ service, active: read?.active, asOf: read?.asOf }).toEqual({ service, active: facts.active, asOf: facts.day })
      if (service !== 'office-proplus' && service !== 'outlook-mobile')
        expect({ service, assigned: read?.assigned }).toEqual({ service, assigned: facts.assigned })
    }
  })
})

describe('people', () => {
  test('the same question has the same answer, in another process of the simulator too', async () => {
    const call = "getOffice365ActiveUserDetail(period='D30')"
    const again = await startSimulator({ tenants, today: TODAY })
    try {
      const answers = [
        await clientOf(simulator.url, plain).csv(call),
        await clientOf(simulator.url, plain).csv(call),
        await clientOf(again.url, plain).csv(call),
      ]
      expect(new Set(answers).size).toBe(1)
    } finally {
      await again.close()
    }
  })

  test('who was active on a day was so in every report of that day, and is counted', async () => {
    const client = clientOf(simulator.url, plain)
    const day = '2026-07-22'
    const everyone = rowsOf(await client.csv(`getOffice365ActiveUserDetail(date=${day})`))
    const teams = rowsOf(await client.csv(`getTeamsUserActivityUserDetail(date=${day})`))
    const counts = rowsOf(await client.csv("getOffice365ActiveUserCounts(period='D30')")).find(row => row['Report Date'] === day)
    const names = (rows: Record<string, string>[]) => rows.map(row => row['User Principal Name']).sort()
    const inTeams = everyone.filter(row => row['Teams Last Activity Date'] === day)
    expect(names(inTeams)).toEqual(names(teams))
    const counted = inTeams.filter(row => row['Has Teams License'] === 'True' && row['Is Deleted'] === 'False')
    expect(counted.length).toBeGreaterThan(10)
    expect(counts?.Teams).toBe(String(counted.length))
  })

  test('active and inactive make up the licensed, and are what the rows say', async () => {
    const client = clientOf(simulator.url, plain)
    const [totals] = rowsOf(await client.csv("getOffice365ServicesUserCounts(period='D30')"))
    const rows = rowsOf(await client.csv("getOffice365ActiveUserDetail(period='D30')")).filter(row => row['Is Deleted'] === 'False')
    const licensed = rows.filter(row => row['Has Exchange License'] === 'True')
    const active = licensed.filter(row => (row['Exchange Last Activity Date'] ?? '') >= '2026-06-27')
    expect([totals?.['Exchange Active'], totals?.['Exchange Inactive']]).toEqual([
      String(active.length),
      String(licensed.length - active.length),
    ])
  })

  test('weekends are quiet', async () => {
    const rows = rowsOf(await clientOf(simulator.url, plain).csv("getOffice365ActiveUserCounts(period='D30')"))
    const isWeekend = (row: Record<string, string>) => [0, 6].includes(new Date(`${row['Report Date']}T00:00:00Z`).getUTCDay())
    const most = Math.max(...rows.filter(isWeekend).map(row => Number(row.Teams)))
    const least = Math.min(...rows.filter(row => !isWeekend(row)).map(row => Number(row.Teams)))
    expect(rows).toHaveLength(30)
    expect(most * 2).toBeLessThan(least)
  })

  test('the half year of counts grows to what it is today', async () => {
    const rows = rowsOf(await clientOf(simulator.url, plain).csv("getOffice365ActiveUserCounts(period='D180')"))
    const mean = (of: typeof rows) => of.reduce((sum, row) => sum + Number(row.Exchange), 0) / of.length
    expect(rows).toHaveLength(180)
    expect(mean(rows.slice(0, 28))).toBeGreaterThan(mean(rows.slice(-28)) * 1.05)
  })

  test('a day later, yesterday is what it was', async () => {
    const client = clientOf(simulator.url, plain)
    const counts = async () => rowsOf(await client.csv("getOffice365ActiveUserCounts(period='D7')"))
    const before = await counts()
    simulator.setToday(Day.parse('2026-07-29'))
    const after = await counts()
    simulator.setToday(TODAY)
    const of = (rows: typeof before, day: string) => ({ ...rows.find(row => row['Report Date'] === day), 'Report Refresh Date': '' })
    expect(after[0]?.['Report Date']).toBe('2026-07-27')
    for (const day of ['2026-07-26', '2026-07-25', '2026-07-21']) expect(of(after, day)).toEqual(of(before, day))
  })

  test('a tenant of 20,000 comes in pieces, one row for each person and each who is gone', async () => {
    const large = plainTenant({ index: 5, users: 20_000, today: TODAY })
    const server = await startSimulator({ tenants: [large], today: TODAY })
    try {
      const answer = await clientOf(server.url, large).report("getOffice365ActiveUserDetail(period='D30')")
      const file = await fetch(answer.headers.get('location') ?? '')
      expect(file.headers.get('content-length')).toBeNull()
      expect((await file.text()).split('\r\n')).toHaveLength(large.people + large.gone + 2)
    } finally {
      await server.close()
    }
  })
})

test('seats bought are those of the plans that are switched on', async () => {
  const answer = await clientOf(simulator.url, plain).get('/v1.0/subscribedSkus')
  const { value } = (await answer.json()) as { value: { skuPartNumber: string; prepaidUnits: { enabled: number } }[] } // As Graph answers.
  expect(value.map(each => [each.skuPartNumber, each.prepaidUnits.enabled])).toEqual([
    ['SPE_E5', 120],
    ['Microsoft_365_Copilot', 22],
    ['FLOW_FREE', 10_000],
  ])
})
