import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { workingDaysAfter } from '../engine/day-numbers.ts'
import { Day } from './words.ts'
import {
  addWorkingDays,
  dayIn,
  isTimeZone,
  isWorkingDay,
  momentIn,
  nextWorkingMoment,
  USUAL_CALENDAR,
  type WorkingCalendar,
} from './working-calendar.ts'

const day = (text: string) => Day.parse(text)
const days = fc.integer({ min: 0, max: 20_000 }).map(n => day(new Date(n * 86_400_000).toISOString().slice(0, 10)))
const zones = fc.constantFrom('UTC', 'America/Sao_Paulo', 'America/New_York', 'Europe/Lisbon', 'Asia/Kolkata', 'Pacific/Apia')
const calendars: fc.Arbitrary<WorkingCalendar> = fc.record({
  timeZone: zones,
  workDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  from: fc.constantFrom('00:00', '07:30', '09:00'),
  until: fc.constantFrom('12:00', '18:00', '23:30'),
  holidays: fc.array(days, { maxLength: 5 }),
})

describe('working days', () => {
  test.each([
    // 2026-11-20 is a Friday.
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-11-20', 5, '2026-11-27'],
    ['2026-11-20', 0, '2026-11-20'],
    ['2026-11-21', 0, '2026-11-23'],
  ])('%s and %i working days is %s', (from, count, expected) => {
    expect(addWorkingDays(USUAL_CALENDAR, day(from), count)).toBe(expected)
  })

  test('holidays and other weeks are passed over', () => {
    const sundayToThursday = { ...USUAL_CALENDAR, workDays: [7, 1, 2, 3, 4], holidays: [day('2026-11-23')] }
    expect(addWorkingDays(sundayToThursday, day('2026-11-19'), 2)).toBe('2026-11-24')
  })

  test('without holidays and from Monday to Friday they are the engine’s', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 40 }), (from, count) => {
        expect(addWorkingDays(USUAL_CALENDAR, from, count)).toBe(workingDaysAfter(from, count))
      }),
    )
  })

  test('the answer is a working day with exactly so many from the day after until it', () => {
    fc.assert(
      fc.property(calendars, days, fc.integer({ min: 1, max: 15 }), (calendar, from, count) => {
        const to = addWorkingDays(calendar, from, count)
        let seen = 0
        for (let at = Date.parse(from) + 86_400_000; at <= Date.parse(to); at += 86_400_000) {
          if (isWorkingDay(calendar, day(new Date(at).toISOString().slice(0, 10)))) seen += 1
        }
        expect([isWorkingDay(calendar, to), seen]).toEqual([true, count])
      }),
    )
  })
})

describe('working moments', () => {
  test.each([
    ['before the day begins', '2026-11-20T09:00:00Z', '2026-11-20T12:00:00.000Z'],
    ['while it lasts', '2026-11-20T15:00:00Z', '2026-11-20T15:00:00.000Z'],
    ['after it is over, on a Friday', '2026-11-20T21:00:00Z', '2026-11-23T12:00:00.000Z'],
    ['on a Saturday', '2026-11-21T15:00:00Z', '2026-11-23T12:00:00.000Z'],
  ])('in São Paulo %s', (_, at, expected) => {
    const calendar = { ...USUAL_CALENDAR, timeZone: 'America/Sao_Paulo' }
    expect(nextWorkingMoment(calendar, new Date(at)).toISOString()).toBe(expected)
  })

  test('never earlier, always at work, and once there it stays', () => {
    fc.assert(
      fc.property(calendars, fc.date({ min: new Date('1990-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }), (calendar, at) => {
        const next = nextWorkingMoment(calendar, at)
        expect(next.getTime()).toBeGreaterThanOrEqual(at.getTime())
        expect(isWorkingDay(calendar, dayIn(calendar.timeZone, next))).toBe(true)
        expect(nextWorkingMoment(calendar, next)).toEqual(next)
      }),
    )
  })
})

describe('wall-clock time', () => {
  test.each([
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:30:00.000Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
    ['Europe/Lisbon', '2026-10-25', '09:00', '2026-10-25T09:00:00.000Z'],
    ['America/Sao_Paulo', '2018-11-04', '00:00', '2018-11-04T03:00:00.000Z'],
    ['Asia/Kolkata', '2026-11-21', '09:00:00', '2026-11-21T03:30:00.000Z'],
  ])('%s %s %s', (zone, on, time, expected) => expect(momentIn(zone, day(on), time).toISOString()).toBe(expected))

  test('names of no zone are known as such', () => {
    expect(['Europe/Lisbon', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, false, false])
  })
})
