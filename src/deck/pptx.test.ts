import { posix } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { compileFolder } from '../app/playbooks/files.ts'
import type { Deck } from '../model/deck.ts'
import type { Playbook } from '../model/playbook.ts'
import { deckOf } from './content.ts'
import { deckFile } from './files.ts'
import { type Element, elementsOf, inputFor, parseXml, SOME_EXTRAS, SOME_FACTS, textOf, unpack } from './testing.ts'

let playbook: Playbook
let deck: Deck
let bytes: Uint8Array
let parts: ReadonlyMap<string, string | Uint8Array>
beforeAll(async () => {
  playbook = compileFolder('playbooks/microsoft-365-success').playbook
  deck = deckOf(inputFor(playbook, SOME_FACTS, { extras: SOME_EXTRAS, locale: 'pt-BR' }))
  bytes = await deckFile(deck, 'pptx')
  parts = await unpack(bytes)
})

const xml = (path: string, of = parts): Element => parseXml(String(of.get(path)))
const paths = (pattern: RegExp) => [...parts.keys()].filter(path => pattern.test(path))
const byNumber = (one: string, other: string) => Number(/\d+/.exec(one)?.[0]) - Number(/\d+/.exec(other)?.[0])

describe('the package', () => {
  test('holds only XML that parses, in the file and in its workbooks', async () => {
    for (const path of paths(/\.(xml|rels)$/)) expect(() => xml(path), path).not.toThrow()
    for (const path of paths(/\.xlsx$/)) {
      const inner = await unpack(parts.get(path) as Uint8Array)
      for (const each of inner.keys()) expect(() => xml(each, inner), `${path}/${each}`).not.toThrow()
    }
    expect(paths(/\.xlsx$/)).toHaveLength(2)
  })

  test('every relationship leads to a part that is there, and no id is given twice', () => {
    for (const path of paths(/\.rels$/)) {
      const folder = posix.dirname(posix.dirname(path))
      const relations = elementsOf(xml(path), 'Relationship').map(each => each.attributes)
      for (const { Target = '', TargetMode } of relations) {
        if (TargetMode === 'External') continue
        const target = Target.startsWith('/') ? Target.slice(1) : posix.normalize(posix.join(folder, Target))
        expect(parts.has(target), `${path} → ${Target}`).toBe(true)
      }
      expect(new Set(relations.map(each => each.Id)).size).toBe(relations.length)
    }
  })

  test('every id that a part refers to is among its relationships', () => {
    for (const path of paths(/^ppt\/.*\.xml$/)) {
      const used = [...String(parts.get(path)).matchAll(/\br:(?:id|embed)="([^"]+)"/g)].map(each => each[1])
      const own = parts.get(`${posix.dirname(path)}/_rels/${posix.basename(path)}.rels`)
      const known = own === undefined ? [] : elementsOf(parseXml(String(own)), 'Relationship').map(each => each.attributes.Id)
      expect(
        used.filter(id => !known.includes(id)),
        path,
      ).toEqual([])
    }
  })

  test('the types of parts name every part, and none that is not there', () => {
    const types = xml('[Content_Types].xml')
    const overrides = elementsOf(types, 'Override').map(each => (each.attributes.PartName ?? '').slice(1))
    const endings = elementsOf(types, 'Default').map(each => each.attributes.Extension)
    expect(overrides.filter(each => !parts.has(each))).toEqual([])
    expect(new Set(overrides).size).toBe(overrides.length)
    expect(
      [...parts.keys()].filter(
        each => !overrides.includes(each) && !endings.includes(each.split('.').at(-1)) && each !== '[Content_Types].xml',
      ),
    ).toEqual([])
  })

  test('has one id per shape of a slide', () => {
    for (const path of paths(/^ppt\/slides\/slide\d+\.xml$/)) {
      const ids = elementsOf(xml(path), 'p:cNvPr').map(each => each.attributes.id)
      expect(new Set(ids).size, path).toBe(ids.length)
    }
  })

  test('says the day of the deck, and no other time', () => {
    const core = xml('docProps/core.xml')
    expect(elementsOf(core, 'dcterms:created').concat(elementsOf(core, 'dcterms:modified')).map(textOf)).toEqual(
      Array(2).fill('2026-11-21T00:00:00Z'),
    )
  })
})

describe('the same deck', () => {
  test('gives the same bytes again, also when others were made before', async () => {
    await deckFile(deckOf(inputFor(playbook, SOME_FACTS)), 'pptx')
    expect(Buffer.from(await deckFile(deck, 'pptx')).equals(Buffer.from(bytes))).toBe(true)
  })

  test('made at the same time as another does not mix with it', async () => {
    const [one, other] = await Promise.all([deckFile(deck, 'pptx'), deckFile(deckOf(inputFor(playbook, SOME_FACTS)), 'pptx')])
    expect(Buffer.from(one).equals(Buffer.from(bytes))).toBe(true)
    expect(Buffer.from(other).equals(Buffer.from(await deckFile(deckOf(inputFor(playbook, SOME_FACTS)), 'pptx')))).toBe(true)
  })
})

describe('charts', () => {
  test('can be edited: their workbooks hold what they show, cell by cell, where their formulas point', async () => {
    const shown = deck.slides.flatMap(each => each.blocks).filter(each => each.type === 'chart')
    const charts = paths(/^ppt\/charts\/chart\d+\.xml$/).sort(byNumber)
    expect(charts).toHaveLength(shown.length)
    for (const [at, path] of charts.entries()) {
      const cells = await cellsOf(path)
      for (const [index, series] of elementsOf(xml(path), 'c:ser').entries()) {
        const cache = (name: string) => referenced(elementsOf(series, name)[0])
        for (const each of ['c:tx', 'c:cat', 'c:val'].map(cache)) expect(each.cells.map(cell => cells.get(cell))).toEqual(each.values)
        expect(cache('c:val').values.map(each => (each === undefined ? null : Number(each)))).toEqual(
          shown[at]?.chart.series[index]?.values,
        )
        expect(cache('c:cat').values).toEqual(shown[at]?.chart.categories)
      }
    }
  })

  test('show 0 as 0 and unknown as nothing', async () => {
    const cells = await cellsOf('ppt/charts/chart1.xml')
    expect(['B2', 'B3', 'B4', 'B5'].map(each => cells.get(each))).toEqual(['45.3', undefined, '0', undefined])
  })

  async function cellsOf(path: string): Promise<ReadonlyMap<string, string>> {
    const relations = elementsOf(xml(`ppt/charts/_rels/${posix.basename(path)}.rels`), 'Relationship')
    const id = elementsOf(xml(path), 'c:externalData')[0]?.attributes['r:id']
    const target = relations.find(each => each.attributes.Id === id)?.attributes.Target ?? ''
    const inner = await unpack(parts.get(posix.normalize(posix.join('ppt/charts', target))) as Uint8Array)
    const sheet = parseXml(String(inner.get('xl/worksheets/sheet1.xml')))
    return new Map(elementsOf(sheet, 'c').map(each => [each.attributes.r ?? '', textOf(each)]))
  }
})

/** The cells that a formula names, and what the chart remembers of them. */
function referenced(element: Element | undefined): { cells: readonly string[]; values: readonly (string | undefined)[] } {
  if (!element) throw new Error('the chart has no such part')
  const formula = elementsOf(element, 'c:f').map(textOf)[0] ?? ''
  const [, column = '', from = '', to] = /^Sheet1!\$([A-Z])\$(\d+)(?::\$[A-Z]\$(\d+))?$/.exec(formula) ?? []
  const count = Number(to ?? from) - Number(from) + 1
  const points = new Map(elementsOf(element, 'c:pt').map(each => [Number(each.attributes.idx), textOf(each)]))
  const indexes = Array.from({ length: count }, (_, at) => at)
  return { cells: indexes.map(at => `${column}${Number(from) + at}`), values: indexes.map(at => points.get(at)) }
}

describe('slides', () => {
  const texts = (path: string) => elementsOf(xml(path), 'a:p').map(textOf)

  test('have a title each that outlines and screen readers find, and text in the language of the deck', () => {
    for (const path of paths(/^ppt\/slides\/slide\d+\.xml$/)) {
      expect(
        elementsOf(xml(path), 'p:ph').map(each => each.attributes.type),
        path,
      ).toContain('title')
      const runs = elementsOf(xml(path), 'a:rPr').map(each => each.attributes.lang)
      expect(
        [...new Set(runs)].filter(each => each !== 'pt-BR'),
        path,
      ).toEqual([])
    }
  })

  test('have notes in paragraphs', () => {
    const notes = texts('ppt/notesSlides/notesSlide1.xml')
    expect(notes[0]).toBe('Do playbook:')
    expect(notes.length).toBeGreaterThan(5)
  })

  test('describe charts and the logo to those who cannot see them', () => {
    const slides = paths(/^ppt\/slides\/slide\d+\.xml$/)
    const described = slides.flatMap(path => elementsOf(xml(path), 'p:cNvPr')).map(each => each.attributes.descr ?? '')
    expect(described.filter(each => each.startsWith('Gráfico de'))).toHaveLength(2)
    expect(described).toContain('Impulso')
  })

  test('take any text as text', async () => {
    const name = `<b>&"Ação" 🚀 ${String.fromCharCode(0xd800)}\u0007</b>`
    const odd = deckOf(inputFor(playbook, { customer: { id: 'x', name } }))
    const made = await unpack(await deckFile(odd, 'pptx'))
    for (const [path, content] of made) if (typeof content === 'string') expect(() => parseXml(content), path).not.toThrow()
    expect(textOf(xml('ppt/slides/slide1.xml', made))).toContain('<b>&"Ação" 🚀 </b>')
  })
})
