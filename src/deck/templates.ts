import {
  type Block,
  type DeckLocale,
  type DeckTemplates,
  type LanguageTemplates,
  type ShippedSlides,
  type Slide,
  type SlideKind,
  TemplateKind,
} from '../model/deck.ts'
import type { Playbook } from '../model/playbook.ts'
import { oneLine } from './clean.ts'
import { notesFor } from './notes.ts'
import { type Words, wordsIn } from './words.ts'

type Of = Readonly<{ locale: DeckLocale; extras: Readonly<{ templates?: DeckTemplates | undefined }> }>
type Template = NonNullable<NonNullable<LanguageTemplates['slides']>[TemplateKind]>

const languageOf = ({ locale, extras }: Of): LanguageTemplates => extras.templates?.[locale] ?? {}

/** What the installation says on a slide in place of what is shipped. Nothing on the sources. */
export const templateOf = (of: Of, kind: SlideKind): Template | undefined =>
  kind === 'sources' ? undefined : languageOf(of).slides?.[kind]

/** Slides of the installation that follow one, in their order. */
export const ownSlidesAfter = (of: Of, kind: SlideKind): readonly Slide[] =>
  (languageOf(of).own ?? [])
    .filter(({ after }) => after === kind)
    .map(({ id, title, text }) => ({ kind: 'own', id, title: oneLine(title), blocks: paragraphs(text, 'plain'), notes: '' }))

/** Of the first slide: what stands below the customer's name. */
export const shippedTitle = (words: Words, kind: SlideKind): string => (kind === 'title' ? words('title') : words(`slide.${kind}`))

/** What stands on the slides while nothing is replaced. */
export const shippedSlides = (playbook: Playbook, locale: DeckLocale): ShippedSlides => {
  const words = wordsIn(locale)
  const of = (kind: TemplateKind) => ({ title: shippedTitle(words, kind), notes: notesFor({ playbook, locale }, kind) })
  // Object.fromEntries forgets that every kind is there.
  return Object.fromEntries(TemplateKind.options.map(kind => [kind, of(kind)])) as ShippedSlides
}

const BULLET = /^- +/

/** A line each; neighbours that begin with a dash are one list, where lists may be. */
export function paragraphs(text: string, tone: 'lead' | 'plain'): readonly Block[] {
  const blocks: Block[] = []
  let items: string[] = []
  for (const line of text.split(/\r?\n/).map(oneLine)) {
    if (tone === 'plain' && BULLET.test(line)) {
      if (items.length === 0) blocks.push({ type: 'bullets', items })
      items.push(line.replace(BULLET, ''))
    } else if (line !== '') {
      items = []
      blocks.push({ type: 'words', text: line, tone })
    }
  }
  return blocks
}
