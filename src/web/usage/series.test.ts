import { expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import { monthly, unbroken } from './series.ts'

const point = (day: string, percent: number | null = 5) => ({ day: Day.parse(day), active: 5, percent })

test('a pause in the data breaks the line', () => {
  const runs = unbroken([point('2026-01-01'), point('2026-01-02'), point('2026-01-03'), point('2026-02-20'), point('2026-02-21')])
  expect(runs.map(run => run.length)).toEqual([3, 2])
})

test('a day without percent breaks the line', () => {
  expect(unbroken([point('2026-01-01'), point('2026-01-02', null), point('2026-01-03')]).map(run => run.length)).toEqual([1, 1])
})

test('monthly points stay one line', () => {
  expect(unbroken([point('2026-01-31'), point('2026-02-28'), point('2026-03-31')]).map(run => run.length)).toEqual([3])
})

test('nothing is drawn from nothing', () => {
  expect(unbroken([])).toEqual([])
})

test('the table holds the last day of each month, newest first', () => {
  expect(monthly([point('2026-01-01'), point('2026-01-30'), point('2026-02-02')]).map(each => each.day)).toEqual([
    '2026-02-02',
    '2026-01-30',
  ])
})
