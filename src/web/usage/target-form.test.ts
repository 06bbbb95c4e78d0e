import { expect, test } from 'vitest'
import { USUAL_MILESTONES } from '../../model/usage-api.ts'
import { parseSeats, parseTarget, roomOf, USUAL } from './target-form.ts'

test('the usual milestones are those of the model', () => {
  expect(USUAL).toEqual(USUAL_MILESTONES)
})

const ALL = { least: 0, most: 100 }

test('a milestone stands between its neighbours', () => {
  const milestones = [
    { id: 'first' as const, percent: 10 },
    { id: 'broad' as const, percent: 40 },
    { id: 'max' as const, percent: 90 },
  ]
  expect(milestones.map(({ id }) => roomOf(milestones, id))).toEqual([
    { least: 0, most: 40 },
    { least: 10, most: 90 },
    { least: 40, most: 100 },
  ])
  const typed = (percent: string) => parseTarget({ percent, date: '', reason: '' }, roomOf(milestones, 'broad'))
  expect(typed('95')).toEqual({ ok: false, fault: 'order' })
  expect(typed('90')).toMatchObject({ ok: true })
})

test.each([
  { percent: '40', is: 40 },
  { percent: ' 12.5 ', is: 12.5 },
  { percent: '12,5', is: 12.5 },
  { percent: '100', is: 100 },
])('"$percent" is $is percent', ({ percent, is }) => {
  expect(parseTarget({ percent, date: '', reason: ' ' }, ALL)).toEqual({
    ok: true,
    target: { percent: is, targetDate: null, reason: null },
  })
})

test.each(['', '0', '101', '12.55', '-3', 'many', '1e2'])('"%s" is no percent', percent => {
  expect(parseTarget({ percent, date: '', reason: '' }, ALL)).toEqual({ ok: false, fault: 'percent' })
})

test('a date that is not one is told from a missing one', () => {
  expect(parseTarget({ percent: '40', date: '1.2.2027', reason: '' }, ALL)).toEqual({ ok: false, fault: 'date' })
  expect(parseTarget({ percent: '40', date: '2027-02-01', reason: 'agreed' }, ALL)).toMatchObject({
    target: { targetDate: '2027-02-01', reason: 'agreed' },
  })
})

test.each([
  { typed: '1500', seats: 1500 },
  { typed: '1.500', seats: 1500 },
  { typed: '12,500', seats: 12500 },
  { typed: '1 500', seats: 1500 },
  { typed: '0', seats: undefined },
  { typed: '1,5', seats: undefined },
  { typed: '', seats: undefined },
  { typed: '999999999', seats: undefined },
])('"$typed" is read as $seats seats', ({ typed, seats }) => {
  expect(parseSeats(typed)).toBe(seats)
})
