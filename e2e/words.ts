import { readFileSync } from 'node:fs'

type Words = { readonly [key: string]: string | Words }

/** What the portal says, by language and key, so that a journey finds things by the label a person reads. */
export function wordsOf(language: string): (key: string) => string {
  const words = JSON.parse(readFileSync(`src/web/locales/${language}.json`, 'utf8')) as Words
  return key => {
    const found = key.split('.').reduce<string | Words | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), words)
    if (typeof found !== 'string') throw new Error(`${language} has no text for ${key}`)
    return found
  }
}
