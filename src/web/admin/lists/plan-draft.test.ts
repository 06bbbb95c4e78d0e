import { expect, test } from 'vitest'
import { PlanTemplate } from '../../../model/success-plan-api.ts'
import { EMPTY_PLAN, faultsOf, newMetric, newObjective, nextKey, planBodyOf, planDraftOf, planLines } from './plan-draft.ts'

const body = JSON.stringify({
  description: 'For a service desk',
  objectives: [
    {
      title: 'Fewer calls',
      description: null,
      metrics: [
        { name: 'Calls', kind: 'own', service: null, unit: 'a month', target: 12.5, direction: 'down', days: 90 },
        { name: 'Teams', kind: 'usage', service: 'teams', unit: '%', target: 40, direction: null, days: null },
      ],
    },
  ],
})

test('a template comes out of the form as it went in, and the server can read it', () => {
  const draft = planDraftOf(body)
  expect(faultsOf(draft)).toEqual(new Map())
  expect(planBodyOf(draft)).toBe(body)
  expect(PlanTemplate.safeParse(JSON.parse(planBodyOf(draft))).success).toBe(true)
})

test('what is wrong is told at its field', () => {
  const { objectives } = planDraftOf(body)
  const metric = { ...newMetric(9), kind: 'usage' as const, target: '140', days: '0' }
  const draft = { description: '', objectives: [...objectives, { ...newObjective(8), metrics: [metric, newMetric(10)] }] }
  expect([...faultsOf(draft)]).toEqual([
    ['8.title', 'needed'],
    ['9.name', 'needed'],
    ['9.target', 'no-percent'],
    ['9.service', 'no-service'],
    ['9.days', 'no-days'],
    ['10.name', 'needed'],
    ['10.target', 'no-number'],
  ])
  expect([...faultsOf({ description: '', objectives: [] })]).toEqual([['objectives', 'none']])
  expect(nextKey(draft)).toBe(11)
  expect([...faultsOf(EMPTY_PLAN).keys()]).toEqual(['1.title'])
})

test('a comma is a decimal point', () => {
  const metric = { ...newMetric(2), name: 'x', target: '2,5' }
  expect(
    JSON.parse(planBodyOf({ description: '', objectives: [{ ...newObjective(1), metrics: [metric] }] })).objectives[0].metrics[0].target,
  ).toBe(2.5)
})

test('a plan can be read in lines', () => {
  expect(planLines(body, () => 'Microsoft Teams')).toBe(
    ['For a service desk', '# Fewer calls', '- Calls: ≤ 12.5 a month · 90 d', '- Teams: 40 % · Microsoft Teams'].join('\n'),
  )
})
