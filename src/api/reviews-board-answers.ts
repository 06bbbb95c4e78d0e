import { z } from 'zod'
import { REVIEW_COLUMNS } from '../model/choices.ts'
import { type ReviewsBoard as Board, REVIEW_HELPS } from '../model/reviews-board-api.ts'
import { Day, Outcome, Segment } from '../model/words.ts'

const text = z.record(z.string(), z.string())

const ReviewsBoard: z.ZodType<Board> = z.strictObject({
  columns: z.array(
    z.strictObject({
      column: z.enum(REVIEW_COLUMNS),
      total: z.int().min(0),
      cards: z.array(
        z.strictObject({
          customer: z.string(),
          name: z.string(),
          segment: Segment.nullable(),
          owner: z.string().nullable(),
          gate: z.strictObject({ state: z.enum(['met', 'not-met', 'unknown']), since: Day.nullable(), because: text.nullable() }),
          helps: z.array(z.enum(REVIEW_HELPS)),
          meeting: z.strictObject({ id: z.string(), at: z.string(), isOver: z.boolean() }).nullable(),
          heldOn: Day.nullable(),
          outcomes: z.array(Outcome),
          isComplete: z.boolean(),
        }),
      ),
      next: z.string().nullable(),
    }),
  ),
})

export const REVIEWS_BOARD_ANSWERS = { ReviewsBoard } as const
