import type { ServiceId } from '../model/services.ts'
import type { ACTIVATION_REPORTS, PeopleReport } from '../model/usage.ts'

/** What one report says of one service. Names are normalised headers. */
export type ServiceColumns = Readonly<{
  service: ServiceId
  licence: string | null
  /** The report lists people with a licence and nobody else. */
  everyoneLicensed?: true
  activity: string
  /** `used`: any text that is not a no means used within the report's own period; the date beside it speaks of every app. */
  activityIs: 'last-day' | 'used'
  /** Not shown unless somebody ever used it (a retired service). */
  onlyIfUsed?: true
}>

export type ReportShape = Readonly<{
  report: PeopleReport | (typeof ACTIVATION_REPORTS)[0]
  /** Headers that only this report has; all of them must be there. */
  signature: readonly string[]
  /** And one of these. */
  oneOf?: readonly string[]
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
  /** Headers of counts of what a person did on purpose in the report's period; those that are there are summed. */
  acts?: readonly string[]
  /** A row is a person and a product: who activated what. */
  activations?: Readonly<{ product: string; devices: readonly string[]; shared: string }>
}>

export const REFRESH = 'report refresh date'
export const PERSON = 'user principal name'
export const PERIOD = 'report period'
const LAST = 'last activity date'
const PROMPTS = 'prompts submitted for all apps'
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
    acts: ['team chat message count', 'private chat message count', 'call count', 'meeting count'],
  },
  {
    report: 'getSharePointActivityUserDetail',
    signature: ['viewed or edited file count', 'visited page count'],
    not: ['site id', 'site url'],
    gone,
    services: [byLastDay('sharepoint')],
    acts: ['viewed or edited file count', 'shared internally file count', 'shared externally file count', 'visited page count'],
  },
  {
    report: 'getOneDriveActivityUserDetail',
    signature: ['viewed or edited file count', 'synced file count'],
    not: ['site id', 'site url', 'visited page count'],
    gone,
    services: [byLastDay('onedrive')],
    acts: ['viewed or edited file count', 'shared internally file count', 'shared externally file count'],
  },
  {
    report: 'getEmailActivityUserDetail',
    signature: ['send count', 'receive count', 'read count'],
    gone,
    services: [byLastDay('exchange')],
    acts: ['send count', 'read count', 'meeting created count', 'meeting interacted count'],
  },
  {
    report: 'getEmailAppUsageUserDetail',
    signature: ['outlook for windows', 'mail for mac', LAST],
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
    acts: ['posted count', 'read count', 'liked count'],
  },
  {
    report: 'getM365AppUserDetail',
    signature: ['last activation date', 'word', 'excel'],
    gone: null,
    services: [byLastDay('office-proplus')],
  },
  {
    report: 'getMicrosoft365CopilotUsageUserDetail',
    signature: ['word copilot last activity date'],
    gone: null,
    services: [{ ...byLastDay('copilot'), everyoneLicensed: true }],
    acts: [PROMPTS],
  },
  {
    report: 'copilotUsageExport',
    signature: [],
    oneOf: [PROMPTS, ...['teams', 'microsoft teams', 'word', 'excel', 'powerpoint'].map(app => `last activity date of ${app} copilot`)],
    gone: null,
    services: [{ ...byLastDay('copilot'), everyoneLicensed: true }],
    acts: [PROMPTS],
  },
  {
    report: 'getSkypeForBusinessActivityUserDetail',
    signature: ['total peer-to-peer session count'],
    gone,
    services: [{ ...byLastDay('skype-for-business'), onlyIfUsed: true }],
    acts: ['total peer-to-peer session count', 'total organized conference count', 'total participated conference count'],
  },
  {
    report: 'getOffice365ActivationsUserDetail',
    signature: ['product type', 'last activated date', 'activated on shared computer'],
    gone: null,
    services: [],
    activations: {
      product: 'product type',
      devices: ['windows', 'mac', 'windows 10 mobile', 'ios', 'android'],
      shared: 'activated on shared computer',
    },
  },
]

/**
 * What the activations reports call Microsoft 365 Apps, in lower case; their other rows are parts of other products.
 * The last is the name of before 2020.
 */
export const APPS_PRODUCTS = ['apps for enterprise', 'apps for business', 'office 365 proplus']
/** Products are called in some fifty letters; what is kept as a name is no longer than this. */
export const LONGEST_PRODUCT = 200

/**
 * Older portals and exports named some columns differently. ` (utc)` at the end of a name is left out before.
 * An old name counts only where the new one is not there.
 */
export const HEADER_ALIASES: Readonly<Record<string, string>> = {
  'data as of': REFRESH,
  username: PERSON,
  'user name': PERSON,
  deleted: 'is deleted',
  'reporting period in days': PERIOD,
  'products assigned': 'assigned products',
  'product assigned': 'assigned products',
  'files viewed or edited': 'viewed or edited file count',
  'files synced': 'synced file count',
  'files shared internally': 'shared internally file count',
  'files shared externally': 'shared externally file count',
  'pages visited': 'visited page count',
}
