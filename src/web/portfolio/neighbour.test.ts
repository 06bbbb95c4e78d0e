import { expect, test } from 'vitest'
import { neighbourOf } from './neighbour.ts'

test.each([
  { key: 'ArrowLeft', to: 4 },
  { key: 'ArrowRight', to: 6 },
  { key: 'ArrowUp', to: 2 },
  { key: 'ArrowDown', to: 8 },
  { key: 'Home', to: 0 },
  { key: 'End', to: 9 },
])('$key goes from the sixth of ten cards, three in a row, to number $to', ({ key, to }) => {
  expect(neighbourOf(key, 5, 3, 10)).toBe(to)
})

test('at the edge, and for other keys, nothing happens', () => {
  expect(neighbourOf('ArrowUp', 1, 3, 10)).toBeUndefined()
  expect(neighbourOf('ArrowDown', 8, 3, 10)).toBeUndefined()
  expect(neighbourOf('ArrowRight', 9, 3, 10)).toBeUndefined()
  expect(neighbourOf('Enter', 5, 3, 10)).toBeUndefined()
})
