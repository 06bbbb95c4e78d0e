import { expect, test } from 'vitest'
import { ACCESS_RIGHTS, type AccessRight } from '../model/api.ts'
import { ACTIONS, authorize, may } from './policy.ts'

test('what each access right may do', () => {
  const table = ACCESS_RIGHTS.map(right => `${right}: ${ACTIONS.filter(action => may(right, action)).join(' ')}`)
  expect(table).toEqual([
    'administrator: see-customer set-item set-fact import-usage add-customer release-playbook see-playbook',
    'lead: see-customer set-item set-fact import-usage add-customer see-playbook',
    'fasttrack-manager: see-customer set-item set-fact import-usage add-customer see-playbook',
    'engineer: see-customer set-item import-usage see-playbook',
    'customer-success-manager: see-customer set-item set-fact see-playbook',
    'subject-matter-expert: see-customer set-item see-playbook',
    'author: see-customer release-playbook see-playbook',
    'reader: see-customer see-playbook',
  ])
})

test('what is not allowed is forbidden, with right and action named', () => {
  const reader = { personId: 'jonas', name: 'Jonas', right: 'reader' as AccessRight }
  expect(() => authorize(reader, 'set-item')).toThrow('"reader" does not cover "set-item"')
  expect(() => authorize(reader, 'see-customer')).not.toThrow()
})
