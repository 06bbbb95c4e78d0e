import { expect, test } from 'vitest'
import type { Day } from '../../model/words.ts'
import { dueChoices } from './due-choices.ts'

const meetings = [{ id: '1', title: 'Review call', day: '2026-12-01' as Day }]

test('days are offered by the step, by the next meeting and from today', () => {
  expect(dueChoices('2026-11-28', '2026-11-30', meetings)).toEqual([
    { key: 'step', day: '2026-11-30', of: '' },
    { key: 'week-after-step', day: '2026-12-07', of: '' },
    { key: 'before-meeting', day: '2026-11-30', of: 'Review call' },
    { key: 'meeting', day: '2026-12-01', of: 'Review call' },
    { key: 'week', day: '2026-12-05', of: '' },
    { key: 'two-weeks', day: '2026-12-12', of: '' },
  ])
})

test('days that have passed are not offered', () => {
  expect(dueChoices('2026-12-31', '2026-11-30', meetings).map(each => each.day)).toEqual(['2027-01-07', '2027-01-14'])
  expect(dueChoices('2026-12-31', null, []).map(each => each.key)).toEqual(['week', 'two-weeks'])
})
