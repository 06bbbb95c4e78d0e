import { expect, test } from 'vitest'
import { TeamId } from '../../model/admin-api.ts'
import { plainIdOf } from './plain-id.ts'

test.each([
  ['São Paulo · Norte', [], 'sao-paulo-norte'],
  ['  North  ', ['north'], 'north-2'],
  ['North', ['north', 'north-2'], 'north-3'],
  ['北', [], 'team'],
  ['x'.repeat(100), [], 'x'.repeat(50)],
])('the team "%s" gets an id that is free and allowed', (name, taken, id) => {
  expect(plainIdOf(name, taken, 'team')).toBe(id)
  expect(TeamId.safeParse(id).success).toBe(true)
})
