import { nameOf, provenanceOf, type World, worldOf } from '../engine/world.ts'
import type { DeckExtras, DeckLocale, Figure } from '../model/deck.ts'
import type { Facts, History } from '../model/facts.ts'
import type { Plan } from '../model/plan.ts'
import type { Playbook } from '../model/playbook.ts'
import { Day, type Text } from '../model/words.ts'
import { oneLine } from './clean.ts'
import { type Formats, formatsIn } from './formats.ts'
import { type Words, wordsIn } from './words.ts'

/** Everything a deck is made from; the same input gives the same deck. The day is the plan's. */
export type DeckInput = Readonly<{
  playbook: Playbook
  facts: Facts
  history: History
  plan: Plan
  locale: DeckLocale
  extras: DeckExtras
  /** Sources by the names people know them by; one that is not listed stays as it is. */
  sourceNames?: Readonly<Record<string, string>>
}>

/** What the slides are told with, and where each leaves its numbers for the last one. */
export type Teller = Readonly<{
  input: DeckInput
  world: World
  words: Words
  formats: Formats
  /** A text of the playbook or the engine in the language of the deck, on one line; English, else any, where that is missing. */
  say: (text: Text) => string
  /** A reason of the engine as a sentence of the deck: its days as the language writes them. */
  reason: (texts: readonly Text[]) => string
  serviceName: (id: string) => string
  /** Where the value at a path of the facts comes from, and the day it was true. */
  sourceOf: (path: string) => Pick<Figure, 'source' | 'asOf'>
  sourceName: (source: string) => string
  figure: (figure: Figure) => void
  figures: readonly Figure[]
}>

export function tellerOf(input: DeckInput): Teller {
  const { playbook, facts, history, plan, locale } = input
  const world = worldOf(playbook, facts, history, plan.date)
  const figures: Figure[] = []
  const words = wordsIn(locale)
  const say = (text: Text) => oneLine(inLanguage(text, locale))
  const formats = formatsIn(locale)
  const sourceName = (source: string) => oneLine(input.sourceNames?.[source] ?? source)
  const listed = new Map(world.services.map(each => [each.id, nameOf(each)]))
  const known = new Map(playbook.services.map(each => [each.id, each.name]))
  return {
    input,
    world,
    words,
    formats,
    say,
    reason: texts => {
      const shown = (text: string) => {
        const day = Day.safeParse(text)
        return day.success ? formats.day(day.data) : text
      }
      return capital(texts.map(say).join('; ').replace(DAY, shown))
    },
    serviceName: id => say(listed.get(id) ?? known.get(id) ?? { en: id }),
    sourceOf: path => {
      const found = provenanceOf(facts, path)
      return { source: sourceName(found?.source ?? words('sources.record')), asOf: found?.asOf ?? null }
    },
    sourceName,
    figure: figure => {
      const isThere = figures.some(each => each.what === figure.what && each.value === figure.value && each.source === figure.source)
      if (!isThere) figures.push(figure)
    },
    figures,
  }
}

/** As the engine writes them. */
const DAY = /\b\d{4}-\d{2}-\d{2}\b/g

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export const inLanguage = (text: Text, locale: DeckLocale): string => text[locale] ?? text.en ?? Object.values(text)[0] ?? ''
