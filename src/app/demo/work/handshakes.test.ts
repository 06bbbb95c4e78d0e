import { expect, test } from 'vitest'
import { Day } from '../../../model/words.ts'
import { DEMO_CUSTOMERS, demoPortfolio } from '../generate.ts'
import { noRows } from '../rows.ts'
import { addHandshakes } from './handshakes.ts'

const today = Day.parse('2026-11-21')

test('the demo has every state of a handshake, and behind each accepted one who leads since when', () => {
  const rows = noRows()
  for (const customer of demoPortfolio({ customers: DEMO_CUSTOMERS, today })) addHandshakes(rows, customer, today)
  const of = (state: string) => rows.handshake.filter(each => each.state === state)
  expect(Object.fromEntries(['offered', 'asked', 'accepted', 'declined'].map(state => [state, of(state).length > 0]))).toEqual({
    offered: true,
    asked: true,
    accepted: true,
    declined: true,
  })
  expect(of('offered').some(each => each.reminded_at !== null)).toBe(true)
  expect(rows.adoption_owner.map(each => each.handshake_id).sort()).toEqual(
    of('accepted')
      .map(each => each.id)
      .sort(),
  )
  expect(rows.adoption_owner.filter(each => String(each.since) > today)).toEqual([])
  expect(new Set(rows.handshake.map(each => each.id)).size).toBe(rows.handshake.length)
})
