import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PortfolioQuery, type PortfolioRow } from '../../model/api.ts'
import { testDatabase } from '../../store/testing.ts'
import { type Context, contextFor } from '../context.ts'
import { loadDemo } from '../demo/load.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { releaseFolder } from '../releases/release.ts'
import { TEST_SEAL_KEY } from '../testing.ts'
import { getPortfolio } from './get-portfolio.ts'

const reader: Actor = { personId: 'jonas', name: 'Jonas', right: 'reader', scope: 'all' }
let database: Awaited<ReturnType<typeof testDatabase>>
let context: Context
beforeAll(async () => {
  database = await testDatabase()
  const now = () => new Date('2026-11-21T08:00:00Z')
  const playbook = await releaseFolder(database.db, resolve('playbooks/microsoft-365-success'), now(), () => {})
  context = contextFor(database, SYSTEM, { now, log: () => {}, sealKey: TEST_SEAL_KEY, playbook, reports: '', temp: '' })
  await loadDemo(context, { customers: 60 })
})
afterAll(() => database?.close())

const ask = (query: Record<string, unknown> = {}) => getPortfolio(context, reader, PortfolioQuery.parse(query))
const all = async () => (await ask({ limit: 200 })).rows

test('a page costs three queries, however many rows it has', async () => {
  for (const limit of [1, 60]) {
    const before = database.queryCount()
    expect((await ask({ limit })).rows).toHaveLength(limit)
    expect(database.queryCount() - before).toBe(4)
  }
})

test('pages follow each other without gap or repetition', async () => {
  const whole = (await all()).map(row => row.id)
  const pages: string[] = []
  let at: string | null = '0'
  while (at !== null) {
    const page: Awaited<ReturnType<typeof ask>> = await ask({ at, limit: 25 })
    expect(page.total).toBe(60)
    pages.push(...page.rows.map(row => row.id))
    at = page.next
  }
  expect(pages).toEqual(whole)
  expect((await ask({ at: 1000 })).rows).toEqual([])
})

const filters: readonly [string, Record<string, unknown>, (row: PortfolioRow) => boolean][] = [
  ['segment', { segment: 'enterprise' }, row => row.segment === 'enterprise'],
  ['review', { review: 'met' }, row => row.review === 'met'],
  ['due work', { attention: 'due' }, row => row.dueCount > 0],
  ['a warning', { attention: 'warning' }, row => row.warningCount > 0],
  ['a proposal', { attention: 'proposal' }, row => row.proposalCount > 0],
  ['stale usage', { attention: 'stale' }, row => row.services.some(cell => cell.intended && cell.quality === 'stale')],
  ['an empty report', { attention: 'empty' }, row => row.services.some(cell => cell.intended && cell.quality === 'empty')],
]
test.each(filters)('filter by %s', async (_, query, fits) => {
  const wanted = (await all()).filter(fits).map(row => row.id)
  const found = await ask({ ...query, limit: 200 })
  expect(found.rows.map(row => row.id)).toEqual(wanted)
  expect(found.total).toBe(wanted.length)
  expect(wanted.length).toBeGreaterThan(0)
})

test('search knows neither case nor accents, and takes signs of patterns as they are', async () => {
  await database.db.transaction().execute(async trx => {
    const [row] = await all()
    await trx
      .updateTable('customer')
      .set({ name: 'São 100% Tomé', search_key: 'sao 100% tome' })
      .where('id', '=', row?.id ?? '')
      .execute()
  })
  for (const q of ['sao 1', 'SÃO 100%', 'tomé']) expect((await ask({ q })).rows.map(row => row.name)).toEqual(['São 100% Tomé'])
  expect((await ask({ q: '1_0%' })).total).toBe(0)
})

test.each(['asc', 'desc'] as const)('sort by a service puts the unknown last, %s', async order => {
  const percents = (await ask({ sort: 'teams', order, limit: 200 })).rows.map(
    row => row.services.find(cell => cell.service === 'teams')?.percent ?? null,
  )
  const known = percents.filter(percent => percent !== null)
  expect(percents.slice(0, known.length)).toEqual(known)
  expect(known).toEqual([...known].sort((a, b) => (order === 'asc' ? a - b : b - a)))
})

test('most urgent first, each with its reason in both languages', async () => {
  const rows = await all()
  const priorities = rows.map(row => row.priority)
  expect(priorities).toEqual([...priorities].sort((a, b) => b - a))
  for (const row of rows) expect(Object.keys(row.priorityReason)).toEqual(['en', 'pt-BR'])
})

test('a trend has twelve weeks; a service without reports has an empty one', async () => {
  const cells = (await all()).flatMap(row => row.services)
  for (const cell of cells) expect(cell.trend).toHaveLength(12)
  expect(
    cells.filter(cell => cell.quality === 'fresh' && cell.percent !== null).every(cell => cell.trend.some(week => week !== null)),
  ).toBe(true)
  expect(cells.filter(cell => cell.asOf === null).every(cell => cell.trend.every(week => week === null))).toBe(true)
})
