import { expect, test } from 'vitest'
import { PAST_DUE_DATES, PAST_DUE_REASONS, REPORT_MONTHS, RISK_REASONS, SILENT_FOR } from '../../model/report-api.ts'
import { FORECAST_OUTCOMES, MILESTONES } from '../../model/usage-api.ts'
import { ForecastsSearch, HOW_LONG, MILESTONE_NAMES, MONTHS, OUTCOMES, PAST_DUE, PAST_DUE_DATE, RISKS } from './search.ts'

test('milestones and outcomes are those of the model', () => {
  expect(MILESTONE_NAMES).toEqual(MILESTONES)
  expect(OUTCOMES).toEqual(FORECAST_OUTCOMES)
})

test('an old or mistyped link still opens', () => {
  expect(ForecastsSearch({ outcome: 'never', milestone: 'broad' })).toMatchObject({ outcome: undefined, milestone: 'broad' })
})

test('what a report may be narrowed to is what the server takes', () => {
  expect(RISKS).toEqual(RISK_REASONS)
  expect(HOW_LONG).toEqual(SILENT_FOR)
  expect(PAST_DUE).toEqual(PAST_DUE_REASONS)
  expect(PAST_DUE_DATE).toEqual(PAST_DUE_DATES)
  // Twelve is what one sees without asking.
  expect(MONTHS).toEqual(REPORT_MONTHS.filter(each => each !== '12'))
})
