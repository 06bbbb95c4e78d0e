import type { ServiceId } from '../model/services.ts'
import type { UsageReport } from '../model/usage.ts'

/** What one report says of one service. Names are normalised headers. */
export type ServiceColumns = Readonly<{
  service: ServiceId
  licence: string | null
  activity: string
  /** `used`: any text that is not a no means used within the report's own period; the date beside it speaks of every app. */
  activityIs: 'last-day' | 'used'
  /** Not shown unless somebody ever used it (a retired service). */
  onlyIfUsed?: true
}>

export type ReportShape = Readonly<{
  report: UsageReport
  /** Headers that only this report has; all of them must be there. */
  signature: readonly string[]
  /** Headers that must be absent, for reports about something else than users. */
  not?: readonly string[]
  /** How a row says that the user is gone; null = the report never does. */
  gone: Readonly<{ column: string; is: 'flag' | 'state' }> | null
  services: readonly ServiceColumns[]
  /** A service without both its columns is left out instead of being a fault (clouds that lack the service). */
  servicesMayBeAbsent?: true
  /** The licence column came later; files without it are fine. */
  licenceMayBeAbsent?: true
  /** The activity is bound to the report's period, so the period must be known. */
  boundToPeriod?: true
  /** A column of zero ids says that names are concealed. */
  userId?: string
}>

export const REFRESH = 'report refresh date'
export const PERSON = 'user principal name'
export const PERIOD = 'report period'
const LAST = 'last activity date'
const gone = { column: 'is deleted', is: 'flag' } as const

const inActiveUsers = (service: ServiceId, name: string, extra: { onlyIfUsed?: true } = {}): ServiceColumns => ({
  service,
  licence: `has ${name} license`,
  activity: `${name} last activity date`,
  activityIs: 'last-day',
  ...extra,
})
const byLastDay = (service: ServiceId, licence: string | null = null): ServiceColumns => ({
  service,
  licence,
  activity: LAST,
  activityIs: 'last-day',
})

/**
 * The reports of Microsoft Graph that `usage read` knows, and the columns it reads from each.
 * Columns not named here may come, go and change places freely. `Assigned Products` is a list of
 * products, not a licence of a service: only a licence flag makes a denominator.
 */
export const REPORT_SHAPES: readonly ReportShape[] = [
  {
    report: 'getOffice365ActiveUserDetail',
    signature: ['exchange last activity date'],
    gone,
    servicesMayBeAbsent: true,
    services: [
      inActiveUsers('exchange', 'exchange'),
      inActiveUsers('onedrive', 'onedrive'),
      inActiveUsers('sharepoint', 'sharepoint'),
      inActiveUsers('skype-for-business', 'skype for business', { onlyIfUsed: true }),
      inActiveUsers('yammer', 'yammer'),
      inActiveUsers('teams', 'teams'),
    ],
  },
  {
    report: 'getTeamsUserActivityUserDetail',
    signature: ['team chat message count', 'private chat message count'],
    gone,
    services: [byLastDay('teams', 'is licensed')],
    licenceMayBeAbsent: true,
    userId: 'user id',
  },
  {
    report: 'getSharePointActivityUserDetail',
    signature: ['viewed or edited file count', 'visited page count'],
    not: ['site id', 'site url'],
    gone,
    services: [byLastDay('sharepoint')],
  },
  {
    report: 'getOneDriveActivityUserDetail',
    signature: ['viewed or edited file count', 'synced file count'],
    not: ['site id', 'site url', 'visited page count'],
    gone,
    services: [byLastDay('onedrive')],
  },
  {
    report: 'getEmailActivityUserDetail',
    signature: ['send count', 'receive count', 'read count'],
    gone,
    services: [byLastDay('exchange')],
  },
  {
    report: 'getEmailAppUsageUserDetail',
    signature: ['outlook for windows', 'mail for mac'],
    not: ['report date'],
    gone,
    services: [{ service: 'outlook-mobile', licence: null, activity: 'outlook for mobile', activityIs: 'used' }],
    boundToPeriod: true,
  },
  {
    report: 'getYammerActivityUserDetail',
    signature: ['posted count', 'liked count'],
    not: ['group display name'],
    gone: { column: 'user state', is: 'state' },
    services: [byLastDay('yammer')],
  },
  {
    report: 'getM365AppUserDetail',
    signature: ['last activation date', 'word', 'excel'],
    gone: null,
    services: [byLastDay('office-proplus')],
  },
]

/** Older portals and exports named some columns differently. */
export const HEADER_ALIASES: Readonly<Record<string, string>> = {
  'data as of': REFRESH,
  username: PERSON,
  'user name': PERSON,
  deleted: 'is deleted',
  'last activity date (utc)': LAST,
  'reporting period in days': PERIOD,
}
