import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PT_ROW, PT_STEP, PT_TABLE, ROW, STEP, TABLE } from './checks/sample.ts'
import { compile } from './compile.ts'
import { readExample } from './read-example.ts'
import { readFacts } from './read-facts.ts'

const PAGE = `---\ntitle: Plan\nms.date: 1/2/2026\n---\n${STEP}When: \`csm.assigned && service.usage.percent >= 10\`\n\nSome **text** with [a link](other.md).\n${TABLE}${ROW}
## Key Inputs

- One.
  - Two.

## Next Steps

- Go to [Review](success-review-partner.md).

## Refresh Summary

| Date | Who Changed | What Changed |
| --- | --- | --- |
| 05/04/2020 | Ana | Text |
`
const TRANSLATION = PT_STEP + PT_TABLE + PT_ROW
const MANIFEST = `id: p
version: "1"
processes:
  plan:
    pages: { en: plan.md }
    steps: { 1: { id: call, when: csm.assigned } }
    checks: { inputs: [ { id: one, line: 1, rule: gate("a").met } ] }
gates: { a: { name: { en: A }, rule: successPlan.allMet } }
`

/** What must hold for any input whatever: a playbook, and diagnostics that point into the file. */
function compiles(text: string, manifest = MANIFEST): void {
  const { playbook, diagnostics } = compile(
    [
      { path: 'plan.md', text },
      { path: 'plan.pt-BR.md', text: TRANSLATION },
    ],
    { path: 'playbook.yaml', text: manifest },
  )
  expect(playbook.format).toBe(1)
  expect(playbook.playbook.hash).toMatch(/^sha256:[0-9a-f]{64}$/)
  const lines = {
    'plan.md': text.split(/\r\n|\r|\n/).length,
    'plan.pt-BR.md': TRANSLATION.split('\n').length,
    'playbook.yaml': manifest.split(/\r\n|\r|\n/).length,
  }
  for (const { file, line, column, message } of diagnostics) {
    expect(message).not.toBe('')
    expect(column).toBeGreaterThan(0)
    expect(line).toBeGreaterThan(0)
    expect(line).toBeLessThanOrEqual(lines[file as keyof typeof lines] + 1)
  }
}

describe('no text makes the compiler throw', () => {
  test('random text', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => compiles(text)),
      { numRuns: 150 },
    ))
  test('random bytes read as UTF-8', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), bytes => compiles(new TextDecoder().decode(bytes))),
      { numRuns: 150 },
    ))
  test('pages cut anywhere', () =>
    fc.assert(
      fc.property(fc.nat(PAGE.length), at => compiles(PAGE.slice(0, at))),
      { numRuns: 150 },
    ))
  test('pages with their lines shuffled', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray(PAGE.split('\n'), { minLength: 5 }), lines => compiles(lines.join('\n'))),
      { numRuns: 150 },
    ))
  test('pages with characters of their own syntax strewn in', () => {
    const strewn = fc.array(
      fc.tuple(
        fc.nat(PAGE.length),
        fc.constantFrom('|', '`', '**', '#', '\n', '---\n', '<<<<<<< HEAD\n', '=======\n', '>>>>>>> x\n', '[', '](', '>', '\t', '\0'),
      ),
      { maxLength: 12 },
    )
    const apply = (changes: [number, string][]) => changes.reduce((text, [at, piece]) => text.slice(0, at) + piece + text.slice(at), PAGE)
    fc.assert(
      fc.property(strewn, changes => compiles(apply(changes))),
      { numRuns: 200 },
    )
  })
  test('manifests cut, shuffled or random', () => {
    const texts = fc.oneof(
      fc.nat(MANIFEST.length).map(at => MANIFEST.slice(0, at)),
      fc.shuffledSubarray(MANIFEST.split('\n')).map(lines => lines.join('\n')),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.json(),
    )
    fc.assert(
      fc.property(texts, text => compiles(PAGE, text)),
      { numRuns: 200 },
    )
  })
  test.each([
    ['nesting', '> '.repeat(400)],
    ['lists in lists', Array.from({ length: 200 }, (_, at) => `${'  '.repeat(at)}- x`).join('\n')],
    ['brackets', '['.repeat(5000)],
    ['bars', `${STEP}${TABLE}${'|'.repeat(20_000)}x`],
    ['emphasis', '*a '.repeat(5000)],
    ['open comments', '<!--'.repeat(5000)],
    ['spaces', `a${' '.repeat(50_000)}b`],
    ['one long row', `${STEP}${TABLE}| 11 | ${'[x'.repeat(10_000)} | M | FM | Teams |`],
    ['names that every object has', `---\n__proto__: x\nconstructor: y\n---\n${STEP}`],
  ])('hostile %s', (_, text) => compiles(text))
})

test('no text makes the readers of facts and examples throw', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.json(),
    fc.constantFrom('a: &a [*a]', '{', '---\n---\n', '? [a]: b', '!!binary x', '<<: 1', '*x'),
  )
  const reads = (text: string) => {
    const facts = readFacts(text, 'f.yaml')
    expect(facts.sheet === null).toBe(facts.diagnostics.length > 0)
    expect(Array.isArray(readExample(text, 'e.yaml').examples)).toBe(true)
  }
  fc.assert(fc.property(texts, reads), { numRuns: 300 })
})

test('the same files give the same playbook, wherever their folder lies', () => {
  const at = (folder: string) =>
    compile([{ path: `${folder}plan.md`, text: PAGE }], { path: `${folder}playbook.yaml`, text: MANIFEST }).playbook
  expect(at('a/b/').playbook.hash).toBe(at('').playbook.hash)
  expect(JSON.stringify(at(''))).toBe(JSON.stringify(at('')))
  const changed = compile([{ path: 'plan.md', text: PAGE.replace('percent >= 10', 'percent >= 11') }], {
    path: 'playbook.yaml',
    text: MANIFEST,
  })
  expect(changed.playbook.playbook.hash).not.toBe(at('').playbook.hash)
})
