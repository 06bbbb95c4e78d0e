import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { ServiceId } from '../model/services.ts'
import type { PeopleReport, UsageReport } from '../model/usage.ts'
import { dayAfter } from './cells.ts'
import { REPORT_SHAPES } from './reports.ts'

/** An invented tenant as one report shows it. The same seed and number of users give the same people in every report. */
export type FixtureOptions = Readonly<{
  /** One about people. */
  report: UsageReport
  users: number
  seed?: number
  /** `YYYY-MM-DD`. */
  refreshDate: string
  /** Share of the licensed users active within 28 days, for all services or each; exactly that many, rounded down. */
  activeShare?: number | Readonly<Record<ServiceId, number>>
  /** Share of the users with a licence, rounded down; default all. */
  licensedShare?: number
  /** Rows of users that are gone, after the others. */
  deleted?: number
  concealed?: boolean
  /** Column order of a real download, or of Microsoft's documentation. */
  order?: 'live' | 'documented'
  period?: number
  bom?: boolean
  lineEnd?: '\r\n' | '\n'
  /** Every nth display name has a comma and so needs quotes; 0 = none. */
  quotedNameEvery?: number
}>

/** The report as text; for large ones see `writeReport`. */
export const reportText = (options: FixtureOptions): string => [...reportChunks(options)].join('')

/** Writes the report and returns its size in bytes. */
export async function writeReport(path: string, options: FixtureOptions): Promise<number> {
  const file = await open(path, 'w')
  let bytes = 0
  try {
    for (const chunk of reportChunks(options)) bytes += (await file.write(chunk)).bytesWritten
  } finally {
    await file.close()
  }
  return bytes
}

/** Users with a licence and, of those, the ones active in `service` within 28 days: what a reader must find. */
export function expected(options: FixtureOptions, service: ServiceId): { assigned: number; active: number } {
  const assigned = Math.floor(options.users * (options.licensedShare ?? 1))
  return { assigned, active: Math.floor(assigned * shareOf(options, service)) }
}

const CHUNK_ROWS = 4096

function* reportChunks(options: FixtureOptions): Generator<string> {
  const lineEnd = options.lineEnd ?? '\r\n'
  const headers = headersOf(options)
  const cells = headers.map(header => cellMaker(header, options))
  const rows = options.users + (options.deleted ?? 0)
  let chunk = `${options.bom === false ? '' : '\uFEFF'}${headers.join(',')}${lineEnd}`
  for (let index = 0; index < rows; index++) {
    const user = userAt(index, options)
    for (let at = 0; at < cells.length; at++) chunk += at === 0 ? cells[at]!(user) : `,${cells[at]!(user)}`
    chunk += lineEnd
    if ((index + 1) % CHUNK_ROWS === 0) {
      yield chunk
      chunk = ''
    }
  }
  yield chunk
}

type User = Readonly<{
  index: number
  name: string
  /** Place in an order that differs by seed; the first `assigned` places have a licence. */
  place: number
  isLicensed: boolean
  isGone: boolean
}>

const GIVEN = [
  'Ana',
  'Ben',
  'Carla',
  'Davi',
  'Elena',
  'Farid',
  'Grace',
  'Hugo',
  'Ines',
  'Jonas',
  'Keiko',
  'Luca',
  'Maya',
  'Nuno',
  'Olga',
  'Pedro',
]
const FAMILY = ['Lopez', 'Okoye', 'Souza', 'Martins', 'Novak', 'Haddad', 'Kim', 'Moreau', 'Costa', 'Weber', 'Tanaka', 'Rossi', 'Patel']
const DOMAIN = 'fabrikam.example'

function userAt(index: number, options: FixtureOptions): User {
  const isGone = index >= options.users
  const place = isGone ? index : (index * stepFor(options) + (options.seed ?? 1)) % options.users
  const name = `${GIVEN[scatter(index, 1) % GIVEN.length]} ${FAMILY[scatter(index, 2) % FAMILY.length]}`
  return { index, name, place, isGone, isLicensed: !isGone && place < Math.floor(options.users * (options.licensedShare ?? 1)) }
}

/** A stride without a common divisor with the number of users, so that every place occurs once. */
function stepFor({ users, seed = 1 }: FixtureOptions): number {
  let step = 7919 + 2 * (seed % 1000)
  while (divisor(step, users) > 1) step += 2
  return step
}
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/** Whole numbers that look accidental and never change. */
const scatter = (index: number, salt: number): number => {
  let x = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d)
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39)
  return (x ^ (x >>> 15)) >>> 0
}

/** Skype for Business is retired: used only where a share is given to it by name. */
const shareOf = ({ activeShare = 0.5 }: FixtureOptions, service: ServiceId) =>
  typeof activeShare !== 'number' ? (activeShare[service] ?? 0) : service === 'skype-for-business' ? 0 : activeShare

/** Active users come first in an order of the service's own among the licensed. */
function isActive(user: User, options: FixtureOptions, service: ServiceId): boolean {
  if (!user.isLicensed) return false
  const { assigned, active } = expected(options, service)
  return (user.place + service.length * 31) % assigned < active
}

/** Active users within the last 28 days, most others a while before, some never. */
function lastDay(user: User, options: FixtureOptions, service: ServiceId): string {
  if (service === 'skype-for-business' && shareOf(options, service) === 0) return ''
  const chance = scatter(user.index, service.length)
  if (isActive(user, options, service)) return dayOffset(options.refreshDate, -(chance % 28))
  return user.isLicensed && chance % 4 > 0 ? dayOffset(options.refreshDate, -28 - (chance % 300)) : ''
}

const days = new Map<string, string>()
function dayOffset(from: string, by: number): string {
  const key = `${from}${by}`
  const known = days.get(key)
  if (known !== undefined) return known
  const day = dayAfter(from, by)
  days.set(key, day)
  return day
}

const truth = (value: boolean) => (value ? 'True' : 'False')
const yes = (value: boolean) => (value ? 'Yes' : 'No')
const pseudonym = (kind: string, user: User, seed: number) =>
  createHash('md5').update(`${kind}${seed}/${user.index}`).digest('hex').toUpperCase()

function cellMaker(header: string, options: FixtureOptions): (user: User) => string {
  const { refreshDate, seed = 1, concealed = false, quotedNameEvery = 0 } = options
  const shape = REPORT_SHAPES.find(each => each.report === options.report)
  const name = header.toLowerCase().replace(/ \(utc\)$/, '')
  const service = shape?.services.find(each => each.activity === name || each.licence === name)
  if (service?.activityIs === 'used') return user => (isActive(user, options, service.service) ? 'Undetermined' : '')
  if (service?.activity === name) return user => lastDay(user, options, service.service)
  if (service?.licence === name) return name === 'is licensed' ? user => yes(user.isLicensed) : user => truth(user.isLicensed)
  switch (name) {
    case 'report refresh date':
      return () => refreshDate
    case 'report period':
      return () => String(options.period ?? 30)
    case 'user principal name':
      return user => (concealed ? pseudonym('upn', user, seed) : `${user.name.toLowerCase().replace(' ', '.')}${user.index}@${DOMAIN}`)
    case 'display name':
      if (concealed) return user => pseudonym('name', user, seed)
      return user =>
        quotedNameEvery > 0 && user.index % quotedNameEvery === 0 ? `"${user.name.split(' ').reverse().join(', ')}"` : user.name
    case 'user id':
      return user =>
        concealed
          ? '00000000-0000-0000-0000-000000000000'
          : pseudonym('id', user, seed)
              .toLowerCase()
              .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    case 'is deleted':
      return user => truth(user.isGone)
    case 'deleted date':
      return user => (user.isGone ? dayOffset(refreshDate, -10) : '')
    case 'user state':
      return user => (user.isGone ? 'deleted' : 'active')
    case 'state change date':
      return () => dayOffset(refreshDate, -700)
    case 'assigned products':
      return user => (user.isLicensed ? 'MICROSOFT 365 E5+ENTERPRISE MOBILITY + SECURITY E5' : '')
    case 'last activity date':
    case 'last activation date':
      return user => (scatter(user.index, 9) % 3 > 0 ? dayOffset(refreshDate, -(scatter(user.index, 10) % 60)) : '')
    case 'tenant display name':
      return () => 'FABRIKAM'
    case 'has other action':
      return user => yes(user.isLicensed && scatter(user.index, 11) % 2 === 0)
    default:
      return otherCell(name, options)
  }
}

/** Columns nobody reads here, with cells of the right kind. */
function otherCell(name: string, { report, refreshDate }: FixtureOptions): (user: User) => string {
  const salt = name.length
  if (name.endsWith('license assign date'))
    return user => (user.isLicensed ? dayOffset(refreshDate, -400 - (scatter(user.index, 12) % 300)) : '')
  if (name.endsWith('in seconds')) return user => String(scatter(user.index, salt) % 36_000)
  if (name.endsWith('duration')) return user => `PT${scatter(user.index, salt) % 600}M`
  if (name.endsWith('count') || name.endsWith('messages')) return user => String(scatter(user.index, salt) % 200)
  if (report === 'getM365AppUserDetail') return user => yes(scatter(user.index, salt) % 3 === 0)
  if (name === 'outlook for windows') return user => (scatter(user.index, salt) % 2 === 0 ? 'ProPlus' : '')
  return () => ''
}

function headersOf({ report, order = 'live' }: FixtureOptions): readonly string[] {
  // A report that is not there gives undefined, which the types of an index by a wider union do not say.
  const known = (HEADERS as Readonly<Partial<Record<UsageReport, (typeof HEADERS)[PeopleReport]>>>)[report]
  if (known === undefined) throw new Error(`${report} is not about people`)
  return known[order] ?? known.live
}

const PRODUCTS = ['Exchange', 'OneDrive', 'SharePoint', 'Skype For Business', 'Yammer', 'Teams']
const PLATFORMS = ['Windows', 'Mac', 'Mobile', 'Web']
const APPS = ['Outlook', 'Word', 'Excel', 'PowerPoint', 'OneNote', 'Teams']
const columns = (text: string) => text.split(',')

/** Column names as the reports carry them (Microsoft Graph documentation; live captures of 2022 to 2026). */
const HEADERS: Readonly<Record<PeopleReport, Readonly<{ live: readonly string[]; documented?: readonly string[] }>>> = {
  getOffice365ActiveUserDetail: {
    live: [
      ...columns('Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date'),
      ...PRODUCTS.map(product => `Has ${product} License`),
      ...PRODUCTS.map(product => `${product} Last Activity Date`),
      ...PRODUCTS.map(product => `${product} License Assign Date`),
      'Assigned Products',
    ],
  },
  getTeamsUserActivityUserDetail: {
    live: columns(
      'Report Refresh Date,User Id,User Principal Name,Last Activity Date,Is Deleted,Deleted Date,Assigned Products,Team Chat Message Count,Private Chat Message Count,Call Count,Meeting Count,Meetings Organized Count,Meetings Attended Count,Ad Hoc Meetings Organized Count,Ad Hoc Meetings Attended Count,Scheduled One-time Meetings Organized Count,Scheduled One-time Meetings Attended Count,Scheduled Recurring Meetings Organized Count,Scheduled Recurring Meetings Attended Count,Audio Duration,Video Duration,Screen Share Duration,Audio Duration In Seconds,Video Duration In Seconds,Screen Share Duration In Seconds,Has Other Action,Urgent Messages,Post Messages,Tenant Display Name,Shared Channel Tenant Display Names,Reply Messages,Is Licensed,Report Period',
    ),
    documented: columns(
      'Report Refresh Date,Tenant Display Name,Shared Channel Tenant Display Names,User Id,User Principal Name,Last Activity Date,Is Deleted,Deleted Date,Assigned Products,Team Chat Message Count,Private Chat Message Count,Call Count,Meeting Count,Post Messages,Reply Messages,Urgent Messages,Meetings Organized Count,Meetings Attended Count,Ad Hoc Meetings Organized Count,Ad Hoc Meetings Attended Count,Scheduled One-time Meetings Organized Count,Scheduled One-time Meetings Attended Count,Scheduled Recurring Meetings Organized Count,Scheduled Recurring Meetings Attended Count,Audio Duration,Video Duration,Screen Share Duration,Audio Duration In Seconds,Video Duration In Seconds,Screen Share Duration In Seconds,Has Other Action,Is Licensed,Report Period',
    ),
  },
  getOneDriveActivityUserDetail: {
    live: columns(
      'Report Refresh Date,User Principal Name,Is Deleted,Deleted Date,Last Activity Date,Viewed Or Edited File Count,Synced File Count,Shared Internally File Count,Shared Externally File Count,Assigned Products,Report Period',
    ),
  },
  getSharePointActivityUserDetail: {
    live: columns(
      'Report Refresh Date,User Principal Name,Is Deleted,Deleted Date,Last Activity Date,Viewed Or Edited File Count,Synced File Count,Shared Internally File Count,Shared Externally File Count,Visited Page Count,Assigned Products,Report Period',
    ),
  },
  getEmailActivityUserDetail: {
    live: columns(
      'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Last Activity Date,Send Count,Receive Count,Read Count,Meeting Created Count,Meeting Interacted Count,Assigned Products,Report Period',
    ),
  },
  getEmailAppUsageUserDetail: {
    live: columns(
      'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Last Activity Date,Mail For Mac,Outlook For Mac,Outlook For Windows,Outlook For Mobile,Other For Mobile,Outlook For Web,POP3 App,IMAP4 App,SMTP App,Report Period',
    ),
  },
  getYammerActivityUserDetail: {
    live: columns(
      'Report Refresh Date,User Principal Name,Display Name,User State,State Change Date,Last Activity Date,Posted Count,Read Count,Liked Count,Assigned Products,Report Period',
    ),
  },
  getM365AppUserDetail: {
    live: [
      ...columns('Report Refresh Date,User Principal Name,Last Activation Date,Last Activity Date,Report Period'),
      ...PLATFORMS,
      ...APPS,
      ...PLATFORMS.flatMap(platform => APPS.map(app => `${app} (${platform})`)),
    ],
  },
  getMicrosoft365CopilotUsageUserDetail: {
    live: columns(
      'Report Refresh Date,User Principal Name,Display Name,Last Activity Date,Copilot Chat Last Activity Date,Microsoft Teams Copilot Last Activity Date,Word Copilot Last Activity Date,Excel Copilot Last Activity Date,PowerPoint Copilot Last Activity Date,Outlook Copilot Last Activity Date,OneNote Copilot Last Activity Date,Loop Copilot Last Activity Date,Report Period',
    ),
  },
  copilotUsageExport: {
    live: columns(
      'User Principal Name,Display Name,Prompts submitted for All Apps,Prompts submitted for Copilot Chat (work),Prompts submitted for Copilot Chat (web),Active Usage Days for All Apps,Last activity date (UTC),Last activity date of Teams Copilot (UTC),Last activity date of Word Copilot (UTC),Last activity date of Excel Copilot (UTC),Last activity date of PowerPoint Copilot (UTC),Last activity date of Outlook Copilot (UTC),Last activity date of OneNote Copilot (UTC),Last activity date of Loop Copilot (UTC)',
    ),
  },
  getSkypeForBusinessActivityUserDetail: {
    live: columns(
      'Report Refresh Date,User Principal Name,Is Deleted,Deleted Date,Last Activity Date,Total Peer-to-peer Session Count,Total Organized Conference Count,Total Participated Conference Count,Peer-to-peer Last Activity Date,Organized Conference Last Activity Date,Participated Conference Last Activity Date,Assigned Products,Report Period',
    ),
  },
}
