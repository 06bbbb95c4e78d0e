import { z } from 'zod'
import type { WriteAccess } from './api.ts'
import {
  ALIGNMENT_STATES,
  GAP_KINDS,
  type LetterProblem,
  MOMENTUM_KINDS,
  MOMENTUM_STATES,
  PREREQUISITE_STATES,
  REVIEW_INTENTS,
  type ReviewIntent,
  type ReviewList,
} from './review-record.ts'
import { Day, type Segment } from './words.ts'

const LONG = 8000
const orNull = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform(value => (value === '' ? null : value))
    .nullable()
    .default(null)
const line = z.string().trim().min(1).max(500)
const day = Day.nullable().default(null)
const service = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'the id of a service')
  .nullable()
  .default(null)
/** The customer's version that the screen showed. */
const version = z.int().min(0)

/** Who sees to it: a person of the installation, or a contact of the customer. */
const ReviewOwner = z.union([
  z.strictObject({ person: z.string().min(1).max(200) }),
  z.strictObject({ contact: z.uuid('the id of a contact') }),
])
const owner = ReviewOwner.nullable().default(null)

export const ReviewResource = z.strictObject({
  title: z.string().trim().min(1).max(200),
  url: z
    .url({ protocol: /^https$/, hostname: z.regexes.domain, error: 'a link that begins with https://' })
    .max(2000)
    .refine(text => !/^https:[/]+[^/?#]*@/i.test(text), 'a link without a user or password'),
})
export type ReviewResource = Readonly<z.infer<typeof ReviewResource>>

const gap = { list: z.literal('gap'), kind: z.enum(GAP_KINDS), what: line, service, approach: orNull(4000), owner, due: day, closedOn: day }
const prerequisite = { list: z.literal('prerequisite'), what: line, service, state: z.enum(PREREQUISITE_STATES), owner, due: day }
const step = { list: z.literal('step'), what: line, owner, due: day, closedOn: day }
const momentum = {
  list: z.literal('momentum'),
  kind: z.enum(MOMENTUM_KINDS),
  /** Of `other` alone: the rest are called as usual. */
  what: orNull(200),
  state: z.enum(MOMENTUM_STATES),
  /** Why it is not needed. */
  reason: orNull(1000),
  resources: z.array(ReviewResource).max(20).readonly().default([]),
  owner,
  due: day,
}
const alignment = {
  list: z.literal('alignment'),
  /** The team. */
  what: line,
  owner,
  /** The day the team had understood the plan; null: not yet. */
  closedOn: day,
  state: z.enum(ALIGNMENT_STATES).nullable().default(null),
}

/** POST …/review-record/entries, PUT …/review-record/entries/:entry — an entry stays in its list. */
export const SetReviewEntry = z.discriminatedUnion('list', [
  z.strictObject({ ...gap, version }),
  z.strictObject({ ...prerequisite, version }),
  z.strictObject({ ...step, version }),
  z
    .strictObject({ ...momentum, version })
    .refine(({ kind, what }) => (kind === 'other') === (what !== null), {
      path: ['what'],
      message: 'a part of your own needs a title, a usual one has none',
    })
    .refine(({ state, reason }) => (state === 'not-needed') === (reason !== null), {
      path: ['reason'],
      message: 'what is not needed needs a reason, the rest has none',
    }),
  z.strictObject({ ...alignment, version }),
])

export type SetReviewEntry = z.infer<typeof SetReviewEntry>

/** PUT …/review-record/talk */
export const SetReviewTalk = z.strictObject({
  intent: z.enum(REVIEW_INTENTS).nullable(),
  /** Markdown. */
  achievements: orNull(LONG),
  scenarios: z.array(line).max(30).readonly(),
  version,
})
export type SetReviewTalk = z.infer<typeof SetReviewTalk>

/** PUT …/review-record/expectations */
export const SetExpectations = z.strictObject({
  experience: orNull(LONG),
  reducedSupport: orNull(LONG),
  reducedSupportWhy: orNull(LONG),
  version,
})
export type SetExpectations = z.infer<typeof SetExpectations>

/** POST …/review-record/usual-momentum */
export const ProposeMomentum = z.strictObject({ version })

/** POST …/review-record/letters — writes to these contacts what was agreed. `again`: also to those who were written to before. */
export const SendReviewSummary = z.strictObject({
  contacts: z
    .array(z.uuid('the id of a contact'))
    .min(1)
    .max(100)
    .refine(ids => new Set(ids).size === ids.length, 'each contact once'),
  again: z.boolean().default(false),
  version,
})
export type SendReviewSummary = z.infer<typeof SendReviewSummary>

export const ReviewRecordQuery = z.object({
  /** Which engagement; without it the newest. */
  engagement: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'the id of an engagement')
    .optional(),
})

export type ReviewOwnerView = Readonly<{ person: string; name: string }> | Readonly<{ contact: string; name: string }>

/** One line of a list. Which values may be there depends on `list`, as in `SetReviewEntry`; the others are null. */
export type ReviewEntryView = Readonly<{
  id: string
  list: ReviewList
  kind: (typeof GAP_KINDS)[number] | (typeof MOMENTUM_KINDS)[number] | null
  what: string | null
  service: string | null
  approach: string | null
  state: (typeof PREREQUISITE_STATES)[number] | (typeof MOMENTUM_STATES)[number] | (typeof ALIGNMENT_STATES)[number] | null
  reason: string | null
  resources: readonly ReviewResource[]
  owner: ReviewOwnerView | null
  due: Day | null
  closedOn: Day | null
  /** Of an earlier engagement, which left it open: its cycle; else null. */
  leftByCycle: number | null
}>

/** GET …/review-record, and what every write of it answers. */
export type ReviewRecordView = Readonly<{
  customer: string
  version: number
  today: Day
  /** Null: no engagement was opened yet; the first write opens it. */
  engagement: ReviewEngagement | null
  /** All there are, newest first. */
  engagements: readonly ReviewEngagement[]
  /** The review itself and its expectations: of the open engagement only. */
  canWrite: WriteAccess
  /** What goes on after the review — gaps, next steps, prerequisites, the momentum plan: of the newest engagement, also when it is over. */
  canWriteOngoing: WriteAccess
  segment: Segment | null
  /** Null: not yet established. */
  intent: ReviewIntent | null
  achievements: string | null
  scenarios: readonly string[]
  expectations: Readonly<{ experience: string | null; reducedSupport: string | null; reducedSupportWhy: string | null }>
  /** List by list, those of the momentum plan in the usual order, the rest as they were added. */
  entries: readonly ReviewEntryView[]
  /** Whom the summary can be written to, and why to others it cannot. */
  recipients: readonly Readonly<{ contact: string; name: string; language: string; problem: LetterProblem | null }>[]
  /** Newest first. Neither written nor refused: it waits to be sent. */
  letters: readonly Readonly<{
    id: string
    contact: string
    name: string
    askedBy: string
    askedAt: string
    writtenAt: string | null
    refused: LetterProblem | null
  }>[]
}>

export type ReviewEngagement = Readonly<{
  id: string
  cycle: number
  state: 'open' | 'complete' | 'cancelled'
  openedAt: string
  closedAt: string | null
}>
