import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { remember, remembered } from './ui/storage.ts'

/** One file per language; a new file is a new language, nothing else lists them. */
const files = import.meta.glob<{ default: Record<string, unknown> }>('./locales/*.json')
const tagOf = (file: string) => file.slice('./locales/'.length, -'.json'.length)

export const LANGUAGES: readonly string[] = Object.keys(files).map(tagOf)

/** The language of the first screen: `?lang`, then the one chosen before, then the browser's. */
export const firstLanguage = (): string =>
  nearest(new URLSearchParams(location.search).get('lang')) ??
  nearest(remembered('language')) ??
  navigator.languages.map(nearest).find(found => found !== undefined) ??
  'en'

const nearest = (wanted: string | null): string | undefined => {
  if (!wanted) return undefined
  const exact = LANGUAGES.find(each => each.toLowerCase() === wanted.toLowerCase())
  return exact ?? LANGUAGES.find(each => each.split('-')[0] === wanted.toLowerCase().split('-')[0])
}

/** Only the language in use is loaded; the test beside the files keeps them complete, so there is nothing to fall back to. */
export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  await setLanguage(firstLanguage())
}

export async function setLanguage(tag: string): Promise<void> {
  const load = files[`./locales/${tag}.json`]
  if (!load) return
  if (!i18next.hasResourceBundle(tag, 'translation')) i18next.addResourceBundle(tag, 'translation', (await load()).default)
  await i18next.changeLanguage(tag)
  document.documentElement.lang = tag
}

/** What the person picked is kept; what the browser asked for is not. */
export async function chooseLanguage(tag: string): Promise<void> {
  remember('language', tag)
  await setLanguage(tag)
}

/** The language's name in itself: "English", "Português (Brasil)". */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
}
