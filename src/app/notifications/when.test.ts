import { expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import { USUAL_CALENDAR } from '../../model/working-calendar.ts'
import { dueDigest, isQuiet } from './when.ts'

const night = { from: '20:00', until: '07:30' }
const at = (text: string) => new Date(text)

test.each([
  ['2026-11-23T22:59:00Z', false],
  ['2026-11-23T23:00:00Z', true],
  ['2026-11-24T10:29:00Z', true],
  ['2026-11-24T10:30:00Z', false],
])('quiet from 20:00 until 07:30 in São Paulo, at %s: %s', (moment, expected) => {
  expect(isQuiet(night, 'America/Sao_Paulo', at(moment))).toBe(expected)
})

test('quiet hours within a day', () => {
  const lunch = { from: '12:00', until: '13:00' }
  expect(['11:59', '12:00', '12:59', '13:00'].map(time => isQuiet(lunch, 'UTC', at(`2026-11-23T${time}:00Z`)))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(isQuiet(null, 'UTC', at('2026-11-23T03:00:00Z'))).toBe(false)
})

test.each([
  // New York goes to summer time on 2026-03-08 and back on 2026-11-01.
  ['America/New_York', '2026-03-07T12:29:00Z', true],
  ['America/New_York', '2026-03-07T12:30:00Z', false],
  ['America/New_York', '2026-03-08T11:29:00Z', true],
  ['America/New_York', '2026-03-08T11:30:00Z', false],
  ['America/New_York', '2026-11-01T11:30:00Z', true],
  ['America/New_York', '2026-11-01T12:30:00Z', false],
])('quiet hours follow the clock on the wall: %s at %s: %s', (zone, moment, expected) => {
  expect(isQuiet(night, zone, at(moment))).toBe(expected)
})

test.each([
  ['America/Sao_Paulo', '2026-11-23T10:59:00Z', undefined],
  ['America/Sao_Paulo', '2026-11-23T11:00:00Z', { day: '2026-11-23', until: at('2026-11-23T11:00:00Z') }],
  ['America/Sao_Paulo', '2026-11-24T02:00:00Z', { day: '2026-11-23', until: at('2026-11-23T11:00:00Z') }],
  // Friday there is Saturday in Auckland.
  ['Pacific/Auckland', '2026-11-20T20:00:00Z', undefined],
  ['Asia/Kathmandu', '2026-11-23T02:15:00Z', { day: '2026-11-23', until: at('2026-11-23T02:15:00Z') }],
  // A Saturday and a Sunday.
  ['UTC', '2026-11-21T09:00:00Z', undefined],
  ['UTC', '2026-11-22T09:00:00Z', undefined],
  // Summer and winter in Lisbon.
  ['Europe/Lisbon', '2026-10-23T07:00:00Z', { day: '2026-10-23', until: at('2026-10-23T07:00:00Z') }],
  ['Europe/Lisbon', '2026-10-26T07:59:00Z', undefined],
  ['Europe/Lisbon', '2026-10-26T08:00:00Z', { day: '2026-10-26', until: at('2026-10-26T08:00:00Z') }],
])('the digest of eight o’clock in %s at %s: %j', (zone, moment, expected) => {
  expect(dueDigest(8, zone, at(moment))).toEqual(expected)
})

test('no digest comes on a holiday of the team, unless another team of the person works', () => {
  const moment = at('2026-11-23T09:00:00Z')
  const away = { ...USUAL_CALENDAR, holidays: [Day.parse('2026-11-23')] }
  const sundays = { ...USUAL_CALENDAR, workDays: [7] }
  expect([[away], [sundays], [away, sundays]].map(teams => dueDigest(8, 'UTC', moment, teams))).toEqual([undefined, undefined, undefined])
  expect(dueDigest(8, 'UTC', moment, [away, USUAL_CALENDAR])?.day).toBe('2026-11-23')
  expect(dueDigest(8, 'UTC', at('2026-11-22T09:00:00Z'), [sundays])?.day).toBe('2026-11-22')
})
