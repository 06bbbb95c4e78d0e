import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const PLAYBOOK = 'playbooks/microsoft-365-success'
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'impulso-deck-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const FACTS = `
customer: { id: contoso, name: Contoso }
services:
  teams: { entitled: 10000, activatedOn: 2026-03-01, usage: { active: 4531, asOf: 2026-11-19 } }
  yammer: { entitled: 300, usage: { rows: 0, asOf: 2026-11-19 } }
`

function file(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}
function impulso(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', 'review', 'deck', ...args], { encoding: 'utf8' })
  return { status, stdout, stderr, json: () => JSON.parse(stdout) }
}
const make = (facts: string, out: string, ...more: string[]) =>
  impulso('--playbook', PLAYBOOK, '--facts', facts, '--date', '2026-11-21', '--out', join(folder, out), ...more)

test.each(['pptx', 'pdf'])('two processes write the same bytes of the same facts, wherever they lie (%s)', format => {
  const first = make(file('one/facts.yaml', FACTS), `one.${format}`, '--locale', 'pt-BR')
  const second = make(file('other/facts.yaml', FACTS), `other.${format}`, '--locale', 'pt-BR')
  expect([first.status, second.status, first.stderr]).toEqual([0, 0, ''])
  const [one, other] = ['one', 'other'].map(name => readFileSync(join(folder, `${name}.${format}`)))
  expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true)
  expect(first.json()).toEqual({
    file: join(folder, `one.${format}`),
    format,
    date: '2026-11-21',
    locale: 'pt-BR',
    slides: 12,
    bytes: one?.length,
    diagnostics: [],
  })
  expect(readdirSync(folder).filter(name => name.endsWith('.part'))).toEqual([])
})

test('facts that cannot be read leave the file that is there as it is', () => {
  const out = file('kept.pptx', 'old')
  const { status, stderr, json } = make(file('wrong.yaml', FACTS.replace('entitled', 'entiteld')), 'kept.pptx')
  expect(status).toBe(1)
  expect(stderr).toMatch(/wrong\.yaml:4:\d+ error .*entitled/)
  expect(json().diagnostics).toHaveLength(1)
  expect(readFileSync(out, 'utf8')).toBe('old')
})

test('an outcome before its time ends with 1, and the deck is written all the same', () => {
  const { status, json } = make(file('early.yaml', `${FACTS}review: { outcomes: [disengage] }\n`), 'early.pptx')
  expect(status).toBe(1)
  expect(json().diagnostics.map((each: { code: string }) => each.code)).toEqual(['facts/outcome-too-early'])
  expect(readFileSync(join(folder, 'early.pptx')).length).toBe(json().bytes)
})

test('what facts cannot hold comes from a file of its own, and its faults name line and nearest word', () => {
  const facts = file('facts.yaml', FACTS)
  const bare = make(facts, 'bare.pptx')
  const told = make(
    facts,
    'told.pptx',
    '--extras',
    file('extras.yaml', 'nextSteps: [{ what: Agree on a date, owner: Ana, due: 2026-12-01 }]\n'),
  )
  expect([bare.status, told.status]).toEqual([0, 0])
  expect(readFileSync(join(folder, 'told.pptx')).equals(readFileSync(join(folder, 'bare.pptx')))).toBe(false)
  const wrong = make(facts, 'wrong.pptx', '--extras', file('wrong-extras.yaml', 'presenters: [Ana]\nnextStep: []\n'))
  expect(wrong.status).toBe(1)
  expect(wrong.stderr).toMatch(/wrong-extras\.yaml:2:1 error .*nextStep.*nextSteps/)
  const logo = make(facts, 'logo.pptx', '--extras', file('logo.yaml', 'brand: { logo: { type: image/png, base64: AAAA } }\n'))
  expect([logo.status, logo.stderr]).toEqual([2, 'impulso: brand.logo is not a picture of its type\n'])
  expect(readdirSync(folder)).not.toContain('wrong.pptx')
  expect(readdirSync(folder)).not.toContain('logo.pptx')
})

test.each([
  ['another ending', ['--out', 'deck.odp'], /deck\.odp ends in neither \.pptx nor \.pdf/],
  ['another language', ['--out', 'deck.pptx', '--locale', 'de'], /no deck in "de"; expected en or pt-BR/],
  ['a folder that is not there', ['--out', 'no/such/folder/deck.pptx'], /no\/such\/folder\/deck\.pptx cannot be written/],
  ['no place to write', [], /--out/],
])('%s is a wrong use: 2', (_, args, message) => {
  const { status, stdout, stderr } = impulso('--playbook', PLAYBOOK, '--facts', file('facts.yaml', FACTS), ...args)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(message)
})

const TEMPLATES = `
templates:
  en:
    slides: { usage: { title: Who uses what, notes: Let them tell first. } }
    own: [{ id: about-us, after: title, title: About us, text: "We are many.\\n- Adoption" }]
`

test('words and slides of an installation make the same bytes each time; a slide that cannot be replaced is told', () => {
  const facts = file('facts.yaml', FACTS)
  const extras = file('templates.yaml', TEMPLATES)
  const [one, other] = ['worded-1.pptx', 'worded-2.pptx'].map(name => make(facts, name, '--extras', extras))
  expect([one?.status, other?.status, one?.json().slides]).toEqual([0, 0, 13])
  expect(readFileSync(join(folder, 'worded-1.pptx')).equals(readFileSync(join(folder, 'worded-2.pptx')))).toBe(true)
  const wrong = make(facts, 'no.pptx', '--extras', file('wrong-templates.yaml', TEMPLATES.replace('usage:', 'usages:')))
  expect([wrong.status, wrong.json().diagnostics[0].help]).toEqual([1, 'did you mean "usage"?'])
  expect(wrong.stderr).toMatch(/wrong-templates\.yaml:4:\d+ error .*templates\.en\.slides/)
})
