import { expect, test } from 'vitest'
import type { MilestoneView } from '../../model/usage-api.ts'
import { Day } from '../../model/words.ts'
import { dayAfter } from './days.ts'
import { rowsOf } from './rows.ts'

const day = (text: string) => Day.parse(text)
const point = (text: string, restated = false) => ({ day: day(text), active: 5, percent: 10, restated })
const expected = (text: string) => ({ day: day(text), low: 9, middle: 10, high: 11 })
const milestone = (parts: Partial<MilestoneView>): MilestoneView => ({
  id: 'first',
  percent: 10,
  targetDate: null,
  reachedOn: null,
  forecast: { state: 'not-in-sight' },
  because: {},
  late: false,
  version: 0,
  changes: [],
  ...parts,
})
const tableOf = (parts: Partial<Parameters<typeof rowsOf>[0]>) => rowsOf({ points: [], band: [], milestones: [], grain: 'month', ...parts })
const daysOf = (parts: Parameters<typeof tableOf>[0]) => tableOf(parts).known.map(row => row.day)
const aheadOf = (parts: Parameters<typeof tableOf>[0]) => tableOf(parts).ahead.map(row => row.day)

test('the table holds the last known day of each month, newest first', () => {
  expect(daysOf({ points: [point('2026-01-01'), point('2026-01-30'), point('2026-02-02')] })).toEqual(['2026-02-02', '2026-01-30'])
})

test('by week it holds the last known day of each week, by day every one', () => {
  const points = Array.from({ length: 10 }, (_, at) => point(dayAfter(day('2026-11-16'), at)))
  expect(daysOf({ points, grain: 'week' })).toEqual(['2026-11-25', '2026-11-22'])
  expect(daysOf({ points, grain: 'day' })).toHaveLength(10)
})

test('what is expected follows what is known, soonest first, and never in its place', () => {
  const parts = { points: [point('2026-01-20')], band: [expected('2026-01-21'), expected('2026-02-28'), expected('2026-03-31')] }
  expect(daysOf(parts)).toEqual(['2026-01-20'])
  expect(aheadOf(parts)).toEqual(['2026-02-28', '2026-03-31'])
})

test('a month says that a figure of it was corrected, also when it was not the last', () => {
  const [row] = tableOf({ points: [point('2026-01-01', true), point('2026-01-30')] }).known
  expect(row?.notes).toEqual([{ kind: 'restated' }])
})

test('a milestone stands in the month it was reached in, and its target date in the month it is meant for', () => {
  const { known, ahead } = tableOf({
    points: [point('2026-01-30')],
    band: [expected('2026-02-28')],
    milestones: [milestone({ reachedOn: day('2026-01-10') }), milestone({ id: 'broad', percent: 40, targetDate: day('2026-02-15') })],
  })
  expect([known, ahead].map(rows => rows.map(row => row.notes.map(each => each.kind)))).toEqual([[['reached']], [['planned']]])
})

test('a target date beyond everything expected has a row of its own; what was reached before the time shown has none', () => {
  const milestones = [milestone({ reachedOn: day('2024-01-10'), targetDate: day('2027-06-30') })]
  expect(daysOf({ points: [point('2026-01-30')], milestones })).toEqual(['2026-01-30'])
  expect(aheadOf({ points: [point('2026-01-30')], milestones })).toEqual(['2027-06-30'])
})
