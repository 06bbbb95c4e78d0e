import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { reportText } from './fixtures.ts'
import { readUsageFiles, type UsageOptions } from './read-usage.ts'

const folder = mkdtempSync(join(tmpdir(), 'reports-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const REFRESH = '2026-11-19'
type Given = string | Buffer | { content: string | Buffer; asDay: string }
let count = 0
const read = (contents: readonly Given[], options: Partial<UsageOptions> = {}) =>
  readUsageFiles(
    contents.map((given, at) => {
      const path = join(folder, `${count++}.csv`)
      const { content, ...more } = typeof given === 'string' || Buffer.isBuffer(given) ? { content: given } : given
      writeFileSync(path, content)
      return { path, name: `file${at}.csv`, ...more }
    }),
    { window: 28, tempFolder: folder, ...options },
  )
const codes = ({ reading }: Awaited<ReturnType<typeof read>>) => reading.problems.map(problem => problem.code)

const office = (...names: string[]) =>
  `Report Refresh Date,User Principal Name,Is Deleted,Has Teams License,Exchange Last Activity Date,Has Exchange License,Teams Last Activity Date\n${names
    .map(name => `${REFRESH},${name}@a.example,False,True,,True,2026-10-21\n`)
    .join('')}`
const totals = (teams: number, refresh = REFRESH, period = 30) =>
  `Report Refresh Date,Exchange Active,Exchange Inactive,Teams Active,Teams Inactive,Report Period\n${refresh},,9,${teams},5,${period}\n`
const days = (refresh: string, ...rows: readonly string[]) =>
  `Report Refresh Date,Office 365,Exchange,Teams,Report Date,Report Period\n${rows.map(row => `${refresh},9,${row},30\n`).join('')}`

describe('a file of one day', () => {
  test('tells who with a licence was active on that day, and nothing that rolls', async () => {
    const text = `Report Refresh Date,User Principal Name,Is Deleted,Exchange Last Activity Date,Has Exchange License,Has Teams License,Teams Last Activity Date\n${[
      `${REFRESH},a@x.example,False,2026-11-10,True,True,2026-11-10`,
      `${REFRESH},b@x.example,False,2026-11-10,False,True,2026-11-09`,
      `${REFRESH},c@x.example,True,2026-11-10,True,True,2026-11-10`,
      `${REFRESH},d@x.example,False,2026-11-11,True,True,2026-11-10T00:00:00Z`,
    ].join('\n')}\n`
    const { files, reading } = await read([{ content: text, asDay: '2026-11-10' }])
    expect(files[0]).toMatchObject({ requestedDay: '2026-11-10', kind: 'people', services: {}, refreshDate: REFRESH })
    expect(files[0]?.daily).toEqual([
      { service: 'exchange', day: '2026-11-10', active: 1, atLeast: false },
      { service: 'teams', day: '2026-11-10', active: 2, atLeast: false },
    ])
    expect([reading.services, reading.refreshDate, reading.daily?.length]).toEqual([{}, null, 2])
  })

  test('an empty one tells nothing, which is not that nobody was there', async () => {
    const found = await read([{ content: office(), asDay: '2026-11-10' }])
    expect([found.files[0]?.daily, found.reading.services, codes(found)]).toEqual([[], {}, ['no-data']])
  })
})

describe('totals over a period', () => {
  test('speak for services that no report about people speaks of, with their own window', async () => {
    const { reading, files } = await read([totals(12)], { entitlements: { teams: 24 } })
    expect(reading.services.teams).toEqual({
      active: 12,
      assigned: 17,
      activeUnlicensed: null,
      entitled: 24,
      percent: 50,
      percentOf: 'entitled',
      asOf: REFRESH,
      source: ['getOffice365ServicesUserCounts'],
      window: 30,
    })
    expect(reading.services.exchange).toMatchObject({ active: 0, assigned: 9 })
    expect(files[0]?.services).toEqual({})
  })

  test('the newest day speaks, of one day the period nearest the window', async () => {
    const { reading } = await read([totals(1, '2026-11-18'), totals(2, REFRESH, 180), totals(3), totals(4, REFRESH, 7)])
    expect(reading.services.teams).toMatchObject({ active: 3, asOf: REFRESH, window: 30 })
  })

  test('people speak before a total does, even one of a later day', async () => {
    const { reading } = await read([office('a', 'b'), totals(12, '2026-11-20')])
    expect(reading.services.teams).toMatchObject({ asOf: REFRESH, source: ['getOffice365ActiveUserDetail'] })
    expect(reading.problems).toEqual([])
  })

  // Active on 21 October: outside 28 days, inside 30.
  const people = Array.from({ length: 400 }, (_, at) => `u${at}`)
  test.each([
    [400, []],
    [404, []],
    [397, []],
    [405, ['differs-from-total']],
    [395, ['differs-from-total']],
  ])('of %i in total and 400 people counted over the same period a difference above 1 %% is told', async (total, told) => {
    const found = await read([office(...people), totals(total)])
    expect(codes(found)).toEqual(told)
    expect(found.reading.services.teams?.active).toBe(0)
  })

  test('two people more or less are nothing', async () => {
    expect(codes(await read([office('a', 'b'), totals(4)]))).toEqual([])
    expect(codes(await read([office('a', 'b'), totals(5)]))).toEqual(['differs-from-total'])
  })

  test('a total of another day is not compared', async () => {
    expect(codes(await read([office('a'), totals(100, '2026-11-18')]))).toEqual([])
  })
})

describe('counts per day', () => {
  test('of two reports the newest tells a day, and days of both are kept', async () => {
    const { reading } = await read([
      days('2026-11-18', '5,6,2026-11-18', '3,4,2026-11-17', '1,1,2026-11-16'),
      days(REFRESH, '7,8,2026-11-19', '5,7,2026-11-18', '3,4,2026-11-17'),
    ])
    expect(reading.daily?.filter(each => each.service === 'teams').map(({ day, active }) => [day, active])).toEqual([
      ['2026-11-16', 1],
      ['2026-11-17', 4],
      ['2026-11-18', 7],
      ['2026-11-19', 8],
    ])
    expect(reading.services).toEqual({})
  })

  test('a day that stands there twice counts once, the second with other numbers is rejected', async () => {
    const found = await read([days(REFRESH, '5,6,2026-11-18', '5,6,2026-11-18', '5,9,2026-11-18', '1,2,2026-11-17')])
    expect(found.reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ['rejected-row', 4],
      ['duplicate-rows', null],
    ])
    expect(found.files[0]?.rows).toEqual({ read: 4, rejected: 1, deleted: 0, duplicates: 1 })
    expect(found.files[0]?.daily.filter(each => each.service === 'teams').map(each => each.active)).toEqual([2, 6])
  })

  test.each([
    ['a header alone', days(REFRESH), ['no-data']],
    ['a number that is none', days(REFRESH, '5,-6,2026-11-18'), ['rejected-row', 'no-data']],
    ['a day that is none', days(REFRESH, '5,6,2026-02-30'), ['rejected-row', 'no-data']],
    ['too few cells', days(REFRESH, '5,2026-11-18'), ['rejected-row', 'no-data']],
    ['two refresh dates', `${days(REFRESH, '5,6,2026-11-18')}2026-11-18,9,5,6,2026-11-17,30\n`, ['mixed-refresh-dates']],
    ['two periods', `${days(REFRESH, '5,6,2026-11-18')}${REFRESH},9,5,6,2026-11-17,7\n`, ['mixed-periods']],
    ['a total without its period', totals(5).replace('Report Period', 'Days'), ['missing-column']],
    ['thousands of rows', days(REFRESH, ...Array.from({ length: 5001 }, () => '1,1,2026-11-18')), ['too-many-rows']],
    ['a long line', days(REFRESH, `${'9'.repeat(2_100_000)},6,2026-11-18`), ['rejected-row', 'no-data']],
  ])('%s gives no figure', async (_name, text, told) => {
    const found = await read([text])
    expect([codes(found), found.files[0]?.daily, found.files[0]?.totals, found.reading.services]).toEqual([told, [], [], {}])
  })
})

test('the newest report of activations tells them', async () => {
  const text = (refresh: string, activated: number) =>
    `Report Refresh Date,Product Type,Assigned,Activated,Shared Computer Activation\n${refresh},OFFICE 365 PROPLUS,9,${activated},\n`
  const { reading } = await read([text(REFRESH, 5), text('2026-11-01', 4)])
  expect(reading.activations).toEqual([{ product: 'OFFICE 365 PROPLUS', assigned: 9, activated: 5, sharedComputer: 0 }])
})

describe('reports that tell no usage', () => {
  const user = 'Report Refresh Date,User Principal Name,Display Name'
  test.each([
    [
      'getTeamsUserActivityUserCounts',
      'Report Refresh Date,Report Date,Team Chat Messages,Private Chat Messages,Calls,Meetings,Other Actions',
    ],
    ['getEmailActivityUserCounts', 'Report Refresh Date,Send,Receive,Read,Meeting Created,Report Date,Report Period'],
    ['getOneDriveActivityUserCounts', 'Report Refresh Date,Viewed Or Edited,Synced,Shared Internally,Report Date,Report Period'],
    ['getSharePointActivityUserCounts', 'Report Refresh Date,Visited Page,Viewed Or Edited,Synced,Report Date,Report Period'],
    ['getYammerActivityUserCounts', 'Report Refresh Date,Liked,Posted,Read,Report Date,Report Period'],
    ['getM365AppPlatformUserCounts', 'Report Refresh Date,Report Period,Report Date,Windows,Mac,Mobile,Web'],
    ['getSkypeForBusinessActivityUserCounts', 'Report Refresh Date,Report Date,Report Period,Peer-to-peer,Organized,Participated'],
    ['getMailboxUsageDetail', `${user},Is Deleted,Deleted Date,Last Activity Date,Item Count,Storage Used (Byte),Report Period`],
    [
      'getOneDriveUsageAccountDetail',
      'Report Refresh Date,Site URL,Owner Display Name,Is Deleted,Last Activity Date,File Count,Active File Count,Storage Used (Byte),Owner Principal Name',
    ],
    [
      'getOneDriveUsageAccountDetail',
      'Report Refresh Date,Site Id,Site URL,Owner Display Name,Is Deleted,Last Activity Date,File Count,Active File Count,Storage Used (Byte),Owner Principal Name',
    ],
    ['getTeamsDeviceUsageUserDetail', `${user},Last Activity Date,Used Web,Used Windows,Used Mac,Used  Chrome OS`],
    ['getOffice365ActivationCounts', 'Report Refresh Date,Product Type,Windows,Mac,Android,iOS,Windows 10 Mobile'],
  ])('%s is known by name', async (report, header) => {
    const found = await read([`\uFEFF${header}\r\n`])
    expect(found.reading.problems).toMatchObject([{ code: 'tells-no-usage', severity: 'info', message: expect.stringContaining(report) }])
    expect([found.files[0]?.report, found.reading.services]).toEqual([null, {}])
  })
})

describe('dates and refresh dates', () => {
  const resaved = `Report Refresh Date;User Principal Name;Last Activity Date;Is Deleted;Team Chat Message Count;Private Chat Message Count;Is Licensed\n11/12/2026;a@x;10/11/2026;False;1;1;Yes\n11/12/2026;"b;@x";1/2/2026;False;1;1;Yes\n`
  test('dates whose month nobody can tell are refused with their line, and read once it is said what comes first', async () => {
    const refused = await read([resaved])
    expect(refused.reading.problems).toMatchObject([{ code: 'unclear-dates', severity: 'error', line: 2 }])
    expect(refused.reading.services).toEqual({})
    const american = await read([resaved], { dates: 'month-first' })
    expect(american.reading.services.teams).toMatchObject({ asOf: '2026-11-12', active: 0, assigned: 2 })
    const european = await read([resaved.replaceAll('/', '.')], { dates: 'day-first' })
    expect(european.reading.services.teams).toMatchObject({ asOf: '2026-12-11', active: 0, assigned: 2 })
    expect((await read([resaved], { dates: 'month-first', window: 34 })).reading.services.teams?.active).toBe(1)
    expect(codes(american)).toEqual([])
  })

  test('counts are refused and read the same way', async () => {
    const text = days('11/19/2026', '5,6,11/18/2026')
    expect((await read([text])).reading.problems).toMatchObject([{ code: 'unclear-dates', line: 2 }])
    const found = await read([text], { dates: 'month-first' })
    expect(found.files[0]).toMatchObject({ refreshDate: REFRESH, daily: [{ day: '2026-11-18', active: 5 }, { active: 6 }] })
  })

  test('a thirteenth month is a fault of its row', async () => {
    const found = await read([resaved.replace('10/11/2026', '13/11/2026')], { dates: 'month-first' })
    expect(found.reading.problems).toMatchObject([{ code: 'rejected-row', line: 2 }])
    expect(found.reading.services.teams?.assigned).toBe(1)
  })

  test('a file without a refresh date is refused until somebody gives it', async () => {
    const text = reportText({ report: 'copilotUsageExport', users: 10, refreshDate: REFRESH })
    const refused = await read([text])
    expect(refused.reading.problems).toMatchObject([{ code: 'no-refresh-date', severity: 'error', line: 1 }])
    expect(refused.reading.services).toEqual({})
    expect((await read([text], { refreshDate: REFRESH })).reading.services.copilot).toMatchObject({
      active: 5,
      assigned: 10,
      asOf: REFRESH,
    })
  })

  test('the export of the Teams admin center is told from the report it resembles', async () => {
    const found = await read(['ID,Display name,Channel messages,Chat messages,1:1 calls,Last activity\n1,A,2,3,4,2026-11-19\n'])
    expect(found.reading.problems).toMatchObject([{ code: 'teams-admin-center', severity: 'error' }])
  })

  test('a header with two spaces, other case and columns nobody knows reads as ever', async () => {
    const text = office('a')
      .replace('Has Teams License', 'HAS  TEAMS   license ')
      .replace('Is Deleted', 'Is Deleted,Used  Chrome OS')
      .replace('False,', 'False,x,')
    expect((await read([text])).reading.services.teams?.assigned).toBe(1)
  })
})

describe('mail domains', () => {
  const teams = (...names: string[]) =>
    `Report Refresh Date,User Principal Name,Last Activity Date,Is Deleted,Team Chat Message Count,Private Chat Message Count,Is Licensed\n${names.map(name => `${REFRESH},${name},,False,1,2,Yes\n`).join('')}`
  test('are told most first, without guests and whatever is no domain', async () => {
    const { files } = await read([
      teams(
        'a@B.example',
        'b@b.example',
        'c@a.example',
        'guest_c.example#EXT#@b.example',
        '(Unknown)',
        'somebody',
        'x@=cmd()',
        'x@y z.example',
        'd@',
      ),
    ])
    expect(files[0]?.domains).toEqual([
      { domain: 'b.example', users: 2 },
      { domain: 'a.example', users: 1 },
    ])
  })

  test('are at most ten, and count people, not rows', async () => {
    const many = Array.from({ length: 30 }, (_, at) => `u@d${String(at).padStart(2, '0')}.example`)
    const { files } = await read([teams(...many, 'v@d07.example', 'w@d07.example', 'w@d07.example')])
    expect(files[0]?.domains).toHaveLength(10)
    expect(files[0]?.domains[0]).toEqual({ domain: 'd07.example', users: 3 })
  })

  test('are not told where names are concealed', async () => {
    const { files } = await read([
      reportText({ report: 'getTeamsUserActivityUserDetail', users: 20, refreshDate: REFRESH, concealed: true }),
    ])
    expect(files[0]?.domains).toEqual([])
  })

  test('of two tenants are noticed, those of one are not', async () => {
    const found = await read([teams('a@one.example'), teams('b@one.example', 'b@two.example'), teams('c@three.example')])
    expect(codes(found)).toEqual(['several-tenants'])
    expect(found.reading.problems[0]).toMatchObject({ severity: 'warning', message: expect.stringContaining('file2.csv (three.example)') })
    expect(codes(await read([teams('a@one.example'), teams('b@one.example')]))).toEqual([])
  })
})

describe('subscriptions', () => {
  const sku = { skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06', skuPartNumber: 'SPE_E5', consumedUnits: 4, prepaidUnits: { enabled: 8 } }
  const plans = [{ servicePlanId: '57ff2da0-773e-42df-b2af-ffb7a2317929' }]
  const json = JSON.stringify({ value: [{ ...sku, servicePlans: plans }] })

  test('among the files are the seats, unless seats are given by hand', async () => {
    const { reading, files } = await read([office('a'), json])
    expect(reading.services.teams).toMatchObject({ entitled: 8, percentOf: 'entitled' })
    expect(reading.services.exchange?.entitled).toBeNull()
    expect(files[1]).toMatchObject({ report: 'subscribedSkus', kind: 'seats', subscriptions: { seats: { teams: 8 } } })
    expect((await read([office('a'), json], { entitlements: { teams: 9 } })).reading.services.teams?.entitled).toBe(9)
  })

  test.each([
    ['bad-subscriptions', '{"value":[{"skuId":"x"}]}', 'value[0].skuId'],
    ['bad-json', json.slice(0, 50), 'cut off'],
    ['wrong-file', '{"value":[{"reportRefreshDate":"2026-11-19"}]}', 'expected CSV'],
    [
      'service-error',
      '{"error":{"code":"InvalidAuthenticationToken","message":"Access token has expired."}}',
      'InvalidAuthenticationToken',
    ],
    [
      'service-error',
      '{"error":{"code":"UnknownError","message":"{\\"error\\":{\\"code\\":\\"S2SUnauthorized\\",\\"message\\":\\"Invalid permission for ana@x.example.\\"}}"}}',
      'report: S2SUnauthorized',
    ],
  ])('%s: other JSON is told for what it is (%#)', async (code, text, message) => {
    const found = await read([text])
    expect(found.reading.problems).toMatchObject([{ code, severity: 'error', message: expect.stringContaining(message) }])
    expect(found.reading.problems[0]?.message).not.toContain('ana@')
    expect([found.files[0]?.subscriptions, found.reading.services]).toEqual([null, {}])
  })
})

describe('files that are no reports', () => {
  const magic = (...bytes: number[]) => Buffer.concat([Buffer.from(bytes), Buffer.alloc(3000, 7)])
  test.each<[string, Buffer | string, string]>([
    ['a workbook', magic(0x50, 0x4b, 3, 4), 'wrong-file'],
    ['an old document', magic(0xd0, 0xcf, 0x11, 0xe0), 'wrong-file'],
    ['a PDF', '%PDF-1.7\n%x', 'wrong-file'],
    ['a picture', magic(0x89, 0x50, 0x4e, 0x47), 'wrong-file'],
    ['a web page', '\n<!DOCTYPE html><html><body>Sign in</body></html>', 'wrong-file'],
    ['gzip in gzip', gzipSync(gzipSync('a,b\n')), 'wrong-file'],
    ['UTF-16', Buffer.from('\ufeffa,b', 'utf16le'), 'not-utf8'],
    ['nothing', '', 'unknown-report'],
    ['zeros', Buffer.alloc(200_000), 'unknown-report'],
    ['a header of endless length', `Report Refresh Date,${'x'.repeat(200_000)}`, 'unknown-report'],
    // 64 MB of zeros in 62 KB.
    ['a bomb', gzipSync(Buffer.alloc(64 * 1024 * 1024)), 'too-large'],
  ])('%s is told and gives nothing', async (_name, content, code) => {
    const found = await read([content])
    expect([codes(found), found.reading.services, found.files[0]?.report]).toEqual([[code], {}, null])
  })

  test('formulas in names change no count and come out nowhere', async () => {
    const header = 'Report Refresh Date,User Principal Name,Display Name,Last Activity Date,Is Deleted,Send Count,Receive Count,Read Count'
    const names = ["=cmd|' /C calc'!A0", '@SUM(1+1)*cmd', '+1', '-1+1', '"=HYPERLINK(""http://x.example"",""y"")"', "'); drop table f0; --"]
    const rows = names.map(
      (name, at) => `${REFRESH},${name.startsWith('"') ? `u${at}@x.example` : `${name}@x.example`},${name},${REFRESH},False,1,1,1`,
    )
    const found = await read([[header, ...rows].join('\n')])
    expect(found.reading.services.exchange?.active).toBe(names.length)
    expect(codes(found)).toEqual([])
    expect(JSON.stringify(found)).not.toMatch(/cmd|SUM|HYPERLINK|drop/)
  })
})
