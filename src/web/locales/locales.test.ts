import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = import.meta.dirname
const tags = readdirSync(folder).flatMap(file => (file.endsWith('.json') ? file.slice(0, -5) : []))
const textsOf = new Map(tags.map(tag => [tag, flatten(JSON.parse(readFileSync(join(folder, `${tag}.json`), 'utf8')))]))

function flatten(value: object, prefix = ''): Map<string, string> {
  const entries = Object.entries(value).flatMap(([key, each]): [string, string][] =>
    typeof each === 'string' ? [[prefix + key, each]] : [...flatten(each, `${prefix}${key}.`)],
  )
  return new Map(entries)
}

const PLURAL = /_(zero|one|two|few|many|other)$/
const baseKeys = (tag: string) => [...new Set([...(textsOf.get(tag)?.keys() ?? [])].map(key => key.replace(PLURAL, '')))].sort()
const blanksOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort()

test.each(tags)('%s has the same texts as English', tag => {
  expect(baseKeys(tag)).toEqual(baseKeys('en'))
})

test.each(tags)('%s has every plural form its language knows, and no other', tag => {
  const texts = textsOf.get(tag) ?? new Map()
  const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.toSorted()
  for (const base of new Set([...texts.keys()].filter(key => PLURAL.test(key)).map(key => key.replace(PLURAL, '')))) {
    const present = forms.filter(form => texts.has(`${base}_${form}`))
    expect({ base, present }).toEqual({ base, present: forms })
  }
})

test.each(tags)('%s fills the same blanks as English and leaves no text empty', tag => {
  for (const [key, text] of textsOf.get(tag) ?? []) {
    const english = textsOf.get('en')?.get(key) ?? textsOf.get('en')?.get(key.replace(PLURAL, '_other')) ?? ''
    expect({ key, blanks: blanksOf(text) }).toEqual({ key, blanks: blanksOf(english) })
    expect(text.trim()).not.toBe('')
  }
})

const sources = readdirSync(join(folder, '..'), { recursive: true, encoding: 'utf8' })
  .filter(file => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
  .map(file => readFileSync(join(folder, '..', file), 'utf8'))
const known = new Set(baseKeys('en'))

test('every text that the screens ask for exists', () => {
  const asked = sources.flatMap(source => [...source.matchAll(/\bt\('([\w.-]+)'/g)].map(match => match[1] ?? ''))
  expect(asked.length).toBeGreaterThan(100)
  expect(asked.filter(key => !known.has(key))).toEqual([])
})
