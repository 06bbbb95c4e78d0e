import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PortfolioQuery } from '../../model/portfolio-api.ts'
import type { UsageReport } from '../../model/usage.ts'
import { Day } from '../../model/words.ts'
import { loadKnown } from '../../store/known.ts'
import { findPlan } from '../../store/plans.ts'
import { testDatabase } from '../../store/testing.ts'
import { testOwner } from '../../store/testing-text.ts'
import { type FixtureOptions, reportText } from '../../usage/fixtures.ts'
import { contextFor, todayOf } from '../context.ts'
import { factsOf } from '../customers/sheet.ts'
import { getEvents } from '../events/get-events.ts'
import { exportUsage } from '../exports/export-usage.ts'
import { loadServices } from '../milestones/known.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { getPortfolio } from '../portfolio/get-portfolio.ts'
import { releaseFolder } from '../releases/release.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { alertsOf, getAlerts } from './get-alerts.ts'
import { getPeople } from './get-people.ts'
import { getUsage } from './get-usage.ts'
import { importReports } from './import-reports.ts'
import { setDenominator } from './set-denominator.ts'
import { withdrawImport } from './withdraw-import.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'lead', scope: 'all' }
const TENANT = 'contoso.example'
const START = Date.parse('2026-11-21T10:00:00Z')
let tested: TestContext
let count = 0
beforeAll(async () => {
  tested = await testContext(new Date(START))
})
afterAll(() => tested.close())

const later = (seconds: number) => ({ ...tested.context, now: () => new Date(START + seconds * 1000) })
const newCustomer = async (more: object = {}) => {
  const id = `contoso-${++count}`
  const services = { teams: { activatedOn: '2026-03-01' }, exchange: { activatedOn: '2026-03-01' }, 'office-proplus': {} }
  await addTestCustomer(tested.context, { customer: { id, name: `Contoso ${count}` }, services, ...more }, TENANT)
  return id
}
type File = Readonly<{ path: string; name: string; asDay?: string }>
const write = async (text: string, name: string): Promise<File> => {
  const folder = join(tested.folder, 'files')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${++count}-${name}`)
  await writeFile(path, text)
  return { path, name }
}
const report = (options: Partial<FixtureOptions> & { report: UsageReport }) =>
  write(reportText({ users: 40, seed: 7, refreshDate: '2026-11-19', activeShare: 0.5, ...options }), `${options.report}.csv`)
const golden = async (name: string) => write(await readFile(resolve('src/usage/golden', name), 'utf8'), name)
const bring = (customerId: string, files: readonly File[], seconds = 0, more: object = {}) =>
  importReports(later(seconds), rita, { customerId, tenantId: TENANT, files, ...more })
const seriesIn = async (customerId: string, service: string) =>
  (await getUsage(tested.context, rita, customerId, { days: 540 })).services.find(each => each.service === service)
const dataIn = async (customerId: string) => {
  const [known] = await loadKnown(tested.context.db, [customerId])
  // Made above.
  return factsOf(known!, todayOf(tested.context)).facts
}

test('counts of single days, activations and totals come in with their source, and go with their import', async () => {
  const customerId = await newCustomer()
  const names = ['getOffice365ActiveUserCounts.csv', 'getOffice365ActivationsUserDetail.csv', 'getOffice365ServicesUserCounts.csv']
  const made = await bring(customerId, await Promise.all(names.map(golden)))
  const teams = await seriesIn(customerId, 'teams')
  expect(teams?.daily.length).toBeGreaterThan(0)
  expect(teams?.sources).toMatchObject([{ report: 'getOffice365ServicesUserCounts', origin: 'upload' }])
  // No report about people speaks of it: the total of its own period does.
  expect(teams).toMatchObject({ windowDays: teams?.sources[0]?.window?.days, current: { active: expect.any(Number) } })
  expect((await seriesIn(customerId, 'office-proplus'))?.activations.length).toBeGreaterThan(0)
  for (const [index, result] of made.entries()) await withdrawImport(later(index + 1), rita, { customerId, importId: result.import ?? '' })
  expect(await seriesIn(customerId, 'teams')).toMatchObject({ daily: [], current: { active: null } })
  expect((await seriesIn(customerId, 'office-proplus'))?.activations).toEqual([])
})

test('a total speaks for the days before the first report of people and for none after it, whatever came first', async () => {
  const people = await report({ report: 'getOffice365ActiveUserDetail', refreshDate: '2026-11-17' })
  const total = async (day: string, period: number, active: number) =>
    write(
      `Report Refresh Date,Exchange Active,Exchange Inactive,Teams Active,Teams Inactive,Report Period\r\n${day},${active},9,${active},9,${period}\r\n`,
      `total-${day}-${period}.csv`,
    )
  const totals = [await total('2026-11-15', 30, 31), await total('2026-11-15', 180, 39), await total('2026-11-18', 30, 33)]
  const days = async (customerId: string) => (await seriesIn(customerId, 'teams'))?.points.map(({ day, active }) => [day, active])
  const [first, second] = [await newCustomer(), await newCustomer()]
  const [made] = await bring(first, [people])
  await bring(first, totals, 1)
  await bring(second, totals)
  // Of several periods the one nearest the window.
  expect(await days(second)).toEqual([
    ['2026-11-15', 31],
    ['2026-11-18', 33],
  ])
  await bring(second, [people], 1)
  const both = [
    ['2026-11-15', 31],
    ['2026-11-17', 20],
  ]
  expect([await days(first), await days(second)]).toEqual([both, both])
  expect((await seriesIn(first, 'teams'))?.current).toMatchObject({ active: 20, asOf: '2026-11-17' })
  await withdrawImport(later(2), rita, { customerId: first, importId: made?.import ?? '' })
  expect(await days(first)).toEqual([
    ['2026-11-15', 31],
    ['2026-11-18', 33],
  ])
  expect((await seriesIn(first, 'teams'))?.windowDays).toBe(30)
})

test('a report asked for one day tells who was active on it, and no rolling figure', async () => {
  const customerId = await newCustomer()
  const file = await report({ report: 'getOffice365ActiveUserDetail' })
  await bring(customerId, [{ ...file, asDay: '2026-11-10' }])
  expect(await seriesIn(customerId, 'teams')).toMatchObject({ points: [], daily: [{ day: '2026-11-10' }], current: { active: null } })
})

test('files of disjoint mail domains are refused together unless somebody says that they are of one tenant', async () => {
  const customerId = await newCustomer()
  const own = await report({ report: 'getTeamsUserActivityUserDetail' })
  const other = await write((await readFile(own.path, 'utf8')).replaceAll('@fabrikam.example', '@woodgrove.example'), 'other.csv')
  const both = [own, { ...other, name: 'other.csv' }]
  await expect(bring(customerId, both)).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringMatching(/fabrikam\.example.*woodgrove\.example/),
    details: { code: 'several-tenants', groups: [{ domains: ['fabrikam.example'] }, { domains: ['woodgrove.example'] }] },
  })
  expect((await seriesIn(customerId, 'teams'))?.points).toEqual([])
  expect(await bring(customerId, both, 0, { sameTenant: true })).toHaveLength(2)
})

test('a file whose people are of no domain seen before is imported with a warning', async () => {
  const customerId = await newCustomer()
  const own = await report({ report: 'getTeamsUserActivityUserDetail' })
  expect((await bring(customerId, [own]))[0]).toMatchObject({ domains: ['fabrikam.example'], problems: [] })
  const text = (await readFile(own.path, 'utf8')).replaceAll('@fabrikam.example', '@woodgrove.example')
  const warned = { problems: [{ code: 'other-domain', severity: 'warning' }] }
  const other = await write(text, 'other.csv')
  expect((await bring(customerId, [other], 1, { preview: true }))[0]).toMatchObject(warned)
  expect((await bring(customerId, [other], 2))[0]).toMatchObject(warned)
})

test('a sudden zero is shown as it came, doubted, unknown to the plan, and told in one alert', async () => {
  const customerId = await newCustomer()
  await bring(customerId, [await write('service,entitled\nteams,40\nexchange,40\n', 'seats.csv')])
  const day = (refreshDate: string, activeShare: number) => report({ report: 'getTeamsUserActivityUserDetail', refreshDate, activeShare })
  await bring(customerId, [await day('2026-11-16', 0.5)], 1)
  await bring(customerId, [await day('2026-11-17', 0)], 2)
  expect(await seriesIn(customerId, 'teams')).toMatchObject({
    quality: 'suspect',
    current: { active: 0, percent: null },
    missing: [{ tenant: TENANT, why: 'sudden-zero' }],
  })
  expect((await dataIn(customerId)).services.teams?.usage).toEqual({ doubt: 'sudden-zero', asOf: '2026-11-17' })
  const { alerts } = await getAlerts(tested.context, rita)
  expect(alerts.find(each => each.kind === 'sudden-zero')).toMatchObject({
    isWidespread: false,
    customers: [{ id: customerId }],
    services: ['teams'],
    since: '2026-11-17',
    text: { en: expect.stringContaining('nobody active'), 'pt-BR': expect.stringContaining('ninguém ativo') },
  })
  await bring(customerId, [await day('2026-11-18', 0)], 3)
  expect((await seriesIn(customerId, 'teams'))?.quality).toBe('suspect')
  await bring(customerId, [await day('2026-11-19', 0)], 4)
  expect(await seriesIn(customerId, 'teams')).toMatchObject({ quality: 'fresh', current: { active: 0, percent: 0 }, missing: [] })
  expect((await dataIn(customerId)).services.teams?.usage).toEqual({ active: 0, asOf: '2026-11-19' })
})

test('a report without rows leaves the good figure, which ages, and is one alert from the first day on', async () => {
  const customerId = await newCustomer()
  await bring(customerId, [await report({ report: 'getTeamsUserActivityUserDetail' })])
  const [header = ''] = (await readFile((await report({ report: 'getTeamsUserActivityUserDetail' })).path, 'utf8')).split('\r\n')
  const troubled = async () =>
    (await getAlerts(tested.context, rita)).alerts.filter(
      each => each.kind === 'no-rows' && each.customers.some(({ id }) => id === customerId),
    )
  expect(await troubled()).toEqual([])
  const [made] = await bring(customerId, [await write(`${header}\r\n`, 'empty.csv')], 60)
  expect(made?.problems.map(each => each.code)).toEqual(['no-data'])
  const good = { active: 20, asOf: '2026-11-19' }
  expect(await seriesIn(customerId, 'teams')).toMatchObject({ quality: 'fresh', current: good })
  expect(await troubled()).toMatchObject([{ services: ['teams'], since: '2026-11-21', isWidespread: false }])
  const old = { ...tested.context, now: () => new Date('2026-12-10T10:00:00Z') }
  const aged = (await getUsage(old, rita, customerId, { days: 540 })).services.find(each => each.service === 'teams')
  expect(aged).toMatchObject({ quality: 'stale', current: good })
  await bring(customerId, [await report({ report: 'getTeamsUserActivityUserDetail', refreshDate: '2026-11-20' })], 120)
  expect(await troubled()).toEqual([])
})

test('what usage is a share of follows the choice on every screen; agreed seats count in rules too', async () => {
  const customerId = await newCustomer()
  await bring(customerId, [await write('service,entitled\nteams,80\n', 'seats.csv')])
  await bring(customerId, [await report({ report: 'getTeamsUserActivityUserDetail' })], 1)
  const choose = async (kind: 'entitled' | 'assigned' | 'custom' | null, seats: number | null = null) => {
    const { version } = await tested.context.db
      .selectFrom('customer')
      .select('version')
      .where('id', '=', customerId)
      .executeTakeFirstOrThrow()
    const view = await setDenominator(tested.context, rita, { customerId, service: 'teams', kind, seats, version })
    const { current, denominator, entitled, points } = view.services.find(each => each.service === 'teams')!
    const cell = (await findPlan(tested.context.db, customerId))?.services.find(each => each.service === 'teams')
    expect([cell?.percent, cell?.percentOf]).toEqual([current.percent, current.percentOf])
    const rules = (await dataIn(customerId)).services.teams?.entitled
    return { percent: current.percent, of: current.percentOf, ...denominator, entitled, point: points.at(-1)?.percent, rules }
  }
  const bought = { entitled: 80, rules: 80 }
  const exported = async () => {
    const { body } = await exportUsage(tested.context, rita, customerId, { days: 90 })
    let text = ''
    for await (const part of body) text += part
    const [row] = parse(text, { bom: true, columns: true }) as Record<string, string>[]
    return [row?.percent, row?.percent_of]
  }
  expect(await choose('assigned')).toEqual({ percent: 50, of: 'assigned', kind: 'assigned', seats: 40, chosen: true, point: 50, ...bought })
  expect(await exported()).toEqual(['50', 'assigned'])
  expect(await choose('custom', 100)).toEqual({
    percent: 20,
    of: 'custom',
    kind: 'custom',
    seats: 100,
    chosen: true,
    point: 20,
    entitled: 80,
    rules: 100,
  })
  expect(await exported()).toEqual(['20', 'custom'])
  expect(await choose(null)).toEqual({ percent: 25, of: 'entitled', kind: 'entitled', seats: 80, chosen: false, point: 25, ...bought })
  const { events } = await getEvents(tested.context, rita, customerId, { limit: 1 })
  expect(events[0]).toMatchObject({ kind: 'denominator-set', before: { kind: 'custom', seats: 100 }, after: { kind: null, seats: null } })
  await expect(
    setDenominator(tested.context, rita, { customerId, service: 'teams', kind: 'assigned', seats: null, version: 0 }),
  ).rejects.toMatchObject({ code: 'conflict' })
})

test('a customer of two tenants has one sum everywhere: whole, of one kind of seats, or none at all', async () => {
  const customerId = await newCustomer()
  const other = 'fourth-coffee.example'
  await testOwner(tested.urls.owner, `insert into tenant (customer_id, id, name) values ('${customerId}', '${other}', '${other}')`)
  const teams = () => report({ report: 'getTeamsUserActivityUserDetail' })
  const everywhere = async () => {
    const series = await seriesIn(customerId, 'teams')
    const page = await getPortfolio(tested.context, rita, PortfolioQuery.parse({ q: `Contoso ${customerId.split('-')[1]}` }))
    const row = page.rows.find(each => each.id === customerId)?.services.find(each => each.service === 'teams')
    const [known] = await loadServices(tested.context.db, [customerId], Day.parse('2026-11-21')).then(all =>
      all.filter(each => each.service === 'teams'),
    )
    const last = known?.points.at(-1)
    return {
      now: series?.current.percent,
      point: series?.points.at(-1)?.percent,
      cell: row?.percent,
      trend: row?.trend.at(-1),
      target: last ? [last.users, last.seats] : undefined,
    }
  }
  const [made] = await bring(customerId, [await teams(), await write('service,entitled\nteams,80\n', 'seats.csv')])
  await bring(customerId, [await golden('getOffice365ActiveUserCounts.csv')], 0)
  const daily = (await seriesIn(customerId, 'teams'))?.daily ?? []
  expect([daily.length > 0, daily.every(each => each.atLeast)]).toEqual([true, true])
  // Nothing is known of the other tenant, so nothing is known of the sum.
  expect(made?.services).toMatchObject([{ service: 'teams', active: null, assigned: null, after: null }])
  expect(await everywhere()).toEqual({ now: null, point: undefined, cell: null, trend: null, target: undefined })
  await bring(customerId, [await write('service,entitled\nteams,0\n', 'none.csv')], 1, { tenantId: other })
  expect(await everywhere()).toEqual({ now: 25, point: 25, cell: 25, trend: 25, target: [20, 80] })
  await testOwner(tested.urls.owner, `delete from entitlement where customer_id = '${customerId}' and tenant_id = '${other}'`)
  await bring(customerId, [await teams()], 2, { tenantId: other })
  // Of 80 seats bought and 40 assigned no share is made: the seats bought of one are not known, so both count with those assigned.
  expect(await everywhere()).toEqual({ now: 50, point: 50, cell: 50, trend: 50, target: [40, 80] })
})

test('what hardly fits the report before it is told in the preview, in the result and with the usage, and counts all the same', async () => {
  const customerId = await newCustomer()
  const teams = (refreshDate: string, users: number) => report({ report: 'getTeamsUserActivityUserDetail', refreshDate, users })
  await bring(customerId, [await teams('2026-11-17', 40), await write('service,entitled\nteams,80\n', 'seats.csv')])
  const codesOf = (results: Awaited<ReturnType<typeof bring>>) => results.map(each => each.problems.map(problem => problem.code))
  const less = await teams('2026-11-18', 20)
  const told = [['row-count-changed', 'licences-changed']]
  expect(codesOf(await bring(customerId, [less], 1, { preview: true }))).toEqual(told)
  expect(codesOf(await bring(customerId, [less], 1))).toEqual(told)
  const { problems } = await getUsage(tested.context, rita, customerId, { days: 540 })
  expect(problems.map(each => each.code)).toEqual(told[0])
  expect(await seriesIn(customerId, 'teams')).toMatchObject({ current: { active: 10, asOf: '2026-11-18' } })
  expect(codesOf(await bring(customerId, [await teams('2026-11-16', 40)], 2))).toEqual([['refresh-date-backwards']])
  expect(await seriesIn(customerId, 'teams')).toMatchObject({ current: { active: 10, asOf: '2026-11-18' } })
  expect(codesOf(await bring(customerId, [await write('service,entitled\nteams,8\n', 'seats.csv')], 3))).toEqual([['licences-changed']])
})

test('a tenant of add-ons has no seats of what nobody there has a licence of, and spoils no sum', async () => {
  const customerId = await newCustomer()
  const other = 'fourth-coffee.example'
  await testOwner(tested.urls.owner, `insert into tenant (customer_id, id, name) values ('${customerId}', '${other}', '${other}')`)
  await bring(customerId, [
    await report({ report: 'getTeamsUserActivityUserDetail' }),
    await write('service,entitled\nteams,80\n', 'seats.csv'),
  ])
  const nobody = (await readFile((await report({ report: 'getTeamsUserActivityUserDetail', users: 5, activeShare: 0 })).path, 'utf8'))
    .replaceAll(',Yes,30', ',No,30')
    .replaceAll(',True,30', ',False,30')
  await bring(customerId, [await write(nobody, 'nobody.csv')], 1, { tenantId: other })
  const current = async () => (await seriesIn(customerId, 'teams'))?.current
  // As long as nobody asked the directory, the seats bought there are not known.
  expect(await current()).toMatchObject({ active: 20, assigned: 40, percent: 50, percentOf: 'assigned' })
  const servicePlans = [{ servicePlanId: 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5', servicePlanName: 'INTUNE_A' }]
  const sku = {
    skuId: 'efccb6f7-5641-4e0e-bd10-b4976e1bf68e',
    skuPartNumber: 'EMS',
    consumedUnits: 3,
    prepaidUnits: { enabled: 9 },
    servicePlans,
  }
  await bring(customerId, [await write(JSON.stringify({ value: [sku] }), 'skus.json')], 2, { tenantId: other })
  expect(await current()).toMatchObject({ active: 20, percent: 25, percentOf: 'entitled' })
  expect((await dataIn(customerId)).services.teams).toMatchObject({ entitled: 80, usage: { active: 20 } })
})

test('people are shown where the tenant allows it and files are kept; that somebody looked is on record without a name', async () => {
  const customerId = await newCustomer()
  await bring(customerId, [
    await report({ report: 'getTeamsUserActivityUserDetail' }),
    await report({ report: 'getOffice365ActiveUserDetail' }),
  ])
  const look = async () => (await getPeople(tested.context, rita, customerId, 'teams')).tenants[0]
  expect(await look()).toMatchObject({ why: { en: expect.stringContaining('may not be named') }, champions: [] })
  await testOwner(tested.urls.owner, `update tenant set allows_people = true where customer_id = '${customerId}'`)
  const shown = await look()
  expect(shown).toMatchObject({
    why: null,
    asOf: '2026-11-19',
    licensed: 40,
    source: expect.stringContaining('getTeamsUserActivityUserDetail'),
  })
  expect(shown?.champions.length).toBeGreaterThan(0)
  const { events } = await getEvents(tested.context, rita, customerId, { limit: 5 })
  expect(events.filter(each => each.kind === 'people-seen')).toHaveLength(1)
  const bodies = await testOwner(tested.urls.owner, `select body from event where customer_id = '${customerId}'`)
  for (const { user } of shown?.champions ?? []) expect(JSON.stringify(bodies)).not.toContain(user)
  const reader: Actor = { ...rita, right: 'reader' }
  await expect(getPeople(tested.context, reader, customerId, 'teams')).rejects.toMatchObject({ code: 'forbidden' })
})

test('the export has every figure with its source, is on record, and names nobody', async () => {
  const customerId = await newCustomer()
  await bring(customerId, [await report({ report: 'getTeamsUserActivityUserDetail', users: 30 })])
  await bring(customerId, [await report({ report: 'getTeamsUserActivityUserDetail' })], 60)
  const { body, fileName } = await exportUsage(tested.context, rita, customerId, { days: 90 })
  let text = ''
  for await (const part of body) text += part
  expect(fileName).toBe(`${customerId}-usage-2026-11-21.csv`)
  const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[]
  expect(rows).toMatchObject([
    {
      day: '2026-11-19',
      service: 'teams',
      measure: 'rolling',
      active: '20',
      assigned: '40',
      percent: '50',
      percent_of: 'assigned',
      window_days: '28',
      source_report: 'getTeamsUserActivityUserDetail',
      file_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      known_since: '2026-11-21T10:01:00.000Z',
      restated: 'true',
    },
  ])
  expect(text).not.toContain('@')
  const { events } = await getEvents(tested.context, rita, customerId, { limit: 1 })
  expect(events[0]).toMatchObject({ kind: 'export-made' })
})

test('statements do not grow with files, services or figures; alerts are two, whatever the portfolio', async () => {
  const database = await testDatabase()
  try {
    const own = contextFor(database, SYSTEM, tested.context)
    await releaseFolder(database.db, resolve('playbooks/microsoft-365-success'), new Date(START), () => {})
    for (const id of ['one', 'many'])
      await addTestCustomer(own, { customer: { id, name: id }, services: { teams: {}, exchange: {} } }, TENANT)
    const statements = async (work: () => Promise<unknown>) => {
      const before = database.queryCount()
      await work()
      return database.queryCount() - before
    }
    const take = (customerId: string, files: readonly File[]) =>
      statements(() => importReports(own, rita, { customerId, tenantId: TENANT, files }))
    const few = await take('one', [await report({ report: 'getOffice365ActiveUserDetail' })])
    const many = await take('many', [
      await report({ report: 'getOffice365ActiveUserDetail' }),
      await report({ report: 'getEmailAppUsageUserDetail' }),
      await report({ report: 'getM365AppUserDetail' }),
      await report({ report: 'getTeamsUserActivityUserDetail' }),
    ])
    // One more for what was read together.
    expect(many - few).toBeLessThanOrEqual(1)
    expect(few).toBeLessThan(60)
    expect(await statements(() => getAlerts(own, rita))).toBe(2)
  } finally {
    await database.close()
  }
})

test('many tenants with the same trouble since the same day are one alert, and few others another', async () => {
  const group = (day: string, tenants: number, names: readonly string[]) => ({
    kind: 'no-rows' as const,
    day: Day.parse(day),
    tenants,
    of: 50,
    services: 'teams,exchange,teams',
    customers: names.map(name => `${name}\tid-${name}`),
  })
  const alerts = alertsOf([
    group('2026-11-17', 2, ['Zeta']),
    group('2026-11-18', 10, ['A', 'B', 'C', 'D', 'E']),
    group('2026-11-19', 1, ['Eta', 'Beta']),
  ])
  expect(alerts).toMatchObject([
    {
      isWidespread: true,
      tenants: 10,
      since: '2026-11-18',
      services: ['exchange', 'teams'],
      text: { en: expect.stringContaining('hardly theirs') },
    },
    {
      isWidespread: false,
      tenants: 3,
      since: '2026-11-17',
      customers: [{ name: 'Beta', id: 'id-Beta' }, { name: 'Eta' }, { name: 'Zeta' }],
    },
  ])
})
