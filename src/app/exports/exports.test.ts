import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PortfolioQuery } from '../../model/portfolio-api.ts'
import { addAssignments } from '../../store/access.ts'
import { savePeople } from '../../store/customers.ts'
import { testOwner } from '../../store/testing-text.ts'
import { getAudit } from '../events/get-audit.ts'
import { getEvents } from '../events/get-events.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { getPortfolio } from '../portfolio/get-portfolio.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { exportPortfolio, PortfolioExportQuery } from './export-portfolio.ts'
import { exportRecord } from './export-record.ts'

let its: TestContext
const COUNT = 1200
const reader: Actor = { personId: 'reader', name: 'Reader', right: 'reader', scope: 'customers' }
const lead: Actor = { personId: 'lead', name: 'Lead', right: 'lead', scope: 'all', address: '203.0.113.7' }

beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
  await addTestCustomer(
    its.context,
    { customer: { id: 'first', name: "=cmd|'/C calc'!A0" }, csm: { assigned: true, name: '@Ana' } },
    'main',
  )
  const copies = `from generate_series(1, ${COUNT - 1}) n`
  for (const sql of [
    `insert into customer (id, name, search_key, created_at) select 'c' || n, 'Customer ' || n, 'customer ' || n, now() ${copies}`,
    `insert into engagement (customer_id, id, cycle, playbook_hash, opened_at) select 'c' || n, '1', 1, (select hash from playbook_current), now() ${copies}`,
    `insert into plan select (jsonb_populate_record(p, jsonb_build_object('customer_id', 'c' || n, 'priority', n % 7 - 3))).* from plan p, generate_series(1, ${COUNT - 1}) n where p.customer_id = 'first'`,
  ])
    await testOwner(its.urls.owner, sql)
  await its.context.db.transaction().execute(async trx => {
    await savePeople(trx, [{ id: 'reader', name: 'Reader' }])
    const row = {
      id: 'x',
      person_id: 'reader',
      role: 'fasttrack-manager',
      service: null,
      is_primary: false,
      since: '2026-01-01' as never,
      until: null,
      covers: null,
    }
    await addAssignments(
      trx,
      ['first', 'c7', 'c9'].map(customer_id => ({ ...row, customer_id })),
    )
  })
})
afterAll(() => its.close())

async function parts(body: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const part of body) all.push(part)
  return all
}
const rowsOf = (all: readonly string[]) => parse(all.join(''), { bom: true, columns: true }) as Record<string, string>[]
const query = (given: object = {}) => PortfolioExportQuery.parse(given)

test('the portfolio leaves in parts, in the order of the screen, and is on record before the first of them', async () => {
  const own = its.context.as(lead)
  const download = await exportPortfolio(own, lead, query({ sort: 'priority', order: 'desc' }))
  const { events } = await getAudit(its.context, SYSTEM, { limit: 1 })
  expect(events[0]).toMatchObject({
    kind: 'export-made',
    who: { name: 'Lead' },
    from: '203.0.113.7',
    after: { what: 'portfolio', count: COUNT },
  })
  const all = await parts(download.body)
  // The names of the columns, then at most 500 customers at a time.
  expect([all.length, Math.max(...all.map(part => part.split('\r\n').length - 1))]).toEqual([4, 500])
  const shown = await getPortfolio(own, lead, PortfolioQuery.parse({ sort: 'priority', order: 'desc', limit: 200, at: 0 }))
  const rows = rowsOf(all)
  expect([rows.length, rows.slice(0, 200).map(row => row.id)]).toEqual([COUNT, shown.rows.map(row => row.id)])
  expect(rows.find(row => row.id === 'first')).toMatchObject({ name: "'=cmd|'/C calc'!A0", csm: "'@Ana" })
  expect(new Set(rows.map(row => Number(row.priority)).filter(each => each < 0))).toEqual(new Set([-1, -2, -3]))
})

test('nobody exports more than they see', async () => {
  const own = its.context.as(reader)
  const all = rowsOf(await parts((await exportPortfolio(own, reader, query({ sort: 'name', order: 'asc' }))).body))
  expect(all.map(row => row.id)).toEqual(['first', 'c7', 'c9'])
  expect((await getAudit(its.context, SYSTEM, { limit: 1 })).events[0]).toMatchObject({ who: { id: 'reader' }, after: { count: 3 } })
  await expect(exportRecord(own, reader, 'c8', 'csv')).rejects.toMatchObject({ code: 'not-found' })
  const key: Actor = { ...reader, keyScopes: [] }
  await expect(exportPortfolio(its.context.as(key), key, query())).rejects.toMatchObject({ code: 'forbidden' })
})

test('a record leaves whole, however long, with what verifies it; addresses only to those who see the audit record', async () => {
  await its.context
    .as(lead)
    .db.transaction()
    .execute(trx =>
      recordCustomerEvents(
        trx,
        its.context,
        lead,
        'c7',
        Array.from({ length: 1100 }, (_, n) => ({ kind: 'test', data: { n } })),
      ),
    )
  const asReader = await parts((await exportRecord(its.context.as(reader), reader, 'c7', 'json')).body)
  const { events, count } = JSON.parse(asReader.join('')) as {
    count: number
    events: { seq: number; from: unknown; hash: string; previousHash: string | null; body: string }[]
  }
  expect([asReader.length, count, events.length, events.map(each => each.seq)]).toEqual([
    5,
    1101,
    1101,
    Array.from({ length: 1101 }, (_, n) => n + 1),
  ])
  expect(events.every((each, n) => each.from === null && each.previousHash === (events[n - 1]?.hash ?? null))).toBe(true)
  const csv = rowsOf(await parts((await exportRecord(its.context, { ...SYSTEM }, 'c7', 'csv')).body))
  expect([csv.length, csv[0]]).toEqual([1102, expect.objectContaining({ seq: '1', who: 'Lead', from: '203.0.113.7' })])
  const last = (await getEvents(its.context, SYSTEM, 'c7', { limit: 2 })).events
  expect(last.map(each => [each.who, each.summary.en])).toEqual([
    ['Impulso', 'Export made: record of the customer, 1102 rows'],
    ['Reader', 'Export made: record of the customer, 1101 rows'],
  ])
})
