import { beforeAll, expect, test } from 'vitest'
import { compileFolder } from '../app/playbooks/files.ts'
import type { Deck } from '../model/deck.ts'
import type { Playbook } from '../model/playbook.ts'
import { deckOf } from './content.ts'
import { deckFile } from './files.ts'
import { inputFor, SOME_EXTRAS, SOME_FACTS } from './testing.ts'

let playbook: Playbook
let deck: Deck
let bytes: Uint8Array
beforeAll(async () => {
  playbook = compileFolder('playbooks/microsoft-365-success').playbook
  deck = deckOf(inputFor(playbook, SOME_FACTS, { extras: SOME_EXTRAS, locale: 'pt-BR' }))
  bytes = await deckFile(deck, 'pdf')
})

const text = (of = bytes) => Buffer.from(of).toString('latin1')

test('is a tagged document with its language, its title and its typeface inside', () => {
  expect(text()).toMatch(/^%PDF-1\.7/)
  expect(text()).toContain('/Lang (pt-BR)')
  expect(text()).toMatch(/\/Marked true/)
  expect(text()).toMatch(/\/DisplayDocTitle true/)
  for (const tag of ['Document', 'Sect', 'H1', 'P', 'L', 'LI', 'Table', 'TR', 'TH', 'TD', 'Figure'])
    expect(text(), tag).toMatch(new RegExp(`/S /${tag}\\b`))
  expect(text().match(/\/FontFile2 /g)).toHaveLength(2)
  expect(text().match(/\/ToUnicode /g)).toHaveLength(2)
})

test('the same deck gives the same bytes again, whatever was made before or meanwhile', async () => {
  const other = deckOf(inputFor(playbook, SOME_FACTS))
  const [again] = await Promise.all([deckFile(deck, 'pdf'), deckFile(other, 'pdf')])
  expect(Buffer.from(again).equals(Buffer.from(bytes))).toBe(true)
})

test('says the day of the deck, and no other time', () => {
  expect([...text().matchAll(/\(D:(\d{8})/g)].map(each => each[1])).toEqual(['20261121', '20261121'])
})
