import { expect, test } from 'vitest'
import { recurrenceOf } from './recurrence.ts'
import { parseRule } from './rule.ts'
import { windowsZone } from './windows-zones.ts'

const FROM = '2026-11-21T10:00:00.000Z'
function read(text: string, startsLocal = '2026-11-24T10:00') {
  const parsed = parseRule(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return recurrenceOf({ rule: parsed.rule, startsLocal, timeZone: 'Europe/Lisbon' }, 'GMT Standard Time')
}

test.each([
  ['FREQ=DAILY;INTERVAL=3', { type: 'daily', interval: 3 }],
  ['FREQ=DAILY;BYDAY=MO,WE', { type: 'weekly', interval: 1, daysOfWeek: ['monday', 'wednesday'], firstDayOfWeek: 'monday' }],
  ['FREQ=WEEKLY', { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'], firstDayOfWeek: 'monday' }],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH', { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'thursday'], firstDayOfWeek: 'monday' }],
  ['FREQ=MONTHLY', { type: 'absoluteMonthly', interval: 1, dayOfMonth: 24 }],
  ['FREQ=MONTHLY;BYMONTHDAY=5', { type: 'absoluteMonthly', interval: 1, dayOfMonth: 5 }],
  ['FREQ=MONTHLY;INTERVAL=3;BYDAY=4TU', { type: 'relativeMonthly', interval: 3, daysOfWeek: ['tuesday'], index: 'fourth' }],
  ['FREQ=MONTHLY;BYDAY=-1FR', { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' }],
])('Outlook is told %s in its own words', (rule, pattern) => {
  expect(read(rule)).toEqual({ pattern, range: { type: 'noEnd', startDate: '2026-11-24', recurrenceTimeZone: 'GMT Standard Time' } })
})

test('a series ends after so many times, or with a day', () => {
  expect(read('FREQ=WEEKLY;COUNT=4')?.range).toMatchObject({ type: 'numbered', numberOfOccurrences: 4 })
  expect(read('FREQ=WEEKLY;UNTIL=20261231')?.range).toMatchObject({ type: 'endDate', endDate: '2026-12-31' })
})

test.each([
  'FREQ=DAILY;INTERVAL=2;BYDAY=MO',
  'FREQ=MONTHLY;BYDAY=5TU',
  'FREQ=MONTHLY;BYDAY=1TU,3TU',
  'FREQ=MONTHLY;BYMONTHDAY=31',
  'FREQ=MONTHLY;BYMONTHDAY=-1',
  'FREQ=MONTHLY;BYMONTHDAY=1,15',
])('for %s Outlook has no words', rule => {
  expect(read(rule)).toBeUndefined()
})

test.each([
  ['America/Sao_Paulo', 'E. South America Standard Time'],
  ['America/New_York', 'Eastern Standard Time'],
  ['Asia/Kolkata', 'India Standard Time'],
  ['UTC', 'UTC'],
  // By a place that keeps the same time.
  ['Europe/Lisbon', 'GMT Standard Time'],
  ['Europe/Vienna', 'W. Europe Standard Time'],
  ['America/Toronto', 'Eastern Standard Time'],
  ['America/Fortaleza', 'E. South America Standard Time'],
])('Outlook knows %s as %s', (zone, name) => {
  expect(windowsZone(zone, FROM)).toBe(name)
})

test('a zone that nobody at Microsoft keeps has no name', () => {
  expect(windowsZone('Antarctica/Troll', FROM)).toBeUndefined()
})
