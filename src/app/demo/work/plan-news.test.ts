import { expect, test } from 'vitest'
import { Day } from '../../../model/words.ts'
import { compilePaths } from '../../playbooks/files.ts'
import { DEMO_CUSTOMERS, demoPortfolio } from '../generate.ts'
import { noRows } from '../rows.ts'
import { addPlanNews, addPriorities } from './plan-news.ts'

const today = Day.parse('2026-11-21')
const { playbook } = compilePaths(['playbooks/microsoft-365-success'])

test('the demo has usage that crossed its target both ways, and priorities of somebody’s own, higher and lower', () => {
  const rows = noRows()
  for (const customer of demoPortfolio({ customers: DEMO_CUSTOMERS, today })) {
    addPlanNews(rows, customer, { playbook, today })
    addPriorities(rows, customer, today)
  }
  expect(new Set(rows.plan_change.map(each => each.kind))).toEqual(new Set(['usage-reached', 'usage-fell']))
  for (const { kind, before, after } of rows.plan_change) expect(Number(after) > Number(before)).toBe(kind === 'usage-reached')
  const priorities = rows.priority_override.map(each => Number(each.priority))
  expect([Math.max(...priorities) > 500, Math.min(...priorities) < 100, priorities.length < 10]).toEqual([true, true, true])
})
