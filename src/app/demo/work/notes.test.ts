import { expect, test } from 'vitest'
import { Day } from '../../../model/words.ts'
import { DEMO_CUSTOMERS, demoPortfolio } from '../generate.ts'
import { noRows } from '../rows.ts'
import { addNotes } from './notes.ts'

const today = Day.parse('2026-11-21')

test('the demo has customers with fresh notes, with old ones only and with none; follow-ups open, late and done', () => {
  const rows = noRows()
  const customers = [...demoPortfolio({ customers: DEMO_CUSTOMERS, today })]
  for (const customer of customers) addNotes(rows, customer, today)
  const newest = customers.map(({ sheet }) =>
    rows.note
      .filter(each => each.customer_id === sheet.customer.id)
      .map(each => String(each.written_at).slice(0, 10))
      .sort()
      .at(-1),
  )
  expect(newest).toContain(undefined)
  expect(newest).toContain('2026-11-18')
  expect(newest).toContain('2026-11-12')
  const when = (due: unknown) => (due === null ? 'without a day' : String(due) < today ? 'late' : 'in time')
  const states = new Set(rows.follow_up.map(each => `${each.status} ${when(each.due)}`))
  expect([...states].sort()).toEqual([
    'blocked late',
    'complete late',
    'in-progress late',
    'not-started in time',
    'not-started without a day',
  ])
  // No sentence again and again.
  const titles = rows.follow_up.map(each => each.title)
  expect(new Set(titles).size).toBeGreaterThan(10)
  expect(Math.max(...titles.map(title => titles.filter(each => each === title).length))).toBeLessThan(titles.length / 4)
  expect(new Set(rows.note.map(each => each.id)).size).toBe(rows.note.length)
})
