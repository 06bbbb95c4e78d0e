import { isOffered } from '../../graph/clouds.ts'
import type { Cloud } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import type { PlannedStep } from '../../store/sync.ts'

/** Tells who was active in six services, and its refresh date which days can be asked for one by one. */
export const BACKBONE = 'getOffice365ActiveUserDetail'
/** What the tenant has bought; no report of use. */
export const SEATS = 'subscribedSkus'

/** The least that tells every service's figure: reference "usage reports" §1.4, "Which call for which workload". */
const PEOPLE = [BACKBONE, 'getEmailAppUsageUserDetail', 'getM365AppUserDetail', 'getMicrosoft365CopilotUsageUserDetail'] as const
/** Counts per day reach back 180 days in one request (§1.2). */
const COUNTS = ['getOffice365ActiveUserCounts', 'getEmailAppUsageUserCounts', 'getM365AppUserCounts'] as const
/** What Microsoft counts itself, beside which ours is held. */
const TOTALS = ['getOffice365ServicesUserCounts'] as const
/** How much each person did: for champions, and so only where people may be named. */
const INTENSITY = [
  'getTeamsUserActivityUserDetail',
  'getEmailActivityUserDetail',
  'getOneDriveActivityUserDetail',
  'getSharePointActivityUserDetail',
  'getYammerActivityUserDetail',
] as const

export type Plan = Readonly<{ reachesBack: boolean; allowsPeople: boolean; cloud: Cloud }>

/** What a run asks for, in this order; what the cloud does not have is left out. Days come later, by `daysBack`. */
export function stepsOf({ reachesBack, allowsPeople, cloud }: Plan): readonly PlannedStep[] {
  const over = (reports: readonly string[], period: string) => reports.map(report => ({ report, period, day: null }))
  const steps = [
    { report: SEATS, period: null, day: null },
    ...over(PEOPLE, 'D30'),
    ...over(TOTALS, 'D30'),
    ...over(COUNTS, reachesBack ? 'D180' : 'D30'),
    ...over(allowsPeople ? INTENSITY : [], 'D30'),
  ]
  return steps.filter(({ report }) => isOffered(cloud, report))
}

/** Days before today that the service answers about one by one, and days of a rolling figure (§0.5, §10). */
const REACH = 27

/**
 * Requests of the single days up to the refresh date, newest first: 28 of them, less those that the service no longer answers about. With
 * the request over 30 days that is two windows of the service's limit.
 */
export function daysBack(refreshDate: Day, today: Day): readonly PlannedStep[] {
  const oldest = [addDays(refreshDate, -REACH), addDays(today, -REACH)].reduce((a, b) => (a > b ? a : b))
  const steps: PlannedStep[] = []
  for (let day = refreshDate; day >= oldest; day = addDays(day, -1)) steps.push({ report: BACKBONE, period: null, day })
  return steps
}

// An ISO date always is a day.
const addDays = (day: Day, count: number): Day => new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10) as Day

/** How its file is called; no two of a run alike. */
export const fileNameOf = ({ report, period, day }: PlannedStep, today: Day): string =>
  day === null ? `${report}-${period ?? 'now'}-${today}.csv` : `${report}-day-${day}.csv`
