import type { Locale } from '../../model/words.ts'

/** Languages of which real pages were seen; the order settles a tie. */
export const LOCALES = ['en', 'pt-BR', 'es', 'de', 'ja', 'zh-Hans'] as const satisfies readonly Locale[]
export type KnownLocale = (typeof LOCALES)[number]

/** A page whose labels belong to no known language. */
export const NO_LOCALE = 'und'

/** `a · b`: the variants of one label, the most frequent first. */
export type Variants = Readonly<Partial<Record<KnownLocale, string>>>
export const variantsOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split('·')
    .map(each => each.trim())
    .filter(each => each !== '')
