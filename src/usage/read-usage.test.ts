import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { PEOPLE_REPORTS } from '../model/usage.ts'
import { dayAfter } from './cells.ts'
import { expected, type FixtureOptions, reportText } from './fixtures.ts'
import { readUsage, readUsageFiles, type UsageOptions } from './read-usage.ts'
import { REPORT_SHAPES } from './reports.ts'

const folder = mkdtempSync(join(tmpdir(), 'usage-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
const fileOf = (content: string | Buffer, name = `report-${count++}.csv`) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return { path, name }
}
const read = (contents: readonly (string | Buffer)[], options: Partial<UsageOptions> = {}) =>
  readUsage(
    contents.map((content, at) => ({ ...fileOf(content), name: `file${at}.csv` })),
    { window: 28, tempFolder: folder, ...options },
  )
const codes = (reading: { problems: readonly { code: string }[] }) => reading.problems.map(problem => problem.code)

const REFRESH = '2026-11-19'
const teams = (...rows: string[]) =>
  `User Principal Name,Report Refresh Date,Last Activity Date,Is Deleted,Team Chat Message Count,Private Chat Message Count,Is Licensed,Something New\n${rows.map(row => `${row}\n`).join('')}`
const person = (name: string, last: string, { gone = 'False', licensed = 'Yes', refresh = REFRESH } = {}) =>
  `${name},${refresh},${last},${gone},1,2,${licensed},x`

describe('each report', () => {
  const share: Record<string, number> = {
    exchange: 0.41,
    onedrive: 0.3,
    sharepoint: 0.25,
    yammer: 0.1,
    teams: 0.155,
    'office-proplus': 0.6,
    'outlook-mobile': 0.22,
    copilot: 0.37,
  }
  for (const report of PEOPLE_REPORTS)
    test(`${report} gives the users it was written with`, async () => {
      const options = { report, users: 300, refreshDate: REFRESH, activeShare: share, licensedShare: 0.9, deleted: 4, quotedNameEvery: 5 }
      const isSkype = report === 'getSkypeForBusinessActivityUserDetail'
      if (isSkype) options.activeShare = { 'skype-for-business': 0.05 }
      const reading = await read([reportText(options)], { refreshDate: REFRESH })
      const shape = REPORT_SHAPES.find(each => each.report === report)!
      const services = shape.services.filter(each => isSkype || each.service !== 'skype-for-business')
      expect(Object.keys(reading.services).sort()).toEqual(services.map(each => each.service).sort())
      for (const each of services)
        expect(reading.services[each.service]).toMatchObject({
          active: expected(options, each.service).active,
          // Whoever stands in a report of Copilot has a licence.
          assigned: each.everyoneLicensed ? 304 : each.licence === null ? null : 270,
          asOf: REFRESH,
          source: [report],
        })
      expect(reading.rows).toEqual({ read: 304, rejected: 0, deleted: shape.gone === null ? 0 : 4, duplicates: 0 })
      expect(reading.problems).toEqual([])
    })

  test('a documented column order, LF, no byte order mark and semicolons read as the live ones', async () => {
    const options: FixtureOptions = { report: 'getTeamsUserActivityUserDetail', users: 50, refreshDate: REFRESH }
    const live = await read([reportText(options)])
    expect(await read([reportText({ ...options, order: 'documented', lineEnd: '\n', bom: false })])).toEqual(live)
    expect(await read([reportText({ ...options }).replaceAll(',', ';')])).toEqual(live)
    expect(live.services.teams?.active).toBe(25)
  })

  test('the name of a file says nothing, not even a pattern', async () => {
    const other = fileOf(teams(person('b@x', REFRESH)), 'usage1.csv')
    const file = fileOf(teams(person('a@x', REFRESH)), 'usage[1]*?.csv')
    const reading = await readUsage([{ path: file.path }], { window: 28, tempFolder: folder })
    expect(reading.services.teams?.active).toBe(1)
    expect(reading.rows.read).toBe(1)
    expect(other.path).not.toBe(file.path)
  })
})

describe('who is active', () => {
  test.each([
    [7, '2026-11-13', 1],
    [7, '2026-11-12', 0],
    [28, '2026-10-23', 1],
    [28, '2026-10-22', 0],
    [28, '2026-11-20', 1],
    [28, '', 0],
    [28, '2026-10-23T00:00:00Z', 1],
  ])('in a window of %i days the last day %s gives %i', async (window, last, active) => {
    expect((await read([teams(person('a@x', last))], { window })).services.teams?.active).toBe(active)
  })

  test('activity without a licence is counted apart, deleted rows not at all', async () => {
    const reading = await read([
      teams(
        person('a@x', REFRESH),
        person('b@x', REFRESH, { licensed: 'no' }),
        person('c@x', REFRESH, { gone: 'true' }),
        person('d@x', ''),
      ),
    ])
    expect(reading.services.teams).toMatchObject({ active: 1, assigned: 2, activeUnlicensed: 1, percent: 50, percentOf: 'assigned' })
    expect(reading.rows).toEqual({ read: 4, rejected: 0, deleted: 1, duplicates: 0 })
  })

  test('rows repeated word for word count once and are told', async () => {
    const reading = await read([teams(person('a@x', REFRESH), person('b@x', ''), person('a@x', REFRESH), person('a@x', REFRESH))])
    expect(reading.services.teams).toMatchObject({ active: 1, assigned: 2 })
    expect(reading.rows.duplicates).toBe(2)
    expect(codes(reading)).toEqual(['duplicate-rows'])
  })

  test('several rows of one user are one: any licence, the last day, not deleted', async () => {
    const reading = await read([
      teams(person('a@x', '2026-01-01', { gone: 'True' }), person('A@x', REFRESH, { licensed: 'No' }), person('a@x', '2026-02-01')),
    ])
    expect(reading.services.teams).toMatchObject({ active: 1, assigned: 1, activeUnlicensed: 0 })
    expect(reading.rows).toMatchObject({ deleted: 1, duplicates: 0 })
    expect(codes(reading)).toEqual(['several-rows-per-user'])
  })

  test('users without a name are never merged', async () => {
    const unknown = person('(Unknown)', REFRESH)
    const reading = await read([teams(unknown, unknown, unknown, person('', REFRESH), person('', REFRESH))])
    expect(reading.services.teams).toMatchObject({ active: 5, assigned: 5 })
    expect(reading.rows.duplicates).toBe(0)
    const withRepeat = await read([teams(unknown, unknown, person('a@x', REFRESH), person('a@x', REFRESH))])
    expect(withRepeat.services.teams).toMatchObject({ active: 3, assigned: 3 })
  })

  test('concealed names are seen and change no count', async () => {
    const options: FixtureOptions = { report: 'getTeamsUserActivityUserDetail', users: 40, refreshDate: REFRESH }
    const open = await read([reportText(options)])
    const concealed = await read([reportText({ ...options, concealed: true })])
    expect(concealed).toEqual({ ...open, concealed: true })
    expect(open.concealed).toBe(false)
  })

  test('Outlook Mobile is the flag of the report period, not the date beside it', async () => {
    const reading = await read([
      `Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Last Activity Date,Mail For Mac,Outlook For Windows,Outlook For Mobile,Report Period\n${REFRESH},a@x,A,False,,${REFRESH},,ProPlus,,30\n${REFRESH},b@x,B,False,,2020-01-01,,,Undetermined,30\n${REFRESH},c@x,C,False,,${REFRESH},,,No,30\n`,
    ])
    expect(reading.services['outlook-mobile']).toMatchObject({
      active: 1,
      assigned: null,
      activeUnlicensed: null,
      percent: null,
      window: 30,
    })
  })

  test('Microsoft 365 Apps are known without the columns of app and platform', async () => {
    const header = 'Report Refresh Date,User Principal Name,Last Activation Date,Last Activity Date,Report Period,Windows,Word,Excel'
    const reading = await read([`${header}\n${REFRESH},a@x,2024-01-01,${REFRESH},30,Yes,Yes,No\n`])
    expect(reading.services['office-proplus']).toMatchObject({ active: 1, assigned: null })
  })

  test('Skype for Business shows only where somebody used it', async () => {
    const text = reportText({
      report: 'getOffice365ActiveUserDetail',
      users: 10,
      refreshDate: REFRESH,
      activeShare: { 'skype-for-business': 0.2 },
    })
    expect((await read([text])).services['skype-for-business']).toMatchObject({ active: 2, assigned: 10 })
  })

  test('a Yammer user in state deleted is left out', async () => {
    const header =
      'Report Refresh Date,User Principal Name,User State,Last Activity Date,Posted Count,Read Count,Liked Count,Report Period\r\n'
    const reading = await read([
      `${header}${REFRESH},a@x,active,${REFRESH},1,1,1,30\r\n${REFRESH},b@x,Deleted,${REFRESH},1,1,1,30\r\n${REFRESH},c@x,,,0,0,0,30\r\n`,
    ])
    expect(reading.services.yammer).toMatchObject({ active: 1, assigned: null })
    expect(reading.rows.deleted).toBe(1)
  })
})

describe('percent', () => {
  const text = teams(
    ...Array.from({ length: 45 }, (_, at) => person(`u${at}@x`, REFRESH)),
    ...Array.from({ length: 255 }, (_, at) => person(`v${at}@x`, '')),
  )
  test.each([
    [undefined, 15, 'assigned'],
    [300, 15, 'entitled'],
    [299, 15, 'entitled'],
    [451, 9.9, 'entitled'],
    [450, 10, 'entitled'],
    [0, null, null],
  ])('of %s entitled seats it is %s of %s', async (teamsSeats, percent, of) => {
    const reading = await read([text], teamsSeats === undefined ? {} : { entitlements: { teams: teamsSeats } })
    expect(reading.services.teams).toMatchObject({ percent, percentOf: of, entitled: teamsSeats ?? null })
  })

  test('more than all seats is told', async () => {
    const reading = await read([text], { entitlements: { teams: 40 } })
    expect(reading.services.teams?.percent).toBe(112.5)
    expect(codes(reading)).toEqual(['over-100-percent'])
  })
})

describe('no data is not zero', () => {
  test('a report with nothing but its header keeps its services', async () => {
    const [header = ''] = reportText({ report: 'getOffice365ActiveUserDetail', users: 1, refreshDate: REFRESH }).split('\r\n')
    for (const text of [header, `${header}\r\n`, `${header}\r\n\r\n`]) {
      const reading = await read([text], { entitlements: { teams: 10 } })
      expect(Object.keys(reading.services).sort()).toEqual(['exchange', 'onedrive', 'sharepoint', 'teams', 'yammer'])
      expect(reading.services.teams).toMatchObject({
        active: null,
        assigned: null,
        percent: null,
        percentOf: null,
        entitled: 10,
        asOf: null,
      })
      expect(codes(reading)).toEqual(['no-data'])
      expect(reading.rows.read).toBe(0)
    }
  })

  test('another file with data speaks instead', async () => {
    const reading = await read([teams(), teams(person('a@x', REFRESH))])
    expect(reading.services.teams?.active).toBe(1)
    expect(codes(reading)).toEqual(['no-data'])
  })

  test('a file of one tenant with several refresh dates is not used', async () => {
    const reading = await read([teams(person('a@x', REFRESH), person('b@x', REFRESH, { refresh: '2026-11-18' }))])
    expect(reading.services.teams?.active).toBeNull()
    expect(codes(reading)).toEqual(['mixed-refresh-dates'])
  })
})

describe('several sources of a service', () => {
  const shapes = { report: 'getTeamsUserActivityUserDetail', refreshDate: REFRESH } as const
  const users = `Report Refresh Date,User Principal Name,Is Deleted,Has Teams License,Exchange Last Activity Date,Has Exchange License,Teams Last Activity Date\n`
  test('of one date are counted together per user', async () => {
    const reading = await read([
      teams(person('a@x', REFRESH), person('b@x', '2026-01-01'), person('z@x', REFRESH, { licensed: 'No' })),
      `${users}${REFRESH},A@X,False,True,,True,2026-01-01\n${REFRESH},b@x,False,True,,True,${REFRESH}\n${REFRESH},c@x,False,True,,True,${REFRESH}\n`,
    ])
    expect(reading.services.teams).toMatchObject({
      active: 3,
      assigned: 3,
      activeUnlicensed: 1,
      source: ['getOffice365ActiveUserDetail', 'getTeamsUserActivityUserDetail'],
    })
  })

  test('of different dates the newest speaks', async () => {
    const reading = await read([
      teams(person('a@x', REFRESH)),
      `${users}2026-11-18,b@x,False,True,2026-11-18,True,2026-11-18\n2026-11-18,c@x,False,True,,True,2026-11-18\n`,
    ])
    expect(reading.services.teams).toMatchObject({ active: 1, asOf: REFRESH, source: ['getTeamsUserActivityUserDetail'] })
    expect(reading.services.exchange?.asOf).toBe('2026-11-18')
    expect(reading.refreshDate).toBe('2026-11-18')
  })

  test('concealed and open names are not added up', async () => {
    const reading = await read([reportText({ ...shapes, users: 20, concealed: true }), reportText({ ...shapes, users: 20 })])
    expect(reading.services.teams).toMatchObject({ active: 10, assigned: 20 })
    expect(codes(reading)).toEqual(['concealed-mixed'])
  })

  test('files in any order read the same', async () => {
    const files = [
      ...PEOPLE_REPORTS.map((report, at) =>
        reportText({ report, users: 60, refreshDate: at % 3 === 0 ? '2026-11-18' : REFRESH, activeShare: 0.3 }),
      ),
      teams(person('a@x', 'never'), person('b@x', REFRESH)),
      reportText({ report: 'getEmailAppUsageUserDetail', users: 60, refreshDate: REFRESH, period: 7 }),
      reportText({ report: 'getTeamsUserActivityUserDetail', users: 60, refreshDate: REFRESH, concealed: true }),
      teams(),
      'nothing',
    ].map(content => fileOf(content))
    const options = { window: 28, tempFolder: folder, refreshDate: REFRESH }
    const first = await readUsage(files, options)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async order => {
        expect(await readUsage(order, options)).toEqual(first)
      }),
      { numRuns: 12 },
    )
  }, 120_000)
})

describe('faults', () => {
  test('rejected rows are told with their own line, and the rest counts', async () => {
    const reading = await read([
      teams(
        person('a@x', REFRESH),
        '',
        person('b@x', '2026-13-45'),
        'c@x,short',
        `${person('d@x', REFRESH)},extra`,
        person('e@x', REFRESH, { licensed: 'maybe' }),
        person('f@x', REFRESH),
      ),
    ])
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ['rejected-row', 4],
      ['rejected-row', 5],
      ['rejected-row', 6],
      ['rejected-row', 7],
    ])
    expect(reading.rows).toMatchObject({ read: 6, rejected: 4 })
    expect(reading.services.teams).toMatchObject({ active: 2, assigned: 2 })
  })

  test('of many rejected rows twenty are named and all are counted', async () => {
    const reading = await read([teams(person('a@x', REFRESH), ...Array.from({ length: 500 }, (_, at) => person(`u${at}@x`, 'soon')))])
    expect(reading.problems).toHaveLength(21)
    expect(reading.problems.at(-1)).toMatchObject({ code: 'rejected-rows', message: expect.stringContaining('500 rows') })
    expect(reading.rows.rejected).toBe(500)
  })

  const good = person('a@x', REFRESH)
  test.each<[string, string | Buffer, number, number]>([
    ['a quote that is never closed', teams(good, person('"b@x', REFRESH), person('c@x', REFRESH)), 2, 1],
    ['quotes that would swallow a row', teams(person('"b@x', REFRESH), good, person('c@x"', REFRESH)), 2, 1],
    ['a quote inside a word', teams(person('b"x', REFRESH), good), 2, 0],
    ['quoted cells', teams(`"b,""c""@x",${REFRESH},"${REFRESH}","False",1,2,"Yes",x`, good), 2, 0],
    ['line ends of both kinds', teams(good, person('b@x', REFRESH)).replace('\n', '\r\n'), 2, 0],
    ['NUL bytes', teams(good, '\0\0\0', person('b\0@x', REFRESH)), 2, 1],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from(teams(good)), Buffer.from([0xff, 0xfe]), Buffer.from(person('b@x', REFRESH))]),
      1,
      1,
    ],
    ['a line of three megabytes', teams(good, 'x'.repeat(3_000_000), person('b@x', REFRESH)), 2, 1],
    ['a line of forty megabytes', teams(good, 'x'.repeat(40_000_000), person('b@x', REFRESH)), 2, 1],
    ['a file cut off', `${teams(good)}b@x,${REFRESH},2026-1`, 1, 1],
    ['a date nobody means', teams(good, person('b@x', 'infinity'), person('c@x', '99999-01-01')), 1, 2],
  ])('%s', async (_name, content, active, rejected) => {
    const reading = await read([content])
    expect([reading.services.teams?.active, reading.rows.rejected]).toEqual([active, rejected])
    expect(codes(reading)).toEqual(Array.from({ length: rejected }, () => 'rejected-row'))
  })

  test('a report without a column it needs is an error, so is a file that is no report', async () => {
    const reading = await read([
      teams(good).replace('User Principal Name', 'Somebody'),
      'a,b\n1,2\n',
      '',
      Buffer.from('\ufefftext', 'utf16le'),
    ])
    expect(reading.problems.map(({ code, severity, file, line }) => [code, severity, file, line])).toEqual([
      ['missing-column', 'error', 'file0.csv', 1],
      ['unknown-report', 'error', 'file1.csv', 1],
      ['unknown-report', 'error', 'file2.csv', null],
      ['not-utf8', 'error', 'file3.csv', 1],
    ])
    expect(reading.services).toEqual({})
  })

  test('bytes of any kind give problems and leave nothing behind', async () => {
    const text = reportText({ report: 'getOffice365ActiveUserDetail', users: 30, refreshDate: REFRESH, quotedNameEvery: 3 })
    const damaged = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map(bytes => Buffer.from(bytes)),
      fc.nat(text.length).map(at => Buffer.from(text.slice(0, at))),
      fc.shuffledSubarray(text.split('\r\n')).map(lines => Buffer.from(lines.join('\r\n'))),
      fc.array(fc.tuple(fc.nat(text.length), fc.constantFrom('"', ',', '\n', '\r', '\0', 'é', '""', 'x')), { maxLength: 8 }).map(cuts => {
        let broken = text
        for (const [at, put] of cuts) broken = broken.slice(0, at) + put + broken.slice(at + 1)
        return Buffer.from(broken)
      }),
    )
    await fc.assert(
      fc.asyncProperty(damaged, async content => {
        const { rows, services, problems } = await read([content])
        expect(rows.rejected).toBeLessThanOrEqual(rows.read)
        expect(rows.rejected > 0).toBe(problems.some(problem => problem.code.startsWith('rejected-row')))
        for (const usage of Object.values(services)) expect(usage.active ?? 0).toBeLessThanOrEqual(rows.read - rows.rejected)
      }),
      { numRuns: 120 },
    )
    expect(readdirSync(folder).filter(name => name.startsWith('usage-'))).toEqual([])
  }, 120_000)
})

describe('gzip', () => {
  const options: FixtureOptions = { report: 'getTeamsUserActivityUserDetail', users: 100, refreshDate: REFRESH }
  test('a packed file reads as its content', async () => {
    expect(await read([gzipSync(reportText(options))])).toEqual(await read([reportText(options)]))
  })

  test('one that unpacks to more than the limit is refused, so is a damaged one', async () => {
    const bomb = await read([gzipSync(reportText(options))], { maxBytes: 1000 })
    expect([codes(bomb), bomb.services]).toEqual([['too-large'], {}])
    const cut = await read([gzipSync(reportText(options)).subarray(0, 500)])
    expect([codes(cut), cut.services]).toEqual([['bad-gzip'], {}])
  })
})

test('an import gets, per file, what it keeps', async () => {
  const options: FixtureOptions = { report: 'getTeamsUserActivityUserDetail', users: 10, refreshDate: REFRESH, period: 7 }
  const plain = fileOf(reportText(options))
  const packed = fileOf(gzipSync(reportText(options)))
  const [one, two] = await Promise.all([plain, packed].map(file => readUsageFiles([file], { window: 28, tempFolder: folder })))
  expect(one?.files[0]).toMatchObject({
    report: options.report,
    refreshDate: REFRESH,
    period: 7,
    concealed: false,
    rows: { read: 10, rejected: 0, deleted: 0, duplicates: 0 },
    services: { teams: { active: 5, assigned: 10, asOf: REFRESH } },
  })
  expect(one?.files[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(two?.files[0]?.sha256).toBe(one?.files[0]?.sha256)
  expect(dayAfter(REFRESH, 1)).toBe('2026-11-20')
})
