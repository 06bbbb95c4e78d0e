import { expect, test } from 'vitest'
import { DeckTemplates } from '../../../model/deck.ts'
import { findOwn, freeId, ownIds, perLanguage, replacedIn, withOwn, withWords, wordsOf } from './deck-templates.ts'

const about = { id: 'about-us', after: 'title', title: 'About us', text: 'Many.' } as const
const thanks = { id: 'own-1', after: 'next-steps', title: 'Obrigado', text: 'Até logo.' } as const
const templates: DeckTemplates = { en: { slides: { usage: { title: 'Who' } }, own: [about] }, 'pt-BR': { own: [about, thanks] } }
const blank = { title: '', lead: '', notes: '' }

test('what is typed is kept in its language, and what is empty is as shipped', () => {
  expect(wordsOf(templates, 'usage')).toEqual({ en: { ...blank, title: 'Who' }, 'pt-BR': blank })
  expect(replacedIn(templates, 'usage')).toEqual(['en'])
  const changed = withWords(templates, 'usage', { en: { ...blank, title: '  ' }, 'pt-BR': { ...blank, notes: 'Fale.' } })
  expect([wordsOf(changed, 'usage')['pt-BR'].notes, replacedIn(changed, 'usage')]).toEqual(['Fale.', ['pt-BR']])
  expect(changed.en?.own).toEqual([about])
  expect(DeckTemplates.safeParse(changed).success).toBe(true)
})

test('a slide of the installation is one in all languages, changed in its place and taken away from each', () => {
  expect([ownIds(templates), freeId(templates)]).toEqual([['about-us', 'own-1'], 'own-2'])
  const found = findOwn(templates, 'own-1')
  expect(found).toEqual({
    after: 'next-steps',
    words: { en: { title: '', text: '' }, 'pt-BR': { title: 'Obrigado', text: 'Até logo.' } },
  })
  const told = withOwn(templates, 'about-us', { after: 'usage', words: perLanguage(locale => ({ title: locale, text: 'New' })) })
  expect(told['pt-BR']?.own).toEqual([{ id: 'about-us', after: 'usage', title: 'pt-BR', text: 'New' }, thanks])
  expect(withOwn(templates, 'about-us', null)).toEqual({ en: { slides: templates.en?.slides, own: [] }, 'pt-BR': { own: [thanks] } })
  expect(found && withOwn({}, 'own-1', found)).toEqual({ en: { own: [] }, 'pt-BR': { own: [thanks] } })
})
