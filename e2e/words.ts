import { textsOf } from '../src/web/locales/texts.ts'

/** What the portal says, by language and key, so that a journey finds things by the label a person reads. */
export function wordsOf(language: string): (key: string) => string {
  const words = textsOf(language)
  return key => {
    const found = words.get(key)
    if (found === undefined) throw new Error(`${language} has no text for ${key}`)
    return found
  }
}
