import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lines, oneLine } from './clean.ts'
import { plainText } from './plain-text.ts'
import { parseXml, textOf } from './testing.ts'
import { escaped } from './xml.ts'

test('any text becomes one that XML holds and gives back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const clean = oneLine(text)
      expect(textOf(parseXml(`<a>${escaped(clean)}</a>`))).toBe(clean)
      expect(oneLine(clean)).toBe(clean)
    }),
  )
})

test.each([
  ['Contoso', 'Contoso'],
  [' two\n lines\t', 'two lines'],
  ['bell\u0007 and half \uD800', 'bell and half'],
  ['evil \u202Etxt.exe', 'evil txt.exe'],
  ['Ação 🚀 “Œuvre”', 'Ação 🚀 “Œuvre”'],
])('%j is shown as %j', (text, expected) => expect(oneLine(text)).toBe(expected))

test('notes keep their paragraphs', () => expect(lines('one\r\n two \n\n\n\nthree\u0000')).toBe('one\ntwo\n\nthree'))

describe('a page of the playbook as speaker notes', () => {
  test('marks go, list items and addresses stay, lines that only wrap are joined', () => {
    const markdown = [
      '<!-- R1 -->',
      '',
      'A **formal** talk with',
      'a *good* customer, `task("1").done` and [the guide](https://example.org/guide).',
      '',
      '- **New.** Where are',
      '  the gaps?',
      '  - one [page](other.md)',
      '1. first',
    ].join('\n')
    expect(plainText(markdown).split('\n')).toEqual([
      'A formal talk with a good customer, task("1").done and the guide (https://example.org/guide).',
      '',
      '- New. Where are the gaps?',
      '- one page',
      '- first',
    ])
  })
  test('what looks like a mark and is none stays', () =>
    expect(plainText('2 * 3 * 4, snake_case_name, a*b')).toBe('2 * 3 * 4, snake_case_name, a*b'))
})
