import { z } from 'zod'
import { MilestoneId } from './usage-api.ts'
import { type Day, Segment } from './words.ts'

/** Rows of a page unless asked otherwise. */
export const REPORT_PAGE = 100

const ServiceId = z
  .string()
  .max(100)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'the id of a service')

/** Whose customers a report is about; absent: all that may be seen. */
const customers = {
  /** Id of the person who owns them. */
  owner: z.string().min(1).max(200).optional(),
  team: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'the id of a team')
    .optional(),
  segment: Segment.optional(),
}
const limit = z.coerce.number().int().min(1).max(200).default(REPORT_PAGE)

export type CustomerFilter = Readonly<{
  owner?: string | undefined
  team?: string | undefined
  segment?: Segment | undefined
}>

/** A page of a report. `summary` is over everything that matches, and so is `total`. */
export type Report<Row, Summary> = Readonly<{ asOf: Day; rows: readonly Row[]; next: string | null; total: number; summary: Summary }>

/** GET /reports/filters — owners and teams of the customers that one sees, by name. */
export type ReportFilters = Readonly<{ owners: readonly Named[]; teams: readonly Named[] }>
type Named = Readonly<{ id: string; name: string }>

/** What every row says of its customer; `owner` null: nobody owns it. */
type OfCustomer = Readonly<{ customer: string; customerName: string; owner: string | null }>

/** Whole calendar months, the present one among them. */
export const REPORT_MONTHS = ['3', '6', '12', '24'] as const
/** GET /reports/milestones — what was reached in the months asked for, newest first. */
export const MilestonesQuery = z.object({
  ...customers,
  service: ServiceId.optional(),
  milestone: MilestoneId.optional(),
  months: z.enum(REPORT_MONTHS).default('12'),
  limit,
})
export type MilestonesQuery = z.infer<typeof MilestonesQuery>
export type MilestoneRow = OfCustomer &
  Readonly<{
    service: string
    milestone: MilestoneId
    percent: number
    reachedOn: Day
    /** The first figure there is stood there already: reached on that day or any time before. */
    isFirstFigure: boolean
    targetDate: Day | null
  }>
export type MilestonesSummary = Readonly<{
  /** First days of all months asked for, also those in which nothing was reached. */
  months: readonly Day[]
  /** Those whose day is known. */
  counts: readonly Readonly<{ month: Day; service: string; count: number }>[]
  /** Reached nobody knows when, because the first figure stood there already. */
  atFirstFigure: number
}>
export type MilestonesReport = Report<MilestoneRow, MilestonesSummary>

export const RISK_REASONS = ['usage-fell', 'blocker-late', 'tasks-late', 'silent', 'fell-back'] as const
export type RiskReason = (typeof RISK_REASONS)[number]
/** GET /reports/at-risk — customers with the most reasons first. */
export const AtRiskQuery = z.object({ ...customers, reason: z.enum(RISK_REASONS).optional(), limit })
export type AtRiskQuery = z.infer<typeof AtRiskQuery>
export type AtRiskRow = OfCustomer &
  Readonly<{
    /** Services whose usage fell by more than chance in four weeks. */
    usageFell: readonly string[]
    /** Open blockers whose next step is past its day. */
    blockersLate: number
    /** Mandatory tasks past their day. */
    tasksLate: number
    /** Last note or held meeting, else the day the customer came; null: not silent. */
    silentSince: Day | null
    /** Done items that the data no longer shows. */
    fellBack: number
    /** Services meant to be used of which nobody can tell whether usage fell: no reason, in either direction. */
    unknown: readonly string[]
  }>
export type AtRiskSummary = Readonly<{
  /** Customers that were looked at. */
  customers: number
  /** A customer with two reasons counts for both. */
  byReason: Readonly<Record<RiskReason, number>>
  /** Without a reason, but of some service nobody can tell. */
  cannotTell: number
}>
export type AtRiskReport = Report<AtRiskRow, AtRiskSummary>

/** How long nothing was heard: up to four weeks, up to eight, longer; `never`: nothing since the customer came. */
export const SILENT_FOR = ['weeks-4', 'weeks-8', 'longer', 'never'] as const
export type SilentFor = (typeof SILENT_FOR)[number]
/** GET /reports/silent — the longest silent first. */
export const SilentQuery = z.object({ ...customers, howLong: z.enum(SILENT_FOR).optional(), limit })
export type SilentQuery = z.infer<typeof SilentQuery>
export type SilentRow = OfCustomer &
  Readonly<{
    lastNote: Day | null
    lastMeeting: Day | null
    /** The later of both, else the day the customer came. */
    since: Day
    days: number
    howLong: SilentFor
    nextMeeting: string | null
  }>
export type SilentSummary = Readonly<{ counts: Readonly<Record<SilentFor, number>>; withMeeting: number }>
export type SilentReport = Report<SilentRow, SilentSummary>

/** Why a milestone is past due, the first that fits: somebody recorded what stands in the way; two years do not do; later; nobody knows. */
export const PAST_DUE_REASONS = ['blocked', 'not-in-sight', 'expected-later', 'cannot-tell'] as const
export type PastDueReason = (typeof PAST_DUE_REASONS)[number]
export const PAST_DUE_DATES = ['target', 'forecast'] as const
/** GET /reports/past-due — the longest overdue first. */
export const PastDueQuery = z.object({
  ...customers,
  service: ServiceId.optional(),
  reason: z.enum(PAST_DUE_REASONS).optional(),
  /** Which date has passed: the one somebody set, or that of a forecast. */
  date: z.enum(PAST_DUE_DATES).optional(),
  limit,
})
export type PastDueQuery = z.infer<typeof PastDueQuery>
export type PastDueRow = OfCustomer &
  Readonly<{
    service: string
    milestone: MilestoneId
    percent: number
    /** As somebody set it; it need not have passed where a forecast has. */
    targetDate: Day | null
    /** The last day of the first forecast whose whole range has passed. */
    forecastFor: Day | null
    /** The earlier of those that have passed, and the days since. */
    due: Day
    daysLate: number
    reason: PastDueReason
    /** By the forecast of this or the last week. */
    expectedNow: Day | null
    /** Open ones of this service or the whole customer. */
    blockers: number
  }>
export type PastDueSummary = Readonly<{
  byReason: Readonly<Record<PastDueReason, number>>
  /** Most first; id null: customers that nobody owns. */
  byOwner: readonly Readonly<{ id: string | null; name: string | null; count: number }>[]
}>
export type PastDueReport = Report<PastDueRow, PastDueSummary>

/** GET /reports/handshakes — without an answer, the longest waiting first. */
export const WaitingQuery = z.object({ ...customers, service: ServiceId.optional(), late: z.stringbool().optional(), limit })
export type WaitingQuery = z.infer<typeof WaitingQuery>
export type WaitingRow = OfCustomer &
  Readonly<{
    handshake: string
    service: string
    /** `asked`: a question waits for whoever offered. */
    state: 'offered' | 'asked'
    offeredBy: string
    offeredTo: string
    offeredOn: Day
    /** Of the customer's team, after the day of the offer. */
    workingDays: number
    remindOn: Day
    /** The day of the reminder has come. */
    isLate: boolean
  }>
export type WaitingSummary = Readonly<{
  late: number
  /** To whom it was offered; most first. */
  byPerson: readonly Readonly<{ id: string; name: string; waiting: number; late: number }>[]
}>
export type WaitingReport = Report<WaitingRow, WaitingSummary>
