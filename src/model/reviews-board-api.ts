import { z } from 'zod'
import { REVIEW_COLUMNS } from './choices.ts'
import type { GateState } from './plan.ts'
import { type Day, type Outcome, Segment, type Text } from './words.ts'

/** The API of the reviews board. Routes in api/reviews-board-routes.ts. */

export type ReviewColumn = (typeof REVIEW_COLUMNS)[number]

/** Cards of a column on one page. */
export const REVIEW_CARDS = 50

/** GET /reviews — every column from its first card; with `column` that one from row `at` on. */
export const ReviewsQuery = z.object({
  q: z.string().max(200).optional(),
  segment: Segment.optional(),
  /** Only customers that the person who asks is assigned to. */
  mine: z.stringbool().optional(),
  column: z.enum(REVIEW_COLUMNS).optional(),
})
export type ReviewsQuery = z.infer<typeof ReviewsQuery>

/** Where on the customer's pages what is missing is put right. */
export const REVIEW_HELPS = ['usage', 'services', 'success', 'meetings', 'review'] as const
export type ReviewHelp = (typeof REVIEW_HELPS)[number]

export type ReviewCard = Readonly<{
  customer: string
  name: string
  segment: Segment | null
  owner: string | null
  /** As the gate stands today, in whatever column the customer is, and since when. */
  gate: Readonly<{ state: GateState; since: Day | null; because: Text | null }>
  helps: readonly ReviewHelp[]
  /** The review meeting that is planned; `isOver`: it has begun, and nobody has said whether it was held. */
  meeting: Readonly<{ id: string; at: string; isOver: boolean }> | null
  heldOn: Day | null
  outcomes: readonly Outcome[]
  /** The overall status is complete. */
  isComplete: boolean
}>

export type ReviewsBoard = Readonly<{
  columns: readonly Readonly<{ column: ReviewColumn; total: number; cards: readonly ReviewCard[]; next: string | null }>[]
}>
