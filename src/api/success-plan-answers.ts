import { z } from 'zod'
import { SEAT_INTENTS } from '../model/success.ts'
import {
  DIBS,
  READING_SOURCES,
  type ReadingsImport,
  Reason,
  type ReasonsVersion,
  type ReasonsView,
  SSAT,
  STANDINGS,
  type SuccessPlanView,
  TemplateKind,
  type TemplatesView,
  type TemplateVersions,
} from '../model/success-plan-api.ts'
import { Day } from '../model/words.ts'

const text = z.record(z.string(), z.string())
const count = z.int().min(0)
const share = z.number().min(0).max(1).nullable()
const maybe = z.string().nullable()

const standing = z.strictObject({ state: z.enum(STANDINGS), progress: share, expected: share, because: text })

const metric = z.strictObject({
  id: z.string(),
  objective: maybe,
  name: z.string(),
  kind: z.enum(['usage', 'own']),
  service: maybe,
  unit: maybe,
  baseline: z.number().nullable(),
  baselineOn: Day.nullable(),
  target: z.number(),
  direction: z.enum(['up', 'down']),
  isDirectionSet: z.boolean(),
  targetDate: Day.nullable(),
  effectiveDate: Day.nullable(),
  current: z.strictObject({ value: z.number(), asOf: Day, from: z.string() }).nullable(),
  standing,
  readings: z.array(z.strictObject({ day: Day, value: z.number(), source: z.enum(READING_SOURCES), note: maybe, by: maybe })),
})

const seats = z.strictObject({
  service: z.string(),
  entitled: count.nullable(),
  entitledAsOf: Day.nullable(),
  split: z
    .strictObject({
      seats: count,
      asOf: Day,
      by: z.string(),
      at: z.string(),
      parts: z.array(
        z.strictObject({ intent: z.enum(SEAT_INTENTS), seats: count, reason: maybe, reasonText: text.nullable(), note: maybe }),
      ),
    })
    .nullable(),
  changed: z.strictObject({ was: count, now: count }).nullable(),
})

const kickoff = z.strictObject({
  services: z.array(
    z.strictObject({
      service: z.string(),
      intended: z.boolean(),
      plannedOn: Day.nullable(),
      intent: maybe,
      businessReason: maybe,
      successOwner: maybe,
      missing: z.array(z.enum(DIBS)),
    }),
  ),
  stakeholders: maybe,
  scenarios: maybe,
  awarenessPlan: maybe,
  trainingPlan: maybe,
  missing: z.array(z.enum(SSAT)),
  lacksMetrics: z.boolean(),
  process: maybe,
})

const SuccessPlan: z.ZodType<SuccessPlanView> = z.strictObject({
  customer: z.string(),
  version: count,
  today: Day,
  objectives: z.array(
    z.strictObject({
      id: z.uuid(),
      title: z.string(),
      description: maybe,
      service: maybe,
      owner: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
      targetDate: Day.nullable(),
      standing,
      metrics: z.array(metric),
    }),
  ),
  metrics: z.array(metric),
  counts: z.strictObject({ 'not-started': count, 'on-track': count, behind: count, met: count, unknown: count }),
  seats: z.array(seats),
  reasons: z.strictObject({ version: count, reasons: z.array(Reason) }),
  kickoff,
  templates: z.array(
    z.strictObject({ from: z.enum(['shipped', 'own']), id: z.string(), title: text, description: text, objectives: count }),
  ),
})

const ReadingsImportAnswer: z.ZodType<ReadingsImport> = z.strictObject({
  preview: z.boolean(),
  rows: count,
  added: count,
  changed: count,
  same: count,
  errors: z.array(z.strictObject({ line: count, message: text })),
  undo: count.nullable(),
})

const Reasons: z.ZodType<ReasonsView> = z.strictObject({
  version: count,
  reasons: z.array(Reason),
  versions: z.array(z.strictObject({ version: count, by: z.string(), at: z.string() })),
})

const Templates: z.ZodType<TemplatesView> = z.strictObject({
  templates: z.array(
    z.strictObject({
      kind: TemplateKind,
      id: z.string(),
      title: z.string(),
      language: z.string(),
      body: z.string(),
      changedBy: maybe,
      changedAt: z.string(),
      version: count,
    }),
  ),
  shipped: z.array(z.strictObject({ id: z.string(), title: z.string(), language: z.string(), body: z.string() })),
})

const ReasonsVersionAnswer: z.ZodType<ReasonsVersion> = z.strictObject({
  version: count,
  reasons: z.array(Reason),
  by: maybe,
  at: maybe,
})

const TemplateVersionsAnswer: z.ZodType<TemplateVersions> = z.strictObject({
  versions: z.array(
    z.strictObject({
      seq: count,
      content: z.strictObject({ title: z.string(), language: z.string(), body: z.string() }).nullable(),
      by: z.string(),
      at: z.string(),
    }),
  ),
})

export const SUCCESS_PLAN_ANSWERS = {
  SuccessPlan,
  ReadingsImport: ReadingsImportAnswer,
  Reasons,
  ReasonsVersion: ReasonsVersionAnswer,
  Templates,
  TemplateVersions: TemplateVersionsAnswer,
} as const
