import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import type { Row } from '../../store/tables.ts'
import { findUsageCounts, findUsageDays, saveUsageCounts } from '../../store/usage-figures.ts'
import { reportText } from '../../usage/fixtures.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { settleCounts, withdrawCounts } from './daily-counts.ts'
import { getUsage } from './get-usage.ts'
import { importReports } from './import-reports.ts'
import { withdrawImport } from './withdraw-import.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'all' }
const TENANT = 'contoso.example'
const START = Date.parse('2026-11-20T20:00:00Z')
const SINCE = Day.parse('2026-01-01')
const HOUR = 3_600_000
let tested: TestContext
let count = 0
beforeAll(async () => {
  tested = await testContext(new Date(START))
})
afterAll(() => tested.close())

const at = (ms: number): Context => ({ ...tested.context, now: () => new Date(ms) })
const dayOf = (ms: number) => Day.parse(new Date(ms).toISOString().slice(0, 10))
const newCustomer = async () => {
  const id = `contoso-${++count}`
  await addTestCustomer(tested.context, { customer: { id, name: 'Contoso' }, services: { teams: { activatedOn: '2026-03-01' } } }, TENANT)
  return id
}
const write = async (refreshDate: string, users: number) => {
  const folder = join(tested.folder, 'files')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${++count}.csv`)
  await writeFile(path, reportText({ report: 'getTeamsUserActivityUserDetail', users, refreshDate, activeShare: 0.5 }))
  return { path, name: `${count}.csv` }
}
const told = (rows: readonly Row<'usage_day'>[]) => rows.map(row => [row.service, row.day, row.active, row.assigned])
const daysKnown = async (customerId: string, knownOn: Day | null) =>
  told(await findUsageDays(tested.context.db, { customerId, since: SINCE, knownOn }))

test('as known on a day is what somebody would have seen at the end of it, whatever was imported, corrected or taken back since', async () => {
  const files = [await write('2026-11-18', 20), await write('2026-11-18', 30), await write('2026-11-19', 40), await write('2026-11-19', 44)]
  const step = fc.record({
    hours: fc.constantFrom(0, 1, 5, 24, 50),
    do: fc.oneof({ weight: 3, arbitrary: fc.constant('import' as const) }, { weight: 1, arbitrary: fc.constant('withdraw' as const) }),
    file: fc.nat(files.length - 1),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 7 }), async steps => {
      const customerId = await newCustomer()
      const imported = new Map<number, string>()
      const seen: { ms: number; points: unknown }[] = []
      let ms = START
      for (const { hours, do: what, file } of steps) {
        ms += hours * HOUR + 1000
        const id = imported.get(file)
        if (what === 'import' && id === undefined) {
          const [result] = await importReports(at(ms), rita, { customerId, tenantId: TENANT, files: [files[file]!] })
          imported.set(file, result?.import ?? '')
        } else if (what === 'withdraw' && id !== undefined) {
          await withdrawImport(at(ms), rita, { customerId, importId: id })
          imported.delete(file)
        }
        seen.push({ ms, points: await daysKnown(customerId, null) })
      }
      for (let day = START - 24 * HOUR; day <= ms + 24 * HOUR; day += 24 * HOUR) {
        const end = Date.parse(dayOf(day)) + 24 * HOUR
        const wanted = seen.filter(each => each.ms < end).at(-1)?.points ?? []
        expect([dayOf(day), await daysKnown(customerId, dayOf(day))]).toEqual([dayOf(day), wanted])
      }
    }),
    { numRuns: 12 },
  )
})

test('a correction is marked on its day, told with what was said before, and the portfolio sees the corrected figure', async () => {
  const customerId = await newCustomer()
  await importReports(at(START), rita, { customerId, tenantId: TENANT, files: [await write('2026-11-18', 20)] })
  await importReports(at(START + 24 * HOUR), rita, { customerId, tenantId: TENANT, files: [await write('2026-11-18', 30)] })
  const teams = async (knownOn?: string) => {
    const query = { days: 540, knownOn: knownOn === undefined ? null : Day.parse(knownOn) }
    return (await getUsage(at(START + 48 * HOUR), rita, customerId, query)).services.find(each => each.service === 'teams')
  }
  expect(await teams()).toMatchObject({
    current: { active: 15, assigned: 30, percent: 50, percentOf: 'assigned' },
    points: [{ day: '2026-11-18', active: 15, restated: true }],
    corrections: [{ day: '2026-11-18', tenant: TENANT, measure: 'rolling', before: 10, after: 15, why: 'restated' }],
    windowDays: 28,
    sources: [
      {
        report: 'getTeamsUserActivityUserDetail',
        window: { from: '2026-10-22', to: '2026-11-18', days: 28 },
        rows: { read: 30 },
        origin: 'upload',
      },
    ],
  })
  expect(await teams('2026-11-20')).toMatchObject({
    current: { active: 10, assigned: 20, percent: 50, asOf: '2026-11-18' },
    points: [{ day: '2026-11-18', active: 10, restated: false }],
    corrections: [],
  })
  expect(await teams('2026-11-19')).toMatchObject({ quality: 'none', points: [], current: { active: null } })
})

const counts = (rows: readonly { day: Day; active: number }[]) => rows.map(row => [row.day, row.active])
const countsKnown = async (customerId: string, knownOn: Day | null) =>
  counts(await findUsageCounts(tested.context.db, { customerId, since: SINCE, knownOn }))

/** An import of counts as the store keeps it. */
const importRow = (customerId: string, refreshDate: string, ms: number, more: Partial<Row<'usage_import'>> = {}): Row<'usage_import'> => ({
  customer_id: customerId,
  id: crypto.randomUUID(),
  tenant_id: TENANT,
  file: `${refreshDate}.csv`,
  sha256: (++count).toString(16).padStart(64, '0'),
  report: 'getOffice365ActiveUserCounts',
  refresh_date: Day.parse(refreshDate),
  period_days: 30,
  rows_read: 30,
  rows_rejected: 0,
  rows_deleted: 0,
  rows_duplicate: 0,
  is_concealed: false,
  is_kept: false,
  problems: [],
  imported_at: new Date(ms).toISOString(),
  imported_by: null,
  kind: 'counts',
  origin: 'upload',
  withdrawn_at: null,
  withdrawn_by: null,
  ...more,
})
const insert = (row: Row<'usage_import'>) =>
  tested.context.db
    .insertInto('usage_import')
    .values({ ...row, problems: '[]' })
    .execute()
const daily = (row: Row<'usage_import'>, figures: Readonly<Record<string, number>>, atLeast = false) =>
  Object.entries(figures).map(([day, active]) => ({ service: 'teams', day: Day.parse(day), active, atLeast, import: row }))
const settle = (row: Row<'usage_import'>, figures: Readonly<Record<string, number>>, atLeast = false) =>
  tested.context.db
    .transaction()
    .execute(trx =>
      settleCounts(
        trx,
        { customerId: row.customer_id, tenantId: TENANT, at: row.imported_at, why: 'restated' },
        daily(row, figures, atLeast),
      ),
    )

test('people of one day: the newer refresh date speaks, in any order, and a count beats a lower bound', async () => {
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ]
  for (const order of orders) {
    const customerId = await newCustomer()
    const rows = [
      [importRow(customerId, '2026-11-18', START), { '2026-11-16': 10, '2026-11-17': 11 }, false],
      [importRow(customerId, '2026-11-19', START), { '2026-11-17': 12, '2026-11-18': 13 }, false],
      [importRow(customerId, '2026-11-19', START, { report: 'getM365AppUserCounts' }), { '2026-11-16': 99, '2026-11-19': 5 }, true],
    ] as const
    for (const [row] of rows) await insert(row)
    for (const index of order) {
      const [row, figures, atLeast] = rows[index]!
      await settle(row, figures, atLeast)
    }
    expect([order, await countsKnown(customerId, null)]).toEqual([
      order,
      [
        ['2026-11-16', 10],
        ['2026-11-17', 12],
        ['2026-11-18', 13],
        ['2026-11-19', 5],
      ],
    ])
  }
})

test('without an import its days are what others said of them: of their kept files, or known before', async () => {
  const customerId = await newCustomer()
  const [older, newer] = [importRow(customerId, '2026-11-18', START), importRow(customerId, '2026-11-19', START + HOUR)]
  for (const row of [older, newer]) await insert(row)
  await settle(older, { '2026-11-16': 10, '2026-11-17': 11 })
  await settle(newer, { '2026-11-17': 12, '2026-11-18': 13 })
  const later = new Date(START + 24 * HOUR).toISOString()
  const change = { customerId, tenantId: TENANT, at: later, why: 'withdrawn' as const }
  await tested.context.db.updateTable('usage_import').set({ withdrawn_at: later }).where('id', '=', newer.id).execute()
  await tested.context.db.transaction().execute(trx => withdrawCounts(trx, change, newer.id, []))
  expect(await countsKnown(customerId, null)).toEqual([
    ['2026-11-16', 10],
    ['2026-11-17', 11],
  ])
  expect(await countsKnown(customerId, Day.parse('2026-11-20'))).toEqual([
    ['2026-11-16', 10],
    ['2026-11-17', 12],
    ['2026-11-18', 13],
  ])
})

test('a hundred and eighty days of seven services are one statement, and none is written twice', async () => {
  const customerId = await newCustomer()
  const row = importRow(customerId, '2026-11-19', START)
  await insert(row)
  const figures = Array.from({ length: 180 * 7 }, (_, index) => ({
    service: `service-${index % 7}`,
    day: dayOf(START - Math.floor(index / 7) * 24 * HOUR),
    active: index,
    atLeast: false,
    report: 'getOffice365ActiveUserCounts',
    import: row.id,
  }))
  const change = { customerId, tenantId: TENANT, at: row.imported_at, why: 'restated' as const }
  const save = () => tested.context.db.transaction().execute(trx => saveUsageCounts(trx, change, figures))
  await save()
  await save()
  expect(await findUsageCounts(tested.context.db, { customerId, since: SINCE, knownOn: null })).toHaveLength(1260)
  expect(await tested.context.db.selectFrom('usage_version').selectAll().where('customer_id', '=', customerId).execute()).toEqual([])
})
