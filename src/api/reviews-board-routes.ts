import { z } from 'zod'
import { rightsTo } from '../app/policy.ts'
import { getReviewsBoard } from '../app/reviews-board/get-reviews-board.ts'
import { ReviewsQuery } from '../model/reviews-board-api.ts'
import { type Route, route } from './route.ts'

const cursor = z
  .string()
  .regex(/^\d{1,9}$/, 'the `next` of the column before')
  .transform(Number)
  .optional()

/** Success reviews of all customers one may see. */
export const REVIEWS_BOARD_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/reviews',
    summary: 'Customers by how far their success review is: six columns, or one of them further on',
    rights: rightsTo('see-customer'),
    query: ReviewsQuery.extend({ cursor }),
    answer: 'ReviewsBoard',
    run: ({ context, actor, query: { cursor, ...query } }) => getReviewsBoard(context.app, actor, { ...query, at: cursor ?? 0 }),
  }),
]
