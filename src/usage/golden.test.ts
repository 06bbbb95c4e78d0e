import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { USAGE_REPORTS } from '../model/usage.ts'
import { readUsageFiles } from './read-usage.ts'

/*
 * Every report once, by our reader and by SQL typed here over the same file: every column as text, by its name, days
 * compared as text. Whatever both get wrong together is at least written down in the expected file, which was worked out by hand.
 */
const golden = fileURLToPath(new URL('golden', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'golden-'))
const instance = DuckDBInstance.create(':memory:')
const connection = instance.then(each => each.connect())
beforeAll(() => connection)
afterAll(async () => {
  ;(await connection).closeSync()
  ;(await instance).closeSync()
  rmSync(folder, { recursive: true, force: true })
})

const sql = async (query: string): Promise<Record<string, unknown>[]> => {
  const rows = (await (await connection).runAndReadAll(query)).getRowObjectsJson()
  return rows.map(row =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, /^\d+$/.test(String(value)) ? Number(value) : value])),
  )
}

const REFRESH = '2026-09-30'
/** First day of the 28 that end on the refresh date. */
const SINCE = '2026-09-03'
const LAST = '"Last Activity Date"'
const GONE = `"Is Deleted" = 'True'`
const NEVER = 'false'

type Of = { service: string; day?: string; used?: string; licensed?: string; window?: number }
type Plan =
  | { people: readonly Of[]; gone?: string; user?: string; period?: boolean; concealed?: boolean; delimiter?: string }
  | { daily: Record<string, string>; atLeast?: true }
  | { totals: Record<string, readonly [active: string, assigned: string | null]> }
  | { product: string }

const office = (names: readonly string[]): Of[] =>
  names.map(name => ({
    service: name.toLowerCase().replaceAll(' ', '-'),
    day: `"${name} Last Activity Date"`,
    licensed: `"Has ${name} License" = 'True'`,
  }))
const usual = office(['Exchange', 'OneDrive', 'SharePoint', 'Yammer', 'Teams'])
const teams = { people: [{ service: 'teams', day: LAST, licensed: `"Is Licensed" = 'Yes'` }], gone: GONE, period: true }
const alone = (service: string): Plan => ({ people: [{ service, day: LAST }], gone: GONE, period: true })
const copilot = (day: string, more: object = {}): Plan => ({ people: [{ service: 'copilot', day, licensed: 'true' }], ...more })

const PLANS: Readonly<Record<string, Plan>> = {
  getOffice365ActiveUserDetail: { people: usual, gone: GONE },
  'getOffice365ActiveUserDetail.concealed': { people: usual, gone: GONE, concealed: true },
  'getOffice365ActiveUserDetail.datetime': { people: usual, gone: GONE },
  'getOffice365ActiveUserDetail.china': { people: office(['Exchange', 'OneDrive', 'SharePoint', 'Skype For Business']), gone: GONE },
  'getTeamsUserActivityUserDetail.live': teams,
  'getTeamsUserActivityUserDetail.documented': teams,
  getEmailActivityUserDetail: alone('exchange'),
  'getEmailActivityUserDetail.2020': alone('exchange'),
  getEmailAppUsageUserDetail: {
    people: [{ service: 'outlook-mobile', used: `coalesce("Outlook For Mobile", '') not in ('', 'No')`, window: 30 }],
    gone: GONE,
    period: true,
  },
  getOneDriveActivityUserDetail: alone('onedrive'),
  'getOneDriveActivityUserDetail.legacy': {
    people: [{ service: 'onedrive', day: '"Last activity date (UTC)"' }],
    gone: `"Deleted" = 'True'`,
    user: '"User principal name"',
    period: true,
    delimiter: ';',
  },
  getSharePointActivityUserDetail: alone('sharepoint'),
  getYammerActivityUserDetail: { people: [{ service: 'yammer', day: LAST }], gone: `"User State" = 'deleted'`, period: true },
  getM365AppUserDetail: { people: [{ service: 'office-proplus', day: LAST }], period: true },
  'getMicrosoft365CopilotUsageUserDetail.v1': copilot(LAST, { period: true }),
  'getMicrosoft365CopilotUsageUserDetail.v2': copilot(LAST, { period: true }),
  'copilotUsageExport.v4': copilot('"Last activity date (UTC)"', { user: '"User name"' }),
  'copilotUsageExport.v1-resaved': copilot(`strftime(strptime("Last Activity Date", '%-m/%-d/%Y'), '%Y-%m-%d')`, { delimiter: '\t' }),
  getSkypeForBusinessActivityUserDetail: alone('skype-for-business'),
  getOffice365ActiveUserCounts: {
    daily: { exchange: '"Exchange"', onedrive: '"OneDrive"', sharepoint: '"SharePoint"', teams: '"Teams"', yammer: '"Yammer"' },
  },
  getEmailAppUsageUserCounts: { daily: { 'outlook-mobile': '"Outlook For Mobile"' } },
  getM365AppUserCounts: {
    daily: {
      'office-proplus': `greatest(${['Outlook', 'Word', 'Excel', 'PowerPoint', 'OneNote', 'Teams'].map(app => `coalesce("${app}"::int, 0)`).join(', ')})`,
    },
    atLeast: true,
  },
  getMicrosoft365CopilotUserCountTrend: { daily: { copilot: '"Any App Active Users"' } },
  getOffice365ServicesUserCounts: {
    totals: Object.fromEntries(
      ['Exchange', 'OneDrive', 'SharePoint', 'Yammer', 'Teams'].map(name => [
        name.toLowerCase(),
        [`"${name} Active"`, `"${name} Active"::int + "${name} Inactive"::int`],
      ]),
    ),
  },
  getEmailAppUsageAppsUserCounts: { totals: { 'outlook-mobile': ['"Outlook For Mobile"', null] } },
  getMicrosoft365CopilotUserCountSummary: { totals: { copilot: ['"Any App Active Users"', '"Any App Enabled Users"'] } },
  'getMicrosoft365CopilotUserCountSummary.any-app-first': { totals: { copilot: ['"Any App Active Users"', '"Any App Enabled Users"'] } },
  getOffice365ActivationsUserCounts: {
    product: `select "Product Type" as product, "Assigned"::int as assigned, coalesce("Activated"::int, 0) as activated,
      coalesce("Shared Computer Activation"::int, 0) as "sharedComputer" from file
      where "Product Type" like '%APPS FOR%' or "Product Type" = 'OFFICE 365 PROPLUS' order by 1`,
  },
  getOffice365ActivationsUserDetail: {
    product: `select upper("Product Type") as product, count(distinct "User Principal Name") as assigned,
      count(distinct "User Principal Name") filter ("Windows" || "Mac" || "Windows 10 Mobile" || "iOS" || "Android" <> '00000'
        or "Activated On Shared Computer" = 'True') as activated,
      count(distinct "User Principal Name") filter ("Activated On Shared Computer" = 'True') as "sharedComputer"
      from file where "Product Type" ilike '%apps for %' group by 1 order by 1`,
  },
}

/** The facts of a file by plain SQL; only what the file's kind tells. */
async function bySql(plan: Plan, path: string): Promise<Record<string, unknown>> {
  const delimiter = 'people' in plan ? (plan.delimiter ?? ',') : ','
  await sql(
    `create or replace temp view file as select * from read_csv('${path}', header = true, all_varchar = true, delim = '${delimiter}', quote = '"', escape = '"')`,
  )
  const [rows] = await sql('select count(*) as read from file')
  if ('daily' in plan) {
    const of = (service: string, column: string) =>
      sql(
        `select '${service}' as service, "Report Date" as day, coalesce(${column}::int, 0) as active, ${plan.atLeast === true} as "atLeast" from file order by 2`,
      )
    return { read: rows?.read, daily: (await Promise.all(Object.entries(plan.daily).map(each => of(...each)))).flat() }
  }
  if ('totals' in plan) {
    const of = ([service, [active, assigned]]: [string, readonly [string, string | null]]) =>
      sql(
        `select '${service}' as service, ${active}::int as active, ${assigned ? `(${assigned})::int` : 'null'} as assigned, "Report Period"::int as period from file`,
      )
    return { read: rows?.read, totals: (await Promise.all(Object.entries(plan.totals).map(of))).flat() }
  }
  if ('product' in plan) return { read: rows?.read, activations: await sql(plan.product) }
  const gone = plan.gone ?? NEVER
  const services: Record<string, unknown> = {}
  for (const { service, day, used, licensed, window } of plan.people) {
    const active = used ?? `left(coalesce(${day}, ''), 10) >= '${SINCE}'`
    const [counts] = await sql(`select count(*) filter (${licensed ?? 'true'} and ${active}) as active,
      ${licensed ? `count(*) filter (${licensed})` : 'null'} as assigned,
      ${licensed ? `count(*) filter (not (${licensed}) and ${active})` : 'null'} as "activeUnlicensed" from file where not (coalesce(${gone}, false))`)
    services[service] = { ...counts, ...(window ? { window } : {}) }
  }
  const user = plan.user ?? '"User Principal Name"'
  const domains = plan.concealed
    ? []
    : await sql(
        `select split_part(${user}, '@', 2) as domain, count(*) as users from file where not coalesce(${gone}, false) group by 1 order by 2 desc`,
      )
  const [deleted] = await sql(`select count(*) filter (${gone}) as deleted from file`)
  return { read: rows?.read, deleted: deleted?.deleted, services, domains }
}

const files = readdirSync(golden).filter(name => name.endsWith('.csv'))

test('every report that is known has a golden file, and every golden file a plan', () => {
  expect(files.map(name => name.slice(0, -4)).sort()).toEqual(Object.keys(PLANS).sort())
  const reports = new Set(files.map(name => name.split('.')[0]))
  // JSON, in its own test.
  expect(USAGE_REPORTS.filter(report => report !== 'subscribedSkus' && !reports.has(report))).toEqual([])
})

test('the files are as downloaded: a byte order mark and CRLF, but for the two that went through a spreadsheet program or are of old', () => {
  const plain = ['copilotUsageExport.v1-resaved.csv', 'getOneDriveActivityUserDetail.legacy.csv']
  for (const name of files) {
    const bytes = readFileSync(join(golden, name), 'utf8')
    expect([name, bytes.startsWith('\uFEFF'), /[^\r]\n/.test(bytes), bytes.endsWith('\r\n')]).toEqual([
      name,
      !plain.includes(name),
      false,
      true,
    ])
  }
})

test.each(Object.entries(PLANS))('%s: our reader and plain SQL find what is expected', async (name, plan) => {
  const expected = JSON.parse(readFileSync(join(golden, `${name}.expected.json`), 'utf8'))
  const path = join(golden, `${name}.csv`)
  const given = name.startsWith('copilotUsageExport') ? { refreshDate: REFRESH } : {}
  const dates = name.endsWith('resaved') ? { dates: 'month-first' as const } : {}
  const { files, reading } = await readUsageFiles([{ path, name: 'download.csv' }], { window: 28, tempFolder: folder, ...given, ...dates })
  expect(reading.problems).toEqual([])
  const [ours] = files
  const services = Object.fromEntries(
    Object.entries(ours?.services ?? {}).map(([service, { active, assigned, activeUnlicensed, window }]) => [
      service,
      { active, assigned, activeUnlicensed, ...(window === undefined ? {} : { window }) },
    ]),
  )
  const { report, kind, refreshDate, period, concealed, rows, daily, totals, activations, domains } = ours ?? {}
  expect({ report, kind, refreshDate, period, concealed, rows, services, daily, totals, activations, domains }).toEqual(expected)
  const plain = await bySql(plan, path)
  expect(plain).toEqual({
    read: expected.rows.read,
    ...('people' in plan ? { deleted: expected.rows.deleted, services: expected.services, domains: expected.domains } : {}),
    ...('daily' in plan ? { daily: expected.daily } : {}),
    ...('totals' in plan ? { totals: expected.totals } : {}),
    ...('product' in plan ? { activations: expected.activations } : {}),
  })
})
