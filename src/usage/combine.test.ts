import fc from 'fast-check'
import { expect, test } from 'vitest'
import { USAGE_REPORTS } from '../model/usage.ts'
import { currentUsage, type KeptUsage } from './combine.ts'

const kept = (
  asOf: string | null,
  active: number | null,
  assigned: number | null,
  source: KeptUsage['source'] = [USAGE_REPORTS[1]],
): KeptUsage => ({
  asOf,
  active,
  assigned,
  activeUnlicensed: null,
  source,
})

test('the newest date speaks, then the reading that knows licences, then the larger', () => {
  const old = kept('2026-11-18', 90, 100)
  const unlicensed = kept('2026-11-19', 50, null)
  const licensed = kept('2026-11-19', 40, 100)
  const larger = kept('2026-11-19', 45, 100)
  expect(currentUsage([old, unlicensed, licensed])).toBe(licensed)
  expect(currentUsage([licensed, larger, kept(null, null, null)])).toBe(larger)
  expect(currentUsage([kept(null, null, null), old])).toBe(old)
  expect(currentUsage([])).toBeUndefined()
  expect(currentUsage([kept(null, null, null)])?.active).toBeNull()
})

test('the order of imports never matters', () => {
  const one = fc.record({
    asOf: fc.constantFrom('2026-11-18', '2026-11-19'),
    active: fc.option(fc.nat(3)),
    assigned: fc.option(fc.nat(3)),
    activeUnlicensed: fc.constant(null),
    source: fc.subarray([...USAGE_REPORTS], { minLength: 1, maxLength: 2 }),
  })
  fc.assert(
    fc.property(fc.array(one, { minLength: 1 }), fc.integer(), (all, by) => {
      const turned = [...all.slice(by % all.length), ...all.slice(0, by % all.length)].reverse()
      const known = all.some(each => each.active !== null)
      if (known) expect(currentUsage(turned)).toEqual(currentUsage(all))
      else expect(currentUsage(turned)?.active).toBeNull()
    }),
  )
})
