import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffLines } from './diff.ts'

const joined = (before: string, after: string, side: 'added' | 'removed') =>
  diffLines(before, after)
    .filter(line => line.is === 'same' || line.is === side)
    .map(line => line.text)
    .join('\n')

test('a changed line went and came, the others stay', () => {
  expect(diffLines('a\nb\nc', 'a\nx\nc')).toEqual([
    { is: 'same', text: 'a' },
    { is: 'removed', text: 'b' },
    { is: 'added', text: 'x' },
    { is: 'same', text: 'c' },
  ])
})

test('both texts can be read out of what became of one', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 8 }).map(lines => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(joined(before, after, 'removed')).toBe(before)
      expect(joined(before, after, 'added')).toBe(after)
      expect(diffLines(before, before).every(line => line.is === 'same')).toBe(true)
    }),
  )
})
