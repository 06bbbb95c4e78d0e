import { expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import { believed, consecutive, gapsIn, unbroken, within } from './series.ts'

const point = (day: string, percent: number | null = 5) => ({ day: Day.parse(day), active: 5, percent, restated: false })
const days = (from: string, count: number, step = 1) =>
  Array.from({ length: count }, (_, at) => point(new Date(Date.parse(from) + at * step * 86_400_000).toISOString().slice(0, 10)))
const lengths = (points: Parameters<typeof unbroken>[0]) => unbroken(points).map(run => run.length)

test('daily points are one line, also when the feed missed a week', () => {
  expect(lengths([...days('2026-01-01', 10), ...days('2026-01-18', 10)])).toEqual([20])
})

test('monthly points are one line', () => {
  expect(lengths([point('2026-01-31'), point('2026-02-28'), point('2026-03-31')])).toEqual([3])
})

test('18 monthly points followed by 35 daily ones are one line', () => {
  expect(lengths([...days('2024-12-01', 18, 30), ...days('2026-05-20', 35)])).toEqual([53])
})

test('two points a month apart are one line, for nothing says that they are not monthly', () => {
  expect(lengths([point('2026-01-31'), point('2026-02-28')])).toEqual([2])
})

test('a month without data breaks a daily line', () => {
  expect(lengths([...days('2026-01-01', 5), ...days('2026-02-04', 5)])).toEqual([5, 5])
})

test('two months without data break a monthly line', () => {
  expect(lengths([...days('2025-01-01', 4, 30), ...days('2025-06-15', 4, 30)])).toEqual([4, 4])
})

test('a day without percent breaks the line', () => {
  expect(lengths([point('2026-01-01'), point('2026-01-02', null), point('2026-01-03')])).toEqual([1, 1])
})

test('nothing is drawn from nothing', () => {
  expect(unbroken([])).toEqual([])
})

test('zeros that nobody believes are not drawn; others are', () => {
  const zero = { ...point('2026-01-03', 0), active: 0 }
  const points = [point('2026-01-01'), point('2026-01-02'), zero]
  expect(believed({ points, quality: 'suspect' })).toEqual(points.slice(0, 2))
  expect(believed({ points, quality: 'fresh' })).toEqual(points)
  expect(believed({ points: [zero], quality: 'suspect' })).toEqual([])
})

test('days are one line while none is missing', () => {
  const runs = consecutive([...days('2026-01-01', 3), ...days('2026-01-05', 2)])
  expect(runs.map(run => run.length)).toEqual([3, 2])
  expect(gapsIn(runs)).toBe(1)
  expect(gapsIn(consecutive([]))).toBe(0)
})

test.each([
  { range: 3 as const, today: '2026-05-31', first: '2026-02-28' },
  { range: 6 as const, today: '2026-03-15', first: '2025-09-15' },
])('the last $range months of $today begin on $first', ({ range, today, first }) => {
  const points = days('2025-08-01', 300)
  expect(within(points, range, Day.parse(today))[0]?.day).toBe(first)
})

test('the longest range leaves nothing out', () => {
  expect(within([point('2020-01-01')], 18, Day.parse('2026-01-01'))).toHaveLength(1)
})
