import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'impulso-cli-'))
  writeFileSync(join(folder, 'fine.md'), '# Plan\n\nPhase: **Success**  \nOpens: `csm.assigned`\n\n## Overview\n\nText.\n')
  writeFileSync(join(folder, 'remark.md'), '# Plan\n\n## Overview\n\n[Away](away.md)\n')
  writeFileSync(join(folder, 'fault.md'), '# Plan\n\nPhase: **Success**  \nOpens: `csm.asigned`\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/impulso.js', 'playbook', ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('compile prints the playbook without what only the engine reads', () => {
  const { status, stdout } = run('compile', join(folder, 'fine.md'), '--json')
  expect(status).toBe(0)
  const printed = JSON.parse(stdout)
  expect(printed).toMatchObject({ format: 1, playbook: { id: null }, diagnostics: [], processes: [{ id: 'fine' }] })
  expect(printed.processes[0].rules).toEqual([{ kind: 'opens', source: 'csm.assigned', file: join(folder, 'fine.md'), line: 4, column: 9 }])
})

test('compile ends with 1 on a fault and prints the JSON all the same', () => {
  const { status, stdout } = run('compile', join(folder, 'fault.md'))
  expect(status).toBe(1)
  expect(JSON.parse(stdout).diagnostics).toMatchObject([
    { code: 'rule/unknown-name', severity: 'error', line: 4, help: 'did you mean "assigned"?' },
  ])
})

test('check prints the diagnostics only; strict counts warnings', () => {
  const { status, stdout } = run('check', join(folder, 'remark.md'))
  expect([status, JSON.parse(stdout)]).toMatchObject([0, [{ code: 'link/unresolved', severity: 'warning', line: 5 }]])
  expect(run('check', join(folder, 'remark.md'), '--strict').status).toBe(1)
})

test('used wrongly ends with 2 and says so', () => {
  expect(run('check', join(folder, 'nowhere'))).toMatchObject({ status: 2, stdout: '' })
  expect(run('compile').status).toBe(2)
})
