import type { Block, Deck, DeckExtras, Slide, SlideKind } from '../model/deck.ts'
import { SLIDE_KINDS } from '../model/deck.ts'
import { lines, oneLine } from './clean.ts'
import { metricFigures } from './metric-figures.ts'
import { notesFor } from './notes.ts'
import { achievementBlocks } from './slides/achievements.ts'
import { blockerBlocks } from './slides/blockers.ts'
import { deliveredBlocks } from './slides/delivered.ts'
import { historyBlocks } from './slides/history.ts'
import { metricBlocks } from './slides/metrics.ts'
import { momentumBlocks } from './slides/momentum.ts'
import { nextStepBlocks } from './slides/next-steps.ts'
import { optionBlocks } from './slides/options.ts'
import { sourceBlocks } from './slides/sources.ts'
import { startBlocks } from './slides/start.ts'
import { usageBlocks } from './slides/usage.ts'
import { type DeckInput, type Teller, tellerOf } from './teller.ts'
import { ownSlidesAfter, paragraphs, shippedTitle, templateOf } from './templates.ts'
import { usageFigures } from './usage-figures.ts'

/** The slides of a review from what is known on a day. Pure: the same input, the same deck. */
export function deckOf(input: DeckInput): Deck {
  const teller = tellerOf(input)
  const { words, formats } = teller
  const customer = oneLine(input.facts.customer.name)
  const template = templateOf(input, 'title')
  // The sources come last because only then every slide has left its numbers.
  const slides = chosen(input.extras).flatMap(kind => [slideOf(teller, kind), ...ownSlidesAfter(input, kind)])
  return {
    locale: input.locale,
    date: input.plan.date,
    customer,
    title: template?.title === undefined ? words('titleFor', { customer }) : `${customer}: ${oneLine(template.title)}`,
    foot: `${customer} · ${formats.day(input.plan.date)}`,
    continued: words('continued'),
    brand: input.extras.brand ?? {},
    slides,
  }
}

function chosen({ slides }: DeckExtras): readonly SlideKind[] {
  const kinds = (slides ?? SLIDE_KINDS).filter(kind => kind !== 'sources')
  return [...new Set(kinds), 'sources']
}

function slideOf(teller: Teller, kind: SlideKind): Slide {
  const { extras, facts } = teller.input
  const template = templateOf(teller.input, kind)
  const told = [template?.lead, extras.narratives?.[kind]].flatMap(text => (text === undefined ? [] : paragraphs(text, 'lead')))
  return {
    kind,
    title: kind === 'title' ? oneLine(facts.customer.name) : titleOf(teller, kind),
    blocks: [...told, ...BLOCKS[kind](teller)],
    notes: template?.notes === undefined ? notesFor(teller.input, kind) : lines(template.notes),
  }
}

function titleOf({ input, words }: Teller, kind: SlideKind): string {
  const own = templateOf(input, kind)?.title
  return own === undefined ? shippedTitle(words, kind) : oneLine(own)
}

const BLOCKS: Readonly<Record<SlideKind, (teller: Teller) => readonly Block[]>> = {
  title: titleBlocks,
  start: startBlocks,
  achievements: teller => achievementBlocks(teller, usageFigures(teller), metricFigures(teller)),
  usage: teller => usageBlocks(teller, usageFigures(teller)),
  'usage-over-time': historyBlocks,
  metrics: teller => metricBlocks(teller, metricFigures(teller)),
  delivered: deliveredBlocks,
  blockers: blockerBlocks,
  momentum: momentumBlocks,
  options: optionBlocks,
  'next-steps': nextStepBlocks,
  sources: sourceBlocks,
}

function titleBlocks(teller: Teller): readonly Block[] {
  const { input, words, formats } = teller
  const { presenters = [], brand } = input.extras
  const plain = (text: string): Block => ({ type: 'words', text, tone: 'plain' })
  return [
    { type: 'words', text: titleOf(teller, 'title'), tone: 'lead' },
    plain(formats.longDay(input.plan.date)),
    ...(presenters.length > 0 ? [plain(words('presentedBy', { names: formats.list(presenters.map(oneLine)) }))] : []),
    ...(brand?.name === undefined ? [] : [plain(oneLine(brand.name))]),
  ]
}
