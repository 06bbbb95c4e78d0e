import { afterAll, beforeAll, expect, test } from 'vitest'
import { PortfolioQuery } from '../../model/portfolio-api.ts'
import { TodayQuery } from '../../model/today-api.ts'
import { savePeople } from '../../store/customers.ts'
import type { Actor } from '../policy.ts'
import { getPortfolio } from '../portfolio/get-portfolio.ts'
import { getViews } from '../portfolio/saved-views.ts'
import { type TestContext, testContext } from '../testing.ts'
import { getToday } from '../today/get-today.ts'
import { giveDemoAccess } from './access.ts'
import { loadDemo } from './load.ts'

const ACCOUNTS = new Map(
  (['fasttrack-manager', 'engineer', 'customer-success-manager', 'subject-matter-expert'] as const).map(right => [
    right,
    `account-${right}`,
  ]),
)
let demo: TestContext
beforeAll(async () => {
  demo = await testContext(new Date('2026-11-21T10:00:00Z'))
  await loadDemo(demo.context)
  await demo.context.db.transaction().execute(trx =>
    savePeople(
      trx,
      [...ACCOUNTS.values()].map(id => ({ id, name: id })),
    ),
  )
  // Twice is as good as once.
  await giveDemoAccess(demo.context, ACCOUNTS)
  await giveDemoAccess(demo.context, ACCOUNTS)
})
afterAll(() => demo?.close())

test('a demo that was loaded before there were teams gets them', async () => {
  const teams = () => demo.context.db.selectFrom('customer').select(['id', 'team_id']).orderBy('id').execute()
  const before = await teams()
  expect(before.filter(customer => customer.team_id === null)).toEqual([])
  await demo.context.db.deleteFrom('assignment').where('id', 'like', 'demo-%').execute()
  await demo.context.db.deleteFrom('team').execute()
  expect((await teams()).filter(customer => customer.team_id !== null)).toEqual([])
  await giveDemoAccess(demo.context, ACCOUNTS)
  expect(await teams()).toEqual(before)
})

test('the first screen of the demo manager shows work of their own, some of it late, and news', async () => {
  const actor: Actor = { personId: ACCOUNTS.get('fasttrack-manager') ?? '', name: 'Manager', right: 'fasttrack-manager', scope: 'team' }
  const today = await getToday(demo.context.as(actor), actor, TodayQuery.parse({ whose: 'mine', zone: 'UTC' }))
  expect(today.week.total + today.overdue.total).toBeGreaterThan(4)
  expect(today.changed.total).toBeGreaterThan(0)
  const { views } = await getViews(demo.context.as(actor), actor, 'portfolio')
  expect(views.map(each => each.name)).toContain('Mine, late first (demo)')
})

test.each([
  ['fasttrack-manager', 'team', 20, 45],
  ['engineer', 'team', 20, 40],
  ['customer-success-manager', 'customers', 6, 12],
  // Besides those of a service, where they help with a request.
  ['subject-matter-expert', 'services', 15, 18],
] as const)('the demo %s sees a part of the portfolio', async (right, scope, least, most) => {
  const actor: Actor = { personId: ACCOUNTS.get(right) ?? '', name: right, right, scope }
  const page = await getPortfolio(demo.context.as(actor), actor, PortfolioQuery.parse({ limit: 200 }))
  expect(page.total).toBeGreaterThanOrEqual(least)
  expect(page.total).toBeLessThanOrEqual(most)
})
