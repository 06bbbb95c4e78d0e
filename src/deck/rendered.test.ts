import { beforeAll, describe, expect, test } from 'vitest'
import { compileFolder } from '../app/playbooks/files.ts'
import { DECK_LOCALES, type Deck, type DeckLocale } from '../model/deck.ts'
import type { Playbook } from '../model/playbook.ts'
import { deckOf } from './content.ts'
import { measurer } from './fonts.ts'
import { layOut } from './page/lay-out.ts'
import { type Area, FRAME, PAGE, type Page, type Pages } from './page/pages.ts'
import { pdfOf } from './pdf.ts'
import { pptxOf } from './pptx.ts'
import { inputFor, SOME_EXTRAS, SOME_FACTS } from './testing.ts'
import { convert, findOffice, type Office, type Picture, pageTexts, pictures } from './testing-office.ts'

const office = await findOffice()

/** Long words, many words, wide letters: what a box must hold. */
const LONG = {
  word: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3),
  wide: 'WWWWWWWWWW MMMMMMMMMM '.repeat(12).trim(),
  en: 'Amalgamated Northern and Western Agricultural Machinery Manufacturing, Maintenance and Distribution Holdings (International) Limited',
  'pt-BR':
    'Companhia Brasileira de Desenvolvimento Agroindustrial, Administração, Participações e Empreendimentos Imobiliários do Nordeste S.A.',
}

function longest(playbook: Playbook, locale: DeckLocale): Deck {
  const long = `${LONG[locale]} ${LONG.word} ${LONG.wide}`
  const services = Object.fromEntries(
    playbook.services
      .filter(each => each.countsUsage)
      .slice(0, 10)
      .map(({ id }, at) => [
        id,
        { entitled: 999_999_999, ...(at % 3 === 0 ? {} : { usage: { active: 123_456_789, asOf: '2026-11-19' } }) },
      ]),
  )
  const facts = {
    ...SOME_FACTS,
    customer: { id: 'long', name: long },
    services,
    metrics: Array.from({ length: 5 }, (_, at) => ({
      id: `m${at}`,
      name: `${at} ${long}`,
      baseline: 0.123456789,
      target: 123456789.123,
      current: 987654321.987,
      asOf: '2026-11-18',
    })),
  }
  const extras = {
    ...SOME_EXTRAS,
    brand: { name: long.slice(0, 300), colour: '#0b3d2e' },
    presenters: [long, long],
    narratives: Object.fromEntries(['title', 'usage', 'options'].map(kind => [kind, long])),
    delivered: Array.from({ length: 8 }, (_, at) => ({ what: `${at} ${long}`, service: null, on: null })),
    blockers: Array.from({ length: 5 }, () => ({
      what: long,
      service: long,
      state: 'open',
      seats: 999_999_999,
      since: null,
      resolvedOn: null,
      step: long,
    })),
    momentum: [{ kind: 'other', what: long, owner: long, due: '2027-12-28', state: 'already-in-place' }],
    options: [{ choice: 'expand', what: long }],
    nextSteps: [{ what: long, owner: long, due: null }],
  }
  const renamed = {
    ...playbook,
    services: playbook.services.map(each => ({ ...each, name: { en: `${each.id} ${long}`, 'pt-BR': `${each.id} ${long}` } })),
  }
  return deckOf(inputFor(renamed, facts, { locale, extras }))
}

type Drawn = Readonly<{ pages: Pages; pictures: readonly Picture[] }>
let asPresentation: Readonly<Record<string, Drawn>>
let asPdf: Readonly<Record<string, Drawn & { texts: readonly string[] }>>

/** Unless something is drawn there, a page is of one colour; letters soften into it. */
const SEEN = 40
/** Pixels a letter's softened edge or a line's half may stand out of its box. */
const EDGE = 2

describe.skipIf(office === undefined)('as LibreOffice and a PDF reader draw it', () => {
  beforeAll(async () => {
    const { playbook } = compileFolder('playbooks/microsoft-365-success')
    const decks: Record<string, Deck> = {}
    for (const locale of DECK_LOCALES) {
      decks[`usual-${locale}`] = deckOf(inputFor(playbook, SOME_FACTS, { locale, extras: SOME_EXTRAS }))
      decks[`longest-${locale}`] = longest(playbook, locale)
    }
    // The suite is skipped without it.
    const tools = office as Office
    const laidOut = Object.entries(decks).map(([name, deck]) => [name, layOut(deck, measurer())] as const)
    const written = Object.fromEntries(await Promise.all(laidOut.map(async ([name, pages]) => [name, await pptxOf(pages)] as const)))
    const converted = await convert(tools, written)
    const drawn = async (name: string, pages: Pages) => ({ pages, pictures: await pictures(tools, converted[name] ?? new Uint8Array()) })
    asPresentation = Object.fromEntries(await Promise.all(laidOut.map(async ([name, pages]) => [name, await drawn(name, pages)] as const)))
    const own = async (pages: Pages) => {
      const pdf = await pdfOf(pages)
      return { pages, pictures: await pictures(tools, pdf), texts: await pageTexts(tools, pdf) }
    }
    asPdf = Object.fromEntries(await Promise.all(laidOut.map(async ([name, pages]) => [name, await own(pages)] as const)))
  }, 600_000)

  const NAMES = DECK_LOCALES.flatMap(locale => [`usual-${locale}`, `longest-${locale}`])
  const drawnAs = { presentation: (name: string) => asPresentation[name], pdf: (name: string) => asPdf[name] }
  const EACH = NAMES.flatMap(name => (['presentation', 'pdf'] as const).map(format => ({ name, format })))

  test.each(EACH)('$name as $format: as many pages as there are', ({ name, format }) => {
    const drawn = drawnAs[format](name)
    expect(drawn?.pictures).toHaveLength(drawn?.pages.pages.length ?? -1)
    for (const { width, height } of drawn?.pictures ?? []) expect([width, height]).toEqual([PAGE.width, PAGE.height])
  })

  test.each(EACH)('$name as $format: no text lies outside its box, and no box is empty', ({ name, format }) => {
    const { pages, pictures } = drawnAs[format](name) ?? { pages: { pages: [] }, pictures: [] }
    for (const [at, page] of pages.pages.entries()) {
      const picture = pictures[at]
      if (!picture) throw new Error(`no picture of page ${at + 1}`)
      const areas = areasOf(page)
      expect({ page: at + 1, kind: page.kind, outside: outside(picture, areas) }).toEqual({ page: at + 1, kind: page.kind, outside: [] })
      for (const box of [page.title, ...page.boxes]) expect(inkIn(picture, box), `page ${at + 1}, box at ${box.y}`).toBeGreaterThan(0)
    }
  })

  test.each(DECK_LOCALES)('the text of the PDF can be taken out, and holds the numbers (%s)', locale => {
    const { texts = [] } = asPdf[`usual-${locale}`] ?? {}
    const all = texts.join('\n').replace(/\s+/g, ' ')
    const expected = {
      en: ['Active usage per service', '4,531', '45.3%', 'facts.yaml'],
      'pt-BR': ['Uso ativo por serviço', '4.531', '45,3%', 'Realizar Reunião de Análise de Sucesso'],
    }
    for (const each of expected[locale]) expect(all).toContain(each)
  })
})

function areasOf(page: Page): readonly Area[] {
  const number = { x: FRAME.right - 60, w: 60, ...FRAME.foot }
  const band = { x: 0, y: 0, w: PAGE.width, h: FRAME.band }
  const own = page.isCover ? [FRAME.cover.logo] : [number, band]
  return [page.title, ...page.boxes, ...(page.foot ? [page.foot] : []), ...own]
}

/** Where something is drawn that belongs to no box: the first few places. */
function outside(picture: Picture, areas: readonly Area[]): readonly string[] {
  const ground = usualValue(picture)
  const isInside = (x: number, y: number) =>
    areas.some(each => x >= each.x - EDGE && x < each.x + each.w + EDGE && y >= each.y - EDGE && y < each.y + each.h + EDGE)
  const found: string[] = []
  for (let y = 0; y < picture.height && found.length < 5; y++) {
    for (let x = 0; x < picture.width && found.length < 5; x++) {
      const value = picture.pixels[y * picture.width + x] ?? ground
      if (Math.abs(value - ground) > SEEN && !isInside(x, y)) found.push(`${x},${y}`)
    }
  }
  return found
}

function inkIn(picture: Picture, { x, y, w, h }: Area): number {
  const ground = usualValue(picture)
  let count = 0
  for (let row = Math.floor(y); row < Math.min(Math.ceil(y + h), picture.height); row++) {
    for (let column = Math.floor(x); column < Math.ceil(x + w); column++) {
      if (Math.abs((picture.pixels[row * picture.width + column] ?? ground) - ground) > SEEN) count++
    }
  }
  return count
}

function usualValue({ pixels }: Picture): number {
  const counts = new Array<number>(256).fill(0)
  for (const value of pixels) counts[value] = (counts[value] ?? 0) + 1
  return counts.indexOf(Math.max(...counts))
}
