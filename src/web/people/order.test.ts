import { expect, test } from 'vitest'
import type { AssignmentView } from '../../model/admin-api.ts'
import { Day } from '../../model/words.ts'
import { byRole } from './order.ts'

const assignment = (id: string, more: Partial<AssignmentView>): AssignmentView => ({
  id,
  person: { id, name: id },
  role: 'fasttrack-engineer',
  service: null,
  isPrimary: false,
  since: Day.parse('2026-01-01'),
  until: null,
  covers: null,
  state: 'current',
  ...more,
})

test('roles stand in their order, the primary first, then names; ended ones are left out', () => {
  const all = [
    assignment('Zoe', {}),
    assignment('Ana', {}),
    assignment('Mia', { isPrimary: true }),
    assignment('Old', { state: 'ended' }),
    assignment('Leo', { role: 'fasttrack-manager', state: 'future' }),
    assignment('Gone', { role: 'regional-manager', state: 'ended' }),
  ]
  expect(byRole(all).map(({ role, assignments }) => [role, assignments.map(({ id }) => id)])).toEqual([
    ['fasttrack-manager', ['Leo']],
    ['fasttrack-engineer', ['Mia', 'Ana', 'Zoe']],
  ])
})
