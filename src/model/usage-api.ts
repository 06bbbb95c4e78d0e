import { z } from 'zod'
import type { UsageReport } from './usage.ts'
import { Day, type Text } from './words.ts'

/** The API of usage: figures with their provenance, targets and forecasts, imports, connections. Routes in api/usage-routes.ts and others. */

/** Why a figure that came is not believed. `sudden-zero`: nobody active where many were, which is a fault of the report far more often. */
export const USAGE_DOUBTS = ['sudden-zero'] as const
export type UsageDoubt = (typeof USAGE_DOUBTS)[number]

/** Of what active users are a share: seats bought, people with a licence, seats agreed by hand. */
export const DENOMINATORS = ['entitled', 'assigned', 'custom'] as const
export const Denominator = z.enum(DENOMINATORS)
export type Denominator = z.infer<typeof Denominator>

/** What the service figure of one tenant lacks, for the customer's sum to be whole. */
export type MissingPart = Readonly<{ tenant: string; why: 'no-report' | 'no-rows' | 'sudden-zero' | 'no-seats' }>

/** One figure of the past: what counts now, and whether it was corrected since it was first told. */
export type UsagePoint = Readonly<{
  day: Day
  active: number
  percent: number | null
  /** Corrected after it was first known; the versions are in `UsageSeries.corrections`. */
  restated: boolean
}>

export type UsageCorrection = Readonly<{
  day: Day
  tenant: string
  measure: 'rolling' | 'daily'
  before: number
  after: number | null
  /** When it was corrected. */
  at: string
  why: 'restated' | 'withdrawn'
}>

/** Where the newest figure of a tenant comes from. */
export type FigureSource = Readonly<{
  tenant: string
  import: string | null
  report: string | null
  file: string | null
  sha256: string | null
  refreshDate: Day | null
  /** Inclusive: the days the figure counts. */
  window: Readonly<{ from: Day; to: Day; days: number }> | null
  rows: Readonly<{ read: number; rejected: number; deleted: number; duplicates: number }> | null
  concealed: boolean
  importedAt: string | null
  origin: 'upload' | 'command' | 'graph' | 'demo' | null
}>

export const MILESTONES = ['first', 'broad', 'max'] as const
export const MilestoneId = z.enum(MILESTONES)
export type MilestoneId = z.infer<typeof MilestoneId>

/** Percent of the seats unless a service has its own. */
export const USUAL_MILESTONES: Readonly<Record<MilestoneId, number>> = { first: 10, broad: 40, max: 100 }

export type Forecast =
  | Readonly<{ state: 'reached'; on: Day | null }>
  | Readonly<{ state: 'expected'; expected: Day; earliest: Day; latest: Day | null }>
  | Readonly<{ state: 'not-in-sight' }>
  /** Fewer than eight weeks of figures, or none of late. */
  | Readonly<{ state: 'too-little-data'; weeks: number; needed: number }>

export type MilestoneView = Readonly<{
  id: MilestoneId
  percent: number
  targetDate: Day | null
  /** First day at or above; null while it is not known to be reached. */
  reachedOn: Day | null
  forecast: Forecast
  /** One sentence per language: how the forecast came about. */
  because: Text
  /** Expected after its target date. */
  late: boolean
  version: number
  /** Newest first. */
  changes: readonly Readonly<{ percent: number; targetDate: Day | null; reason: string | null; by: string; at: string }>[]
}>

/** What is expected of the days to come, to be drawn; percents. */
export type ForecastBand = readonly Readonly<{ day: Day; low: number; middle: number; high: number }>[]

export const SIGNALS = ['gain', 'drop', 'seats-added', 'licences-unassigned'] as const
export type UsageSignal = Readonly<{
  kind: (typeof SIGNALS)[number]
  /** Users or seats before and now, the days compared. */
  before: number
  now: number
  from: Day | null
  to: Day
  text: Text
}>

/** GET /customers/:id/targets — milestones with their forecasts, the days to come, and what changed of late. */
export type TargetsView = Readonly<{
  customer: string
  services: readonly Readonly<{
    service: string
    milestones: readonly MilestoneView[]
    /** Empty without a forecast. */
    band: ForecastBand
    signals: readonly UsageSignal[]
  }>[]
}>

/** PUT /customers/:id/services/:service/milestones/:milestone */
export const SetMilestone = z.strictObject({
  percent: z.number().gt(0).max(100).multipleOf(0.1),
  targetDate: Day.nullable(),
  reason: z.string().trim().max(1000).nullable().default(null),
  /** That the screen showed; 0 for a usual one. */
  version: z.int().min(0),
})
export type SetMilestone = z.infer<typeof SetMilestone>

/** PUT /customers/:id/services/:service/denominator — `kind` null: the usual way. */
export const SetDenominator = z
  .strictObject({
    kind: Denominator.nullable(),
    seats: z.int().min(1).max(100_000_000).nullable().default(null),
    /** The customer's version that the screen showed. */
    version: z.int().min(0),
  })
  .refine(input => (input.kind === 'custom') === (input.seats !== null), {
    path: ['seats'],
    message: 'a number of seats belongs to "custom", and to nothing else',
  })
export type SetDenominator = z.infer<typeof SetDenominator>

/** GET /customers/:id/imports */
export type ImportView = Readonly<{
  id: string
  tenant: string
  file: string
  report: string | null
  kind: 'people' | 'counts' | 'activations' | 'seats'
  refreshDate: Day | null
  periodDays: number | null
  rows: Readonly<{ read: number; rejected: number; deleted: number; duplicates: number }>
  concealed: boolean
  importedAt: string
  importedBy: string | null
  origin: 'upload' | 'command' | 'graph' | 'demo'
  withdrawnAt: string | null
  /** Null: it can be taken back; else why not. */
  cannotUndo: Text | null
}>
export type ImportsView = Readonly<{ imports: readonly ImportView[]; next: string | null }>

/** GET /usage/alerts — one line per cause, not per customer. */
export type UsageAlert = Readonly<{
  kind: 'no-rows' | 'sudden-zero' | 'stale' | 'connection'
  /** Many tenants at once: the cause is hardly theirs. */
  isWidespread: boolean
  /** Of the customers the one who asks may see. */
  tenants: number
  of: number
  services: readonly string[]
  since: Day | null
  customers: readonly Readonly<{ id: string; name: string }>[]
  text: Text
}>
export type UsageAlerts = Readonly<{ alerts: readonly UsageAlert[] }>

export const FORECAST_OUTCOMES = ['in-range', 'early', 'late', 'open', 'overdue'] as const
export const ForecastOutcomeKind = z.enum(FORECAST_OUTCOMES)
export type ForecastOutcomeKind = z.infer<typeof ForecastOutcomeKind>

/** GET /usage/forecasts — newest first; `q` is part of a customer's name. The export takes the same, whole. */
export const ForecastQuery = z.object({
  q: z.string().max(200).optional(),
  service: z
    .string()
    .max(100)
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'the id of a service')
    .optional(),
  milestone: MilestoneId.optional(),
  outcome: ForecastOutcomeKind.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ForecastQuery = z.infer<typeof ForecastQuery>

/** GET /usage/forecasts — what was expected, and what came. */
export type ForecastReport = Readonly<{
  rows: readonly ForecastOutcome[]
  next: string | null
  /** Over everything that matches, not this page. */
  summary: Readonly<{
    made: number
    reached: number
    inRange: number
    early: number
    late: number
    open: number
    /** Past the range and not reached. */
    overdue: number
    /** Forecasts without a date, whatever `outcome` asks for, and how many of their milestones were reached all the same. */
    notInSight: number
    notInSightReached: number
    /** Median of days between expected and reached, positive when later. */
    medianErrorDays: number | null
  }>
}>
export type ForecastOutcome = Readonly<{
  customer: string
  customerName: string
  service: string
  milestone: MilestoneId
  goal: number
  madeOn: Day
  percentThen: number
  expected: Day
  earliest: Day
  latest: Day | null
  reachedOn: Day | null
  targetDate: Day | null
  outcome: ForecastOutcomeKind
}>

// Connections

export const CLOUDS = ['global', 'gcc-high', 'dod', 'china', 'simulator'] as const
export const Cloud = z.enum(CLOUDS)
export type Cloud = z.infer<typeof Cloud>

export const CONNECTION_STATES = [
  'untested',
  'ok',
  /** Some reports came, others did not. */
  'partly',
  'needs-consent',
  'bad-credential',
  'unknown-tenant',
  /** The reporting service has no data of the tenant yet. */
  'not-ready',
  'unreachable',
  'failed',
] as const
export type ConnectionState = (typeof CONNECTION_STATES)[number]

/** One thing that a test or a run found out, in words for who set the connection up. */
export type ConnectionFinding = Readonly<{
  code: string
  severity: 'ok' | 'info' | 'warning' | 'error'
  text: Text
  /** What to do about it. */
  remedy: Text | null
  /** `request-id` of the service, for its support. */
  requestId?: string
}>

export const SYNC_TRIGGERS = ['night', 'person', 'command'] as const
export type SyncTrigger = (typeof SYNC_TRIGGERS)[number]
export const SYNC_RUN_STATES = ['waiting', 'running', 'done', 'partly', 'failed', 'stopped'] as const
export type SyncRunState = (typeof SYNC_RUN_STATES)[number]
export const SYNC_STEP_STATES = [
  'waiting',
  'imported',
  'unchanged',
  'no-data',
  'not-ready',
  'not-offered',
  'needs-consent',
  'refused',
  'failed',
] as const
export type SyncStepState = (typeof SYNC_STEP_STATES)[number]

const Pem = z.string().max(20_000)
/** What the tenant's application signs in with. Written once, never shown again. */
export const CredentialInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('secret'), secret: z.string().min(1).max(1000) }),
  z.strictObject({ kind: z.literal('certificate'), certificate: Pem, privateKey: Pem }),
])
export type CredentialInput = z.infer<typeof CredentialInput>

/** PUT /customers/:id/tenants/:tenant/connection — `credential` absent: the one that is there stays. */
export const SetConnection = z.strictObject({
  cloud: Cloud.default('global'),
  directory: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,253}$/, 'a directory id or a domain of the tenant')
    .refine(text => !['common', 'organizations', 'consumers'].includes(text.toLowerCase()), 'the tenant itself, not "common"'),
  clientId: z.guid('the application (client) id'),
  credential: CredentialInput.optional(),
  enabled: z.boolean().default(true),
  /** That the screen showed; 0 for a new one. */
  version: z.int().min(0),
})
export type SetConnection = z.infer<typeof SetConnection>

export type ConnectionView = Readonly<{
  customer: string
  customerName: string
  tenant: string
  tenantName: string
  cloud: Cloud
  directory: string
  clientId: string
  credential: 'secret' | 'certificate'
  credentialHint: string
  credentialEnds: Day | null
  enabled: boolean
  state: ConnectionState
  since: string
  findings: readonly ConnectionFinding[]
  concealed: boolean | null
  allowsPeople: boolean
  /** The newest run; null before the first. */
  run: SyncRunView | null
  version: number
}>

export type SyncRunView = Readonly<{
  id: string
  trigger: SyncTrigger
  reachesBack: boolean
  state: SyncRunState
  requestedAt: string
  requestedBy: string
  endedAt: string | null
  /** When it goes on, while it waits for the limits of the service. */
  resumesAt: string | null
  done: number
  total: number
  steps: readonly SyncStepView[]
}>
export type SyncStepView = Readonly<{
  report: UsageReport | 'subscribedSkus' | (string & {})
  period: string | null
  day: Day | null
  state: SyncStepState
  tries: number
  refreshDate: Day | null
  rows: number | null
  problem: string | null
}>

/** GET /customers/:id/connections: every tenant, connected or not. */
export type TenantConnections = Readonly<{
  tenants: readonly Readonly<{
    id: string
    name: string
    allowsPeople: boolean
    domains: readonly string[]
    connection: ConnectionView | null
  }>[]
  clouds: readonly Cloud[]
}>
/** GET /usage/connections */
export type ConnectionsPage = Readonly<{ connections: readonly ConnectionView[]; total: number; next: string | null }>

/** POST /customers/:id/tenants/:tenant/connection/test */
export type ConnectionTest = Readonly<{ state: ConnectionState; concealed: boolean | null; findings: readonly ConnectionFinding[] }>

/** PUT /customers/:id/tenants/:tenant/people */
export const SetPeopleAllowed = z.strictObject({ allowed: z.boolean() })
export type SetPeopleAllowed = z.infer<typeof SetPeopleAllowed>

/** GET /customers/:id/services/:service/people */
export type ServicePeople = Readonly<{
  service: string
  tenants: readonly Readonly<{
    tenant: string
    name: string
    /** Null: people can be shown; else why not. */
    why: Text | null
    source: string | null
    asOf: Day | null
    /** Most active first. */
    champions: readonly Readonly<{ user: string; name: string | null; acts: number; lastActivity: Day | null }>[]
    /** What `acts` counts; null where the reports tell no counts. */
    counted: Text | null
    /** Licensed people without activity in the window, by how long ago the last one was. */
    dormant: readonly Readonly<{ from: number; to: number | null; count: number }>[] | null
    never: number | null
    licensed: number | null
  }>[]
}>
