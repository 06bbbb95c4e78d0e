import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PortfolioRow } from '../../model/api.ts'
import { PortfolioQuery } from '../../model/portfolio-api.ts'
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

test('a page costs five queries at most, however many rows it has', async () => {
  for (const limit of [1, 60]) {
    const before = database.queryCount()
    expect((await ask({ limit })).rows).toHaveLength(limit)
    // A single one where nothing was written since: other tests write to the same server.
    expect(database.queryCount() - before).toBeLessThanOrEqual(5)
  }
})

test('the same page again is of what was written meanwhile, by whomever', async () => {
  const [first] = (await ask({ sort: 'name', order: 'asc' })).rows
  const archive = (at: string) => database.owner.query(`update customer set archived_at = ${at} where id = '${first?.id}'`)
  await archive('now()')
  const page = await ask({ sort: 'name', order: 'asc' })
  expect([page.total, page.rows.some(row => row.id === first?.id)]).toEqual([59, false])
  await archive('null')
  const again = await ask({ sort: 'name', order: 'asc' })
  expect([again.total, again.rows[0]?.id]).toEqual([60, first?.id])
})

test('what one person found is not what another one finds', async () => {
  const [first, second] = (await all()).map(row => row.id)
  await database.owner.query(`insert into person (id, name) values ('a', 'A'), ('b', 'B');
    insert into assignment (customer_id, id, person_id, role, is_primary, since) values
      ('${first}', 'kept-a', 'a', 'engineer', false, '2026-01-01'), ('${second}', 'kept-b', 'b', 'engineer', false, '2026-01-01')`)
  const found = async (personId: string, scope: 'all' | 'customers', query: Record<string, unknown>) => {
    const actor: Actor = { personId, name: personId, right: 'engineer', scope }
    const page = await getPortfolio(context.as(actor), actor, PortfolioQuery.parse(query))
    return [page.total, page.rows[0]?.id]
  }
  for (const [scope, query] of [
    ['customers', {}],
    ['all', { mine: 'true' }],
  ] as const) {
    expect(await found('a', scope, query)).toEqual([1, first])
    expect(await found('b', scope, query)).toEqual([1, second])
  }
  expect((await found('a', 'all', {}))[0]).toBe(60)
  await database.owner.query(`delete from assignment where id in ('kept-a', 'kept-b')`)
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

test('a cell says when use changed more than chance explains, and nothing of a doubted figure', async () => {
  const signals = (await all()).flatMap(row => row.services.map(({ signal, quality }) => ({ signal, quality })))
  expect(new Set(signals.map(each => each.signal))).toContain('gain')
  expect(signals.filter(each => each.quality !== 'fresh' && each.signal !== null)).toEqual([])
  const { id, services } = (await all()).find(row => row.services.some(cell => cell.quality === 'fresh' && cell.signal === null))!
  const cell = services.find(each => each.quality === 'fresh' && each.signal === null)!
  const now = async () => (await all()).find(row => row.id === id)!.services.find(each => each.service === cell.service)!
  // Four weeks ago everybody; now as before.
  await database.owner.query(`update usage_day set active = coalesce(entitled, assigned), entitled = coalesce(entitled, assigned)
    where customer_id = '${id}' and service = '${cell.service}' and day <= '2026-10-24'`)
  const percent = (await now()).trend.at(-1)!
  expect([await now(), percent < 90]).toEqual([expect.objectContaining({ signal: 'drop' }), true])
  // Of fewer than 20 seats nothing is said.
  await database.owner.query(
    `update usage_day set active = least(active, 15), entitled = 19 where customer_id = '${id}' and service = '${cell.service}'`,
  )
  expect((await now()).signal).toBeNull()
})
