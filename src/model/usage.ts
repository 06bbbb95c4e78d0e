import type { Severity } from './playbook.ts'

/** Reports that `usage read` knows; recognised by header, never by file name. */
export const USAGE_REPORTS = [
  'getOffice365ActiveUserDetail',
  'getTeamsUserActivityUserDetail',
  'getOneDriveActivityUserDetail',
  'getSharePointActivityUserDetail',
  'getEmailActivityUserDetail',
  'getEmailAppUsageUserDetail',
  'getYammerActivityUserDetail',
  'getM365AppUserDetail',
] as const
export type UsageReport = (typeof USAGE_REPORTS)[number]

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
}>
