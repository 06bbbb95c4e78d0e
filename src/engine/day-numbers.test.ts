import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayNumber, dayOf, daysAfter, daysBetween, workingDaysAfter } from './day-numbers.ts'

test.each([
  ['2026-11-19', 2, '2026-11-23'], // Thursday
  ['2026-11-20', 1, '2026-11-23'], // Friday
  ['2026-11-21', 1, '2026-11-23'], // Saturday
  ['2026-11-21', 5, '2026-11-27'],
  ['2026-11-22', 2, '2026-11-24'], // Sunday
  ['2026-11-23', 10, '2026-12-07'],
  ['2026-11-23', 0, '2026-11-23'],
  ['2026-11-23', -1, '2026-11-20'],
  ['1969-12-31', 3, '1970-01-05'],
])('%s and %i working days is %s', (day, count, expected) => expect(workingDaysAfter(day, count)).toBe(expected))

test('counting working days one by one comes to the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 1, max: 40 }), (start, count) => {
      let number = start
      for (let left = count; left > 0; ) {
        number += 1
        if (![0, 6].includes(new Date(number * 86_400_000).getUTCDay())) left -= 1
      }
      expect(workingDaysAfter(dayOf(start) ?? '', count)).toBe(dayOf(number))
    }),
  )
})

test('days are counted over months and leap days', () => {
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
  expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01')
  expect(dayNumber('1970-01-01')).toBe(0)
})

test('a day beyond the calendar is none', () => {
  expect(daysAfter('2026-11-21', 1e9)).toBeUndefined()
  expect(workingDaysAfter('2026-11-21', 1e300)).toBeUndefined()
  expect(daysAfter('2026-11-21', Number.POSITIVE_INFINITY)).toBeUndefined()
})
