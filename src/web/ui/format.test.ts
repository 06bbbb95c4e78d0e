import { expect, test } from 'vitest'
import { formatsOf } from './format.ts'

const both = (words: string) => [formatsOf('en'), formatsOf('pt-BR')].map(formats => formats.text({ en: words }))

test('days in sentences are written as the language writes them', () => {
  expect(both('64 % on 2026-11-18, due by 2026-11-22.')).toEqual([
    '64 % on Nov 18, 2026, due by Nov 22, 2026.',
    '64 % on 18 de nov. de 2026, due by 22 de nov. de 2026.',
  ])
})

test('names of files, ids, moments and what is no day stay as they are', () => {
  for (const words of [
    'usage-2026-11-18.csv',
    '2026-11-18.csv',
    'at 2026-11-18T10:00:00Z',
    'id 12026-11-18',
    '2026-13-45',
    'a/2026-11-18/b',
  ])
    expect(both(words)).toEqual([words, words])
})
