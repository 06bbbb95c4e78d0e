import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backOffMs, retryAfterMs } from './back-off.ts'
import { START } from './testing.ts'

const headers = (retryAfter: string, date?: string) => new Headers({ 'retry-after': retryAfter, ...(date ? { date } : {}) })

test.each([
  ['10', 10_000],
  ['0', 1000],
  ['1.5', 1500],
  ['999999999', 3_600_000],
  ['99999999999999999999999', 3_600_000],
  ['-5', null],
  ['', null],
  ['soon', null],
  ['Infinity', null],
  ['Sat, 21 Nov 2026 10:02:00 GMT', 120_000],
  ['Sat, 21 Nov 2026 09:00:00 GMT', 1000],
  ['Fri, 01 Jan 2100 00:00:00 GMT', 3_600_000],
])('Retry-After: %s', (text, ms) => {
  expect(retryAfterMs(headers(text), START)).toBe(ms)
})

test('a date in Retry-After is measured by the clock of who wrote it', () => {
  expect(retryAfterMs(headers('Sat, 21 Nov 2026 13:00:30 GMT', 'Sat, 21 Nov 2026 13:00:00 GMT'), START)).toBe(30_000)
})

test('without Retry-After: bounds double, throttling waits 30 s at least, and every wait has an end', () => {
  expect([1, 2, 3, 4, 5, 6, 9].map(tries => backOffMs('unavailable', tries, 0.999999))).toEqual([
    2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
  ])
  expect([1, 2, 3, 9].map(tries => backOffMs('throttled', tries, 0.999999))).toEqual([60_000, 90_000, 150_000, 599_999])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (tries, random) => {
      const throttled = backOffMs('throttled', tries, random)
      const unavailable = backOffMs('unavailable', tries, random)
      expect(throttled).toBeGreaterThanOrEqual(30_000)
      expect(throttled).toBeLessThanOrEqual(600_000)
      expect(unavailable).toBeGreaterThanOrEqual(0)
      expect(unavailable).toBeLessThanOrEqual(60_000)
    }),
  )
})
