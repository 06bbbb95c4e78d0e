import { expect, test } from 'vitest'
import { DECK_LOCALES } from '../model/deck.ts'
import { WORDS, type WordKey, wordsIn } from './words.ts'

const partsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(each => each[1]).sort()

test('every language has the same texts with the same parts, none of them empty', () => {
  for (const locale of DECK_LOCALES) {
    expect(Object.keys(WORDS[locale])).toEqual(Object.keys(WORDS.en))
    for (const [key, text] of Object.entries(WORDS[locale])) {
      expect(text, key).not.toBe('')
      // The keys are those of both tables, by the line above.
      expect([key, ...partsOf(text)]).toEqual([key, ...partsOf(WORDS.en[key as WordKey])])
    }
  }
})

test('parts are put in as they are, even when they look like parts', () => {
  expect(wordsIn('pt-BR')('ofAll', { met: '{all}', all: '$&' })).toBe('{all} de $&')
})
