import { expect, test } from 'vitest'
import { moved, nearest } from './cursor.ts'

test.each([
  { key: 'ArrowLeft', to: 4 },
  { key: 'ArrowRight', to: 6 },
  { key: 'PageUp', to: 9 },
  { key: 'PageDown', to: 0 },
  { key: 'Home', to: 0 },
  { key: 'End', to: 9 },
])('$key goes from the sixth of ten stops to number $to', ({ key, to }) => {
  expect(moved(key, 5, 10)).toBe(to)
})

test('the cursor stays inside', () => {
  expect(moved('ArrowLeft', 0, 10)).toBe(0)
  expect(moved('ArrowRight', 9, 10)).toBe(9)
})

test('other keys, and a chart without stops, are left alone', () => {
  expect(moved('Tab', 5, 10)).toBeUndefined()
  expect(moved('ArrowLeft', 0, 0)).toBeUndefined()
})

test('the pointer finds the nearest stop', () => {
  expect([nearest([0, 10, 40], 24), nearest([0, 10, 40], 26), nearest([0, 10], 5), nearest([], 3)]).toEqual([1, 2, 0, 0])
})
