import { expect, test } from 'vitest'
import { Day } from '../../../model/words.ts'
import { DEMO_CUSTOMERS, demoPortfolio } from '../generate.ts'
import { noRows } from '../rows.ts'
import { addContacts } from './contacts.ts'

const today = Day.parse('2026-11-21')

test('the demo has contacts of every kind, labelled, at addresses of the example domain', () => {
  const rows = noRows()
  const customers = [...demoPortfolio({ customers: DEMO_CUSTOMERS, today })]
  for (const customer of customers) addContacts(rows, customer, today)
  const some = (is: (each: (typeof rows.contact)[number]) => boolean) => rows.contact.some(is)
  expect([
    some(each => each.survey_eligible === true),
    some(each => each.do_not_contact !== null),
    some(each => each.bounce !== null),
    some(each => each.archived_at !== null),
    customers.some(({ sheet }) => !some(each => each.customer_id === sheet.customer.id)),
  ]).toEqual([true, true, true, true, true])
  expect(
    rows.contact.filter(each => !/@[a-z0-9-]+\.example\.com$/.test(String(each.email)) || !String(each.name).startsWith('Demo contact')),
  ).toEqual([])
  expect(new Set(rows.contact.map(each => each.id)).size).toBe(rows.contact.length)
})
