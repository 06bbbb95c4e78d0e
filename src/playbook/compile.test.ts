import { describe, expect, test } from 'vitest'
import { PT_ROW, PT_STEP, PT_TABLE, ROW, STEP, TABLE } from './checks/sample.ts'
import { compile } from './compile.ts'

const PAGE = `${STEP}When: \`csm.assigned\`
Due: \`workingDays(csm.since, 2)\`

Talk to the [customer](https://example.org/c).
${TABLE}${ROW}
## Key Inputs

- Told.
  - In writing.

## Next Steps

- Go to [Plan](plan.md).
`
const TRANSLATION = `${PT_STEP}
Fale com o [cliente](https://example.org/c).
${PT_TABLE}${PT_ROW}
## Principais Ações

- Avisado.
  - Por escrito.

## Próximas etapas

- Vá para o [Plano](plan.md).
`
const MANIFEST = `id: example
version: 1.0.0
sourceLocale: en
phases:
  - { id: success, name: { en: Success, pt-BR: Sucesso } }
thresholds: { activeUsagePercent: { value: 12, unit: percent }, usageMaxAgeDays: 7 }
services:
  - { id: lamps, name: { en: Lamps }, aliases: [Lâmpadas] }
roles:
  - { id: lamplighter, name: { en: Lamplighter } }
processes:
  plan:
    phase: success
    pages: { en: plan.md, pt-BR: plan.pt-BR.md }
    opens: intendedServices.exists(s, s.activated)
    steps:
      1: { id: first-call, unless: "service.handshake == \\"accepted\\"", guidance: true }
    tasks:
      "11": { done: survey.completed }
    checks:
      inputs:
        - { id: told, row: E12, line: 1, rule: gate("ready").met }
        - { id: written, line: 2, text: { pt-BR: Por escrito mesmo } }
gates:
  ready: { name: { en: Ready }, rule: 'task("11").done' }
proposals:
  - id: handshake
    services: [lamps, teams]
    title: { en: Offer }
    when: service.activated
    decided: service.handshake != "none"
transitions:
  - { from: plan, to: maintenance, name: { en: Done }, when: gate("ready").met }
overall: { process: plan, task: "11" }
`
const files = [
  { path: 'book/plan.md', text: PAGE },
  { path: 'book/plan.pt-BR.md', text: TRANSLATION },
]
const manifest = { path: 'book/playbook.yaml', text: MANIFEST }
const { playbook, diagnostics } = compile(files, manifest)
const [plan] = playbook.processes
const [step] = plan?.steps ?? []

describe('pages with a manifest', () => {
  test('have nothing to complain about', () => expect(diagnostics).toEqual([]))

  test('take ids, thresholds and names from it', () => {
    expect(playbook.playbook).toMatchObject({ id: 'example', version: '1.0.0', locales: ['en', 'pt-BR'], sourceLocale: 'en' })
    expect(playbook.playbook.thresholds).toEqual({
      activeUsagePercent: 12,
      usageMaxAgeDays: 7,
      metricMaxAgeDays: 90,
      acceleratorAfterDays: 60,
    })
    expect(playbook.services.some(each => each.id === 'lamps')).toBe(true)
    expect(playbook.roles.some(each => each.id === 'lamplighter')).toBe(true)
    expect(plan).toMatchObject({ id: 'plan', phase: 'success', file: { en: 'book/plan.md', 'pt-BR': 'book/plan.pt-BR.md' } })
    expect(step).toMatchObject({ id: 'first-call', guidance: true, uncategorised: false })
  })

  test('have texts in every language and structure from one', () => {
    expect(step).toMatchObject({
      title: { en: 'Call', 'pt-BR': 'Ligar' },
      text: { en: 'Talk to the [customer](https://example.org/c).', 'pt-BR': 'Fale com o [cliente](https://example.org/c).' },
      links: [{ text: { en: 'customer', 'pt-BR': 'cliente' }, href: 'https://example.org/c' }],
      tasks: [{ id: '11', title: { en: 'Call', 'pt-BR': 'Ligar' }, mandatory: true }],
    })
    expect(plan?.nextSteps).toEqual([{ process: 'plan', href: 'plan.md', text: { en: 'Plan', 'pt-BR': 'Plano' } }])
  })

  test('keep the place of every rule, on the page and in the manifest', () => {
    expect(step?.rules.map(({ kind, source, file, line, column }) => [kind, source, file, line, column])).toEqual([
      ['when', 'csm.assigned', 'book/plan.md', 11, 8],
      ['due', 'workingDays(csm.since, 2)', 'book/plan.md', 12, 7],
      ['unless', 'service.handshake == "accepted"', 'book/playbook.yaml', 17, 37],
    ])
    expect(plan?.rules.map(({ kind, file, line, column }) => [kind, file, line, column])).toEqual([['opens', 'book/playbook.yaml', 15, 12]])
    expect(step?.tasks[0]?.rules.map(({ kind, line, column }) => [kind, line, column])).toEqual([['done', 19, 21]])
  })

  test('have checks with the text of their line, gates, proposals, transitions and the last task', () => {
    expect(plan?.checks).toMatchObject([
      {
        id: 'told',
        side: 'inputs',
        row: 'E12',
        text: { en: 'Told.', 'pt-BR': 'Avisado.' },
        when: null,
        rule: { source: 'gate("ready").met' },
      },
      { id: 'written', row: null, text: { en: 'In writing.', 'pt-BR': 'Por escrito mesmo' }, rule: null },
    ])
    expect(playbook.gates).toMatchObject([{ id: 'ready', rule: { expression: { op: 'field', name: 'done' } } }])
    expect(playbook.proposals).toMatchObject([{ id: 'handshake', services: ['lamps', 'teams'] }])
    expect(playbook.transitions).toMatchObject([{ from: 'plan', to: 'maintenance' }])
    expect(playbook.overall).toEqual({ process: 'plan', task: '11' })
  })
})

test('a rule with a fault is left out, reported where it stands, and the rest compiles', () => {
  const broken = compile(files, { ...manifest, text: MANIFEST.replace('rule: gate("ready").met', 'rule: gate("redy").met') })
  expect(broken.diagnostics).toMatchObject([
    { code: 'rule/unknown-name', file: 'book/playbook.yaml', line: 22, column: 53, help: 'did you mean "ready"?' },
  ])
  expect(broken.playbook.processes[0]?.checks[0]).toMatchObject({ id: 'told', rule: null })
})

test('a manifest with a fault is reported, and the pages compile without it', () => {
  const broken = compile(files, { ...manifest, text: MANIFEST.replace('sourceLocale', 'sourceLocal') })
  expect(broken.diagnostics).toMatchObject([{ code: 'manifest/unknown-key', line: 3, column: 1, help: 'did you mean "sourceLocale"?' }])
  expect(broken.playbook.processes[0]?.steps[0]).toMatchObject({ id: 'call', tasks: [{ id: '11' }] })
})

test('a page in a language nobody taught us still gives steps and tasks, with a remark', () => {
  const french = `# Plan\n\nPhase : **Succès**\n\n## Approche\n\n### Appeler\n\nTexte.\n\n#### Tâches\n\n| Numéro | Nom | (O)bligatoire / (F)acultatif | Rôle | Produits |
| --- | --- | --- | --- | --- |\n| 3731 | Appeler | O | FastTrack Manager | Teams |\n| 3732 | Écrire | F | SME | Yammer |\n`
  const { playbook: book, diagnostics: remarks } = compile([{ path: 'plan.fr.md', text: french }])
  expect(remarks.map(each => each.code)).toEqual(['page/language', 'page/phase'])
  expect(book.processes[0]?.steps[0]).toMatchObject({
    id: 'appeler',
    tasks: [
      { id: '3731', mandatory: true, role: 'fasttrack-manager', services: ['teams'] },
      { id: '3732', mandatory: false, role: 'subject-matter-expert', services: ['yammer'] },
    ],
  })
})

test('two steps of the same title have two ids', () => {
  const { playbook: book } = compile([{ path: 'plan.md', text: `${STEP}\n### Call\n\nPrimary Role: **SME**\n` }])
  expect(book.processes[0]?.steps.map(each => each.id)).toEqual(['call', 'call-2'])
})

test('nothing at all is an empty playbook', () => {
  expect(compile([])).toMatchObject({ diagnostics: [], playbook: { format: 1, processes: [], playbook: { id: null, locales: [] } } })
})
