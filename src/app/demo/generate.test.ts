import { describe, expect, test } from 'vitest'
import { CustomerId } from '../../model/api.ts'
import { REASONED_STATUSES } from '../../model/choices.ts'
import { FactSheet } from '../../model/facts.ts'
import { Day } from '../../model/words.ts'
import { DEMO_CUSTOMERS, demoPortfolio } from './generate.ts'
import { STORIES } from './stories.ts'

const today = Day.parse('2026-11-21')
const portfolio = [...demoPortfolio({ customers: DEMO_CUSTOMERS, today })]
const told = (story: string) => portfolio.find(each => each.story === story)!

test('the same options give the same portfolio', () => {
  expect([...demoPortfolio({ customers: 5, today })]).toEqual([...demoPortfolio({ customers: 5, today })])
})

test('a larger portfolio begins with the customers of a smaller one', () => {
  const large = demoPortfolio({ customers: 60_000, today })
  for (const small of portfolio) expect(large.next().value?.sheet).toEqual(small.sheet)
})

test('sixty customers hold every story', () => {
  expect(portfolio).toHaveLength(60)
  expect(new Set(portfolio.map(each => each.story))).toEqual(new Set(STORIES.map(story => story.id)))
})

test('every sheet is a valid facts sheet, under an id of its own', () => {
  for (const { sheet } of portfolio) {
    expect(FactSheet.parse(sheet)).toEqual(sheet)
    expect(CustomerId.parse(sheet.customer.id)).toBe(sheet.customer.id)
  }
  expect(new Set(portfolio.map(each => each.sheet.customer.id)).size).toBe(60)
})

test('ids stay unique in a portfolio for load tests', () => {
  const ids = new Set<string>()
  const tenants = new Set<string>()
  let tenantCount = 0
  for (const customer of demoPortfolio({ customers: 3000, today })) {
    ids.add(CustomerId.parse(customer.sheet.customer.id))
    for (const tenant of customer.tenants) tenants.add(tenant.id)
    tenantCount += customer.tenants.length
  }
  expect(ids.size).toBe(3000)
  expect(tenants.size).toBe(tenantCount)
})

test('everything names itself a demo', () => {
  for (const { sheet, tenants, manager } of portfolio) {
    expect(sheet.customer.id).toMatch(/^demo-/)
    expect(manager.name).toMatch(/\(demo\)$/)
    for (const tenant of tenants) {
      expect(tenant.name).toMatch(/\(demo\)$/)
      expect(tenant.id).toMatch(/\.demo\.example$/)
    }
  }
})

test('the sheet counts what the newest reports of all tenants count', () => {
  for (const { sheet, tenants } of portfolio)
    for (const [service, facts] of Object.entries(sheet.services)) {
      const lasts = tenants.flatMap(tenant => tenant.feeds.find(feed => feed.service === service)?.points.at(-1) ?? [])
      const sum = lasts.reduce((total, point) => total + point.active, 0)
      const seats = tenants.map(tenant => tenant.feeds.find(feed => feed.service === service)?.entitled ?? null)
      expect(facts.usage?.active ?? sum).toBe(sum)
      expect(seats.includes(null) ? undefined : seats.reduce<number>((total, each) => total + (each ?? 0), 0)).toBe(facts.entitled)
    }
})

test('a status that needs a reason has one', () => {
  for (const { sheet } of portfolio)
    for (const mark of [...sheet.tasks, ...sheet.steps]) expect(REASONED_STATUSES.includes(mark.status)).toBe(mark.reason !== undefined)
})

describe('usage', () => {
  test('covers 18 months of days for a service activated before, without gaps', () => {
    const feeds = portfolio.flatMap(each => each.tenants.flatMap(tenant => tenant.feeds))
    const longest = feeds.reduce((most, feed) => (feed.points.length > most.length ? feed.points : most), feeds[0]!.points)
    expect(longest).toHaveLength(548)
    const days = longest.map(point => Date.parse(point.day) / 86_400_000)
    expect(days.at(-1)! - days[0]!).toBe(547)
  })

  test('never has more active users than assigned ones, nor moves by leaps', () => {
    const over = portfolio.filter(each => !['over-hundred-percent', 'sudden-zero'].includes(each.story))
    for (const feed of over.flatMap(each => each.tenants.flatMap(tenant => tenant.feeds))) {
      for (const [index, point] of feed.points.entries()) {
        const before = feed.points[index - 1]?.active ?? point.active
        expect(point.active).toBeLessThanOrEqual(point.assigned)
        expect(Math.abs(point.active - before)).toBeLessThanOrEqual(1 + point.assigned * 0.05)
      }
    }
  })

  test('begins with the activation and ends with the newest report', () => {
    const { sheet, tenants } = told('first-services-on')
    const teams = tenants[0]!.feeds.find(feed => feed.service === 'teams')!
    expect(teams.points[0]?.day).toBe(sheet.services.teams?.activatedOn)
    expect(teams.points.at(-1)?.day).toBe('2026-11-19')
    expect(tenants[0]!.feeds.find(feed => feed.service === 'yammer')?.points).toEqual([])
  })

  test('above 1,000 customers 35 daily and 18 monthly points are left', () => {
    const customer = [...demoPortfolio({ customers: 1001, today })][4]
    const counts = customer!.tenants[0]!.feeds.map(feed => feed.points.length)
    expect(Math.max(...counts)).toBeLessThanOrEqual(53)
    expect(Math.max(...counts)).toBeGreaterThan(35)
  })
})

describe('the states a person should meet', () => {
  test('exactly ten percent, and one user less', () => {
    expect(told('exactly-ten-percent').sheet.services.teams).toMatchObject({ entitled: 10_000, usage: { active: 1000 } })
    expect(told('one-user-short').sheet.services.teams).toMatchObject({ entitled: 10_000, usage: { active: 999 } })
  })

  test('a report without rows is no zero', () => {
    expect(told('empty-report').sheet.services.yammer?.usage).toEqual({ rows: 0, asOf: '2026-11-19' })
  })

  test('nobody active where many were is doubted', () => {
    const { sheet, tenants } = told('sudden-zero')
    expect(sheet.services.teams?.usage).toEqual({ doubt: 'sudden-zero', asOf: '2026-11-19' })
    const [before, last] = tenants[0]?.feeds.find(feed => feed.service === 'teams')?.points.slice(-2) ?? []
    expect([(before?.active ?? 0) >= 10, last?.active]).toEqual([true, 0])
  })

  test('seats are bought now and then, and never fewer than are assigned', () => {
    const feeds = portfolio.flatMap(each => each.tenants.flatMap(tenant => tenant.feeds)).filter(feed => feed.points.length === 548)
    const steps = feeds.filter(feed => new Set(feed.points.map(point => point.entitled)).size === 2)
    expect(steps.length).toBeGreaterThan(10)
    for (const feed of steps)
      expect(feed.points.every(point => (point.entitled ?? 0) >= Math.min(point.assigned, feed.entitled ?? 0))).toBe(true)
  })

  test('with a silent tenant the sum is a lower bound', () => {
    const { sheet } = told('one-tenant-silent')
    expect(sheet.services.teams?.usage).toMatchObject({ activeAtLeast: expect.any(Number) })
    expect(sheet.services.teams?.usage).not.toHaveProperty('active')
  })

  test('each review outcome, and both kinds at once', () => {
    const outcomes = portfolio.flatMap(each => each.sheet.review.outcomes)
    expect(new Set(outcomes)).toEqual(new Set(['business-value-discussion', 'activate-workloads', 'transition-to-csm', 'disengage']))
    expect(portfolio.some(each => each.sheet.review.outcomes.length > 1)).toBe(true)
  })

  test.each(['none', 'offered', 'accepted', 'declined'])('a handshake that is %s while a CSM is assigned', state => {
    expect(portfolio.some(({ sheet }) => sheet.csm?.assigned && sheet.services.teams?.handshake === state)).toBe(true)
  })

  test.each(['warning', 'blocked', 'paused', 'deferred', 'not-required', 'cancelled', 'complete', 'in-progress'])(
    'an item set to %s',
    status => {
      expect(portfolio.some(({ sheet }) => [...sheet.tasks, ...sheet.steps].some(mark => mark.status === status))).toBe(true)
    },
  )
})
