import { REVIEW_COLUMNS } from '../../model/choices.ts'
import { REVIEW_CARDS, type ReviewCard, type ReviewHelp, type ReviewsBoard, type ReviewsQuery } from '../../model/reviews-board-api.ts'
import { findReviews, type ReviewRecord } from '../../store/reviews-board.ts'
import type { Context } from '../context.ts'
import { REVIEW_GATE } from '../plans/summary.ts'
import { type Actor, authorize } from '../policy.ts'

/** Every customer that the actor sees, by how far its success review is; one query. `at`: how many cards of the column were shown before. */
export async function getReviewsBoard(
  context: Context,
  actor: Actor,
  { at, ...query }: ReviewsQuery & { at: number },
): Promise<ReviewsBoard> {
  authorize(actor, 'see-customer')
  const rows = await findReviews(context.db, query, { at: query.column ? at : 0, limit: REVIEW_CARDS, gate: REVIEW_GATE })
  const now = context.now().toISOString()
  return {
    columns: REVIEW_COLUMNS.filter(column => query.column === undefined || query.column === column).map(column => {
      const own = rows.filter(row => row.column === column)
      const total = own[0]?.total ?? 0
      const end = own.at(-1)?.place ?? 0
      return { column, total, cards: own.map(row => cardOf(row, now)), next: end > 0 && end < total ? String(end) : null }
    }),
  }
}

const cardOf = (row: ReviewRecord, now: string): ReviewCard => ({
  customer: row.customer_id,
  name: row.name,
  segment: row.segment,
  owner: row.owner,
  gate: { state: row.review, since: row.since, because: row.because },
  helps: helpsOf(row),
  meeting:
    row.column === 'scheduled' && row.meeting_id !== null && row.meets_at !== null
      ? { id: row.meeting_id, at: row.meets_at, isOver: row.meets_at <= now }
      : null,
  heldOn: row.held_on,
  outcomes: row.outcomes,
  isComplete: row.is_complete,
})

/** What helps from here: where the figures come from that are missing or too low, the meeting to plan, what is to be agreed. */
function helpsOf({ column, missing }: ReviewRecord): readonly ReviewHelp[] {
  switch (column) {
    case 'not-ready':
      return ['usage', 'success']
    case 'cannot-tell': {
      const helps = (
        [
          ['usage', /^service\./],
          ['success', /^(metric|successPlan)\./],
        ] as const
      ).flatMap(([help, word]) => (missing.some(name => word.test(name)) ? [help] : []))
      // Nothing is missing of any service: no service is known that the customer means to use.
      return helps.length === 0 ? ['services', 'success'] : helps
    }
    case 'ready':
      return ['meetings', 'review']
    case 'scheduled':
      return ['meetings', 'review']
    default:
      return ['review']
  }
}
