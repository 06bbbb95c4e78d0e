import { expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import type { NewestTold } from '../../store/usage-imports.ts'
import type { ReadFile } from '../../usage/read-usage.ts'
import { licencesChanged, qualityGates } from './quality-gates.ts'

const REPORT = 'getTeamsUserActivityUserDetail' as const
const file = (refreshDate: string | null, read: number, assigned: number, more: Partial<ReadFile> = {}): ReadFile => ({
  name: `${refreshDate}.csv`,
  sha256: '',
  report: REPORT,
  kind: 'people',
  refreshDate,
  period: 30,
  concealed: false,
  rows: { read, rejected: 0, deleted: 0, duplicates: 0 },
  services: {
    teams: {
      active: 1,
      assigned,
      activeUnlicensed: 0,
      entitled: null,
      percent: null,
      percentOf: null,
      asOf: refreshDate,
      source: [REPORT],
    },
  },
  daily: [],
  totals: [],
  activations: [],
  domains: [],
  subscriptions: null,
  ...more,
})
const known = (refreshDate: string, rows_read: number, assigned: number): NewestTold => ({
  report: REPORT,
  kind: 'people',
  period_days: 30,
  refresh_date: Day.parse(refreshDate),
  rows_read,
  assigned: { teams: assigned },
})
const codes = (files: readonly ReadFile[], before: readonly NewestTold[]) =>
  Object.fromEntries([...qualityGates(files, before)].map(([name, problems]) => [name, problems.map(each => each.code)]))

test.each([
  ['30 % more rows', file('2026-11-19', 130, 100), []],
  ['more than 30 % more rows', file('2026-11-19', 131, 100), ['row-count-changed']],
  ['more than 30 % fewer rows', file('2026-11-19', 69, 100), ['row-count-changed']],
  ['rows over another period', file('2026-11-19', 10, 100, { period: 7 }), []],
  ['20 % more licences', file('2026-11-19', 100, 120), []],
  ['more than 20 % more licences', file('2026-11-19', 100, 121), ['licences-changed']],
  ['both, by a correction of the same day', file('2026-11-18', 20, 20), ['row-count-changed', 'licences-changed']],
  ['an older day, whatever it says', file('2026-11-17', 10, 10), ['refresh-date-backwards']],
] as const)('%s', (_, given, wanted) => {
  expect(codes([given], [known('2026-11-18', 100, 100)])).toEqual({ [given.name]: wanted })
})

test('of a report never imported before, of one without rows and of one of a single day nothing is said', () => {
  expect(codes([file('2026-11-19', 10, 10)], [])).toEqual({})
  const others = [file(null, 0, 0), file('2026-11-17', 1, 1, { requestedDay: '2026-11-17' })]
  expect(codes(others, [known('2026-11-18', 100, 100)])).toEqual({})
})

test('files imported at once are held against each other in the order of their days, and none is late', () => {
  const files = [file('2026-11-19', 60, 100), file('2026-11-17', 100, 100), file('2026-11-18', 100, 100)]
  expect(codes(files, [])).toEqual({ '2026-11-18.csv': [], '2026-11-19.csv': ['row-count-changed'] })
})

test('one or two people come and go anywhere, and licences of a service that had none are no change', () => {
  expect(codes([file('2026-11-19', 5, 5)], [known('2026-11-18', 3, 3)])).toEqual({ '2026-11-19.csv': [] })
  expect(licencesChanged({ teams: 500, yammer: 50, copilot: 3 }, { teams: 300, yammer: 50 }, 'seats.csv')).toMatchObject([
    { code: 'licences-changed', message: expect.stringContaining('teams 300 → 500; ') },
  ])
})
