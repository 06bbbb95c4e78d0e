import { expect, test } from 'vitest'
import { brokenPath } from './Sparkline.tsx'

test('a missing point breaks the line instead of falling to zero', () => {
  expect(brokenPath([[0, 5], [1, 6], null, [3, 7]])).toBe('M0.0 5.0L1.0 6.0M3.0 7.0')
})

test('nothing known draws nothing', () => {
  expect(brokenPath([null, null])).toBe('')
})
