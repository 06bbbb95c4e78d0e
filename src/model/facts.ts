import { z } from 'zod'
import type { Thresholds } from './playbook.ts'
import { USAGE_DOUBTS } from './usage-api.ts'
import { ACCELERATOR_STATES, Day, HANDSHAKES, Initiative, ItemStatus, Outcome, PROGRAM_STATES, Segment, StatusReason } from './words.ts'

/**
 * What is known of one customer: the facts file of `contracts.md`, and what the store hands to the engine.
 * An absent value is unknown, except where the comment says "did not happen".
 */

const count = z.int().min(0)
const percent = z.number().min(0).max(100)

export const ThresholdsInput = z.strictObject({
  activeUsagePercent: percent.optional(),
  usageMaxAgeDays: count.optional(),
  metricMaxAgeDays: count.optional(),
  acceleratorAfterDays: count.optional(),
})

export const UsageInput = z.strictObject({
  /** Unique users active over the rolling window. */
  active: count.optional(),
  /** A lower bound of `active` where a part is unknown (one tenant of several): enough to say yes, never to say no. */
  activeAtLeast: count.optional(),
  asOf: Day.optional(),
  /** Rows of the report; 0 = an empty report, which is not usable. */
  rows: count.optional(),
  /** Why the figure that came is not believed; with it nothing of the usage is known. */
  doubt: z.enum(USAGE_DOUBTS).optional(),
})

export const ServiceInput = z.strictObject({
  /** A listed service is intended unless this is false. */
  intended: z.boolean().default(true),
  entitled: count.optional(),
  /** null = not activated, absent = unknown. */
  activatedOn: Day.nullable().optional(),
  usage: UsageInput.optional(),
  /** Percent; overrides the customer's and the playbook's. */
  threshold: percent.optional(),
  /** Absent = none: Impulso records the offer and the answer itself. */
  handshake: z.enum(HANDSHAKES).optional(),
  /** Who owns adoption of the service; null = nobody, absent = unknown. */
  owner: z.string().nullable().optional(),
})
export type ServiceFacts = z.infer<typeof ServiceInput>

export const MetricInput = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  baseline: z.number().optional(),
  target: z.number(),
  current: z.number().optional(),
  asOf: Day.optional(),
  /** Absent: down if baseline > target, else up. */
  direction: z.enum(['up', 'down']).optional(),
  /** The service whose active usage in percent this is: its reading grows old as usage does. */
  usageOf: z.string().optional(),
})
export type MetricFacts = z.infer<typeof MetricInput>

export const TaskInput = z.strictObject({
  id: z.string().min(1),
  service: z.string().nullable().default(null),
  status: ItemStatus,
  reason: StatusReason.optional(),
  note: z.string().optional(),
  by: z.string().optional(),
  on: Day.optional(),
})

/** A step without tasks, named `process/step`, has a status too. */
export const StepStatusInput = z.strictObject({
  step: z.string().min(1),
  service: z.string().nullable().default(null),
  status: ItemStatus,
  reason: StatusReason.optional(),
  note: z.string().optional(),
  by: z.string().optional(),
  on: Day.optional(),
})

export const TransitionInput = z.strictObject({
  to: z.string().min(1),
  on: Day.optional(),
  by: z.string().optional(),
  /** Given when a lead goes on although the gate does not allow it. */
  reason: z.string().optional(),
})

/** A checklist line confirmed by a person. */
export const ConfirmationInput = z.strictObject({
  id: z.string().min(1),
  met: z.boolean(),
  on: Day.optional(),
  by: z.string().optional(),
  evidence: z.string().optional(),
})

export const FactSheet = z.strictObject({
  customer: z
    .strictObject({
      id: z.string().min(1),
      /** Absent: it goes by its id. */
      name: z.string().min(1).optional(),
      segment: Segment.optional(),
      initiatives: z.array(Initiative).default([]),
      assignedOn: Day.optional(),
    })
    .transform(customer => ({ ...customer, name: customer.name ?? customer.id })),
  csm: z.strictObject({ assigned: z.boolean().optional(), name: z.string().optional(), since: Day.optional() }).optional(),
  thresholds: ThresholdsInput.default({}),
  services: z.record(z.string(), ServiceInput).default({}),
  metrics: z.array(MetricInput).default([]),
  /** Absent = did not happen. */
  programs: z.strictObject({ 'onedrive-adoption': z.enum(PROGRAM_STATES).optional() }).default({}),
  accelerators: z.record(z.string(), z.enum(ACCELERATOR_STATES)).default({}),
  review: z
    .strictObject({
      meetingHeldOn: Day.nullable().optional(),
      outcomes: z.array(Outcome).default([]),
      wantsMore: z.boolean().optional(),
      wantsUsageReports: z.boolean().optional(),
      readyForMaintenance: z.boolean().optional(),
    })
    .default({ outcomes: [] }),
  history: z.strictObject({ measuringSuccessDiscussed: z.boolean().default(false) }).default({ measuringSuccessDiscussed: false }),
  survey: z.strictObject({ completed: z.boolean().default(false) }).default({ completed: false }),
  transitions: z.array(TransitionInput).default([]),
  tasks: z.array(TaskInput).default([]),
  steps: z.array(StepStatusInput).default([]),
  checks: z.array(ConfirmationInput).default([]),
})
export type FactSheet = z.infer<typeof FactSheet>

/** Where a value comes from; `asOf` is the day it was true. */
export type Provenance = Readonly<{ source: string; asOf: Day | null }>

const HISTORY_KEYS = ['programs', 'accelerators', 'history', 'survey', 'transitions', 'tasks', 'steps', 'checks'] as const

/** What is known of the customer. Keys of `sources` are paths like `services.teams.usage.active`; a prefix covers what is below it. */
export type Facts = Readonly<Omit<FactSheet, (typeof HISTORY_KEYS)[number]>> & {
  readonly sources: Readonly<Record<string, Provenance>>
}

/** What people did: statuses, decisions, transitions, outcomes. `review` here holds only the meeting and the outcomes. */
export type History = Readonly<Pick<FactSheet, (typeof HISTORY_KEYS)[number]>>

/** The two inputs of `decide` from one sheet. The review's meeting and outcomes stay with the facts' `review`. */
export function splitSheet(sheet: FactSheet, sources: Facts['sources'] = {}): { facts: Facts; history: History } {
  const { programs, accelerators, history, survey, transitions, tasks, steps, checks, ...facts } = sheet
  return { facts: { ...facts, sources }, history: { programs, accelerators, history, survey, transitions, tasks, steps, checks } }
}

/** The thresholds in force: customer over playbook. */
export const thresholdsFor = (playbook: Thresholds, customer: Readonly<FactSheet['thresholds']>): Thresholds => ({
  activeUsagePercent: customer.activeUsagePercent ?? playbook.activeUsagePercent,
  usageMaxAgeDays: customer.usageMaxAgeDays ?? playbook.usageMaxAgeDays,
  metricMaxAgeDays: customer.metricMaxAgeDays ?? playbook.metricMaxAgeDays,
  acceleratorAfterDays: customer.acceleratorAfterDays ?? playbook.acceleratorAfterDays,
})
