import type { Severity } from './playbook.ts'
import type { ServiceId } from './services.ts'

/**
 * Reports about people, recognised by header, never by file name. Where two speak of one service, the earlier is
 * asked first. `copilotUsageExport` is the file that the admin center exports; it goes by other columns than Graph's.
 */
export const PEOPLE_REPORTS = [
  'getOffice365ActiveUserDetail',
  'getTeamsUserActivityUserDetail',
  'getOneDriveActivityUserDetail',
  'getSharePointActivityUserDetail',
  'getEmailActivityUserDetail',
  'getEmailAppUsageUserDetail',
  'getYammerActivityUserDetail',
  'getM365AppUserDetail',
  'getMicrosoft365CopilotUsageUserDetail',
  'copilotUsageExport',
  'getSkypeForBusinessActivityUserDetail',
] as const
export type PeopleReport = (typeof PEOPLE_REPORTS)[number]

/** Reports of a whole tenant: people active per day, or over the report's period. */
export const COUNT_REPORTS = [
  'getOffice365ActiveUserCounts',
  'getEmailAppUsageUserCounts',
  'getM365AppUserCounts',
  'getMicrosoft365CopilotUserCountTrend',
  'getOffice365ServicesUserCounts',
  'getEmailAppUsageAppsUserCounts',
  'getMicrosoft365CopilotUserCountSummary',
] as const
export const ACTIVATION_REPORTS = ['getOffice365ActivationsUserDetail', 'getOffice365ActivationsUserCounts'] as const

/** Every file that `usage read` knows; people first. `subscribedSkus` is JSON from Graph: the subscriptions of a tenant. */
export const USAGE_REPORTS = [...PEOPLE_REPORTS, ...COUNT_REPORTS, ...ACTIVATION_REPORTS, 'subscribedSkus'] as const
export type UsageReport = (typeof USAGE_REPORTS)[number]

/** What the rows of a report speak of: one person each, counts of a day or a period, activations, seats. */
export type UsageReportKind = 'people' | 'counts' | 'activations' | 'seats'

export type ServiceUsage = Readonly<{
  /** Unique licensed users active in the window; null = no data, never 0 for it. */
  active: number | null
  /** Licensed, not deleted users; null where the report has no licence column. */
  assigned: number | null
  activeUnlicensed: number | null
  entitled: number | null
  /** Shown only, rounded down to one decimal; rules compare whole numbers. */
  percent: number | null
  percentOf: 'entitled' | 'assigned' | null
  /** Report refresh date, `YYYY-MM-DD`. */
  asOf: string | null
  source: readonly UsageReport[]
  /** Days; present where it differs from the file's. */
  window?: number
}>

/** People active on one day, of a whole tenant. Days do not add up to a month. */
export type DailyCount = Readonly<{
  service: ServiceId
  day: string
  active: number
  /** The report tells of parts of the service that share people: `active` is the greatest part, a lower bound. */
  atLeast: boolean
}>

/** People active over the period of a report, of a whole tenant. */
export type PeriodTotal = Readonly<{
  service: ServiceId
  active: number
  /** Active and inactive, or enabled, as the report says; null where it says neither. */
  assigned: number | null
  /** Days, the refresh date being the last of them. */
  period: number
}>

/** Who ever activated a product. Activated is "ever", active is "in the window": two things. */
export type Activation = Readonly<{ product: string; assigned: number; activated: number; sharedComputer: number }>

/** A mail domain of the user names of a report, and how many of them end in it. */
export type MailDomain = Readonly<{ domain: string; users: number }>

/** `disabled`: switched off for the whole subscription; `company`: for the tenant, not a person; `not-seats`: part of another service. */
export type PlanLeftOut = Readonly<{ plan: string; why: 'disabled' | 'company' | 'not-seats' }>

/** One subscription of a tenant and the services its seats count for. */
export type Subscription = Readonly<{
  skuId: string
  partNumber: string
  enabled: number
  /** Expired, in grace, still usable. */
  warning: number
  suspended: number
  consumed: number
  services: readonly ServiceId[]
  /** Why its seats count for no service; null = they do. `not-usable`: suspended, deleted or locked out. */
  leftOut: 'free' | 'machine-accounts' | 'company' | 'not-usable' | null
  /** Plans that would be seats of a service and are none here. */
  plansLeftOut: readonly PlanLeftOut[]
}>
export type Subscriptions = Readonly<{ subscriptions: readonly Subscription[]; seats: Readonly<Record<ServiceId, number>> }>

export type UsageProblem = Readonly<{
  code: string
  severity: Severity
  message: string
  file: string
  line: number | null
}>

/** What `usage read` prints (contracts.md). */
export type UsageReading = Readonly<{
  tenant: string | null
  /** The oldest of the services' own dates. */
  refreshDate: string | null
  window: number
  services: Readonly<Record<string, ServiceUsage>>
  concealed: boolean
  rows: Readonly<{ read: number; rejected: number; deleted: number; duplicates: number }>
  problems: readonly UsageProblem[]
  /** Present where a file tells them. Of one day and service the newest refresh date speaks. */
  daily?: readonly DailyCount[]
  activations?: readonly Activation[]
}>
