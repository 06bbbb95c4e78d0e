import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chunkOf, partsBefore, readSources } from './asked-keys.ts'
import { baseOf, partsOf, tags, textsOf } from './texts.ts'

const baseKeys = (tag: string, ...parts: string[]) => [...new Set([...textsOf(tag, ...parts).keys()].map(baseOf))].sort()
const blanksOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort()

test.each(tags())('%s has the same parts as English, and in each the same texts', tag => {
  expect(partsOf(tag)).toEqual(partsOf('en'))
  for (const part of partsOf('en')) expect(baseKeys(tag, part)).toEqual(baseKeys('en', part))
})

test('no text is in two parts', () => {
  expect(partsOf('en').flatMap(part => [...textsOf('en', part).keys()]).length).toBe(textsOf('en').size)
})

test.each(tags())('%s has every plural form its language knows, and no other', tag => {
  const texts = textsOf(tag)
  const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.toSorted()
  for (const base of new Set([...texts.keys()].filter(key => key !== baseOf(key)).map(baseOf))) {
    const present = forms.filter(form => texts.has(`${base}_${form}`))
    expect({ base, present }).toEqual({ base, present: forms })
  }
})

test.each(tags())('%s fills the same blanks as English and leaves no text empty', tag => {
  const english = textsOf('en')
  for (const [key, text] of textsOf(tag)) {
    const source = english.get(key) ?? english.get(`${baseOf(key)}_other`) ?? ''
    expect({ key, blanks: blanksOf(text) }).toEqual({ key, blanks: blanksOf(source) })
    expect(text.trim()).not.toBe('')
  }
})

const web = join(import.meta.dirname, '..')
const known = new Set(baseKeys('en'))

test('every text that the screens ask for exists', () => {
  const asked = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
    .flatMap(file => [...readFileSync(join(web, file), 'utf8').matchAll(/\bt\('([\w.-]+)'/g)].map(match => match[1] ?? ''))
  expect(asked.length).toBeGreaterThan(100)
  expect(asked.filter(key => !known.has(key))).toEqual([])
})

const START = 'main.tsx'
const sources = readSources(web, [...known])
const later = [...new Set([...sources.values()].flatMap(source => source.brings.map(each => each.file)))].sort()

test('screens and dialogs that come later are found, and the parts they come with', () => {
  expect(later.length).toBeGreaterThan(20)
  expect(partsBefore('admin/AdminPage.tsx', sources, START)).toEqual(new Set(['first', 'admin']))
  expect(partsBefore('portfolio/PortfolioPage.tsx', sources, START)).toEqual(new Set(['first', 'list']))
})

test.each([START, ...later])('whatever %s says has come before it is drawn', root => {
  const loaded = textsOf('en', ...partsBefore(root, sources, START))
  const ready = new Set([...loaded.keys()].map(baseOf))
  const missing = [...chunkOf(root, sources)].flatMap(file =>
    (sources.get(file)?.asks ?? []).filter(key => !ready.has(key)).map(key => ({ file, key })),
  )
  expect(missing).toEqual([])
})
