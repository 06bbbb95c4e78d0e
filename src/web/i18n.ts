import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { remember, remembered } from './ui/storage.ts'

/**
 * A folder per language; a new folder is a new language, nothing else lists them. In it a file per part of the portal: `first`
 * comes before anything is drawn, the others with the screens that speak them.
 */
const files = import.meta.glob<Record<string, unknown>>('./locales/*/*.json', { import: 'default' })
const fileOf = (tag: string, part: string) => `./locales/${tag}/${part}.json`

export const LANGUAGES: readonly string[] = [...new Set(Object.keys(files).map(file => file.split('/')[2] ?? ''))]

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

/** The parts that some screen has asked for so far: another language brings them all. */
const partsInUse = new Set(['first'])
const loads = new Map<string, Promise<void>>()

/** Code and the texts it speaks, fetched side by side; when either does not come, neither is there, and asking again tries again. */
export async function withTexts<Code>(code: Promise<Code>, ...parts: readonly string[]): Promise<Code> {
  for (const part of parts) partsInUse.add(part)
  const [loaded] = await Promise.all([code, ...parts.map(part => load(i18next.language, part))])
  return loaded
}

function load(tag: string, part: string): Promise<void> {
  const file = fileOf(tag, part)
  const begun = loads.get(file)
  if (begun) return begun
  const coming = fetchTexts(file).then(texts => void i18next.addResourceBundle(tag, 'translation', texts, true))
  loads.set(file, coming)
  coming.catch(() => loads.delete(file))
  return coming
}

async function fetchTexts(file: string): Promise<Record<string, unknown>> {
  const texts = await files[file]?.()
  if (!texts) throw new Error(`the portal has no ${file}`)
  return texts
}

export async function setLanguage(tag: string): Promise<void> {
  if (!LANGUAGES.includes(tag)) return
  // A screen that is opened meanwhile adds its parts to those in use, so look once more before the switch.
  for (let known = 0; known < partsInUse.size; ) {
    known = partsInUse.size
    await Promise.all([...partsInUse].map(part => load(tag, part)))
  }
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
