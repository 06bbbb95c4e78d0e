import { z } from 'zod'
import { SEAT_INTENTS, type SeatIntent } from './success.ts'
import { Day, type Text } from './words.ts'

// Reasons

export const REASON_USES = ['blocker', 'seats'] as const
/** What a reason may be given for: something that blocks, or seats that are not used. */
export type ReasonUse = (typeof REASON_USES)[number]

/** One reason of the list. `retired`: no longer to be chosen; what was given it keeps it. */
export const Reason = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes'),
  text: z.strictObject({ en: z.string().trim().min(1).max(200), 'pt-BR': z.string().trim().min(1).max(200) }) satisfies z.ZodType<Text>,
  uses: z.array(z.enum(REASON_USES)).readonly(),
  retired: z.boolean().optional(),
})
export type Reason = Readonly<z.infer<typeof Reason>>

/** GET /lists/reasons — the list in force; `version` 0 is the one that ships. */
export type ReasonsView = Readonly<{
  version: number
  reasons: readonly Reason[]
  /** Lists this installation made, newest first. */
  versions: readonly Readonly<{ version: number; by: string; at: string }>[]
}>

/** GET /lists/reasons/versions/:version — a list as it was; nobody made the one that ships. */
export type ReasonsVersion = Readonly<{ version: number; reasons: readonly Reason[]; by: string | null; at: string | null }>

/** PUT /lists/reasons — holds every reason there ever was: one that is no longer wanted is retired. */
export const SetReasons = z.strictObject({
  reasons: z.array(Reason).min(1).max(300),
  /** Of the list that the screen showed. */
  version: z.int().min(0),
})
export type SetReasons = z.infer<typeof SetReasons>

// Templates

export const TEMPLATE_KINDS = ['note', 'success-plan', 'agenda'] as const
export const TemplateKind = z.enum(TEMPLATE_KINDS)
export type TemplateKind = z.infer<typeof TemplateKind>
export const TemplateId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes')

/** GET /lists/templates/:kind — those of this installation, by title. The body of a success plan is `PlanTemplate` as JSON, else Markdown. */
export type TemplatesView = Readonly<{
  templates: readonly Readonly<{
    kind: TemplateKind
    id: string
    title: string
    language: string
    body: string
    changedBy: string | null
    changedAt: string
    version: number
  }>[]
  /** What comes with the program. Of notes one is left out where an own one of its id stands in its place. */
  shipped: readonly Readonly<{ id: string; title: string; language: string; body: string }>[]
}>

/** GET /lists/templates/:kind/:id/versions — newest first. */
export type TemplateVersions = Readonly<{
  versions: readonly Readonly<{
    seq: number
    /** Null: it was removed then. */
    content: Readonly<{ title: string; language: string; body: string }> | null
    by: string
    at: string
  }>[]
}>

/** PUT /lists/templates/:kind/:id */
export const SetTemplate = z.strictObject({
  title: z.string().trim().min(1).max(200),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en or pt-BR'),
  body: z.string().min(1).max(50_000),
  /** That the screen showed; 0 for a new one. */
  version: z.int().min(0),
})
export type SetTemplate = z.infer<typeof SetTemplate>

const serviceId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'the id of a service')
const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform(value => (value === '' ? null : value))
    .nullable()
    .default(null)
const title = z.string().trim().min(1).max(200)
/** Figures that PostgreSQL and a screen can hold. */
const figure = z.number().min(-1e12).max(1e12)
/** The customer's version that the screen showed. */
const version = z.int().min(0)

/** What an own template of a success plan holds, in one language. */
export const PlanTemplate = z.strictObject({
  description: text(1000),
  objectives: z
    .array(
      z.strictObject({
        title,
        description: text(4000),
        metrics: z
          .array(
            z
              .strictObject({
                name: title,
                kind: z.enum(['usage', 'own']),
                service: serviceId.nullable().default(null),
                unit: text(40),
                target: figure,
                direction: z.enum(['up', 'down']).nullable().default(null),
                /** Days from the start of the plan to the target date. */
                days: z.int().min(1).max(3660).nullable().default(null),
              })
              .refine(metric => metric.kind === 'own' || metric.service !== null, {
                path: ['service'],
                message: 'usage of which service?',
              }),
          )
          .max(30),
      }),
    )
    .min(1)
    .max(30),
})
export type PlanTemplate = z.infer<typeof PlanTemplate>

// Success plan

export const STANDINGS = ['not-started', 'on-track', 'behind', 'met', 'unknown'] as const
/** How a metric or an objective stands, always computed (docs/success-plan.md). */
export type Standing = Readonly<{
  state: (typeof STANDINGS)[number]
  /** Of the way from baseline to target, 0 to 1; null: unknown. */
  progress: number | null
  /** The same that is expected by now. */
  expected: number | null
  because: Text
}>

export const READING_SOURCES = ['hand', 'csv', 'api', 'demo', 'usage'] as const
export type ReadingView = Readonly<{
  day: Day
  value: number
  /** `usage`: from usage reports. */
  source: (typeof READING_SOURCES)[number]
  note: string | null
  by: string | null
}>

export type MetricView = Readonly<{
  id: string
  objective: string | null
  name: string
  kind: 'usage' | 'own'
  service: string | null
  unit: string | null
  baseline: number | null
  baselineOn: Day | null
  target: number
  /** Which way it should go, and whether a person said so. */
  direction: 'up' | 'down'
  isDirectionSet: boolean
  /** Its own; `effectiveDate` is the objective's where it has none. */
  targetDate: Day | null
  effectiveDate: Day | null
  /** `from`: by hand, or the reports it comes from. */
  current: Readonly<{ value: number; asOf: Day; from: string }> | null
  standing: Standing
  /** Oldest first, the newest 60. */
  readings: readonly ReadingView[]
}>

export type ObjectiveView = Readonly<{
  id: string
  title: string
  description: string | null
  service: string | null
  owner: Readonly<{ id: string; name: string }> | null
  targetDate: Day | null
  standing: Standing
  metrics: readonly MetricView[]
}>

export type SeatsView = Readonly<{
  service: string
  /** Seats that rules count with now; null: not known. */
  entitled: number | null
  entitledAsOf: Day | null
  split: Readonly<{
    seats: number
    asOf: Day
    by: string
    at: string
    parts: readonly Readonly<{
      intent: SeatIntent
      seats: number
      reason: string | null
      /** As it was called when it was given. */
      reasonText: Text | null
      note: string | null
    }>[]
  }> | null
  /** The seats changed since they were split; null: they did not, or are not known. */
  changed: Readonly<{ was: number; now: number }> | null
}>

export const DIBS = ['plannedOn', 'intent', 'businessReason', 'successOwner'] as const
export const SSAT = ['stakeholders', 'scenarios', 'awarenessPlan', 'trainingPlan'] as const

/** DIBS per service and SSAT of the customer, and what is missing of them. */
export type KickoffView = Readonly<{
  services: readonly Readonly<{
    service: string
    intended: boolean
    plannedOn: Day | null
    intent: string | null
    businessReason: string | null
    successOwner: string | null
    missing: readonly (typeof DIBS)[number][]
  }>[]
  stakeholders: string | null
  scenarios: string | null
  awarenessPlan: string | null
  trainingPlan: string | null
  missing: readonly (typeof SSAT)[number][]
  /** No success metric is defined yet. */
  lacksMetrics: boolean
  /** Of the playbook, to go to in the plan; null: the playbook has no kick-off. */
  process: string | null
}>

/** GET /customers/:id/success */
export type SuccessPlanView = Readonly<{
  customer: string
  /** The customer's. */
  version: number
  today: Day
  objectives: readonly ObjectiveView[]
  /** Metrics of no objective. */
  metrics: readonly MetricView[]
  counts: Readonly<Record<(typeof STANDINGS)[number], number>>
  seats: readonly SeatsView[]
  reasons: Readonly<{ version: number; reasons: readonly Reason[] }>
  kickoff: KickoffView
  templates: readonly Readonly<{ from: 'shipped' | 'own'; id: string; title: Text; description: Text; objectives: number }>[]
}>

/** POST /customers/:id/objectives, PUT /customers/:id/objectives/:objective — the latter also brings back one that was removed. */
export const SetObjective = z.strictObject({
  title,
  description: text(4000),
  service: serviceId.nullable().default(null),
  /** A person by id. */
  owner: z.string().min(1).max(200).nullable().default(null),
  targetDate: Day.nullable().default(null),
  version,
})
export type SetObjective = z.infer<typeof SetObjective>

/** PUT /customers/:id/objective-order — every objective, first to last. */
export const SetObjectiveOrder = z.strictObject({ order: z.array(z.uuid()).max(500), version })
export type SetObjectiveOrder = z.infer<typeof SetObjectiveOrder>

/** POST /customers/:id/metrics, PUT /customers/:id/metrics/:metric — the latter also brings back one that was removed. */
export const SetMetric = z
  .strictObject({
    objective: z.uuid().nullable().default(null),
    name: title,
    kind: z.enum(['usage', 'own']),
    service: serviceId.nullable().default(null),
    unit: text(40),
    baseline: figure.nullable().default(null),
    /** Left out: today for a new baseline, else as it was. */
    baselineOn: Day.nullable().optional(),
    target: figure,
    direction: z.enum(['up', 'down']).nullable().default(null),
    targetDate: Day.nullable().default(null),
    version,
  })
  .refine(metric => metric.kind === 'own' || metric.service !== null, { path: ['service'], message: 'usage of which service?' })
  .refine(metric => metric.kind === 'own' || (metric.target >= 0 && metric.target <= 100), {
    path: ['target'],
    message: 'active usage is a percent, 0 to 100',
  })
  .refine(metric => metric.baseline === null || metric.baseline !== metric.target, {
    path: ['baseline'],
    message: 'the baseline is the target already',
  })
  .refine(
    ({ baseline, target, direction }) =>
      baseline === null || direction === null || baseline === target || baseline < target === (direction === 'up'),
    { path: ['direction'], message: 'the baseline is past the target in this direction' },
  )
export type SetMetric = z.infer<typeof SetMetric>

/** PUT /customers/:id/metrics/:metric/readings/:day — without `version` whatever was there is replaced. */
export const SetReading = z.strictObject({ value: figure, note: text(1000), version: version.optional() })
export type SetReading = z.infer<typeof SetReading>

/** PUT /customers/:id/readings — a CSV of readings. With errors nothing is kept. */
export type ReadingsImport = Readonly<{
  preview: boolean
  rows: number
  added: number
  changed: number
  same: number
  errors: readonly Readonly<{ line: number; message: Text }>[]
  /** What it takes to undo it: the number of the event; null: nothing was kept. */
  undo: number | null
}>

/** PUT /customers/:id/services/:service/seats — the seats of the parts sum to `seats`, those the screen showed. */
export const SetSeats = z
  .strictObject({
    seats: z.int().min(0).max(1_000_000_000),
    parts: z
      .array(
        z
          .strictObject({
            intent: z.enum(SEAT_INTENTS),
            seats: z.int().min(1).max(1_000_000_000),
            reason: z.string().max(63).nullable().default(null),
            note: text(1000),
          })
          .refine(part => !['blocked', 'no-intent'].includes(part.intent) || part.reason !== null, {
            path: ['reason'],
            message: 'say why',
          }),
      )
      .max(50),
    version,
  })
  .refine(({ seats, parts }) => parts.reduce((sum, part) => sum + part.seats, 0) === seats, {
    path: ['parts'],
    message: 'the parts do not sum to the seats',
  })
export type SetSeats = z.infer<typeof SetSeats>

/** PUT /customers/:id/services/:service/kickoff — DIBS. */
export const SetServiceKickoff = z.strictObject({
  plannedOn: Day.nullable().default(null),
  intent: text(4000),
  businessReason: text(4000),
  /** Of the customer. */
  successOwner: text(200),
  version,
})
export type SetServiceKickoff = z.infer<typeof SetServiceKickoff>

/** PUT /customers/:id/kickoff — SSAT, as available. */
export const SetKickoff = z.strictObject({
  stakeholders: text(4000),
  scenarios: text(4000),
  awarenessPlan: text(4000),
  trainingPlan: text(4000),
  version,
})
export type SetKickoff = z.infer<typeof SetKickoff>

/** POST /customers/:id/success/template — adds a copy; what is there stays. */
export const UseTemplate = z.strictObject({
  from: z.enum(['shipped', 'own']),
  template: TemplateId,
  /** Of the texts, where the template has several. */
  language: z.enum(['en', 'pt-BR']).default('en'),
  version,
})
export type UseTemplate = z.infer<typeof UseTemplate>
