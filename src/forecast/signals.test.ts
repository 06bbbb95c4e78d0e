import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Day } from '../model/words.ts'
import { dayAt, dayNumber } from './days.ts'
import { END } from './series.arb.ts'
import type { SeatPoint } from './series.ts'
import { changeBetween, signalsOf, zOf } from './signals.ts'
import { number } from './words.ts'

const today = END
const before = dayAt(dayNumber(today) - 28)
const change = (from: number, to: number, seats: number) => changeBetween({ day: before, users: from }, { day: today, users: to }, seats)
const NOTHING = { entitled: null, assigned: null, asOf: null }
const two = (from: number, to: number, seats: readonly [number | null, number | null]): readonly SeatPoint[] => [
  { day: before, users: from, seats: seats[0] },
  { day: today, users: to, seats: seats[1] },
]

test('the test by hand: 400 and 485 of 1,000', () => {
  // 0.085 ÷ √(2 × 0.4425 × 0.5575 × 2 ÷ 1000) = 0.085 ÷ 0.03141
  expect(zOf(400, 485, 1000)).toBeCloseTo(2.706, 3)
  expect(zOf(400, 480, 1000)).toBeCloseTo(2.548, 3)
})

test.each([
  ['beyond chance', 400, 485, 1000, 'gain'],
  ['a drop as far', 485, 400, 1000, 'drop'],
  ['just within chance', 400, 480, 1000, null],
  ['within chance on a small tenant', 8, 15, 40, null],
  ['nearly everybody of a small one', 2, 22, 30, 'gain'],
  ['fewer than 20 seats', 0, 19, 19, null],
  ['fewer than two points of many seats', 1000, 2900, 100_000, null],
  ['less than a tenth of what was', 50_000, 54_900, 100_000, null],
  ['four people', 0, 4, 20, null],
  ['no change', 400, 400, 1000, null],
  ['everybody', 1000, 1000, 1000, null],
] as const)('%s', (_, from, to, seats, expected) => {
  expect(change(from, to, seats)).toBe(expected)
})

test('a dip of holidays is no drop, and its end no gain', () => {
  const quiet = Day.parse('2027-01-05')
  const later = dayAt(dayNumber(quiet) + 42)
  expect(changeBetween({ day: dayAt(dayNumber(quiet) - 28), users: 500 }, { day: quiet, users: 350 }, 1000)).toBeNull()
  expect(changeBetween({ day: quiet, users: 350 }, { day: later, users: 500 }, 1000)).toBeNull()
  expect(changeBetween({ day: quiet, users: 500 }, { day: later, users: 350 }, 1000)).toBe('drop')
})

describe('signals', () => {
  test('a gain says how many, of when, in each language', () => {
    expect(signalsOf(two(1400, 2485, [10_000, 10_000]), NOTHING, today)).toEqual([
      {
        kind: 'gain',
        before: 1400,
        now: 2485,
        from: before,
        to: today,
        text: {
          en: `2,485 active users, 78 % more than the 1,400 of ${before}.`,
          'pt-BR': `2.485 usuários ativos, 78 % a mais que os 1.400 de ${before}.`,
        },
      },
    ])
  })

  test('seats bought are told as such and never as a drop', () => {
    const signals = signalsOf(two(500, 500, [1000, 2000]), NOTHING, today)
    expect(signals.map(({ kind, before, now }) => [kind, before, now])).toEqual([['seats-added', 1000, 2000]])
    expect(signalsOf(two(500, 500, [1000, 1019]), NOTHING, today)).toEqual([])
    expect(signalsOf(two(500, 500, [100, 104]), NOTHING, today)).toEqual([])
    expect(signalsOf(two(500, 500, [null, 2000]), NOTHING, today)).toEqual([])
  })

  test('licences without a person, from ten and a twentieth on', () => {
    const kinds = (entitled: number, assigned: number) => signalsOf([], { entitled, assigned, asOf: today }, today).map(each => each.kind)
    expect([kinds(100, 90), kinds(100, 91), kinds(1000, 960), kinds(1000, 950)]).toEqual([
      ['licences-unassigned'],
      [],
      [],
      ['licences-unassigned'],
    ])
    expect(signalsOf([], { entitled: 100, assigned: null, asOf: today }, today)).toEqual([])
    const aged = (days: number) => signalsOf([], { entitled: 100, assigned: 90, asOf: today }, dayAt(dayNumber(today) + days))
    expect([aged(21).length, aged(22).length]).toEqual([1, 0])
  })

  test('old figures and gaps say nothing', () => {
    const points = two(400, 800, [1000, 1000])
    expect(signalsOf(points, NOTHING, dayAt(dayNumber(today) + 22))).toEqual([])
    expect(signalsOf([{ ...points[0]!, day: dayAt(dayNumber(before) - 7) }, points[1]!], NOTHING, today)).toEqual([])
    expect(signalsOf(points.slice(1), NOTHING, today)).toEqual([])
  })
})

test('what is a gain one way is a drop the other way, of any size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 500 }), (from, to, seats) => {
      const [there, back] = [change(from, to, seats), change(to, from, seats)]
      if (there === 'drop') expect(to).toBeLessThan(from)
      // A tenth is more of the greater figure, so only the way up may be told alone.
      if (back === 'drop') expect(there).toBe('gain')
    }),
  )
})

test('figures are written as each language writes them', () => {
  expect([number(1234567.89, 'en', 1), number(1234567.89, 'pt-BR', 1), number(-0.001, 'en', 2), number(-2.5, 'pt-BR', 1)]).toEqual([
    '1,234,567.9',
    '1.234.567,9',
    '0.00',
    '−2,5',
  ])
})
