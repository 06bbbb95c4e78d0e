import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import { formatsOf } from '../ui/format.ts'
import { forecastWords, summaryOf } from './words.ts'

/** The key and what fills its blanks: which sentence is said is what matters here. */
const t = ((key: string, blanks: Record<string, unknown> = {}) =>
  [key, ...Object.entries(blanks).map(([name, value]) => `${name}=${String(value)}`)].join(' ')) as unknown as TFunction // stands in for its one way to be called
const words = { t, formats: formatsOf('en') }
const day = (text: string) => Day.parse(text)
const point = (text: string, percent: number, restated = false) => ({ day: day(text), active: 1, percent, restated })

test('nothing known is said as that', () => {
  expect(summaryOf({ runs: [], gaps: 0, target: 10, milestones: [], hasDoubt: false }, words)).toBe('usage.noPercent')
})

test('the course, the missing parts and the corrections are said', () => {
  const said = summaryOf(
    {
      runs: [[point('2026-01-01', 4), point('2026-01-02', 12, true)], [point('2026-03-01', 9)]],
      gaps: 1,
      target: 10,
      milestones: [],
      hasDoubt: true,
    },
    words,
  )
  expect(said).toContain('usage.summaryBelow from=4.0% fromDay=Jan 1, 2026 to=9.0% toDay=Mar 1, 2026 best=12.0%')
  expect(said).toContain('usage.summaryDoubted')
  expect(said).toContain('usage.summaryGaps count=1')
  expect(said).toContain('usage.summaryCorrected count=1')
})

test.each([
  { forecast: { state: 'reached', on: null } as const, said: 'targets.reached' },
  { forecast: { state: 'reached', on: day('2026-01-05') } as const, said: 'targets.reachedOn day=Jan 5, 2026' },
  {
    forecast: { state: 'expected', expected: day('2026-05-01'), earliest: day('2026-04-01'), latest: null } as const,
    said: 'targets.expectedOpen expected=May 1, 2026 earliest=Apr 1, 2026 latest=–',
  },
  { forecast: { state: 'not-in-sight' } as const, said: 'targets.notInSight' },
  { forecast: { state: 'too-little-data', weeks: 3, needed: 8 } as const, said: 'targets.tooLittle count=8 needed=8 weeks=3' },
])('a forecast that is $forecast.state is said as $said', ({ forecast, said }) => {
  expect(forecastWords(forecast, words)).toBe(said)
})
