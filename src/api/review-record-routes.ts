import { z } from 'zod'
import { rightsTo } from '../app/policy.ts'
import { addReviewEntry, removeReviewEntry, setReviewEntry } from '../app/review-record/entries.ts'
import { getReviewRecord } from '../app/review-record/get-review-record.ts'
import { sendReviewSummary } from '../app/review-record/letters.ts'
import { proposeMomentum } from '../app/review-record/momentum.ts'
import { setExpectations, setReviewTalk } from '../app/review-record/talk.ts'
import { CustomerId } from '../model/api.ts'
import {
  ProposeMomentum,
  ReviewRecordQuery,
  SendReviewSummary,
  SetExpectations,
  SetReviewEntry,
  SetReviewTalk,
} from '../model/review-record-api.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const entry = customer.extend({ entry: z.uuid('the id of an entry') })
const seen = z.object({ version: z.coerce.number('the version that the screen showed').int().min(0) })
const set = rightsTo('set-review')

/** What a success review found and agreed. */
export const REVIEW_RECORD_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/review-record',
    summary:
      'What the success review found and agreed: intent, gaps, next steps, momentum plan, expectations; of the newest engagement or another',
    rights: rightsTo('see-customer'),
    params: customer,
    query: ReviewRecordQuery,
    answer: 'ReviewRecord',
    run: ({ context, actor, params, query }) => getReviewRecord(context.app, actor, params.id, query.engagement),
  }),
  route({
    method: 'put',
    path: '/customers/:id/review-record/talk',
    summary: 'Record intent, achievements and new business scenarios',
    rights: set,
    params: customer,
    body: SetReviewTalk,
    answer: 'ReviewRecord',
    run: ({ context, actor, params, body }) => setReviewTalk(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/review-record/expectations',
    summary: 'Record what the customer is told to expect afterwards',
    rights: set,
    params: customer,
    body: SetExpectations,
    answer: 'ReviewRecord',
    run: ({ context, actor, params, body }) => setExpectations(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/review-record/entries',
    summary: 'Add a gap, a prerequisite, a next step, a part of the momentum plan or an internal team',
    rights: set,
    params: customer,
    body: SetReviewEntry,
    answer: 'ReviewRecord',
    run: ({ context, actor, params, body }) => addReviewEntry(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/review-record/entries/:entry',
    summary: 'Change an entry, or bring back one that was removed',
    rights: set,
    params: entry,
    body: SetReviewEntry,
    answer: 'ReviewRecord',
    run: ({ context, actor, params: { id, entry }, body }) => setReviewEntry(context.app, actor, { ...body, customerId: id, entry }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/review-record/entries/:entry',
    summary: 'Take an entry off its list',
    rights: set,
    params: entry,
    query: seen,
    answer: 'ReviewRecord',
    run: ({ context, actor, params: { id, entry }, query }) => removeReviewEntry(context.app, actor, { ...query, customerId: id, entry }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/review-record/usual-momentum',
    summary: 'Add the usual parts of a momentum plan that it does not have yet',
    rights: set,
    params: customer,
    body: ProposeMomentum,
    answer: 'ReviewRecord',
    run: ({ context, actor, params, body }) => proposeMomentum(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/review-record/letters',
    summary: 'Write to contacts what was agreed: expectations, momentum plan, open next steps',
    rights: set,
    params: customer,
    body: SendReviewSummary,
    answer: 'ReviewRecord',
    run: ({ context, actor, params, body }) => sendReviewSummary(context.app, actor, { ...body, customerId: params.id }),
  }),
]
