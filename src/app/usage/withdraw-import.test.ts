import { existsSync, readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UsageReport } from '../../model/usage.ts'
import { findPlan } from '../../store/plans.ts'
import { testOwner } from '../../store/testing-text.ts'
import { type FixtureOptions, reportText } from '../../usage/fixtures.ts'
import type { Context } from '../context.ts'
import { getEvents } from '../events/get-events.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { figuresIn } from './figures-in.ts'
import { getUsage } from './get-usage.ts'
import { importReports } from './import-reports.ts'
import { getImports, withdrawImport } from './withdraw-import.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'all' }
const TENANT = 'contoso.example'
const START = Date.parse('2026-11-21T10:00:00Z')
let tested: TestContext
let count = 0
beforeAll(async () => {
  tested = await testContext(new Date(START))
})
afterAll(() => tested.close())

/** `days` and `seconds` later. */
const later = (days: number, seconds = 0): Context => {
  const now = () => new Date(START + days * 86_400_000 + seconds * 1000)
  return { ...tested.context, now }
}
const newCustomer = async () => {
  const id = `contoso-${++count}`
  const services = { teams: { activatedOn: '2026-03-01' }, exchange: { activatedOn: '2026-03-01' } }
  await addTestCustomer(tested.context, { customer: { id, name: 'Contoso' }, csm: { assigned: false }, services }, TENANT)
  return id
}
type File = Readonly<{ path: string; name: string }>
const report = async (options: Partial<FixtureOptions> & { report: UsageReport }): Promise<File> => {
  const folder = join(tested.folder, 'files')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${++count}.csv`)
  await writeFile(path, reportText({ users: 40, seed: 7, refreshDate: '2026-11-19', activeShare: 0.5, ...options }))
  return { path, name: `${options.report}-${count}.csv` }
}
const importAll = async (customerId: string, files: readonly File[], context: Context = tested.context) =>
  (await importReports(context, rita, { customerId, tenantId: TENANT, files })).map(result => result.import ?? '')
const teamsOf = async (customerId: string, context: Context = tested.context) =>
  (await getUsage(context, rita, customerId, { days: 540 })).services.find(each => each.service === 'teams')
const keptFiles = (customerId: string) => {
  const folder = join(tested.context.reports, customerId, TENANT)
  return existsSync(folder) ? readdirSync(folder) : []
}
/** All that a reader could tell two customers apart by. */
const everything = async (customerId: string) => {
  const plan = await findPlan(tested.context.db, customerId)
  return { ...(await figuresIn(tested.context.db, customerId)), services: plan?.services, gates: plan?.content.gates }
}

test('an import taken back counts for nothing: figures, plan and file are as before it, and the record says so', async () => {
  const customerId = await newCustomer()
  const before = await everything(customerId)
  const [id = ''] = await importAll(customerId, [await report({ report: 'getTeamsUserActivityUserDetail' })])
  expect((await teamsOf(customerId))?.current.active).toBe(20)
  const shown = await withdrawImport(later(0, 60), rita, { customerId, importId: id })
  expect(shown.services.find(each => each.service === 'teams')?.current.active).toBeNull()
  expect(await everything(customerId)).toEqual(before)
  expect(keptFiles(customerId)).toEqual([])
  const { events } = await getEvents(tested.context, rita, customerId, { limit: 1 })
  expect(events[0]).toMatchObject({
    kind: 'import-withdrawn',
    summary: { en: expect.stringContaining('taken back'), 'pt-BR': expect.stringContaining('desfeita') },
  })
})

test('what was known in between stays as a version that was withdrawn', async () => {
  const customerId = await newCustomer()
  const [id = ''] = await importAll(customerId, [await report({ report: 'getTeamsUserActivityUserDetail' })])
  const shown = await withdrawImport(later(2), rita, { customerId, importId: id })
  expect(shown.services.find(each => each.service === 'teams')).toMatchObject({
    points: [],
    corrections: [{ day: '2026-11-19', before: 20, after: null, why: 'withdrawn', at: later(2).now().toISOString() }],
  })
  const then = await getUsage(later(2), rita, customerId, { days: 540, knownOn: '2026-11-22' as never })
  expect(then.services.find(each => each.service === 'teams')).toMatchObject({
    current: { active: 20 },
    points: [{ day: '2026-11-19', active: 20 }],
  })
})

test('the same file can be imported again afterwards, and counts again', async () => {
  const customerId = await newCustomer()
  const file = await report({ report: 'getTeamsUserActivityUserDetail' })
  const [id = ''] = await importAll(customerId, [file])
  const wanted = await everything(customerId)
  await withdrawImport(later(0, 1), rita, { customerId, importId: id })
  const [again = ''] = await importAll(customerId, [file], later(0, 2))
  expect(again).not.toBe(id)
  expect(await everything(customerId)).toEqual(wanted)
  expect(keptFiles(customerId)).toHaveLength(1)
})

test('taking back twice, an import of the demo, and one that is not there are refused with the reason', async () => {
  const customerId = await newCustomer()
  const [id = ''] = await importAll(customerId, [await report({ report: 'getTeamsUserActivityUserDetail' })])
  const back = () => withdrawImport(later(0, 1), rita, { customerId, importId: id })
  await testOwner(tested.urls.owner, `update usage_import set origin = 'demo' where id = '${id}'`)
  await expect(back()).rejects.toMatchObject({ code: 'conflict', details: { reason: { en: expect.stringContaining('demo') } } })
  await testOwner(tested.urls.owner, `update usage_import set origin = 'upload' where id = '${id}'`)
  await back()
  await expect(back()).rejects.toMatchObject({ code: 'conflict', details: { reason: { 'pt-BR': 'já foi desfeita' } } })
  const importId = '00000000-0000-4000-8000-000000000000'
  await expect(withdrawImport(tested.context, rita, { customerId, importId })).rejects.toMatchObject({ code: 'not-found' })
})

test('the list of imports says what may be taken back and why not', async () => {
  const customerId = await newCustomer()
  const ids: string[] = []
  for (const [index, date] of ['2026-11-17', '2026-11-18', '2026-11-19'].entries())
    ids.push(
      ...(await importAll(customerId, [await report({ report: 'getTeamsUserActivityUserDetail', refreshDate: date })], later(0, index))),
    )
  await withdrawImport(later(0, 5), rita, { customerId, importId: ids[0] ?? '' })
  const { imports, next } = await getImports(tested.context, rita, customerId, {})
  expect(next).toBeNull()
  expect(imports.map(each => [each.id, each.cannotUndo?.en ?? null])).toEqual([
    [ids[2], null],
    [ids[1], null],
    [ids[0], 'it was taken back already'],
  ])
  expect(imports[0]).toMatchObject({ importedBy: 'Rita', origin: 'upload', kind: 'people', refreshDate: '2026-11-19', periodDays: 30 })
  const reader: Actor = { personId: 'rolf', name: 'Rolf', right: 'reader', scope: 'all' }
  const shown = (await getImports(tested.context, reader, customerId, { tenant: TENANT })).imports
  expect(shown.every(each => each.cannotUndo !== null)).toBe(true)
  expect((await getImports(tested.context, rita, customerId, { tenant: 'elsewhere' })).imports).toEqual([])
})

test('a long list comes in pages, each import once', async () => {
  const customerId = await newCustomer()
  await testOwner(
    tested.urls.owner,
    `insert into usage_import (customer_id, id, tenant_id, file, sha256, report, rows_read, rows_rejected, rows_deleted, rows_duplicate, is_concealed, is_kept, imported_at)
     select '${customerId}', gen_random_uuid(), '${TENANT}', 'x', encode(sha256(n::text::bytea), 'hex'), 'x', 0, 0, 0, 0, false, false, ('2026-11-0' || 1 + n % 3)::timestamptz
     from generate_series(1, 120) n`,
  )
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await getImports(tested.context, rita, customerId, { cursor })
    seen.push(...page.imports.map(each => each.id))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  expect([seen.length, new Set(seen).size]).toEqual([120, 120])
})

test('any imports taken back, in any order, leave what the others alone would have said', async () => {
  const files: File[] = []
  for (const [index, each] of (
    ['getTeamsUserActivityUserDetail', 'getOffice365ActiveUserDetail', 'getEmailActivityUserDetail'] as const
  ).entries()) {
    files.push(await report({ report: each, activeShare: 0.2 + index / 10 }))
    // A correction of the same day, or of a day before.
    files.push(await report({ report: each, refreshDate: index === 1 ? '2026-11-19' : '2026-11-12', users: 38 + index, seed: 9 }))
  }
  const wantedOf = new Map<string, unknown>()
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(files, { minLength: 2 }).chain(order =>
        fc.record({
          order: fc.constant(order),
          together: fc.integer({ min: 1, max: 3 }),
          back: fc.shuffledSubarray(order, { minLength: 1, maxLength: order.length }),
        }),
      ),
      async ({ order, together, back }) => {
        const customerId = await newCustomer()
        const batches = Array.from({ length: Math.ceil(order.length / together) }, (_, at) =>
          order.slice(at * together, (at + 1) * together),
        )
        const ids = new Map<File, string>()
        let seconds = 0
        for (const batch of batches) {
          const made = await importAll(customerId, batch, later(0, ++seconds))
          for (const [index, file] of batch.entries()) ids.set(file, made[index] ?? '')
        }
        for (const file of back) await withdrawImport(later(0, ++seconds), rita, { customerId, importId: ids.get(file) ?? '' })
        const left = batches.map(batch => batch.filter(file => !back.includes(file))).filter(batch => batch.length > 0)
        const key = left.map(batch => batch.map(file => file.name).join()).join(';')
        if (!wantedOf.has(key)) {
          const other = await newCustomer()
          for (const batch of left) await importAll(other, batch, later(0, ++seconds))
          wantedOf.set(key, await everything(other))
        }
        expect(await everything(customerId)).toEqual(wantedOf.get(key))
      },
    ),
    { numRuns: 12 },
  )
})

test('a file imported again while it is taken back stays where the new import keeps it', async () => {
  const id = await newCustomer()
  const file = await report({ report: 'getTeamsUserActivityUserDetail' })
  for (let round = 1; round <= 8; round++) {
    const [importId = ''] = await importAll(id, [file])
    await Promise.all([
      withdrawImport(tested.context, rita, { customerId: id, importId }),
      // Whoever comes first: before, it changes nothing; after, it is a new import of the same file.
      importAll(id, [file]),
    ])
    const kept = await tested.context.db
      .selectFrom('usage_import')
      .select('id')
      .where('customer_id', '=', id)
      .where('is_kept', '=', true)
      .execute()
    expect(keptFiles(id)).toHaveLength(kept.length)
  }
})
