import { beforeAll, describe, expect, test } from 'vitest'
import { compileFolder } from '../app/playbooks/files.ts'
import type { Block, Deck, DeckLocale, SlideKind } from '../model/deck.ts'
import { DeckExtras, SLIDE_KINDS } from '../model/deck.ts'
import type { Playbook } from '../model/playbook.ts'
import { deckOf } from './content.ts'
import { inputFor, SOME_EXTRAS, SOME_FACTS } from './testing.ts'

let playbook: Playbook
beforeAll(() => {
  playbook = compileFolder('playbooks/microsoft-365-success').playbook
})

type Options = { locale?: DeckLocale; extras?: unknown; date?: string }
const deck = (facts: unknown = SOME_FACTS, options: Options = {}) => deckOf(inputFor(playbook, facts, options))
const blocks = (of: Deck, kind: SlideKind) => of.slides.find(each => each.kind === kind)?.blocks ?? []
const table = (of: Deck, kind: SlideKind, at = 0) => {
  const found = blocks(of, kind).filter(each => each.type === 'table')[at]
  return found?.rows ?? []
}
const chart = (of: Deck, kind: SlideKind) => blocks(of, kind).find(each => each.type === 'chart')?.chart
const said = (list: readonly Block[]) =>
  list.flatMap(each => (each.type === 'words' ? [each.text] : each.type === 'bullets' ? each.items : []))

const NOTHING = { customer: { id: 'new', name: 'New' } }

describe('slides', () => {
  test('come in their order, with the sources last', () => {
    expect(deck().slides.map(each => each.kind)).toEqual([...SLIDE_KINDS])
    const chosen = deck(SOME_FACTS, { extras: { slides: ['sources', 'options', 'title', 'options'] } })
    expect(chosen.slides.map(each => each.kind)).toEqual(['options', 'title', 'sources'])
  })

  test('say in words that nothing is known, and show neither 0 nor an empty table', () => {
    const empty = deck(NOTHING)
    for (const { kind, blocks } of empty.slides) {
      expect(said(blocks).join(' '), kind).not.toBe('')
      expect(blocks.filter(each => each.type === 'chart' || each.type === 'table')).toEqual(kind === 'options' ? [expect.anything()] : [])
      expect(said(blocks).filter(text => / 0\b/.test(text))).toEqual([])
    }
  })

  test('what was not looked at and what is not there are told apart', () => {
    const none = deck(NOTHING, { extras: { blockers: [], momentum: [], nextSteps: [] } })
    for (const kind of ['blockers', 'momentum', 'next-steps'] as const)
      expect(said(blocks(none, kind))).not.toEqual(said(blocks(deck(NOTHING), kind)))
    expect(said(blocks(none, 'blockers'))).toEqual(['No blockers are recorded.'])
  })

  test('speak the language of the deck, numbers and dates too', () => {
    const told = deck(SOME_FACTS, { locale: 'pt-BR', extras: SOME_EXTRAS })
    expect(told.title).toBe('Contoso: revisão de sucesso')
    expect(table(told, 'usage')[0]).toEqual(['Teams', '4.531', '10.000', '45,3%', '40%', '19 de nov. de 2026', 'meta atingida'])
    expect(said(blocks(told, 'title'))).toContain('21 de novembro de 2026')
    expect(table(told, 'delivered').map(row => row[0])).toContain('Realizar Reunião de Análise de Sucesso')
  })

  test('carry what was typed above what is known', () => {
    const told = deck(SOME_FACTS, { extras: SOME_EXTRAS })
    expect(said(blocks(told, 'achievements')).slice(0, 2)).toEqual(['A year in which much was learned.', 'Thank you.'])
  })
})

describe('active usage', () => {
  test('is the figure of the plan, and unknown is a gap with its reason', () => {
    const { categories, series } = chart(deck(), 'usage') ?? { categories: [], series: [] }
    expect(categories).toEqual(['Teams', 'unknown: SharePoint', 'OneDrive', 'unknown: Yammer'])
    expect(series.map(each => each.values)).toEqual([
      [45.3, null, 0, null],
      [40, 10, 10, 10],
    ])
    expect(said(blocks(deck(), 'usage'))).toEqual([
      'Unknown, which is not zero:',
      'Usage of SharePoint is of Sep 19, 2026, 63 days old (limit 14)',
      'The usage report of Yammer is empty',
    ])
    expect(table(deck(), 'usage').map(row => row[3])).toEqual(['45.3%', 'unknown', '0%', 'unknown'])
  })

  test('equals what the gates of the same plan rest on', () => {
    const input = inputFor(playbook, SOME_FACTS)
    const facts = input.plan.gates.flatMap(each => each.because.facts)
    const percents = facts.filter(each => each.name === 'service.usage.percent' && each.value !== null).map(each => each.value)
    const shown = chart(deckOf(input), 'usage')?.series[0]?.values.filter(each => each !== null) ?? []
    expect(shown).toEqual(expect.arrayContaining([...new Set(percents)]))
    expect(percents.length).toBeGreaterThan(0)
  })

  test('of which only a part is known is said to be at least that, and not drawn', () => {
    const facts = { ...NOTHING, services: { teams: { entitled: 100, usage: { activeAtLeast: 30, asOf: '2026-11-19' } } } }
    expect(table(deck(facts), 'usage')[0]?.slice(1)).toEqual(['unknown', '100', 'at least 30%', '10%', 'Nov 19, 2026', 'target reached'])
    expect(chart(deck(facts), 'usage')).toBeUndefined()
  })

  test('that is nowhere known gives the reasons instead of a chart', () => {
    const facts = { ...NOTHING, services: { teams: { entitled: 100 } } }
    expect(chart(deck(facts), 'usage')).toBeUndefined()
    expect(said(blocks(deck(facts), 'usage'))).toContain('Usage of Teams is not known')
  })

  test('of many services is drawn on several charts', () => {
    const many = Object.fromEntries(
      playbook.services.filter(each => each.countsUsage).map(({ id }) => [id, { entitled: 10, usage: { active: 5, asOf: '2026-11-19' } }]),
    )
    const charts = blocks(deck({ ...NOTHING, services: many }), 'usage').filter(each => each.type === 'chart')
    expect(charts.length).toBeGreaterThan(1)
    expect(charts.flatMap(each => each.chart.categories)).toHaveLength(Object.keys(many).length)
  })

  test('over time has a gap where a day is not known, and nothing after the day of the deck', () => {
    const told = chart(deck(SOME_FACTS, { extras: SOME_EXTRAS, date: '2026-11-18' }), 'usage-over-time')
    expect(told?.categories).toEqual(['Mar 31, 2026', 'Aug 31, 2026'])
    expect(told?.series).toEqual([
      { name: 'Teams', values: [8, 30] },
      { name: 'OneDrive', values: [null, 0] },
    ])
  })
})

describe('success metrics', () => {
  test('stand with their readings; what is just missed does not look reached', () => {
    expect(table(deck(), 'metrics')).toEqual([
      ['Tickets solved by self-service', '5', '40', '42', 'Nov 18, 2026', 'met'],
      ['Days until a new colleague can work', '9', '3', '3.01', 'Nov 18, 2026', 'not met'],
      ['Meetings without travel', 'unknown', '50', 'unknown', 'unknown', 'unknown'],
    ])
    expect(said(blocks(deck(), 'metrics'))).toEqual(['The metric “Meetings without travel” has no reading'])
  })

  test('with a stale reading are unknown, with the reason', () => {
    const told = deck(SOME_FACTS, { date: '2027-06-01' })
    expect(table(told, 'metrics').map(row => row[3])).toEqual(['unknown', 'unknown', 'unknown'])
  })
})

describe('the last slide', () => {
  test('has every number with source, day and age', () => {
    const rows = table(deck(SOME_FACTS, { extras: SOME_EXTRAS }), 'sources')
    expect(rows).toContainEqual(['Active users, Teams', '4,531', 'facts.yaml', 'Nov 19, 2026', '2'])
    expect(rows).toContainEqual(['Target, Teams', '40%', 'facts.yaml', 'no date', '–'])
    expect(rows).toContainEqual(['Target, OneDrive', '10%', 'playbook and settings of the customer', 'no date', '–'])
    expect(rows).toContainEqual(['Seats affected by “Old phones”', '120', 'record of the work', 'Mar 1, 2026', '265'])
    expect(new Set(rows.map(row => JSON.stringify(row))).size).toBe(rows.length)
  })

  test.each(['en', 'pt-BR'] as const)('has every percentage and count that other slides show in a table (%s)', locale => {
    const told = deck(SOME_FACTS, { locale, extras: SOME_EXTRAS })
    const values = new Set(table(told, 'sources').map(row => row[1]))
    const numeric = told.slides
      .filter(each => each.kind !== 'sources')
      .flatMap(each => each.blocks)
      .flatMap(each => (each.type === 'table' ? each.rows.map(row => row.filter((_, at) => each.columns[at]?.align === 'right')) : []))
      .flat()
      .map(cell => cell.replace(/^(?:at least|pelo menos) | \(.*$/g, ''))
      .filter(cell => /\d/.test(cell))
    expect(numeric.filter(cell => ![...values].some(value => value?.includes(cell)))).toEqual([])
    expect(numeric.length).toBeGreaterThan(10)
  })

  test('names sources as people know them', () => {
    const input = { ...inputFor(playbook, SOME_FACTS), sourceNames: { 'facts.yaml': 'Usage reports' } }
    expect(table(deckOf(input), 'sources')[0]?.[2]).toBe('Usage reports')
  })
})

describe('speaker notes', () => {
  test.each(['en', 'pt-BR'] as const)('come from the playbook, in its words for the locale (%s)', locale => {
    const step = playbook.processes
      .find(each => each.id === 'conduct-success-review')
      ?.steps.find(each => each.id === 'success-review-meeting')
    const told = deck(SOME_FACTS, { locale })
    expect(told.slides[0]?.notes).toContain(step?.title[locale])
    for (const { kind, notes } of told.slides) {
      expect(notes.length, kind).toBeGreaterThan(60)
      expect(notes).not.toMatch(/<!--|\*\*|\]\(/)
    }
  })

  test('say so when the playbook has no review', () => {
    const bare = { ...playbook, overall: null }
    expect(deckOf(inputFor(bare, SOME_FACTS)).slides[0]?.notes).toBe('The playbook has no guidance for this slide.')
  })
})

test('the same input gives the same deck, whatever the order of keys', () => {
  const turned = { ...SOME_FACTS, services: Object.fromEntries(Object.entries(SOME_FACTS.services).reverse()) }
  expect(deck(turned, { extras: SOME_EXTRAS })).toEqual(deck(SOME_FACTS, { extras: SOME_EXTRAS }))
})

describe('words of the installation', () => {
  const about = { id: 'about-us', after: 'title', title: 'About us', text: 'We are many.\n- Adoption\n- Training\n\nCall us.' }
  const templates = {
    en: {
      slides: {
        title: { title: 'Value review' },
        usage: { title: 'Who uses what', lead: 'Of the last month.\nNot of the last day.', notes: 'Let them tell.\n\nThen the chart.' },
      },
      own: [about, { ...about, id: 'thanks', after: 'next-steps', title: 'Thank you' }],
    },
    'pt-BR': { slides: { usage: { title: 'Quem usa o quê' } } },
  }
  const plain = () => deck(SOME_FACTS, { extras: SOME_EXTRAS })
  const worded = (more: object = {}, locale: DeckLocale = 'en') =>
    deck(SOME_FACTS, { locale, extras: { ...SOME_EXTRAS, templates, ...more } })
  const slide = (of: Deck, kind: SlideKind) => of.slides.find(each => each.kind === kind)

  test('stand as title, sentence and notes of a slide, above what was typed for one review; what the data says stays', () => {
    const told = worded({ narratives: { usage: 'Teams leads.' } })
    expect(slide(told, 'usage')).toMatchObject({ title: 'Who uses what', notes: 'Let them tell.\n\nThen the chart.' })
    const [month, day, typed, ...rest] = blocks(told, 'usage')
    expect(said([month, day, typed].filter(each => each !== undefined))).toEqual([
      'Of the last month.',
      'Not of the last day.',
      'Teams leads.',
    ])
    expect(rest).toEqual(blocks(plain(), 'usage'))
    for (const kind of SLIDE_KINDS.filter(each => !['usage', 'title', 'achievements'].includes(each)))
      expect(slide(told, kind)).toEqual(slide(plain(), kind))
  })

  test('are those of the language of the deck', () => {
    const told = worded({}, 'pt-BR')
    expect(slide(told, 'usage')?.title).toBe('Quem usa o quê')
    expect(slide(told, 'usage')?.notes).toBe(slide(deck(SOME_FACTS, { locale: 'pt-BR' }), 'usage')?.notes)
    expect(told.slides.map(each => each.kind)).toEqual([...SLIDE_KINDS])
  })

  test('on the first slide leave the name of the customer', () => {
    expect(slide(worded(), 'title')?.title).toBe('Contoso')
    expect(said(blocks(worded(), 'title'))[0]).toBe('Value review')
    expect(worded().title).toBe('Contoso: Value review')
  })

  test('make slides of their own, which come and go with the one they follow', () => {
    expect(
      worded()
        .slides.slice(0, 3)
        .map(each => each.title),
    ).toEqual(['Contoso', 'About us', 'Where we started'])
    expect(worded().slides[1]).toEqual({
      kind: 'own',
      id: 'about-us',
      title: 'About us',
      blocks: [
        { type: 'words', text: 'We are many.', tone: 'plain' },
        { type: 'bullets', items: ['Adoption', 'Training'] },
        { type: 'words', text: 'Call us.', tone: 'plain' },
      ],
      notes: '',
    })
    const moved = worded({ slides: ['usage', 'next-steps'] })
    expect(moved.slides.map(each => each.title)).toEqual(['Who uses what', 'Agreed next steps', 'Thank you', 'Where the numbers come from'])
  })

  test('are never those of the sources, and nothing stands behind these', () => {
    const told = worded()
    expect(slide(told, 'sources')).toEqual(slide(plain(), 'sources'))
    for (const wrong of [{ slides: { sources: { title: 'Trust us' } } }, { own: [{ ...about, after: 'sources' }] }])
      expect(DeckExtras.safeParse({ templates: { en: wrong } }).success).toBe(false)
  })
})
