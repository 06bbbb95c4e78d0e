import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FINDINGS, type FindingCode, finding, minuteOf } from './findings.ts'

const codes = Object.keys(FINDINGS) as FindingCode[] // The keys of a constant are what its type says.

test.each(codes)('%s is said in both languages, with the same particulars', code => {
  const { text, remedy } = FINDINGS[code]
  for (const said of [text, remedy]) {
    if (said === null) continue
    expect(Object.keys(said)).toEqual(['en', 'pt-BR'])
    expect(particulars(said['pt-BR'])).toEqual(particulars(said.en))
    expect(said['pt-BR']).not.toBe(said.en)
  }
  if (FINDINGS[code].severity === 'error' && code !== 'download-too-large') expect(remedy).not.toBeNull()
})
const particulars = (sentence: string | undefined) => [...(sentence ?? '').matchAll(/\{\w+\}/g)].map(match => match[0]).sort()

test('numbers are written as the language does, and what is not given stays visible', () => {
  expect(finding('download-too-large', { limit: 4294967296 }).text).toMatchObject({
    en: expect.stringContaining('4,294,967,296 bytes'),
    'pt-BR': expect.stringContaining('4.294.967.296 bytes'),
  })
  expect(finding('not-offered').text.en).toContain('{report}')
  expect(minuteOf(Date.parse('2026-11-21T11:30:59Z'))).toBe('2026-11-21 11:30 UTC')
})

test('the guide explains every finding, and none that there is not', () => {
  const guide = readFileSync('docs/microsoft-graph.md', 'utf8')
  const [, table = ''] = guide.split('\n## What a test or a run says\n')
  const explained = table.split('\n').flatMap(row => [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(match => match[1]))
  expect(explained.sort()).toEqual([...codes].sort())
})
