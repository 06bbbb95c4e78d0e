import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, compare } from './compare.ts'
import { atLeast, Ratio, shownPercent, UNKNOWN, type Value } from './value.ts'

const percent = (active: number, seats: number) => new Ratio(active, seats, false)

describe('a percent is compared exactly', () => {
  test.each<[number, number, number, boolean]>([
    [10, 100, 10, true],
    [999, 10_000, 10, false],
    [1000, 10_000, 10, true],
    [999, 10_000, 9.99, true],
    [998, 10_000, 9.99, false],
    [1, 3, 33.3, true],
    [1, 3, 33.4, false],
    [29, 290, 10, true],
    [0, 5, 0, true],
    [7, 5, 100, true],
    [3, 30_000_000, 1e-5, true],
    [3, 30_000_001, 1e-5, false],
  ])('%i of %i seats against %f %%: %s', (active, seats, target, answer) => {
    expect(compare('>=', percent(active, seats), target)).toBe(answer)
    expect(compare('<=', target, percent(active, seats))).toBe(answer)
    expect(compare('<', percent(active, seats), target)).toBe(!answer)
  })

  test('like the same comparison on whole numbers of any size', () => {
    const count = fc.integer({ min: 0, max: 10_000_000 })
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 0, max: 10_000 }), (active, seats, hundredths) => {
        const exact = BigInt(active) * 10_000n >= BigInt(hundredths) * BigInt(seats)
        expect(compare('>=', percent(active, seats), hundredths / 100)).toBe(exact)
      }),
    )
  })
})

test('two percents are compared with each other', () => {
  expect(compare('==', percent(1, 3), percent(2, 6))).toBe(true)
  expect(compare('<', percent(1, 3), percent(2, 5))).toBe(true)
})

describe('a lower bound says only what more cannot change', () => {
  test.each<[Value, Value, Value]>([
    [compare('>=', new Ratio(10, 100, true), 10), true, 'reached'],
    [compare('>=', new Ratio(9, 100, true), 10), UNKNOWN, 'not reached'],
    [compare('<', new Ratio(10, 100, true), 10), false, 'reached'],
    [compare('<', new Ratio(9, 100, true), 10), UNKNOWN, 'not reached'],
    [compare('==', new Ratio(11, 100, true), 10), false, 'passed'],
    [compare('==', new Ratio(10, 100, true), 10), UNKNOWN, 'just reached'],
    [compare('!=', new Ratio(11, 100, true), 10), true, 'passed'],
    [compare('<=', 100, atLeast(100)), true, 'a count'],
    [compare('>', percent(9, 100), new Ratio(9, 100, true)), false, 'against an exact one'],
    [compare('>', percent(10, 100), new Ratio(9, 100, true)), UNKNOWN, 'against an exact one'],
    [compare('>=', new Ratio(9, 100, true), new Ratio(1, 100, true)), UNKNOWN, 'against another'],
  ])('%s is %s: %s', (got, expected) => expect(got).toBe(expected))
})

test('nothing is known of a comparison with unknown, or of things that have no order', () => {
  expect(compare('==', UNKNOWN, UNKNOWN)).toBe(UNKNOWN)
  expect(compare('<', 1, UNKNOWN)).toBe(UNKNOWN)
  expect(compare('<', 1, 'a')).toBe(UNKNOWN)
})

test('days compare as texts', () => expect(compare('<', '2026-09-30', '2026-10-01')).toBe(true))

test('arithmetic knows nothing of unknowns and lower bounds', () => {
  expect(calculate('+', 2, 3)).toBe(5)
  expect(calculate('*', percent(1, 4), 2)).toBe(50)
  expect(calculate('-', 2, UNKNOWN)).toBe(UNKNOWN)
  expect(calculate('-', 2, atLeast(1))).toBe(UNKNOWN)
})

test('a shown percent is rounded down', () => {
  expect([shownPercent(999, 10_000), shownPercent(2, 3), shownPercent(7, 5), shownPercent(29, 100)]).toEqual([9.9, 66.6, 140, 29])
})
