import { expect, test } from 'vitest'
import { firstFew } from './first-few.ts'

test('a long list is cut and says how much is left out', () => {
  const { shown, more } = firstFew(['a', 'b', 'c', 'd', 'e', 'f', 'g'], each => each)
  expect(shown.map(({ each }) => each)).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(more).toBe(2)
})

test('a short list is whole', () => {
  expect(firstFew(['a', 'b'], each => each)).toMatchObject({ more: 0, shown: [{ each: 'a' }, { each: 'b' }] })
})

test('entries that are alike have keys of their own', () => {
  const { shown } = firstFew(['a', 'a', '1-a', 'a'], each => each)
  expect(new Set(shown.map(({ key }) => key)).size).toBe(4)
})
