import { setImmediate } from 'node:timers/promises'
import { dayOf } from '../../app/demo/days.ts'
import type { ServiceId } from '../../model/services.ts'
import { type Counter, type DayCounts, hasPart, MAIL_APPS, PARTS, PRODUCTS, readsWith } from './counting.ts'
import { type Crowd, type Names, namesOf, type SimulatedPerson } from './people.ts'

/** Which days a file speaks of; day numbers, both included. */
export type Window = Readonly<{ from: number; to: number; period: string }>

/** What a report is asked for: a period or a day, neither for activations. */
export type Asked = Readonly<{ period: string | null; day: number | null; version?: string | null }>

export type Report = Readonly<{
  /** Days the data is behind the day it is asked for on. */
  lag: number
  takesDay: boolean
  periods: readonly string[]
  isCopilot?: true
  /** Clouds that lack it. */
  absentIn: readonly ('us-government' | 'china')[]
  headers: (parts: ReportParts) => readonly string[]
  /** Rows in batches, so that a large tenant is never in memory as a whole; cells are not yet quoted. */
  rows: (parts: ReportParts) => AsyncGenerator<readonly (readonly string[])[]>
}>
export type ReportParts = Readonly<{ crowd: Crowd; names: Names; counter: Counter; window: Window; cloud: string; version: string | null }>

type Row = Readonly<{ person: SimulatedPerson; last: (service: ServiceId) => number | null; isActive: (service: ServiceId) => boolean }>
type Cell = (row: Row, parts: ReportParts) => string
type Columns = readonly (readonly [header: string, cell: Cell])[]

const BATCH = 2000
const PERIODS = ['D7', 'D30', 'D90', 'D180']
const columns = (text: string) => text.split(',')
const truth = (value: boolean) => (value ? 'True' : 'False')
const yes = (value: boolean) => (value ? 'Yes' : 'No')
const dateOf = (day: number | null) => (day === null ? '' : dayOf(day))

const refresh = ['Report Refresh Date', (_row, { window }) => dayOf(window.to)] as const satisfies Columns[number]
const principal = ['User Principal Name', ({ person }, { names }) => names.principal(person)] as const satisfies Columns[number]
const display = ['Display Name', ({ person }, { names }) => names.display(person)] as const satisfies Columns[number]
const period = ['Report Period', (_row, { window }) => window.period] as const satisfies Columns[number]
const isDeleted = ['Is Deleted', ({ person }) => truth(person.isGone)] as const satisfies Columns[number]
const deletedDate = [
  'Deleted Date',
  ({ person }, { window }) => (person.isGone ? dayOf(window.to - 5) : ''),
] as const satisfies Columns[number]
const lastDay = (service: ServiceId, header = 'Last Activity Date'): Columns[number] => [header, ({ last }) => dateOf(last(service))]
const products = [
  'Assigned Products',
  ({ person }, { crowd }) => (hasAnyLicence(crowd, person) ? 'MICROSOFT 365 E5+ENTERPRISE MOBILITY + SECURITY E5' : ''),
] as const satisfies Columns[number]
const hasAnyLicence = (crowd: Crowd, person: SimulatedPerson) => [...crowd.tenant.services.keys()].some(id => crowd.hasLicence(person, id))
const licensedFor = (service: ServiceId) => (parts: ReportParts, person: SimulatedPerson) => parts.crowd.hasLicence(person, service)

/** Numbers of a person who was active in the window; nothing is worked out from them. */
const amount = (header: string, service: ServiceId, most = 200): Columns[number] => [
  header,
  ({ person, isActive }, { crowd }) => (isActive(service) ? String(crowd.trait(person, header.length) % most) : '0'),
]
const amounts = (text: string, service: ServiceId) => columns(text).map(header => amount(header, service))

/** One row per person. With `day`, only those who did something on that day. */
function people(
  made: Columns | ((parts: ReportParts) => Columns),
  speaks: readonly ServiceId[],
  includes: (parts: ReportParts, person: SimulatedPerson) => boolean,
  more: Partial<Report> = {},
): Report {
  const columnsOf = (parts: ReportParts) => (typeof made === 'function' ? made(parts) : made)
  return {
    lag: 2,
    takesDay: true,
    periods: PERIODS,
    absentIn: [],
    headers: parts => columnsOf(parts).map(([header]) => header),
    async *rows(parts) {
      const cells = columnsOf(parts).map(([, cell]) => cell)
      let batch: string[][] = []
      for (const person of parts.crowd.people()) {
        if (!includes(parts, person)) continue
        const row = rowOf(parts, person)
        if (parts.window.period === DAY_PERIOD && !speaks.some(row.isActive)) continue
        batch.push(cells.map(cell => cell(row, parts)))
        if (batch.length === BATCH) {
          yield batch
          batch = []
          await setImmediate()
        }
      }
      yield batch
    },
    ...more,
  }
}

/** What `Report Period` says in a file of one day; not documented. */
export const DAY_PERIOD = '1'

function rowOf({ crowd, window }: ReportParts, person: SimulatedPerson): Row {
  const known = new Map<ServiceId, number | null>()
  const last = (service: ServiceId) => {
    const before = known.get(service)
    if (before !== undefined) return before
    const day = crowd.lastActive(person, service, window.to)
    known.set(service, day)
    return day
  }
  return { person, last, isActive: service => (last(service) ?? Number.NEGATIVE_INFINITY) >= window.from }
}

/** One row per day of the period, newest first. */
function days(headers: readonly string[], cells: (counts: DayCounts) => readonly (number | string)[], more: Partial<Report> = {}): Report {
  return {
    lag: 2,
    takesDay: false,
    periods: PERIODS,
    absentIn: [],
    headers: () => headers,
    async *rows({ counter, window }) {
      for (let day = window.to; day >= window.from; day--) {
        const values = cells(await counter(day))
        const fixed: Readonly<Record<string, string>> = {
          'Report Refresh Date': dayOf(window.to),
          'Report Date': dayOf(day),
          'Report Period': window.period,
        }
        let at = 0
        yield [headers.map(header => fixed[header] ?? String(values[at++] ?? ''))]
      }
    },
    ...more,
  }
}

/** One row in all (or some, for activations), made from everybody. */
function summed(
  headers: readonly string[],
  count: (parts: ReportParts) => Promise<readonly (readonly (string | number)[])[]>,
  more: Partial<Report> = {},
): Report {
  return {
    lag: 2,
    takesDay: false,
    periods: PERIODS,
    absentIn: [],
    headers: () => headers,
    async *rows(parts) {
      yield (await count(parts)).map(row => row.map(String))
    },
    ...more,
  }
}

/** People of whom something holds; gone ones never count. */
async function countPeople({ crowd, window, ...rest }: ReportParts, holds: (row: Row) => boolean): Promise<number> {
  let count = 0
  let seen = 0
  for (const person of crowd.people()) {
    if (++seen % BATCH === 0) await setImmediate()
    if (!person.isGone && holds(rowOf({ crowd, window, ...rest }, person))) count++
  }
  return count
}

const inChina = ({ cloud }: ReportParts) => cloud === 'china'
const productsOf = (parts: ReportParts) =>
  Object.entries(PRODUCTS).filter(([, id]) => !(inChina(parts) && (id === 'yammer' || id === 'teams')))
const headName = columns('Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date')
const head = (...without: readonly string[]): Columns => {
  const all: Readonly<Record<string, Columns[number]>> = {
    'Report Refresh Date': refresh,
    'User Principal Name': principal,
    'Display Name': display,
    'Is Deleted': isDeleted,
    'Deleted Date': deletedDate,
  }
  return headName.filter(name => !without.includes(name)).flatMap(name => (all[name] ? [all[name]] : []))
}

const activeUsers = (parts: ReportParts): Columns => [
  ...head(),
  ...productsOf(parts).map(([name, id]): Columns[number] => [
    `Has ${name} License`,
    ({ person }, { crowd }) => truth(crowd.hasLicence(person, id)),
  ]),
  ...productsOf(parts).map(([name, id]) => lastDay(id, `${name} Last Activity Date`)),
  ...productsOf(parts).map(([name, id]): Columns[number] => [
    `${name} License Assign Date`,
    ({ person }, { crowd }) => (crowd.hasLicence(person, id) ? dayOf(crowd.tenant.anchor - 400 - (crowd.trait(person, 70) % 300)) : ''),
  ]),
  products,
]

/** In the order of live files, which is not the documented one. */
const teamsDetail: Columns = [
  refresh,
  ['User Id', ({ person }, { names }) => names.objectId(person)],
  principal,
  lastDay('teams'),
  isDeleted,
  deletedDate,
  products,
  ...amounts(
    'Team Chat Message Count,Private Chat Message Count,Call Count,Meeting Count,Meetings Organized Count,Meetings Attended Count,Ad Hoc Meetings Organized Count,Ad Hoc Meetings Attended Count,Scheduled One-time Meetings Organized Count,Scheduled One-time Meetings Attended Count,Scheduled Recurring Meetings Organized Count,Scheduled Recurring Meetings Attended Count',
    'teams',
  ),
  ...columns('Audio Duration,Video Duration,Screen Share Duration').map((header): Columns[number] => [
    header,
    ({ person, isActive }, { crowd }) => `PT${isActive('teams') ? crowd.trait(person, header.length) % 600 : 0}M`,
  ]),
  ...amounts('Audio Duration In Seconds,Video Duration In Seconds,Screen Share Duration In Seconds', 'teams'),
  ['Has Other Action', ({ isActive }) => yes(isActive('teams'))],
  ...amounts('Urgent Messages,Post Messages', 'teams'),
  ['Tenant Display Name', (_row, { crowd }) => crowd.tenant.name],
  ['Shared Channel Tenant Display Names', () => ''],
  ...amounts('Reply Messages', 'teams'),
  ['Is Licensed', ({ person }, { crowd }) => yes(crowd.hasLicence(person, 'teams'))],
  period,
]

const mailApps: Columns = MAIL_APPS.map(app => [
  app,
  ({ person, isActive }, { crowd }) => {
    if (app === 'Outlook For Mobile') return isActive('outlook-mobile') ? 'Undetermined' : ''
    return isActive('exchange') && readsWith(crowd, person, app) ? (app === 'Outlook For Windows' ? 'ProPlus' : 'Undetermined') : ''
  },
])

const apps: Columns = [
  ...PARTS.platform.map((platform): Columns[number] => [
    platform,
    ({ person, isActive }, { crowd }) => yes(isActive('office-proplus') && hasPart(crowd, person, 'platform', platform)),
  ]),
  ...PARTS['office-proplus'].map((app): Columns[number] => [
    app,
    ({ person, isActive }, { crowd }) => yes(isActive('office-proplus') && hasPart(crowd, person, 'office-proplus', app)),
  ]),
  ...PARTS.platform.flatMap(platform =>
    PARTS['office-proplus'].map((app): Columns[number] => [
      `${app} (${platform})`,
      ({ person, isActive }, { crowd }) =>
        yes(isActive('office-proplus') && hasPart(crowd, person, 'platform', platform) && hasPart(crowd, person, 'office-proplus', app)),
    ]),
  ),
]

const COPILOT_APPS = columns(
  'Copilot Chat,Microsoft Teams Copilot,Word Copilot,Excel Copilot,PowerPoint Copilot,Outlook Copilot,OneNote Copilot,Loop Copilot',
)
const COPILOT_V2 = columns(
  'Prompts submitted for all apps,Prompts submitted for Copilot Chat (work),Prompts submitted for Copilot Chat (web),Active Usage Days for all apps,Copilot Chat (work) Last Activity Date,Copilot Chat (web) Last Activity Date,Microsoft 365 Copilot Last Activity Date,Edge Last Activity Date,Copilot Agent Last Activity Date',
)
const copilotDetail = ({ version }: ReportParts): Columns => [
  refresh,
  principal,
  display,
  lastDay('copilot'),
  ...COPILOT_APPS.map((app, at): Columns[number] => [
    `${app} Last Activity Date`,
    // Chat is where everybody goes; the other apps are for some.
    ({ person, last }, { crowd }) => (at === 0 || ((crowd.trait(person, 80) >>> at) & 1) === 1 ? dateOf(last('copilot')) : ''),
  ]),
  ...(version === 'v2'
    ? COPILOT_V2.map((header): Columns[number] =>
        header.endsWith('Date')
          ? [header, ({ last }) => (header.startsWith('Copilot Chat (work)') ? dateOf(last('copilot')) : '')]
          : amount(header, 'copilot', 28),
      )
    : []),
  period,
]
const COPILOT_COUNTED = columns('Microsoft Teams,Word,PowerPoint,Outlook,Excel,OneNote,Loop,Any App,Copilot Chat')
const copilotPairs = COPILOT_COUNTED.flatMap(app => [`${app} Enabled Users`, `${app} Active Users`])
const COPILOT = {
  lag: 3,
  isCopilot: true,
  takesDay: false,
  periods: [...PERIODS, 'D28', 'ALL'],
  absentIn: ['us-government', 'china'],
} as const
const APPS_ABSENT = { absentIn: ['us-government'] } as const

const activity = (service: ServiceId, columnsOf: Columns, more: Partial<Report> = {}) =>
  people(columnsOf, [service], licensedFor(service), more)
const partCounts = (service: 'teams' | 'exchange' | 'onedrive' | 'sharepoint' | 'yammer', order: string, more: Partial<Report> = {}) =>
  days(columns(order), ({ parts }) => PARTS[service].map(part => parts[service][part] ?? 0), more)

const ACTIVATED = 'MICROSOFT 365 APPS FOR ENTERPRISE'
const isActivated = (crowd: Crowd, person: SimulatedPerson) => crowd.trait(person, 90) % 4 > 0

/** Every report function the simulator plays, with the columns of live files (see docs/graph-simulator.md for what differs). */
export const REPORTS: Readonly<Record<string, Report>> = {
  getOffice365ActiveUserDetail: people(activeUsers, Object.values(PRODUCTS), () => true),
  getOffice365ActiveUserCounts: days(
    columns('Report Refresh Date,Office 365,Exchange,OneDrive,SharePoint,Skype For Business,Yammer,Teams,Report Date,Report Period'),
    ({ any, services }) => [any, ...Object.values(PRODUCTS).map(id => services[id] ?? 0)],
  ),
  getOffice365ServicesUserCounts: summed(
    [
      'Report Refresh Date',
      ...[...Object.keys(PRODUCTS), 'Office 365'].flatMap(name => [`${name} Active`, `${name} Inactive`]),
      'Report Period',
    ],
    async parts => {
      const { crowd, window } = parts
      const pairs: number[] = []
      for (const id of Object.values(PRODUCTS)) {
        const licensed = await countPeople(parts, ({ person }) => crowd.hasLicence(person, id))
        const active = await countPeople(parts, ({ person, isActive }) => crowd.hasLicence(person, id) && isActive(id))
        pairs.push(active, licensed - active)
      }
      const ids = Object.values(PRODUCTS)
      const licensed = await countPeople(parts, ({ person }) => ids.some(id => crowd.hasLicence(person, id)))
      const active = await countPeople(parts, ({ person, isActive }) => ids.some(id => crowd.hasLicence(person, id) && isActive(id)))
      return [[dayOf(window.to), ...pairs, active, licensed - active, window.period]]
    },
  ),
  getTeamsUserActivityUserDetail: people(
    teamsDetail,
    ['teams'],
    ({ crowd, window }, person) => {
      return crowd.hasLicence(person, 'teams') || crowd.lastActive(person, 'teams', window.to) !== null
    },
    { absentIn: ['china'] },
  ),
  getTeamsUserActivityUserCounts: partCounts(
    'teams',
    'Report Refresh Date,Report Date,Team Chat Messages,Private Chat Messages,Calls,Meetings,Other Actions,Report Period',
    { absentIn: ['china'] },
  ),
  getEmailActivityUserDetail: activity(
    'exchange',
    [
      ...head(),
      lastDay('exchange'),
      ...amounts('Send Count,Receive Count,Read Count,Meeting Created Count,Meeting Interacted Count', 'exchange'),
      products,
      period,
    ],
    { lag: 3 },
  ),
  getEmailActivityUserCounts: partCounts(
    'exchange',
    'Report Refresh Date,Send,Receive,Read,Meeting Created,Meeting Interacted,Report Date,Report Period',
    { lag: 3 },
  ),
  getEmailAppUsageUserDetail: activity('exchange', [...head(), lastDay('exchange'), ...mailApps, period], { lag: 3 }),
  getEmailAppUsageUserCounts: days(
    ['Report Refresh Date', ...MAIL_APPS, 'Report Date', 'Report Period'],
    // An empty cell of a report of counts means none.
    ({ mail }) => MAIL_APPS.map(app => mail[app] ?? ''),
    { lag: 3 },
  ),
  getEmailAppUsageAppsUserCounts: summed(
    ['Report Refresh Date', ...MAIL_APPS, 'Report Period'],
    async parts => {
      const counts: number[] = []
      for (const app of MAIL_APPS)
        counts.push(
          await countPeople(parts, ({ person, isActive }) =>
            app === 'Outlook For Mobile' ? isActive('outlook-mobile') : isActive('exchange') && readsWith(parts.crowd, person, app),
          ),
        )
      return [[dayOf(parts.window.to), ...counts, parts.window.period]]
    },
    { lag: 3 },
  ),
  getOneDriveActivityUserDetail: activity('onedrive', [
    ...head('Display Name'),
    lastDay('onedrive'),
    ...amounts('Viewed Or Edited File Count,Synced File Count,Shared Internally File Count,Shared Externally File Count', 'onedrive'),
    products,
    period,
  ]),
  getOneDriveActivityUserCounts: partCounts(
    'onedrive',
    'Report Refresh Date,Viewed Or Edited,Synced,Shared Internally,Shared Externally,Report Date,Report Period',
  ),
  getSharePointActivityUserDetail: activity('sharepoint', [
    ...head('Display Name'),
    lastDay('sharepoint'),
    ...amounts(
      'Viewed Or Edited File Count,Synced File Count,Shared Internally File Count,Shared Externally File Count,Visited Page Count',
      'sharepoint',
    ),
    products,
    period,
  ]),
  getSharePointActivityUserCounts: partCounts(
    'sharepoint',
    'Report Refresh Date,Visited Page,Viewed Or Edited,Synced,Shared Internally,Shared Externally,Report Date,Report Period',
  ),
  getYammerActivityUserDetail: activity(
    'yammer',
    [
      refresh,
      principal,
      display,
      // Empty for who never went there.
      ['User State', ({ person, last }) => (person.isGone ? 'deleted' : last('yammer') === null ? '' : 'active')],
      ['State Change Date', ({ last }, { crowd }) => (last('yammer') === null ? '' : dayOf(crowd.tenant.anchor - 800))],
      lastDay('yammer'),
      ...amounts('Posted Count,Read Count,Liked Count', 'yammer'),
      products,
      period,
    ],
    { absentIn: ['us-government', 'china'] },
  ),
  getYammerActivityUserCounts: partCounts('yammer', 'Report Refresh Date,Liked,Posted,Read,Report Date,Report Period', {
    absentIn: ['us-government', 'china'],
  }),
  getM365AppUserDetail: people(
    [
      refresh,
      principal,
      [
        'Last Activation Date',
        ({ person }, { crowd }) => (isActivated(crowd, person) ? dayOf(crowd.tenant.anchor - 260 - (crowd.trait(person, 91) % 200)) : ''),
      ],
      lastDay('office-proplus'),
      period,
      ...apps,
    ],
    ['office-proplus'],
    // This report has no way of saying that somebody is gone.
    ({ crowd }, person) => !person.isGone && crowd.hasLicence(person, 'office-proplus'),
    APPS_ABSENT,
  ),
  getM365AppUserCounts: days(
    ['Report Refresh Date', 'Report Period', 'Report Date', ...PARTS['office-proplus']],
    ({ parts }) => PARTS['office-proplus'].map(app => parts['office-proplus'][app] ?? 0),
    APPS_ABSENT,
  ),
  getM365AppPlatformUserCounts: days(
    ['Report Refresh Date', 'Report Period', 'Report Date', ...PARTS.platform],
    ({ parts }) => PARTS.platform.map(platform => parts.platform[platform] ?? 0),
    APPS_ABSENT,
  ),
  getOffice365ActivationsUserDetail: people(
    [
      refresh,
      principal,
      display,
      ['Product Type', () => ACTIVATED],
      [
        'Last Activated Date',
        ({ person }, { crowd }) => (isActivated(crowd, person) ? dayOf(crowd.tenant.anchor - 260 - (crowd.trait(person, 91) % 200)) : ''),
      ],
      ['Windows', ({ person }, { crowd }) => (isActivated(crowd, person) ? '1' : '0')],
      ...columns('Mac,Windows 10 Mobile,iOS,Android').map((header): Columns[number] => [header, () => '0']),
      ['Activated On Shared Computer', () => 'False'],
    ],
    [],
    ({ crowd }, person) => !person.isGone && crowd.hasLicence(person, 'office-proplus'),
    { takesDay: false, periods: [], lag: 3 },
  ),
  getOffice365ActivationsUserCounts: summed(
    columns('Report Refresh Date,Product Type,Assigned,Activated,Shared Computer Activation'),
    async parts => {
      const { crowd, window } = parts
      const assigned = await countPeople(parts, ({ person }) => crowd.hasLicence(person, 'office-proplus'))
      const activated = await countPeople(parts, ({ person }) => crowd.hasLicence(person, 'office-proplus') && isActivated(crowd, person))
      return [[dayOf(window.to), ACTIVATED, assigned, activated, 0]]
    },
    { periods: [], lag: 3 },
  ),
  getMicrosoft365CopilotUsageUserDetail: people(
    copilotDetail,
    ['copilot'],
    ({ crowd }, person) => !person.isGone && crowd.hasLicence(person, 'copilot'),
    COPILOT,
  ),
  getMicrosoft365CopilotUserCountSummary: summed(
    ['Report Refresh Date', 'Report Period', ...copilotPairs],
    async parts => {
      const { crowd, window } = parts
      const enabled = await countPeople(parts, ({ person }) => crowd.hasLicence(person, 'copilot'))
      const active = await countPeople(parts, ({ person, isActive }) => crowd.hasLicence(person, 'copilot') && isActive('copilot'))
      return [[dayOf(window.to), window.period, ...copilotCells(enabled, active)]]
    },
    COPILOT,
  ),
  getMicrosoft365CopilotUserCountTrend: {
    ...days(['Report Refresh Date', 'Report Date', ...copilotPairs, 'Report Period'], () => [], COPILOT),
    async *rows(parts) {
      const enabled = await countPeople(parts, ({ person }) => parts.crowd.hasLicence(person, 'copilot'))
      for (let day = parts.window.to; day >= parts.window.from; day--) {
        const { services } = await parts.counter(day)
        yield [[dayOf(parts.window.to), dayOf(day), ...copilotCells(enabled, services.copilot ?? 0).map(String), parts.window.period]]
      }
    },
  },
}

/** Chat and any app are used by all who are active, the other apps by half of them. */
const copilotCells = (enabled: number, active: number): number[] =>
  COPILOT_COUNTED.flatMap(app => [enabled, app === 'Any App' || app === 'Copilot Chat' ? active : Math.floor(active / 2)])

const PERIOD_DAYS: Readonly<Record<string, number>> = { D7: 7, D28: 28, D30: 30, D90: 90, D180: 180, ALL: 180 }

/** The days a report asked for on `today` speaks of. */
export function windowOf(report: Report, asked: Asked, today: number): Window {
  if (asked.day !== null) return { from: asked.day, to: asked.day, period: DAY_PERIOD }
  const to = today - report.lag
  const length = PERIOD_DAYS[asked.period ?? 'D180'] ?? 30
  return { from: to - length + 1, to, period: String(length) }
}

/** The report as CSV in pieces: byte-order mark, CRLF, quotes only where needed; as live files are. */
export async function* csvOf(report: Report, parts: ReportParts, { withRows = true } = {}): AsyncGenerator<string> {
  yield `\uFEFF${report.headers(parts).map(quoted).join(',')}\r\n`
  if (!withRows) return
  for await (const batch of report.rows(parts)) if (batch.length > 0) yield batch.map(row => `${row.map(quoted).join(',')}\r\n`).join('')
}
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

export const partsOf = (crowd: Crowd, counter: Counter, window: Window, version: string | null = null): ReportParts => ({
  crowd,
  names: namesOf(crowd),
  counter,
  window,
  cloud: crowd.tenant.cloud,
  version,
})
