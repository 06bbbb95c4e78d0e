import { expect, test } from 'vitest'
import type { SyncStepState } from '../../model/usage-api.ts'
import { Day } from '../../model/words.ts'
import { outcomeOf } from './outcome.ts'
import { placeInNight } from './plan-syncs.ts'
import { daysBack, fileNameOf, stepsOf } from './steps.ts'

const PLAIN = { reachesBack: false, allowsPeople: false, cloud: 'global' } as const
const day = (text: string) => Day.parse(text)

test('a night asks for each service’s figure, for counts of 30 days, and for what was bought', () => {
  const steps = stepsOf(PLAIN)
  expect(steps.map(step => `${step.report} ${step.period}`)).toEqual([
    'subscribedSkus null',
    'getOffice365ActiveUserDetail D30',
    'getEmailAppUsageUserDetail D30',
    'getM365AppUserDetail D30',
    'getMicrosoft365CopilotUsageUserDetail D30',
    'getOffice365ServicesUserCounts D30',
    'getOffice365ActiveUserCounts D30',
    'getEmailAppUsageUserCounts D30',
    'getM365AppUserCounts D30',
  ])
})

test('reaching back asks for 180 days of counts, and for nothing else over more than 30', () => {
  const periods = stepsOf({ ...PLAIN, reachesBack: true }).map(step => [step.report.endsWith('UserCounts'), step.period])
  expect(periods.filter(([, period]) => period === 'D180')).toHaveLength(3)
  expect(periods.filter(([, period]) => period === 'D30')).toHaveLength(5)
})

test('what each person did is asked only where people may be named', () => {
  const more = stepsOf({ ...PLAIN, allowsPeople: true }).map(step => step.report)
  expect(more).toHaveLength(14)
  expect(more.slice(9)).toEqual([
    'getTeamsUserActivityUserDetail',
    'getEmailActivityUserDetail',
    'getOneDriveActivityUserDetail',
    'getSharePointActivityUserDetail',
    'getYammerActivityUserDetail',
  ])
})

test('reports that a cloud does not have are not asked for', () => {
  const reports = stepsOf({ ...PLAIN, allowsPeople: true, cloud: 'gcc-high' }).map(step => step.report)
  expect(reports.filter(report => /M365App|Copilot|Yammer/.test(report))).toEqual([])
  expect(reports).toContain('getTeamsUserActivityUserDetail')
})

test('days are asked for newest first, 28 of them, less those the service no longer answers about', () => {
  const all = daysBack(day('2026-11-21'), day('2026-11-21'))
  expect([all.length, all[0]?.day, all.at(-1)?.day]).toEqual([28, '2026-11-21', '2026-10-25'])
  const usual = daysBack(day('2026-11-19'), day('2026-11-21'))
  expect([usual.length, usual[0]?.day, usual.at(-1)?.day]).toEqual([26, '2026-11-19', '2026-10-25'])
  expect(daysBack(day('2026-10-01'), day('2026-11-21'))).toEqual([])
})

test('no two files of a run are called alike', () => {
  const steps = [...stepsOf({ ...PLAIN, allowsPeople: true }), ...daysBack(day('2026-11-21'), day('2026-11-21'))]
  const names = steps.map(step => fileNameOf(step, day('2026-11-21')))
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('getOffice365ActiveUserDetail-D30-2026-11-21.csv')
  expect(names).toContain('getOffice365ActiveUserDetail-day-2026-11-21.csv')
})

const of = (...states: SyncStepState[]) => states.map(state => ({ report: 'r', state }))

test.each([
  ['all came', of('imported', 'unchanged', 'no-data'), null, 'done', 'ok'],
  ['the cloud lacks one', of('imported', 'not-offered'), null, 'done', 'ok'],
  ['one did not come', of('imported', 'failed'), 'failed', 'partly', 'partly'],
  ['one lacks consent', of('imported', 'needs-consent'), 'needs-consent', 'partly', 'partly'],
  ['all lack consent', of('needs-consent', 'needs-consent'), 'needs-consent', 'failed', 'needs-consent'],
  ['the service does not know the tenant', of('not-ready', 'not-ready'), 'not-ready', 'failed', 'not-ready'],
  ['nor may the seats be read', of('needs-consent', 'not-ready'), 'not-ready', 'failed', 'not-ready'],
  ['the secret is wrong', of('refused', 'refused'), 'bad-credential', 'failed', 'bad-credential'],
  ['the directory is not there', of('refused', 'refused'), 'unknown-tenant', 'failed', 'unknown-tenant'],
  ['nobody answers', of('failed', 'failed'), 'unreachable', 'failed', 'unreachable'],
  ['nothing came', of('failed', 'refused'), 'refused', 'failed', 'failed'],
] as const)('%s: the run and the connection say so', (_, steps, trouble, run, connection) => {
  expect(outcomeOf(steps, trouble)).toEqual({ run, connection })
})

test('tenants have the same place every night, and places are spread', () => {
  const places = Array.from({ length: 1000 }, (_, at) => placeInNight({ customerId: `customer-${at}`, tenantId: 'main' }))
  expect(places).toEqual(Array.from({ length: 1000 }, (_, at) => placeInNight({ customerId: `customer-${at}`, tenantId: 'main' })))
  const quarters = [0, 1, 2, 3].map(at => places.filter(place => Math.floor(place * 4) === at).length)
  expect(Math.min(...quarters)).toBeGreaterThan(200)
  expect(places.every(place => place >= 0 && place < 1)).toBe(true)
})
