import { DECK_LOCALES, type DeckLocale, type DeckTemplates, type OwnSlide, type TemplateKind } from '../../../model/deck.ts'

export type PerLanguage<T> = Readonly<Record<DeckLocale, T>>
/** Of a shipped slide, as typed; an empty one is as shipped. */
export type SlideWords = Readonly<{ title: string; lead: string; notes: string }>
/** Of a slide of the installation, as typed; a language without either has no such slide. */
export type OwnWords = Readonly<{ title: string; text: string }>
export type OwnDraft = Readonly<{ after: TemplateKind; words: PerLanguage<OwnWords> }>

export const perLanguage = <T>(of: (locale: DeckLocale) => T): PerLanguage<T> => ({ en: of('en'), 'pt-BR': of('pt-BR') })

export const wordsOf = (templates: DeckTemplates, kind: TemplateKind): PerLanguage<SlideWords> =>
  perLanguage(locale => {
    const { title = '', lead = '', notes = '' } = templates[locale]?.slides?.[kind] ?? {}
    return { title, lead, notes }
  })

/** Languages in which something of a slide is replaced. */
export const replacedIn = (templates: DeckTemplates, kind: TemplateKind): readonly DeckLocale[] =>
  DECK_LOCALES.filter(locale => Object.keys(templates[locale]?.slides?.[kind] ?? {}).length > 0)

export const withWords = (templates: DeckTemplates, kind: TemplateKind, words: PerLanguage<SlideWords>): DeckTemplates =>
  perLanguage(locale => {
    const now = templates[locale]
    const typed = Object.entries(words[locale]).filter(([, text]) => text.trim() !== '')
    return { ...now, slides: { ...now?.slides, [kind]: Object.fromEntries(typed) } }
  })

const ownIn = (templates: DeckTemplates, locale: DeckLocale): readonly OwnSlide[] => templates[locale]?.own ?? []

/** Slides of the installation in any language, in their order. */
export const ownIds = (templates: DeckTemplates): readonly OwnSlide['id'][] => [
  ...new Set(DECK_LOCALES.flatMap(locale => ownIn(templates, locale).map(({ id }) => id))),
]

/** Undefined where there is none. */
export function findOwn(templates: DeckTemplates, id: OwnSlide['id']): OwnDraft | undefined {
  const found = perLanguage(locale => ownIn(templates, locale).find(each => each.id === id))
  const after = (found.en ?? found['pt-BR'])?.after
  return after && { after, words: perLanguage(locale => ({ title: found[locale]?.title ?? '', text: found[locale]?.text ?? '' })) }
}

/** Null takes it away. A language in which nothing was typed has no such slide. */
export const withOwn = (templates: DeckTemplates, id: OwnSlide['id'], draft: OwnDraft | null): DeckTemplates =>
  perLanguage(locale => {
    const own = ownIn(templates, locale)
    const typed = draft && { title: draft.words[locale].title.trim(), text: draft.words[locale].text.trim() }
    const slides = draft && typed && !isBlank(typed) ? [{ id, after: draft.after, ...typed }] : []
    const at = own.findIndex(each => each.id === id)
    return { ...templates[locale], own: at === -1 ? [...own, ...slides] : own.toSpliced(at, 1, ...slides) }
  })

export const isBlank = ({ title, text }: OwnWords): boolean => title.trim() === '' && text.trim() === ''

export function freeId(templates: DeckTemplates): OwnSlide['id'] {
  const taken = ownIds(templates)
  let number = 1
  while (taken.includes(`own-${number}`)) number++
  return `own-${number}`
}
