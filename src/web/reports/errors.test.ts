import { expect, test } from 'vitest'
import type { ForecastOutcome } from '../../model/usage-api.ts'
import { Day } from '../../model/words.ts'
import { missesOf, reachOf } from './errors.ts'

const day = (text: string) => Day.parse(text)
const outcome = (expected: string, reachedOn: string | null): ForecastOutcome => ({
  customer: 'alpha',
  customerName: 'Alpha',
  service: 'teams',
  milestone: 'broad',
  goal: 40,
  madeOn: day('2026-01-05'),
  percentThen: 22,
  expected: day(expected),
  earliest: day(expected),
  latest: null,
  reachedOn: reachedOn === null ? null : day(reachedOn),
  targetDate: null,
  outcome: 'open',
})

test('only what was reached can be off, in the order of the days expected', () => {
  const misses = missesOf([outcome('2026-03-01', '2026-03-11'), outcome('2026-02-01', '2026-01-30'), outcome('2026-04-01', null)])
  expect(misses.map(({ expected, off }) => [expected, off])).toEqual([
    ['2026-02-01', -2],
    ['2026-03-01', 10],
  ])
})

test('the chart is as high as the farthest dot needs, in steps of four weeks', () => {
  expect(reachOf([])).toBe(28)
  expect(reachOf(missesOf([outcome('2026-03-01', '2026-04-15')]))).toBe(56)
  expect(reachOf(missesOf([outcome('2026-03-01', '2026-01-01')]))).toBe(84)
})
