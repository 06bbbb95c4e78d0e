import type { ServiceId } from '../model/services.ts'
import type { ACTIVATION_REPORTS, COUNT_REPORTS } from '../model/usage.ts'

/** One service in a report of counts; names are normalised headers. */
export type ServiceCounts = Readonly<{
  service: ServiceId
  /** The people active; of several columns, which share people, the greatest counts as a lower bound. */
  active: readonly string[]
  /** Columns that sum to the people who could be. */
  assigned?: readonly string[]
  /** Not told unless some number is above 0 (a retired service). */
  onlyIfUsed?: true
}>

export type CountsShape = Readonly<{
  report: (typeof COUNT_REPORTS)[number] | (typeof ACTIVATION_REPORTS)[1]
  /** Headers that must be there, and headers that must not. */
  signature: readonly string[]
  not?: readonly string[]
  /** What a row is about: a day, the whole period, or a product. */
  rowIs: 'day' | 'period' | 'product'
  services: readonly ServiceCounts[]
}>

const DAY = 'report date'
const PERSON = 'user principal name'
const office = (suffix: string) =>
  (
    [
      ['exchange', 'exchange'],
      ['onedrive', 'onedrive'],
      ['sharepoint', 'sharepoint'],
      ['skype-for-business', 'skype for business'],
      ['yammer', 'yammer'],
      ['teams', 'teams'],
    ] as const
  ).map(([service, name]) => ({
    service,
    active: [`${name}${suffix}`],
    ...(suffix === '' ? {} : { assigned: [`${name} active`, `${name} inactive`] }),
    ...(service === 'skype-for-business' ? { onlyIfUsed: true as const } : {}),
  }))
const outlookMobile: ServiceCounts = { service: 'outlook-mobile', active: ['outlook for mobile'] }

/** Reports that tell of the whole tenant. Columns not named may come, go and change places; a service without its column is left out. */
export const COUNTS_SHAPES: readonly CountsShape[] = [
  { report: 'getOffice365ActiveUserCounts', signature: ['office 365', 'exchange', DAY], rowIs: 'day', services: office('') },
  {
    report: 'getEmailAppUsageUserCounts',
    signature: ['outlook for windows', 'mail for mac', DAY],
    not: [PERSON],
    rowIs: 'day',
    services: [outlookMobile],
  },
  {
    report: 'getM365AppUserCounts',
    signature: ['word', 'excel', DAY],
    not: [PERSON],
    rowIs: 'day',
    // Nothing tells how many people used any of the apps.
    services: [{ service: 'office-proplus', active: ['outlook', 'word', 'excel', 'powerpoint', 'onenote', 'teams'] }],
  },
  {
    report: 'getMicrosoft365CopilotUserCountTrend',
    signature: ['any app active users', DAY],
    rowIs: 'day',
    services: [{ service: 'copilot', active: ['any app active users'] }],
  },
  {
    report: 'getOffice365ServicesUserCounts',
    signature: ['exchange active', 'exchange inactive'],
    not: [DAY],
    rowIs: 'period',
    services: office(' active'),
  },
  {
    report: 'getEmailAppUsageAppsUserCounts',
    signature: ['outlook for windows', 'mail for mac'],
    not: [DAY, PERSON],
    rowIs: 'period',
    services: [outlookMobile],
  },
  {
    report: 'getMicrosoft365CopilotUserCountSummary',
    signature: ['any app active users'],
    not: [DAY],
    rowIs: 'period',
    services: [{ service: 'copilot', active: ['any app active users'], assigned: ['any app enabled users'] }],
  },
  { report: 'getOffice365ActivationsUserCounts', signature: ['product type', 'assigned', 'activated'], rowIs: 'product', services: [] },
]

/** Reports that are known and tell nothing of who uses a service: acts, devices, storage, or mailboxes that belong to nobody. */
export const SILENT_REPORTS: readonly Readonly<{ report: string; signature: readonly string[]; not?: readonly string[] }>[] = [
  { report: 'getTeamsUserActivityUserCounts', signature: ['team chat messages', 'private chat messages', 'calls', DAY] },
  { report: 'getEmailActivityUserCounts', signature: ['send', 'receive', 'read', DAY] },
  { report: 'getSharePointActivityUserCounts', signature: ['visited page', 'viewed or edited', DAY] },
  { report: 'getOneDriveActivityUserCounts', signature: ['viewed or edited', 'synced', DAY] },
  { report: 'getYammerActivityUserCounts', signature: ['liked', 'posted', 'read', DAY] },
  { report: 'getM365AppPlatformUserCounts', signature: ['windows', 'mac', 'mobile', 'web', DAY], not: [PERSON] },
  { report: 'getSkypeForBusinessActivityUserCounts', signature: ['peer-to-peer', 'organized', 'participated', DAY] },
  { report: 'getMailboxUsageDetail', signature: [PERSON, 'item count', 'storage used (byte)'] },
  { report: 'getSharePointSiteUsageDetail', signature: ['site url', 'root web template'] },
  { report: 'getOneDriveUsageAccountDetail', signature: ['owner principal name', 'storage used (byte)', 'active file count'] },
  { report: 'getTeamsDeviceUsageUserDetail', signature: [PERSON, 'used web', 'used windows', 'used mac'] },
  { report: 'getOffice365ActivationCounts', signature: ['product type', 'windows', 'mac', 'android'], not: [PERSON] },
]
