import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { RULE_FUNCTIONS, RULE_OBJECTS, RULE_VARIABLES } from '../../model/vocabulary.ts'
import { compile } from '../compile.ts'
import { ManifestSchema } from '../manifest/manifest-schema.ts'
import { readExample } from '../read-example.ts'

const docs = readFileSync('docs/playbook-language.md', 'utf8')
const block = (language: string, containing: string): string => {
  const found = [...docs.matchAll(/^(`{3,})(\w+)\n([\s\S]*?)^\1$/gm)].find(match => match[2] === language && match[3]?.includes(containing))
  return found?.[3] ?? ''
}

test('the page in the docs compiles, and only its neighbour is missing', () => {
  const { playbook, diagnostics } = compile([{ path: 'support-success-execution.md', text: block('markdown', 'FTOP Tasks') }])
  expect(diagnostics.map(each => each.code)).toEqual(['link/unresolved'])
  const [process] = playbook.processes
  expect(process?.steps[0]?.tasks.map(task => task.id)).toEqual(['3731'])
  expect(process?.rules.map(rule => rule.kind)).toEqual(['opens'])
})

test('the manifest and the example customer in the docs can be read', () => {
  expect(ManifestSchema.safeParse(parse(block('yaml', 'sourceLocale'))).error).toBeUndefined()
  expect(readExample(block('yaml', 'expect:'), 'example.yaml')).toMatchObject({ examples: [{ date: '2026-11-20' }], diagnostics: [] })
})

test('every word a rule may use is explained', () => {
  const words = [
    ...Object.keys(RULE_VARIABLES),
    ...Object.keys(RULE_FUNCTIONS),
    ...Object.values(RULE_OBJECTS).flatMap(each => Object.keys(each)),
  ]
  // Those of a metric are what `allMet` is for; those of thresholds are the manifest's own.
  const elsewhere = [...Object.keys(RULE_OBJECTS.Metric ?? {}), ...Object.keys(RULE_OBJECTS.Thresholds ?? {})]
  const missing = words.filter(word => !elsewhere.includes(word) && !new RegExp(`\\b${word}\\b`).test(docs))
  expect(missing).toEqual([])
})
