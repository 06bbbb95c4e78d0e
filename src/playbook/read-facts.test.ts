import { expect, test } from 'vitest'
import { readExample } from './read-example.ts'
import { readFacts } from './read-facts.ts'

const faults = (text: string) =>
  readFacts(text, 'facts.yaml').diagnostics.map(
    each => `${each.line}:${each.column} ${each.code} ${each.message}${each.help ? ` (${each.help})` : ''}`,
  )

const sheet = `customer: { id: contoso, name: Contoso, segment: enterprise, initiatives: [customer-health] }
csm: { assigned: true, name: Ana, since: 2026-03-03 }
services:
  teams: { entitled: 300, activatedOn: 2026-03-01, usage: { active: 45, asOf: 2026-11-19 }, handshake: offered, owner: null }
programs: { onedrive-adoption: agreed }
tasks: [ { id: "3735", status: complete, service: null } ]
`

test('a facts file is a fact sheet, what did not happen included', () => {
  const { sheet: read, diagnostics } = readFacts(sheet, 'facts.yaml')
  expect(diagnostics).toEqual([])
  expect(read?.services.teams).toMatchObject({ intended: true, entitled: 300, usage: { active: 45 } })
  expect(read).toMatchObject({ survey: { completed: false }, transitions: [], metrics: [] })
})

test('JSON is read the same way', () => {
  expect(readFacts('{"customer":{"id":"a","name":"A"}}', 'facts.json')).toMatchObject({ diagnostics: [], sheet: { customer: { id: 'a' } } })
})

test('a customer whose name is left out goes by its id', () => {
  const { sheet: read, diagnostics } = readFacts('customer: { id: contoso }', 'facts.yaml')
  expect([read?.customer, diagnostics]).toEqual([{ id: 'contoso', name: 'contoso', initiatives: [] }, []])
  expect(faults('customer: { id: contoso, nmae: Contoso }')).toEqual([
    '1:26 facts/unknown-key Unexpected key "nmae" in customer (did you mean "name"?)',
  ])
})

test.each([
  [
    'an unknown key',
    sheet.replace('assigned: true', 'asigned: true'),
    '2:8 facts/unknown-key Unexpected key "asigned" in csm (did you mean "assigned"?)',
  ],
  [
    'an unknown key of a service',
    sheet.replace('entitled', 'entitlements'),
    '4:12 facts/unknown-key Unexpected key "entitlements" in services.teams (did you mean "entitled"?)',
  ],
  ['an unknown service', sheet.replace('  teams:', '  team:'), '4:3 facts/unknown-key Unexpected service "team" (did you mean "teams"?)'],
  [
    'a service nothing is near to',
    sheet.replace('  teams:', '  mainframe-terminal:'),
    /^4:3 facts\/unknown-key Unexpected service "mainframe-terminal" \(known here: exchange, /,
  ],
  ['a wrong member', sheet.replace('handshake: offered', 'handshake: offerd'), /^4:\d+ facts\/wrong-type .*\(did you mean "offered"\?\)$/],
  ['a number for an id', sheet.replace('"3735"', '3735'), /^6:16 facts\/wrong-type .*\(write it in quotes: "3735"\)$/],
  ['a day that does not exist', sheet.replace('2026-03-03', '2026-02-30'), /^2:42 facts\/wrong-type .*a day that exists$/],
  ['text that is no YAML', 'customer: { id: "a', /^\d+:\d+ facts\/syntax/],
  ['nothing', '', '1:1 facts/syntax Unexpected empty file, expected the facts of a customer'],
  ['a list', '- a', /^1:1 facts\/wrong-type/],
])('%s is a fault with its place', (_, text, wanted) => {
  const [first] = faults(text)
  if (wanted instanceof RegExp) expect(first).toMatch(wanted)
  else expect(first).toBe(wanted)
  expect(readFacts(text, 'facts.yaml').sheet).toBeNull()
})

test('an examples file holds several customers with what is expected of them', () => {
  const text = `name: First
date: 2026-11-21
facts: { customer: { id: a, name: A } }
expect: { gates: { review: unknown }, warnings: [] }
---
name: Second
date: 2026-11-21
facts: { customer: { id: b, name: B }, services: { taems: {} } }
expect: { items: { "p/s/1@teams": du } }
`
  const { examples, diagnostics } = readExample(text, 'examples.yaml')
  expect(examples.map(each => [each.name, each.line])).toEqual([['First', 1]])
  expect(diagnostics.map(each => [each.line, each.code, each.help])).toEqual([[9, 'example/wrong-type', 'did you mean "due"?']])
})
