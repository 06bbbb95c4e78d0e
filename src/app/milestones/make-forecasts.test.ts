import { resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import { testDatabase } from '../../store/testing.ts'
import { type Context, contextFor } from '../context.ts'
import { loadDemo } from '../demo/load.ts'
import { getAudit } from '../events/get-audit.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { releaseFolder } from '../releases/release.ts'
import { TEST_SEAL_KEY } from '../testing.ts'
import { exportForecasts, getForecasts } from './get-forecasts.ts'
import { backfillForecasts, makeForecasts } from './make-forecasts.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
/** A Saturday. */
const today = Day.parse('2026-11-21')
let open: (day: string) => Context
let context: Context
beforeAll(async () => {
  database = await testDatabase()
  const at = (day: string) => () => new Date(`${day}T08:00:00Z`)
  const playbook = await releaseFolder(database.db, resolve('playbooks/microsoft-365-success'), at(today)(), () => {})
  open = day => contextFor(database, SYSTEM, { now: at(day), log: () => {}, sealKey: TEST_SEAL_KEY, playbook, reports: '', temp: '' })
  context = open(today)
  await loadDemo(context, { customers: 60 })
})
afterAll(() => database?.close())

const rowsOf = async (sql: string) => (await database.owner.query<Record<string, unknown>>(sql)).rows
const countOf = async (where = 'true') => Number((await rowsOf(`select count(*)::int as n from forecast where ${where}`))[0]?.n)
const ask = (query: object = {}) => getForecasts(context, SYSTEM, { at: 0, limit: 50, ...query })

test('the demo has forecasts of half a year of Mondays, with some milestones reached since', async () => {
  const [row] = await rowsOf(`select count(distinct made_on)::int as days, min(made_on)::text as oldest, max(made_on)::text as newest,
    count(*) filter (where extract(isodow from made_on) <> 1)::int as others from forecast`)
  expect(row).toEqual({ days: 26, oldest: '2026-05-18', newest: '2026-11-09', others: 0 })
  const { summary } = await ask()
  expect(summary.made).toBeGreaterThan(500)
  expect(Math.min(summary.reached, summary.inRange, summary.open)).toBeGreaterThan(0)
})

test('each is made from the figures up to its day: those after it change nothing', async () => {
  const key = `customer_id, service, milestone, made_on, percent_then, state, expected, earliest, latest`
  const then = `select ${key} from forecast where made_on <= '2026-08-31' order by 1, 2, 3, 4`
  const before = await rowsOf(then)
  await database.owner.query(`delete from forecast`)
  await database.owner.query(`create table kept as select * from usage_day where day > '2026-08-31'`)
  await database.owner.query(`delete from usage_day where day > '2026-08-31'`)
  await backfillForecasts(context, 26)
  expect(await rowsOf(then)).toEqual(before)
  await database.owner.query('insert into usage_day select * from kept')
  await database.owner.query('drop table kept')
  await database.owner.query(`delete from forecast where made_on > '2026-08-31'`)
  await backfillForecasts(context, 26)
})

test('one per milestone and week, however often it runs', async () => {
  const before = await countOf()
  const first = await makeForecasts(context)
  expect(first.added).toBeGreaterThan(100)
  expect(await countOf(`made_on = '${today}'`)).toBe(first.added)
  expect(await makeForecasts(context)).toEqual({ added: 0, reached: 0 })
  expect(await makeForecasts(open('2026-11-22'))).toEqual({ added: 0, reached: 0 })
  // Another week: Monday.
  expect((await makeForecasts(open('2026-11-23'))).added).toBeGreaterThan(100)
  await database.owner.query(`delete from forecast where made_on > '${today}'`)
  expect(await countOf()).toBe(before + first.added)
})

test('a handful of queries a batch, however many customers and milestones', async () => {
  const before = database.queryCount()
  await makeForecasts(context)
  const used = database.queryCount() - before
  const customers = Number((await rowsOf(`select count(*)::int as n from customer`))[0]?.n)
  // Two batches of forty at most and a look for a third.
  expect([customers, used <= 2 * 10 + 3]).toEqual([60, true])
})

test('what was reached follows corrections of the series', async () => {
  const [row] =
    await rowsOf(`select customer_id, service, goal_percent, reached_on::text as reached_on from forecast where reached_on is not null
    and made_on < reached_on and milestone = 'broad' order by 1, 2 limit 1`)
  const { customer_id, service, reached_on } = row!
  const of = `customer_id = '${customer_id}' and service = '${service}'`
  await database.owner.query(`update usage_day set active = 0 where ${of} and day = '${reached_on}'`)
  const { reached } = await makeForecasts(context)
  expect(reached).toBeGreaterThan(0)
  const [now] = await rowsOf(
    `select min(reached_on)::text as reached_on from forecast where ${of} and milestone = 'broad' and reached_on is not null`,
  )
  expect(String(now?.reached_on) > String(reached_on)).toBe(true)
})

test('the report filters, pages and sums up what matches', async () => {
  const all: string[] = []
  let at: string | null = '0'
  while (at !== null && all.length < 5000) {
    const page: Awaited<ReturnType<typeof ask>> = await ask({ service: 'teams', at: Number(at), limit: 200 })
    expect(page.summary.made).toBe((await ask({ service: 'teams' })).summary.made)
    all.push(...page.rows.map(row => `${row.customer} ${row.service} ${row.milestone} ${row.madeOn}`))
    at = page.next
  }
  const { summary, rows } = await ask({ service: 'teams' })
  expect([new Set(all).size, all.length]).toEqual([summary.made, summary.made])
  expect(summary.inRange + summary.early + summary.late).toBe(summary.reached)
  expect(summary.reached + summary.open + summary.overdue).toBe(summary.made)
  expect(rows.map(row => row.madeOn)).toEqual(
    rows
      .map(row => row.madeOn)
      .sort()
      .reverse(),
  )
  for (const outcome of ['in-range', 'early', 'late', 'open', 'overdue'] as const) {
    const found = await ask({ outcome, limit: 200 })
    for (const row of found.rows) {
      const is = {
        'in-range': row.reachedOn !== null && row.reachedOn >= row.earliest && (row.latest === null || row.reachedOn <= row.latest),
        early: row.reachedOn !== null && row.reachedOn < row.earliest,
        late: row.reachedOn !== null && row.latest !== null && row.reachedOn > row.latest,
        open: row.reachedOn === null && (row.latest === null || row.latest >= today),
        overdue: row.reachedOn === null && row.latest !== null && row.latest < today,
      }[outcome]
      expect([row.outcome, is]).toEqual([outcome, true])
    }
  }
  const [name] = rows.map(row => row.customerName)
  expect(new Set((await ask({ q: name })).rows.map(row => row.customerName))).toEqual(new Set([name]))
  expect((await ask({ q: '%' })).rows).toEqual([])
})

test('nobody is told of customers they do not see, and an export goes on record', async () => {
  const stranger: Actor = { personId: 'stranger', name: 'Stranger', right: 'reader', scope: 'customers' }
  const theirs = await getForecasts(context.as(stranger), stranger, { at: 0, limit: 50 })
  expect([theirs.rows, theirs.summary.made, theirs.summary.notInSight]).toEqual([[], 0, 0])
  const download = await exportForecasts(context, SYSTEM, { milestone: 'first' })
  let text = ''
  for await (const part of download.body) text += part
  const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[]
  const { summary } = await ask({ milestone: 'first' })
  expect([rows.length, new Set(rows.map(row => row.milestone))]).toEqual([summary.made, new Set(['first'])])
  expect((await getAudit(context, SYSTEM, { limit: 1 })).events[0]).toMatchObject({
    kind: 'export-made',
    after: { what: 'forecasts', count: summary.made, filters: { milestone: 'first' } },
  })
})
