import { z } from 'zod'
import type { EngagementView, Possible, ReviewView } from '../model/review-api.ts'
import { Day, Outcome } from '../model/words.ts'
import { writeAccess } from './blocker-answers.ts'
import { evidence } from './evidence-answers.ts'

const text = z.record(z.string(), z.string())
const count = z.int().min(0)
const gate = z.enum(['met', 'not-met', 'unknown'])

const engagement: z.ZodType<EngagementView> = z.strictObject({
  id: z.string(),
  cycle: count,
  state: z.enum(['open', 'complete', 'cancelled']),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  cancelReason: z.string().nullable(),
  outcomes: z.array(z.strictObject({ outcome: Outcome, by: z.string().nullable(), at: z.string() })),
})

const refused = { ok: z.literal(false), reason: text }
const possible: z.ZodType<Possible> = z.union([z.strictObject({ ok: z.literal(true) }), z.strictObject(refused)])

const override = z.strictObject({ reason: z.string(), evidence: z.array(evidence) }).nullable()

const Review: z.ZodType<ReviewView> = z.strictObject({
  customer: z.string(),
  today: Day,
  version: count,
  engagement,
  history: z.array(engagement),
  gate: z.strictObject({ state: gate, because: text }),
  opened: z.strictObject({ on: Day, by: z.string(), gate, because: text, override }).nullable(),
  meetingHeldOn: Day.nullable(),
  task: z.strictObject({ id: z.string(), title: text, item: z.string().nullable(), isDone: z.boolean() }).nullable(),
  overall: z.strictObject({ state: z.enum(['open', 'completable', 'complete']), because: text }),
  outcomes: possible,
  services: z.array(
    z.strictObject({ id: z.string(), intended: z.boolean(), isActive: z.boolean().nullable(), handshake: z.string().nullable() }),
  ),
  cycle: z.union([
    z.strictObject({ ok: z.literal(true), needsReason: z.boolean() }),
    z.strictObject({ ...refused, needsReason: z.boolean() }),
  ]),
  steps: z.array(
    z.strictObject({
      to: z.string(),
      name: text,
      state: z.enum(['available', 'blocked', 'unknown']),
      because: text,
      takenOn: Day.nullable(),
    }),
  ),
  corrections: z.array(
    z.strictObject({
      before: z.array(Outcome),
      after: z.array(Outcome),
      reason: z.string().nullable(),
      by: z.string(),
      at: z.string(),
    }),
  ),
  canRecord: writeAccess,
  canCorrect: writeAccess,
  canCancel: writeAccess,
  canBegin: writeAccess,
})

export const REVIEW_ANSWERS = { Review } as const
