import { z } from 'zod'
import { rightsTo } from '../app/policy.ts'
import { beginCycle } from '../app/reviews/cycles.ts'
import { getReview } from '../app/reviews/get-review.ts'
import { cancelEngagement, correctOutcomes, recordOutcomes, reopenEngagement } from '../app/reviews/outcomes.ts'
import { CustomerId } from '../model/api.ts'
import { BeginCycle, CancelEngagement, CorrectOutcomes, RecordOutcomes } from '../model/review-api.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })

/** The success review of a customer: what it needs, what came of it, and the cycle that follows. */
export const REVIEW_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/review',
    summary: 'How the success review stands: its gate then and now, its task, its outcomes, and earlier cycles',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'Review',
    run: ({ context, actor, params }) => getReview(context.app, actor, params.id),
  }),
  route({
    method: 'post',
    path: '/customers/:id/review/outcomes',
    summary: 'Record one or more outcomes after the meeting and its task; completes the engagement',
    rights: rightsTo('record-outcome'),
    params: customer,
    body: RecordOutcomes,
    answer: 'Review',
    run: ({ context, actor, params, body }) => recordOutcomes(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/review/outcomes',
    summary: 'Correct what was agreed, with a reason; without an outcome the engagement is open again',
    rights: rightsTo('correct-outcome'),
    params: customer,
    body: CorrectOutcomes,
    answer: 'Review',
    run: ({ context, actor, params, body }) => correctOutcomes(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/engagement/cancelled',
    summary: 'Cancel the engagement of a customer that is lost, with a reason',
    rights: rightsTo('cancel-engagement'),
    params: customer,
    body: CancelEngagement,
    answer: 'Review',
    run: ({ context, actor, params, body }) => cancelEngagement(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/engagement/cancelled',
    summary: 'Open an engagement again that was cancelled, with a reason',
    rights: rightsTo('correct-outcome'),
    params: customer,
    query: z.object({
      reason: CancelEngagement.shape.reason,
      version: z.coerce.number('the customer version the screen showed').int().min(0),
    }),
    answer: 'Review',
    run: ({ context, actor, params, query }) => reopenEngagement(context.app, actor, { ...query, customerId: params.id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/engagements',
    summary: 'Begin the next cycle at kick-off, with the services it is about',
    rights: rightsTo('take-transition'),
    params: customer,
    body: BeginCycle,
    answer: 'Review',
    run: ({ context, actor, params, body }) => beginCycle(context.app, actor, { ...body, customerId: params.id }),
  }),
]
