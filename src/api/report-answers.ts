import { z } from 'zod'
import {
  type AtRiskReport,
  type MilestonesReport,
  PAST_DUE_REASONS,
  type PastDueReport,
  type ReportFilters,
  SILENT_FOR,
  type SilentReport,
  type WaitingReport,
} from '../model/report-api.ts'
import { MilestoneId } from '../model/usage-api.ts'
import { Day } from '../model/words.ts'

const count = z.int().min(0)
const customer = { customer: z.string(), customerName: z.string(), owner: z.string().nullable() }
const named = z.strictObject({ id: z.string(), name: z.string() })
const report = <Row extends z.ZodType, Summary extends z.ZodType>(row: Row, summary: Summary) =>
  z.strictObject({ asOf: Day, rows: z.array(row), next: z.string().nullable(), total: count, summary })

const Filters: z.ZodType<ReportFilters> = z.strictObject({ owners: z.array(named), teams: z.array(named) })

const Milestones: z.ZodType<MilestonesReport> = report(
  z.strictObject({
    ...customer,
    service: z.string(),
    milestone: MilestoneId,
    percent: z.number(),
    reachedOn: Day,
    isFirstFigure: z.boolean(),
    targetDate: Day.nullable(),
  }),
  z.strictObject({
    months: z.array(Day),
    counts: z.array(z.strictObject({ month: Day, service: z.string(), count })),
    atFirstFigure: count,
  }),
)

const AtRisk: z.ZodType<AtRiskReport> = report(
  z.strictObject({
    ...customer,
    usageFell: z.array(z.string()),
    blockersLate: count,
    tasksLate: count,
    silentSince: Day.nullable(),
    fellBack: count,
    unknown: z.array(z.string()),
  }),
  z.strictObject({
    customers: count,
    byReason: z.strictObject({ 'usage-fell': count, 'blocker-late': count, 'tasks-late': count, silent: count, 'fell-back': count }),
    cannotTell: count,
  }),
)

const Silent: z.ZodType<SilentReport> = report(
  z.strictObject({
    ...customer,
    lastNote: Day.nullable(),
    lastMeeting: Day.nullable(),
    since: Day,
    days: count,
    howLong: z.enum(SILENT_FOR),
    nextMeeting: z.string().nullable(),
  }),
  z.strictObject({
    counts: z.strictObject({ 'weeks-4': count, 'weeks-8': count, longer: count, never: count }),
    withMeeting: count,
  }),
)

const PastDue: z.ZodType<PastDueReport> = report(
  z.strictObject({
    ...customer,
    service: z.string(),
    milestone: MilestoneId,
    percent: z.number(),
    targetDate: Day.nullable(),
    forecastFor: Day.nullable(),
    due: Day,
    daysLate: count,
    reason: z.enum(PAST_DUE_REASONS),
    expectedNow: Day.nullable(),
    blockers: count,
  }),
  z.strictObject({
    byReason: z.strictObject({ blocked: count, 'not-in-sight': count, 'expected-later': count, 'cannot-tell': count }),
    byOwner: z.array(z.strictObject({ id: z.string().nullable(), name: z.string().nullable(), count })),
  }),
)

const Waiting: z.ZodType<WaitingReport> = report(
  z.strictObject({
    ...customer,
    handshake: z.string(),
    service: z.string(),
    state: z.enum(['offered', 'asked']),
    offeredBy: z.string(),
    offeredTo: z.string(),
    offeredOn: Day,
    workingDays: count,
    remindOn: Day,
    isLate: z.boolean(),
  }),
  z.strictObject({
    late: count,
    byPerson: z.array(z.strictObject({ id: z.string(), name: z.string(), waiting: count, late: count })),
  }),
)

export const REPORT_ANSWERS = {
  ReportFilters: Filters,
  MilestonesReport: Milestones,
  AtRiskReport: AtRisk,
  SilentReport: Silent,
  PastDueReport: PastDue,
  WaitingReport: Waiting,
} as const
