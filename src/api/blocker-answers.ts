import { z } from 'zod'
import type { BlockerReport, BlockersView } from '../model/blocker-api.ts'
import { Reason } from '../model/success-plan-api.ts'
import { Denominator } from '../model/usage-api.ts'
import { Day } from '../model/words.ts'
import { evidence } from './evidence-answers.ts'

const text = z.record(z.string(), z.string())
const count = z.int().min(0)
const services = z.union([z.literal('all'), z.array(z.string())])
export const writeAccess = z.union([
  z.strictObject({ ok: z.literal(true), limit: z.strictObject({ services, reason: text }).nullable() }),
  z.strictObject({ ok: z.literal(false), reason: text }),
])
const named = z.strictObject({ id: z.string(), name: z.string() })
const reason = z.strictObject({ id: z.string(), text })

const figure = z.strictObject({
  service: z.string(),
  percent: z.number().nullable(),
  percentOf: Denominator.nullable(),
  active: count.nullable(),
  asOf: Day.nullable(),
  sources: z.array(z.string()),
  quality: z.enum(['fresh', 'stale', 'empty', 'suspect', 'none']),
})

const Blockers: z.ZodType<BlockersView> = z.strictObject({
  customer: z.string(),
  today: Day,
  blockers: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      services: z.array(z.string()),
      items: z.array(z.string()),
      reason,
      seats: count.nullable(),
      owner: named.nullable(),
      nextAction: z.string().nullable(),
      nextActionOn: Day.nullable(),
      isOverdue: z.boolean(),
      openedBy: z.string(),
      openedAt: z.string(),
      remindedOn: Day.nullable(),
      escalated: z.strictObject({ at: z.string(), to: z.string().nullable() }).nullable(),
      resolved: z.strictObject({ by: z.string(), at: z.string(), resolution: z.string() }).nullable(),
      usage: z.array(
        z.strictObject({
          service: z.string(),
          opened: figure.nullable(),
          resolved: figure.nullable(),
          now: figure,
          sinceOpened: z.number().nullable(),
          sinceResolved: z.number().nullable(),
        }),
      ),
      evidence: z.array(evidence),
      version: count,
    }),
  ),
  reasons: z.array(Reason),
  owners: z.array(named),
  canSet: writeAccess,
  canAddEvidence: writeAccess,
})

const Report: z.ZodType<BlockerReport> = z.strictObject({
  rows: z.array(
    z.strictObject({
      customer: z.string(),
      customerName: z.string(),
      id: z.string(),
      title: z.string(),
      services: z.array(z.string()),
      reason,
      seats: count.nullable(),
      owner: z.string().nullable(),
      nextAction: z.string().nullable(),
      nextActionOn: Day.nullable(),
      isOverdue: z.boolean(),
      openedOn: Day,
      escalatedOn: Day.nullable(),
      resolvedOn: Day.nullable(),
    }),
  ),
  next: z.string().nullable(),
  total: count,
  seats: count,
  withoutSeats: count,
  byReason: z.array(z.strictObject({ reason: z.string(), count })),
  reasons: z.array(Reason),
})

export const BLOCKER_ANSWERS = { Blockers, BlockerReport: Report } as const
