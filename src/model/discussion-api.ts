import { z } from 'zod'
import type { WriteAccess } from './api.ts'
import { Href } from './decision-api.ts'
import { Day, type ItemStatus } from './words.ts'

/** The API of business value discussions (R7) and discussions of usage reports (R9). Routes in api/discussion-routes.ts. */

export const DISCUSSION_STATUSES = ['proposed', 'planned', 'held', 'declined'] as const
export type DiscussionStatus = (typeof DISCUSSION_STATUSES)[number]

const longText = z
  .string()
  .trim()
  .max(4000)
  .transform(text => text || null)
  .nullable()
  .default(null)
const version = z.int().min(0)

/** PUT /customers/:id/discussions/:service — as a whole; `version` 0: nothing was recorded of it. */
export const SetValueDiscussion = z
  .strictObject({
    /** Null: not asked. */
    interest: z.boolean().nullable().default(null),
    status: z.enum(DISCUSSION_STATUSES),
    plannedFor: Day.nullable().default(null),
    heldOn: Day.nullable().default(null),
    successFactors: longText,
    participants: longText,
    outcome: longText,
    version,
  })
  .refine(({ status, plannedFor }) => status !== 'planned' || plannedFor !== null, {
    path: ['plannedFor'],
    error: 'what is planned has a day',
  })
  .refine(({ status, heldOn }) => (status === 'held') === (heldOn !== null), {
    path: ['heldOn'],
    error: 'the day it was held, and only of one that was held',
  })
export type SetValueDiscussion = z.infer<typeof SetValueDiscussion>

/** POST /customers/:id/discussions/:service/follow-ups */
export const NewDiscussionFollowUp = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}*$/u, 'one line'),
  assignee: z.string().max(100).nullable().default(null),
  due: Day.nullable().default(null),
})
export type NewDiscussionFollowUp = z.infer<typeof NewDiscussionFollowUp>

/** POST /customers/:id/usage-discussions */
export const NewUsageDiscussion = z.strictObject({
  heldOn: Day,
  participants: longText,
  note: longText,
  links: z.array(Href).max(20).default([]),
})
export type NewUsageDiscussion = z.infer<typeof NewUsageDiscussion>

/** A fact of the review as it was told; `value` null: nobody was asked, or nobody told. */
export type Asked<Value> = Readonly<{ value: Value | null; source: string | null; asOf: Day | null }>

export type ValueDiscussion = Readonly<{
  interest: boolean | null
  status: DiscussionStatus
  plannedFor: Day | null
  heldOn: Day | null
  successFactors: string | null
  participants: string | null
  outcome: string | null
  by: string
  at: string
  version: number
}>

export type DiscussionFollowUp = Readonly<{
  id: string
  title: string
  assignee: Readonly<{ id: string; name: string }> | null
  due: Day | null
  status: ItemStatus
}>

export type ServiceDiscussion = Readonly<{
  service: string
  /** Whether the customer means to use it; null: not said. */
  intended: boolean | null
  /** Of the present engagement; null: nothing recorded, so whether there is interest cannot be told. */
  discussion: ValueDiscussion | null
  /** Days on which it was talked about in earlier engagements, newest first. */
  earlier: readonly Day[]
  followUps: readonly DiscussionFollowUp[]
}>

export type UsageDiscussion = Readonly<{
  id: string
  heldOn: Day
  participants: string | null
  note: string | null
  links: readonly string[]
  by: string
  at: string
}>

/** GET /customers/:id/discussions */
export type DiscussionsView = Readonly<{
  customer: string
  /** Of the customer: what facts are set against. */
  version: number
  today: Day
  wantsMore: Asked<boolean>
  wantsUsageReports: Asked<boolean>
  /** The customer took part in a discussion of measuring success; false: none is on record. */
  measuringSuccessDiscussed: Asked<boolean>
  reviewHeldOn: Asked<Day>
  /** There is interest in a service while nobody said whether the customer wants more: a person is asked to say so. */
  proposesMore: boolean
  services: readonly ServiceDiscussion[]
  usage: readonly UsageDiscussion[]
  assignees: readonly Readonly<{ id: string; name: string }>[]
  canSet: WriteAccess
  canSetFacts: WriteAccess
}>
