import { afterAll, beforeAll, expect, test } from 'vitest'
import { PortfolioQuery } from '../../model/portfolio-api.ts'
import { getCustomer } from '../customers/get-customer.ts'
import type { Actor } from '../policy.ts'
import { getPortfolio } from '../portfolio/get-portfolio.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { changeSettings, getSettings } from './settings.ts'

let its: TestContext
const actor = (right: Actor['right'], scope: Actor['scope'] = 'all'): Actor => ({ personId: right, name: right, right, scope })
const ada = actor('administrator')
beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
  await addTestCustomer(its.context, { customer: { id: 'alpha', name: 'Alpha' } }, 'alpha.example')
})
afterAll(() => its.close())

const settings = () => getSettings(its.context.as(ada), ada)
const change = async (input: object, as: Actor = ada) =>
  changeSettings(its.context.as(as), as, { version: (await settings()).version, ...input })

test('what was never chosen has its default', async () => {
  const { unassigned, retention, version } = await settings()
  expect([unassigned, version]).toEqual(['hidden', 0])
  for (const kind of retention) expect(kind.days).toBe(kind.defaultDays)
})

test('days are chosen and left to the default again', async () => {
  const chosen = await change({ retention: { mail: 7 } })
  expect(chosen.retention.find(each => each.kind === 'mail')?.days).toBe(7)
  const again = await change({ retention: { mail: null } })
  const mail = again.retention.find(each => each.kind === 'mail')
  expect(mail?.days).toBe(mail?.defaultDays)
  const row = await its.context.db.selectFrom('installation').select('retention').executeTakeFirst()
  expect(row?.retention).toEqual({})
})

test('customers of others are hidden or read, as chosen', async () => {
  const reader = actor('engineer', 'customers')
  const seen = async () => (await getPortfolio(its.context.as(reader), reader, PortfolioQuery.parse({}))).total
  expect(await seen()).toBe(0)
  await change({ unassigned: 'read-only' })
  expect(await seen()).toBe(1)
  expect((await getCustomer(its.context.as(reader), reader, 'alpha')).canWrite.ok).toBe(false)
  await change({ unassigned: 'hidden' })
  await expect(getCustomer(its.context.as(reader), reader, 'alpha')).rejects.toMatchObject({ code: 'not-found' })
})

test('of two at once one is told what the other chose', async () => {
  const { version } = await settings()
  const done = await Promise.allSettled([change({ retention: { mail: 5 }, version }), change({ retention: { mail: 6 }, version })])
  expect(done.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected'])
  const [refused] = done.flatMap(each => (each.status === 'rejected' ? [each.reason] : []))
  expect(refused).toMatchObject({
    code: 'conflict',
    details: { theirs: { retention: { mail: expect.any(Number) } }, version: version + 1 },
  })
})

test('the same again is no change', async () => {
  const { version, unassigned } = await settings()
  expect((await change({ unassigned })).version).toBe(version)
})

test('settings are for administrators of everything', async () => {
  for (const other of [actor('lead'), actor('administrator', 'team')]) {
    await expect(change({ unassigned: 'read-only' }, other)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(getSettings(its.context.as(other), other)).rejects.toMatchObject({ code: 'forbidden' })
  }
})
