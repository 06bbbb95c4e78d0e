import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const PLAYBOOK = 'playbooks/microsoft-365-success'
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'impulso-plan-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
function impulso(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', ...args], { encoding: 'utf8' })
  return { status, stdout, stderr, json: () => JSON.parse(stdout) }
}
const forFacts = (command: string, text: string, ...more: string[]) =>
  impulso(command, '--playbook', PLAYBOOK, '--facts', file('facts.yaml', text), '--date', '2026-11-21', '--json', ...more)

const FACTS = `
customer: { id: contoso, name: Contoso }
csm: { assigned: true }
services:
  teams: { entitled: 10000, activatedOn: 2026-03-01, usage: { active: 999, asOf: 2026-11-19 } }
`

describe('plan', () => {
  test('prints the plan as JSON, with the facts file as the source of its facts', () => {
    const { status, json } = forFacts('plan', FACTS)
    expect(status).toBe(0)
    const plan = json()
    expect(Object.keys(plan)).toEqual([
      'date',
      'playbook',
      'gates',
      'processes',
      'overall',
      'transitions',
      'proposals',
      'warnings',
      'diagnostics',
    ])
    expect([plan.date, plan.diagnostics]).toEqual(['2026-11-21', []])
    const ids = plan.processes.flatMap((process: { steps: { items: { id: string }[] }[] }) =>
      process.steps.flatMap(step => step.items.map(each => each.id)),
    )
    expect(ids).toContain('support-success-execution/csm-handshake/3731@teams')
    expect(plan.gates[0].because.facts[1]).toMatchObject({
      path: 'services.teams.usage.active',
      value: 999,
      source: join(folder, 'facts.yaml'),
    })
  })

  test('the same inputs give the same bytes', () => expect(forFacts('plan', FACTS).stdout).toBe(forFacts('plan', FACTS).stdout))

  test('a fault in the facts ends with 1 and names line and nearest word', () => {
    const { status, stderr, json } = forFacts('plan', FACTS.replace('entitled', 'entiteld'))
    expect(status).toBe(1)
    expect(json().diagnostics[0]).toMatchObject({ severity: 'error', line: 5 })
    expect(stderr).toMatch(/facts\.yaml:5:\d+ error .*entitled/)
  })

  test('an outcome before its time ends with 1, and the plan is printed all the same', () => {
    const { status, json } = forFacts('plan', `${FACTS}review: { outcomes: [disengage] }\n`)
    expect(status).toBe(1)
    expect(json().overall.state).toBe('open')
    expect(json().diagnostics.map((each: { code: string }) => each.code)).toEqual(['facts/outcome-too-early'])
  })

  test.each([
    ['a date that does not exist', ['plan', '--playbook', PLAYBOOK, '--facts', 'README.md', '--date', '2026-02-30']],
    ['a facts file that is not there', ['plan', '--playbook', PLAYBOOK, '--facts', 'no-such-file.yaml']],
    ['no facts', ['plan', '--playbook', PLAYBOOK]],
    ['a playbook that is not there', ['plan', '--playbook', 'no-such-folder', '--facts', 'README.md']],
  ])('%s is a wrong use: 2', (_, args) => {
    const { status, stderr, stdout } = impulso(...args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).not.toBe('')
  })
})

describe('explain', () => {
  test('a gate: state, reason and what would change it', () => {
    const { status, json } = forFacts('explain', FACTS, '--gate', 'review')
    expect(status).toBe(0)
    expect(json()).toMatchObject({
      subject: { kind: 'gate', id: 'review', state: 'not-met' },
      because: { rule: expect.any(String), line: expect.any(Number) },
      flip: [{ fact: 'services.teams.usage.active', from: 999, to: 1000 }],
    })
  })

  test('an item', () => {
    const { json } = forFacts('explain', FACTS, '--item', 'support-success-execution/success-check-ins@teams')
    expect(json().subject.state).toBe('suppressed')
    expect(json().flip).toEqual([{ fact: 'csm.assigned', from: true, to: false }])
  })

  test('one that is not there, none, or two at once is a wrong use', () => {
    const missing = forFacts('explain', FACTS, '--gate', 'revew')
    expect(missing.status).toBe(2)
    expect(missing.stderr).toContain('active-usage, success-metrics, review')
    expect(forFacts('explain', FACTS).status).toBe(2)
    expect(forFacts('explain', FACTS, '--gate', 'review', '--item', 'x').status).toBe(2)
  })
})

describe('playbook test', () => {
  test('the shipped examples pass', () => {
    const { status, stdout } = impulso('playbook', 'test', PLAYBOOK)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^\d+ passed, 0 failed\n$/)
    expect(Number.parseInt(stdout, 10)).toBeGreaterThanOrEqual(15)
  })

  test('an example that expects something else fails, with what was expected and what came', () => {
    const manifest = file(
      'playbook.yaml',
      'id: tiny\nversion: 0.0.1\nsourceLocale: en\ngates:\n  csm: { name: { en: CSM }, rule: csm.assigned }\n',
    )
    spawnSync('mkdir', [join(folder, 'examples')])
    const customer = '{ customer: { id: a, name: A }, csm: { assigned: true } }'
    file(
      'examples/a.yaml',
      `name: Wrong\ndate: 2026-11-21\nfacts: ${customer}\nexpect: { gates: { csm: not-met }, warnings: [usage-stale] }\n`,
    )
    file(
      'examples/b.yaml',
      `name: Right\ndate: 2026-11-21\nfacts: ${customer}\nexpect: { gates: { csm: met }, overall: open, warnings: [] }\n`,
    )
    const { status, stdout } = impulso('playbook', 'test', folder, '--manifest', manifest)
    expect(status).toBe(1)
    expect(stdout.split('\n')).toEqual([
      `FAIL Wrong (${join(folder, 'examples/a.yaml')}:1)`,
      '     gate csm: expected not-met, got met',
      '     warnings: expected usage-stale, got none',
      '1 passed, 1 failed',
      '',
    ])
  })
})
