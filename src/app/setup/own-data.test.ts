import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyEvents } from '../../store/events.ts'
import { CUSTOMER_TABLES } from '../../store/remove-customers.ts'
import { addDemoAccounts, hasDemoAccounts } from '../auth/people.ts'
import { giveDemoAccess } from '../demo/access.ts'
import { loadDemo } from '../demo/load.ts'
import { TEST_PASSWORD, type TestPeople, testPeople } from '../people/testing.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { startOwnData } from './own-data.ts'

const CUSTOMERS = 300
let its: TestPeople
let ada: Actor
beforeAll(async () => {
  its = await testPeople(new Date('2026-11-21T10:00:00Z'))
  const accounts = await addDemoAccounts(its.context, its.auth)
  await loadDemo(its.context, { customers: CUSTOMERS })
  await giveDemoAccess(its.context, accounts)
  ada = { personId: accounts.get('administrator') ?? '', name: 'Demo · Administrator', right: 'administrator', scope: 'all' }
  await addTestCustomer(its.context, { customer: { id: 'mine', name: 'Mine' }, services: { teams: {} } }, 'mine.example')
}, 120_000)
afterAll(() => its.close())

const own = (input: object = {}, as: Actor = ada) =>
  startOwnData(its.as(as), its.auth, as, { email: 'Own@example.com', name: 'Olu Own', password: TEST_PASSWORD, ...input })
/** Tables that have a column `customer_id`, and how many rows of each are of demo customers, by the catalogue. */
const rowsByTable = async () => {
  const { rows: tables } = await its.owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'customer_id' order by 1`,
  )
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const { rows } = await its.owner.query<{ count: string }>(`select count(*) from ${name} where customer_id <> 'mine'`)
    counts[name] = Number(rows[0]?.count)
  }
  return counts
}

test('every table that belongs to customers is one of those that are emptied', async () => {
  expect(Object.keys(await rowsByTable())).toEqual([...CUSTOMER_TABLES].sort())
})

test('only an administrator of everything ends the demo, and a weak password ends nothing', async () => {
  for (const other of [
    { ...ada, right: 'lead' },
    { ...ada, scope: 'team' },
  ] as const) {
    await expect(own({}, other)).rejects.toMatchObject({ code: 'forbidden' })
  }
  await expect(own({ password: 'password123' })).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(own({ email: 'lead@demo.example' })).rejects.toMatchObject({ code: 'conflict' })
  expect((await rowsByTable()).assignment).toBeGreaterThanOrEqual(CUSTOMERS)
  expect(await hasDemoAccounts(its.auth)).toBe(true)
})

test('nothing of the demo is left: no row, no file, no account, no team; what is one’s own stays', async () => {
  const before = await rowsByTable()
  expect(Object.values(before).filter(count => count > 0).length).toBeGreaterThan(10)
  const { rows } = await its.owner.query<{ id: string }>('select id from customer where is_demo limit 1')
  const files = join(its.context.reports, rows[0]!.id)
  mkdirSync(join(files, 'tenant'), { recursive: true })
  writeFileSync(join(files, 'tenant', 'a.report'), 'x')

  expect(await own()).toEqual({ email: 'own@example.com', removedCustomers: CUSTOMERS })

  expect(Object.values(await rowsByTable()).filter(count => count > 0)).toEqual([])
  const customers = await its.owner.query('select id from customer')
  expect(customers.rows).toEqual([{ id: 'mine' }])
  expect(existsSync(files)).toBe(false)
  expect((await its.owner.query('select id from team')).rows).toEqual([])
  expect(await hasDemoAccounts(its.auth)).toBe(false)
  const { people } = await its.auth.listPeople({ limit: 50 })
  expect(people.map(each => [each.email, each.right, each.isDemo])).toEqual([['own@example.com', 'administrator', false]])
})

test('of invented people those stay whom the record names, and the record holds', async () => {
  const { rows } = await its.owner.query<{ name: string }>('select name from person order by name')
  const names = rows.map(row => row.name)
  expect(names).toContain('Demo · Administrator')
  expect(names.filter(name => name.endsWith('(demo)'))).toEqual([])
  const kinds = await its.owner.query<{ kind: string }>('select kind from installation_event')
  expect(kinds.rows.map(row => row.kind)).toContain('own-data-started')
  expect(await verifyEvents(its.context.db)).toMatchObject({ broken: [] })
})

test('outside of a demo there is nothing to take away', async () => {
  await expect(own()).rejects.toMatchObject({ code: 'conflict' })
})

test('the record of a customer of one’s own is never dropped', async () => {
  await expect(its.context.db.deleteFrom('event').where('customer_id', '=', 'mine').execute()).rejects.toThrow(/append-only/)
})
