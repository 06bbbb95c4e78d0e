import { expect, test } from 'vitest'
import { forgetSecret, secretOf, takeSecret } from './secrets.ts'

test('a token is taken from the query to the letter, whatever it looks like', () => {
  expect(takeSecret('/reset', 'token', { search: '?lang=en&token=1e5-_A', hash: '' })).toBe(true)
  expect(secretOf('/reset')).toBe('1e5-_A')
  expect(secretOf('/invitation')).toBeUndefined()
})

test('a set-up code is taken from the fragment', () => {
  expect(takeSecret('/setup', 'code', { search: '', hash: '#code=abcd-efgh' })).toBe(true)
  expect(secretOf('/setup')).toBe('abcd-efgh')
})

test('an address without a secret leaves the one that was taken before', () => {
  expect(takeSecret('/setup', 'code', { search: '', hash: '' })).toBe(false)
  expect(secretOf('/setup')).toBe('abcd-efgh')
  forgetSecret('/setup')
  expect(secretOf('/setup')).toBeUndefined()
})
