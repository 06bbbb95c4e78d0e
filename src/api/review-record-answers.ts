import { z } from 'zod'
import {
  ALIGNMENT_STATES,
  GAP_KINDS,
  LETTER_PROBLEMS,
  MOMENTUM_KINDS,
  MOMENTUM_STATES,
  PREREQUISITE_STATES,
  REVIEW_INTENTS,
  REVIEW_LISTS,
} from '../model/review-record.ts'
import { type ReviewEngagement, type ReviewRecordView, ReviewResource } from '../model/review-record-api.ts'
import { Day, Segment } from '../model/words.ts'
import { writeAccess } from './blocker-answers.ts'

const maybe = z.string().nullable()

const engagement: z.ZodType<ReviewEngagement> = z.strictObject({
  id: z.string(),
  cycle: z.int().min(1),
  state: z.enum(['open', 'complete', 'cancelled']),
  openedAt: z.string(),
  closedAt: maybe,
})

const entry = z.strictObject({
  id: z.string(),
  list: z.enum(REVIEW_LISTS),
  kind: z.enum([...GAP_KINDS, ...MOMENTUM_KINDS]).nullable(),
  what: maybe,
  service: maybe,
  approach: maybe,
  state: z.enum([...new Set([...PREREQUISITE_STATES, ...MOMENTUM_STATES, ...ALIGNMENT_STATES])]).nullable(),
  reason: maybe,
  resources: z.array(ReviewResource),
  owner: z
    .union([z.strictObject({ person: z.string(), name: z.string() }), z.strictObject({ contact: z.string(), name: z.string() })])
    .nullable(),
  due: Day.nullable(),
  closedOn: Day.nullable(),
  leftByCycle: z.int().min(1).nullable(),
})

const ReviewRecord: z.ZodType<ReviewRecordView> = z.strictObject({
  customer: z.string(),
  version: z.int().min(0),
  today: Day,
  engagement: engagement.nullable(),
  engagements: z.array(engagement),
  canWrite: writeAccess,
  canWriteOngoing: writeAccess,
  segment: Segment.nullable(),
  intent: z.enum(REVIEW_INTENTS).nullable(),
  achievements: maybe,
  scenarios: z.array(z.string()),
  expectations: z.strictObject({ experience: maybe, reducedSupport: maybe, reducedSupportWhy: maybe }),
  entries: z.array(entry),
  recipients: z.array(
    z.strictObject({ contact: z.string(), name: z.string(), language: z.string(), problem: z.enum(LETTER_PROBLEMS).nullable() }),
  ),
  letters: z.array(
    z.strictObject({
      id: z.string(),
      contact: z.string(),
      name: z.string(),
      askedBy: z.string(),
      askedAt: z.string(),
      writtenAt: maybe,
      refused: z.enum(LETTER_PROBLEMS).nullable(),
    }),
  ),
})

export const REVIEW_RECORD_ANSWERS = { ReviewRecord } as const
