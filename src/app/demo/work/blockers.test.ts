import { expect, test } from 'vitest'
import type { BlockerFigure } from '../../../model/blocker-api.ts'
import { Day } from '../../../model/words.ts'
import { DEMO_CUSTOMERS, demoPortfolio } from '../generate.ts'
import { DEMO_PEOPLE } from '../people.ts'
import { noRows } from '../rows.ts'
import { addBlockers } from './blockers.ts'
import { addContacts } from './contacts.ts'
import { addDecisions } from './decisions.ts'

const today = Day.parse('2026-11-21')
const rows = noRows()
for (const customer of demoPortfolio({ customers: DEMO_CUSTOMERS, today })) {
  addBlockers(rows, customer, today)
  addContacts(rows, customer, today)
  addDecisions(rows, customer, today)
}

test('who an escalated blocker went to is named, and use is kept of the days it was opened and resolved', () => {
  const escalated = rows.blocker.filter(each => each.escalated_at !== null)
  expect(escalated.length).toBeGreaterThan(0)
  expect(
    escalated.filter(each => !DEMO_PEOPLE.some(person => person.id === each.escalated_to) || each.escalated_to === each.owner_id),
  ).toEqual([])
  // What the rows hold is what was put there.
  const figures = (of: unknown) => JSON.parse(String(of ?? '[]')) as BlockerFigure[]
  const resolved = rows.blocker.filter(each => each.resolved_at !== null)
  expect(resolved.some(each => figures(each.usage_resolved).some(figure => figure.percent !== null && figure.asOf !== null))).toBe(true)
  expect(
    rows.blocker.filter(each => figures(each.usage_opened).some(({ asOf }) => asOf !== null && asOf > String(each.opened_at).slice(0, 10))),
  ).toEqual([])
})

test('every state of a decision occurs, each after what leads to it, and the customer’s own with one of its contacts', () => {
  expect(new Set(rows.decision.map(each => each.state))).toEqual(
    new Set(['offered', 'agreed', 'declined', 'proposed', 'accepted', 'rejected']),
  )
  const contacts = new Set(rows.contact.map(each => `${each.customer_id} ${each.id}`))
  const wrong = rows.decision.filter(each => each.contact_id !== null && !contacts.has(`${each.customer_id} ${each.contact_id}`))
  expect(wrong).toEqual([])
  expect(rows.decision.some(each => each.state === 'agreed' && each.contact_id !== null)).toBe(true)
})
