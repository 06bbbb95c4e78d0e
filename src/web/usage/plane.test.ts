import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import { dayAfter, mondayOf, monthStarts } from './days.ts'
import { bandWithin, niceTop, planeOf, spanOf, topOf } from './plane.ts'

const day = (text: string) => Day.parse(text)
const start = day('2026-01-01')
const bandOf = (from: Day, count: number) =>
  Array.from({ length: count }, (_, at) => ({ day: dayAfter(from, at), low: 1, middle: 2, high: 3 }))

test('the first day lies left, the last right, zero below and the top above', () => {
  const { x, y } = planeOf({ from: start, to: day('2026-01-11') }, 50)
  expect([x(start), x(day('2026-01-06')), x(day('2026-01-11'))]).toEqual([0, 50, 100])
  expect([y(0), y(25), y(50), y(80)]).toEqual([100, 50, 0, 0])
})

test('one day alone is drawn at the left, not at infinity', () => {
  expect(planeOf({ from: start, to: start }, 10).x(start)).toBe(0)
})

test('half as many days to come are shown as past ones, and at least four weeks', () => {
  const points = [{ day: start }, { day: dayAfter(start, 100) }]
  expect(bandWithin(bandOf(dayAfter(start, 101), 200), points)).toHaveLength(50)
  expect(bandWithin(bandOf(dayAfter(start, 1), 200), [{ day: start }])).toHaveLength(28)
})

test('expected days that have become past ones are not drawn, and nothing follows nothing', () => {
  expect(bandWithin(bandOf(start, 3), [{ day: dayAfter(start, 5) }])).toEqual([])
  expect(bandWithin(bandOf(start, 3), [])).toEqual([])
  expect(spanOf([], [])).toBeUndefined()
})

test('the chart ends with the last day that is expected, else with the last known one', () => {
  const points = [{ day: start }, { day: dayAfter(start, 9) }]
  expect(spanOf(points, bandOf(dayAfter(start, 10), 5))?.to).toBe('2026-01-15')
  expect(spanOf(points, [])?.to).toBe('2026-01-10')
})

test.each([
  { name: 'a near milestone has its line', values: [28], milestones: [40, 100], top: 40 },
  { name: 'a far one does not press the course flat', values: [12], milestones: [40, 100], top: 15 },
  { name: 'the course itself always fits', values: [132], milestones: [40, 100], top: 150 },
  { name: 'the target fits with room above', values: [], milestones: [], top: 15 },
])('$name', ({ values, milestones, top }) => {
  expect(
    topOf(
      values,
      10,
      milestones.map(percent => ({ percent, reachedOn: null })),
    ),
  ).toBe(top)
})

test('the upper edge is never below what it shows, nor more than twice as high', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e9, noNaN: true }), value => {
      expect(niceTop(value)).toBeGreaterThanOrEqual(value)
      expect(niceTop(value)).toBeLessThanOrEqual(value * 2)
    }),
  )
})

test('weeks begin on Mondays', () => {
  expect(['2026-11-15', '2026-11-16', '2026-11-22'].map(each => mondayOf(day(each)))).toEqual(['2026-11-09', '2026-11-16', '2026-11-16'])
})

test('months are marked where they begin, and thinned out when there are many', () => {
  expect(monthStarts(day('2026-10-15'), day('2027-01-31'), 12)).toEqual(['2026-11-01', '2026-12-01', '2027-01-01'])
  expect(monthStarts(day('2025-01-01'), day('2026-06-30'), 6)).toHaveLength(6)
  expect(monthStarts(start, dayAfter(start, 5), 6)).toEqual([])
})
