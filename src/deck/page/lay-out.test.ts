import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Block, type ChartData, type Deck, MOST_TITLE } from '../../model/deck.ts'
import { Day } from '../../model/words.ts'
import { oneLine } from '../clean.ts'
import { measurer } from '../fonts.ts'
import { ownSlidesAfter } from '../templates.ts'
import { layOut } from './lay-out.ts'
import { cut, heightOf, type Line, unwrapped, wrap, wrapAtMost } from './measure.ts'
import { type Box, FRAME, INDENT, PAGE } from './pages.ts'

const measure = measurer()
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }).map(oneLine)
const words = fc.array(fc.string({ minLength: 1, maxLength: 40 }), { maxLength: 40 }).map(each => oneLine(each.join(' ')))
const anyText = fc.oneof(text, words)

test('the letters are as wide as those of Arial', () => {
  // Widths of Arial in units of 2048, as the typeface itself and its metric twins have them.
  expect(measure('AVi ', 2048, false)).toBeCloseTo(1366 + 1366 + 455 + 569, 0)
  expect(measure('A', 2048, true)).toBeCloseTo(1479, 0)
})

test('wrapped lines fit, and together are the text', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 40, max: 900 }), (source, width) => {
      const lines = wrap(measure, source, 12, false, width)
      expect(unwrapped(lines)).toBe(source)
      for (const line of lines) expect(Array.from(line.text).length <= 1 || measure(line.text, 12, false) <= width).toBe(true)
    }),
  )
})

test('a cut text has no more lines than it may, ends in an ellipsis and begins like the text', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 4 }), (source, most) => {
      const lines = wrapAtMost(measure, source, 12, true, 150, most)
      expect(lines.length).toBeLessThanOrEqual(most)
      const shown = unwrapped(lines)
      expect(shown === source || (shown.endsWith('…') && source.startsWith(shown.slice(0, -1)))).toBe(true)
    }),
  )
  expect(cut(measure, 'Microsoft 365 Apps for enterprise', 12, 100)).toBe('Microsoft 365 A…')
})

const chart: fc.Arbitrary<ChartData> = fc.record({
  shape: fc.constantFrom('bar', 'line'),
  description: anyText,
  categories: fc.array(anyText, { minLength: 1, maxLength: 8 }),
  series: fc.array(fc.record({ name: anyText, values: fc.constant([1, null, 3]) }), { minLength: 1, maxLength: 5 }),
})
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant('words' as const), text: anyText, tone: fc.constantFrom('lead', 'plain', 'quiet') }),
  fc.record({ type: fc.constant('bullets' as const), items: fc.array(anyText, { maxLength: 30 }) }),
  fc.record({ type: fc.constant('chart' as const), chart }),
  fc.array(fc.tuple(anyText, anyText, anyText), { maxLength: 40 }).map(
    (rows): Block => ({
      type: 'table',
      columns: [40, 40, 20].map((share, at) => ({ title: `Column ${at}`, share, align: at === 2 ? 'right' : 'left' })),
      rows,
    }),
  ),
)
const deck: fc.Arbitrary<Deck> = fc
  .tuple(anyText, fc.array(block, { maxLength: 5 }), fc.constantFrom('title' as const, 'usage' as const, 'sources' as const))
  .map(([title, blocks, kind]) => ({
    locale: 'en',
    date: Day.parse('2026-11-21'),
    customer: title,
    title,
    foot: title,
    continued: '(continued)',
    brand: {},
    slides: [
      { kind, title, blocks, notes: 'Notes' },
      { kind: 'own', id: 'own', title, blocks, notes: '' },
    ],
  }))

const widest = (lines: readonly Line[], size: number, isBold: boolean) =>
  Math.max(0, ...lines.map(each => measure(each.text, size, isBold)))

test('whatever the texts, nothing leaves its box, no box leaves its page, and no two overlap', () => {
  fc.assert(
    fc.property(deck, source => {
      for (const page of layOut(source, measure).pages) {
        for (const box of [page.title, ...page.boxes, ...(page.foot ? [page.foot] : [])]) expectInside(box)
        expect(Math.max(...page.boxes.map(each => each.y + each.h), 0)).toBeLessThanOrEqual(FRAME.bottom + 0.001)
        const tops = page.boxes.map(each => each.y)
        for (const [at, box] of page.boxes.slice(0, -1).entries()) expect(box.y + box.h).toBeLessThanOrEqual(tops[at + 1] ?? 0)
      }
    }),
    { numRuns: 60 },
  )
})

function expectInside(box: Box): void {
  expect(box.x + box.w).toBeLessThanOrEqual(PAGE.width)
  expect(box.y + box.h).toBeLessThanOrEqual(PAGE.height)
  if (box.type === 'text') {
    for (const { lines, isBullet } of box.paragraphs)
      expect(widest(lines, box.size, box.isBold)).toBeLessThanOrEqual(box.w - (isBullet ? INDENT : 0))
    expect(
      heightOf(
        box.paragraphs.reduce((sum, each) => sum + each.lines.length, 0),
        box.size,
      ),
    ).toBeLessThanOrEqual(box.h + 0.001)
  }
  if (box.type === 'table') {
    for (const row of [box.head, ...box.rows]) {
      for (const [at, { lines }] of row.cells.entries()) {
        expect(widest(lines, box.size, row === box.head)).toBeLessThanOrEqual(box.columns[at]?.width ?? 0)
        expect(heightOf(lines.length, box.size)).toBeLessThan(row.height)
      }
    }
  }
}

test('a table that goes on has its head again, and loses no row', () => {
  const rows = Array.from({ length: 60 }, (_, at) => [`Row ${at}`])
  const source: Deck = {
    locale: 'en',
    date: Day.parse('2026-11-21'),
    customer: 'C',
    title: 'C',
    foot: 'C',
    continued: '(continued)',
    brand: {},
    slides: [
      {
        kind: 'delivered',
        title: 'Delivered',
        blocks: [{ type: 'table', columns: [{ title: 'What', share: 1, align: 'left' }], rows }],
        notes: 'N',
      },
    ],
  }
  const { pages } = layOut(source, measure)
  expect(pages.map(each => unwrapped(each.title.paragraphs[0]?.lines ?? []))).toEqual(
    ['Delivered', 'Delivered (continued)', 'Delivered (continued)', 'Delivered (continued)'].slice(0, pages.length),
  )
  const tables = pages.flatMap(each => each.boxes).filter(each => each.type === 'table')
  expect(tables.flatMap(each => each.rows.map(row => row.cells.map(cell => unwrapped(cell.lines))))).toEqual(rows)
  for (const each of tables) expect(each.head.cells).toHaveLength(1)
  expect(pages.map(each => each.notes)).toEqual(['N', ...pages.slice(1).map(() => '')])
})

test('a title of the most characters and a long slide of the installation stay whole', () => {
  const title = 'Quarterly outcomes '.repeat(MOST_TITLE).slice(0, MOST_TITLE).trim()
  const lines = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? `Paragraph ${at}` : `- Item ${at}`))
  const templates = { en: { own: [{ id: 'long', after: 'title' as const, title, text: lines.join('\n') }] } }
  const slides = ownSlidesAfter({ locale: 'en', extras: { templates } }, 'title')
  const source: Deck = {
    ...{ locale: 'en', date: Day.parse('2026-11-21'), customer: 'C', title: 'C', foot: 'C', continued: '(continued)', brand: {} },
    slides,
  }
  const { pages } = layOut(source, measure)
  expect(unwrapped(pages[0]?.title.paragraphs[0]?.lines ?? [])).toBe(title)
  for (const page of pages) for (const box of [page.title, ...page.boxes]) expectInside(box)
  const told = pages.flatMap(page => page.boxes).flatMap(box => (box.type === 'text' ? box.paragraphs : []))
  expect(told.map(({ lines: each, isBullet }) => `${isBullet ? '- ' : ''}${unwrapped(each)}`)).toEqual(lines)
  expect(pages.length).toBeGreaterThan(1)
})
