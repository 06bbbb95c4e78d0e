import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupByTenant } from './tenants.ts'

const file = (name: string, ...domains: string[]) => ({ name, domains: domains.map(domain => ({ domain, users: 1 })) })

test('files that share a domain, directly or through others, are one group', () => {
  expect(
    groupByTenant([file('c', 'z.example'), file('a', 'x.example'), file('d', 'y.example'), file('b', 'x.example', 'y.example')]),
  ).toEqual([
    { files: ['a', 'b', 'd'], domains: ['x.example', 'y.example'] },
    { files: ['c'], domains: ['z.example'] },
  ])
})

test('files without domains are in no group', () => {
  expect(groupByTenant([file('concealed'), file('a', 'x.example')])).toEqual([{ files: ['a'], domains: ['x.example'] }])
})

test('in any order the groups are the same, no domain is in two, and every file with a domain is in one', () => {
  const files = fc.array(fc.array(fc.constantFrom('p', 'q', 'r', 's', 't', 'u'), { maxLength: 3 }), { maxLength: 8 })
  fc.assert(
    fc.property(
      files.chain(all => {
        const named = all.map((domains, at) => file(`f${at}`, ...domains))
        return fc.tuple(fc.constant(named), fc.shuffledSubarray(named, { minLength: named.length }))
      }),
      ([inOrder, shuffled]) => {
        const groups = groupByTenant(inOrder)
        expect(groupByTenant(shuffled)).toEqual(groups)
        const domains = groups.flatMap(group => group.domains)
        expect(new Set(domains).size).toBe(domains.length)
        expect(groups.flatMap(group => group.files).sort()).toEqual(
          inOrder.flatMap(each => (each.domains.length > 0 ? [each.name] : [])).sort(),
        )
      },
    ),
  )
})
