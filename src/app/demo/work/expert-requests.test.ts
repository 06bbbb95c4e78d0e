import { expect, test } from 'vitest'
import { EXPERT_REQUEST_STATES } from '../../../model/expert-words.ts'
import { Day } from '../../../model/words.ts'
import { DEMO_CUSTOMERS, demoPortfolio } from '../generate.ts'
import { noRows } from '../rows.ts'
import { addExpertRequests } from './expert-requests.ts'

const today = Day.parse('2026-11-21')

test('the demo has every state of a request, one in the queue, one that is late, and behind each accepted one who helps', () => {
  const rows = noRows()
  for (const customer of demoPortfolio({ customers: DEMO_CUSTOMERS, today })) addExpertRequests(rows, customer, today)
  const states = rows.expert_request.map(each => each.state)
  expect(EXPERT_REQUEST_STATES.filter(state => !states.includes(state))).toEqual([])
  const open = rows.expert_request.filter(each => each.state === 'open')
  expect(open.some(each => each.expert_id === null)).toBe(true)
  expect(open.some(each => each.acknowledged_at === null && String(each.acknowledge_by) < today)).toBe(true)
  expect(open.some(each => each.acknowledged_at !== null)).toBe(true)
  expect(rows.assignment).toHaveLength(states.filter(state => state === 'accepted').length)
  expect(new Set(rows.expert_request.map(each => each.id)).size).toBe(rows.expert_request.length)
  expect(rows.expert_request_message.filter(each => each.step === 'requested')).toHaveLength(rows.expert_request.length)
})
