import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Asked, groupsOf, mustAsk } from './tenant-question.ts'

const file = (key: number, ...domains: string[]): Asked => ({ key, tenant: 'north', domains, isWarned: false })
const NORTH = { id: 'north', name: 'North', domains: ['north.example'] }
const SOUTH = { id: 'south', name: 'South', domains: ['south.example'] }
const NEW = { id: 'north', name: 'North', domains: [] }

test('files that share a domain are one group, also through a third', () => {
  const files = [file(1, 'a.example'), file(2, 'b.example'), file(3, 'A.example', 'b.example'), file(4, 'c.example')]
  expect(groupsOf(files, []).map(group => group.keys)).toEqual([[1, 2, 3], [4]])
})

test('a group is of the tenant that one of its domains is known of', () => {
  const [north, south] = groupsOf([file(1, 'north.example'), file(2, 'south.example', 'other.example')], [NORTH, SOUTH])
  expect([north?.suggestion, south?.suggestion]).toEqual(['north', 'south'])
})

test('domains of two tenants in one group suggest neither', () => {
  expect(groupsOf([file(1, 'north.example', 'south.example')], [NORTH, SOUTH])[0]?.suggestion).toBeUndefined()
})

test('files without domains are a group of their own, the last', () => {
  expect(groupsOf([file(1), file(2, 'a.example'), file(3)], []).map(group => group.keys)).toEqual([[2], [1, 3]])
})

test.each([
  { name: 'nothing to place', files: [], tenants: [NORTH, SOUTH], asks: false },
  { name: 'people of the tenant chosen', files: [file(1, 'north.example')], tenants: [NORTH, SOUTH], asks: false },
  { name: 'people of the other tenant', files: [file(1, 'south.example')], tenants: [NORTH, SOUTH], asks: true },
  { name: 'people of both', files: [file(1, 'north.example'), file(2, 'south.example')], tenants: [NORTH, SOUTH], asks: true },
  { name: 'nobody knows the domain', files: [file(1, 'new.example')], tenants: [NORTH, SOUTH], asks: true },
  { name: 'concealed, several tenants', files: [file(1)], tenants: [NORTH, SOUTH], asks: true },
  { name: 'concealed, one tenant', files: [file(1)], tenants: [NORTH], asks: false },
  { name: 'the first report of the only tenant', files: [file(1, 'north.example')], tenants: [NEW], asks: false },
  { name: 'strangers to each other, one tenant', files: [file(1, 'a.example'), file(2, 'b.example')], tenants: [NEW], asks: true },
  { name: 'another domain than before', files: [{ ...file(1, 'a.example'), isWarned: true }], tenants: [NORTH], asks: true },
])('which tenant? $name', ({ files, tenants, asks }) => {
  expect(mustAsk(files, tenants)).toBe(asks)
})

test('every file is in exactly one group, and no two groups with domains share one', () => {
  const domain = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(domain, { maxLength: 3 }), { maxLength: 12 }), lists => {
      const files = lists.map((domains, key) => file(key, ...domains))
      const groups = groupsOf(files, [])
      expect(groups.flatMap(group => group.keys).toSorted((a, b) => a - b)).toEqual(files.map(each => each.key))
      const domains = groups.flatMap(group => group.domains)
      expect(new Set(domains).size).toBe(domains.length)
    }),
  )
})
