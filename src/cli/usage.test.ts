import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { reportText } from '../usage/fixtures.ts'

const folder = mkdtempSync(join(tmpdir(), 'usage-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const fileOf = (name: string, content: string) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const impulso = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', 'usage', 'read', ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

const report = fileOf(
  'teams.csv',
  reportText({ report: 'getTeamsUserActivityUserDetail', users: 280, refreshDate: '2026-11-19', activeShare: 45 / 280 }),
)

test('reads reports with entitlements and prints the reading', () => {
  const seats = fileOf('seats.csv', 'service,entitled\nteams,300\n')
  const { status, stdout } = impulso(report, '--entitlements', seats, '--json')
  expect(JSON.parse(stdout)).toEqual({
    tenant: null,
    refreshDate: '2026-11-19',
    window: 28,
    services: {
      teams: {
        active: 45,
        assigned: 280,
        activeUnlicensed: 0,
        entitled: 300,
        percent: 15,
        percentOf: 'entitled',
        asOf: '2026-11-19',
        source: ['getTeamsUserActivityUserDetail'],
      },
    },
    concealed: false,
    rows: { read: 280, rejected: 0, deleted: 0, duplicates: 0 },
    problems: [],
  })
  expect(status).toBe(0)
})

test('a file without a refresh date and with dates of a spreadsheet is read once both are told', () => {
  const copilot = fileOf(
    'copilot.csv',
    'User name,Display Name,Prompts submitted for All Apps,Last activity date (UTC)\na@x,A,4,11/2/2026\nb@x,B,0,\n',
  )
  expect(impulso(copilot, '--json').status).toBe(1)
  const { status, stdout } = impulso(copilot, '--refresh-date', '2026-11-19', '--dates', 'month-first', '--json')
  expect(JSON.parse(stdout).services.copilot).toMatchObject({ active: 1, assigned: 2, asOf: '2026-11-19' })
  expect(status).toBe(0)
})

test('people active per day are in the JSON', () => {
  const days = fileOf(
    'days.csv',
    'Report Refresh Date,Office 365,Exchange,Report Date,Report Period\n2026-11-19,5,4,2026-11-18,7\n2026-11-19,5,4,2026-11-19,7\n',
  )
  expect(JSON.parse(impulso(days, '--json').stdout).daily).toEqual([
    { service: 'exchange', day: '2026-11-18', active: 4, atLeast: false },
    { service: 'exchange', day: '2026-11-19', active: 4, atLeast: false },
  ])
})

test('faults in the input end with 1 and the JSON all the same', () => {
  const { status, stdout, stderr } = impulso(report, fileOf('other.csv', 'a,b\n'), '--json')
  expect(status).toBe(1)
  const { services, problems } = JSON.parse(stdout)
  expect(services.teams.active).toBe(45)
  expect(problems[0].code).toBe('unknown-report')
  expect(stderr).toContain('other.csv:1')
})

test.each([
  ['a day that is none', [report, '--refresh-date', '2026-02-30']],
  ['an order there is not', [report, '--dates', 'year-first']],
  ['no such file', [join(folder, 'missing.csv')]],
  ['a folder', [folder]],
  ['no file at all', []],
  ['a window that is no number of days', [report, '--window', '0']],
  ['an unknown option', [report, '--windows', '7']],
])('%s is a wrong use', (_name, args) => {
  const { status, stdout, stderr } = impulso(...args)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).not.toBe('')
})
