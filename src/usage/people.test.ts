import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { dayAfter } from './cells.ts'
import { reportText } from './fixtures.ts'
import { readPeople } from './people.ts'

const folder = mkdtempSync(join(tmpdir(), 'people-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const REFRESH = '2026-11-19'
let count = 0
const file = (text: string) => {
  const path = join(folder, `kept-${count++}.csv`)
  writeFileSync(path, text)
  return { path }
}
const read = (texts: readonly string[], service = 'teams', more: object = {}) =>
  readPeople(texts.map(file), { service, window: 28, tempFolder: folder, ...more })

const ago = (days: number) => dayAfter(REFRESH, -days)
const users = (...rows: readonly (readonly [name: string, last: string, licensed?: string, gone?: string])[]) =>
  `Report Refresh Date,User Principal Name,Display Name,Is Deleted,Has Teams License,Exchange Last Activity Date,Has Exchange License,Teams Last Activity Date\n${rows
    .map(
      ([name, last, licensed = 'True', gone = 'False']) =>
        `${REFRESH},${name}@x.example,${name.toUpperCase()},${gone},${licensed},,False,${last}\n`,
    )
    .join('')}`
const teams = (...rows: readonly (readonly [name: string, last: string, acts: string, gone?: string])[]) =>
  `Report Refresh Date,User Principal Name,Last Activity Date,Is Deleted,Team Chat Message Count,Private Chat Message Count,Call Count,Meeting Count,Meetings Attended Count,Is Licensed,Report Period\n${rows
    .map(([name, last, acts, gone = 'False']) => `${REFRESH},${name}@x.example,${last},${gone},${acts},99,Yes,30\n`)
    .join('')}`

test('champions are those with most acts in the window; sums leave out what is counted in another column', async () => {
  const reading = await read([
    teams(
      ['ana', ago(1), '1,2,3,4'],
      ['ben', ago(27), '40,0,0,0'],
      ['old', ago(28), '900,0,0,0'],
      ['gone', ago(1), '900,0,0,0', 'True'],
      ['idle', ago(1), '0,0,0,0'],
      ['guest_y.example#EXT#', ago(1), '500,0,0,0'],
    ),
    users(['ana', ago(1)]),
  ])
  expect(reading.champions).toEqual([
    { user: 'ben@x.example', name: null, acts: 40, lastActivity: ago(27) },
    { user: 'ana@x.example', name: 'ANA', acts: 10, lastActivity: ago(1) },
  ])
  expect(reading.counted?.en).toMatch(/\(30 days\)$/)
  expect(reading).toMatchObject({ why: null, asOf: REFRESH, source: ['getOffice365ActiveUserDetail', 'getTeamsUserActivityUserDetail'] })
})

test('mails received are no acts, and of many champions the first are told', async () => {
  const header = 'Report Refresh Date,User Principal Name,Is Deleted,Last Activity Date,Send Count,Receive Count,Read Count'
  const rows = Array.from({ length: 15 }, (_, at) => `${REFRESH},u${at}@x.example,False,${REFRESH},${at},5000,${at}`)
  const { champions } = await read([[header, ...rows].join('\n')], 'exchange', { champions: 3 })
  expect(champions.map(({ user, acts }) => [user, acts])).toEqual([
    ['u14@x.example', 28],
    ['u13@x.example', 26],
    ['u12@x.example', 24],
  ])
})

test('without a report that counts acts there are no champions, and dormant seats still are told', async () => {
  const reading = await read([users(['ana', ago(1)], ['ben', ago(40)])])
  expect(reading).toMatchObject({ why: null, champions: [], counted: null, licensed: 2, never: 0 })
})

test('dormant people stand in the bucket of their last day, the window aside; people gone or without a licence in none', async () => {
  const ends = [27, 28, 59, 60, 89, 90, 179, 180, 700]
  const { dormant, never, licensed } = await read([
    users(
      ...ends.map(days => [`u${days}`, ago(days)] as const),
      ['never1', ''],
      ['never2', ''],
      ['unlicensed', ago(100), 'False'],
      ['gone', ago(100), 'True', 'True'],
      ['twice', ago(100)],
      ['TWICE', ago(1)],
    ),
  ])
  expect(dormant).toEqual([
    { from: 29, to: 60, count: 2 },
    { from: 61, to: 90, count: 2 },
    { from: 91, to: 180, count: 2 },
    { from: 181, to: null, count: 2 },
  ])
  expect([never, licensed]).toEqual([2, 12])
})

test('licences that no report tells are unknown, not none', async () => {
  const text = reportText({ report: 'getM365AppUserDetail', users: 20, refreshDate: REFRESH })
  expect(await read([text], 'office-proplus')).toMatchObject({ why: null, dormant: null, never: null, licensed: null, champions: [] })
})

test('the date of a report of mail apps speaks of every app, so nobody is dormant or a champion by it', async () => {
  const text = reportText({ report: 'getEmailAppUsageUserDetail', users: 20, refreshDate: REFRESH })
  expect(await read([text], 'outlook-mobile')).toMatchObject({ champions: [], counted: null, dormant: null })
})

test('concealed files are refused, and so is a service that no file speaks of', async () => {
  const concealed = reportText({ report: 'getOffice365ActiveUserDetail', users: 20, refreshDate: REFRESH, concealed: true })
  const nothing = { champions: [], dormant: null, never: null, licensed: null, asOf: null, source: [] }
  expect(await read([concealed])).toMatchObject({ ...nothing, why: 'concealed' })
  expect(await read([concealed], 'copilot')).toMatchObject({ ...nothing, why: 'no-report' })
  expect(readdirSync(folder).filter(name => name.startsWith('people-'))).toEqual([])
})

test('prompts make champions of Copilot where the report has them', async () => {
  const header = 'Report Refresh Date,User Principal Name,Display Name,Last Activity Date,Word Copilot Last Activity Date,Report Period'
  const first = `${header}\n${REFRESH},ana@x.example,Ana,${REFRESH},,30\n`
  expect((await read([first], 'copilot')).counted).toBeNull()
  const second = `${header},Prompts submitted for all apps\n${REFRESH},ana@x.example,Ana,${REFRESH},,28,12\n${REFRESH},ben@x.example,7,,,28,0\n`
  const reading = await read([second], 'copilot')
  expect(reading.champions).toEqual([{ user: 'ana@x.example', name: 'Ana', acts: 12, lastActivity: REFRESH }])
  expect(reading).toMatchObject({ licensed: 2, never: 1 })
})
