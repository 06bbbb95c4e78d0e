import { z } from 'zod'
import { getDiscussions } from '../app/discussions/get-discussions.ts'
import {
  addDiscussionFollowUp,
  addUsageDiscussion,
  removeUsageDiscussion,
  removeValueDiscussion,
  setValueDiscussion,
} from '../app/discussions/set-discussion.ts'
import { rightsTo } from '../app/policy.ts'
import { CustomerId } from '../model/api.ts'
import { NewDiscussionFollowUp, NewUsageDiscussion, SetValueDiscussion } from '../model/discussion-api.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const service = customer.extend({ service: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'the id of a service') })

/** Business value discussions per service, and discussions of usage reports. */
export const DISCUSSION_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/discussions',
    summary: 'What was asked and talked about around the review: the value of services, and usage reports',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'Discussions',
    run: ({ context, actor, params }) => getDiscussions(context.app, actor, params.id),
  }),
  route({
    method: 'put',
    path: '/customers/:id/discussions/:service',
    summary: 'Record the business value discussion of a service, as a whole',
    rights: rightsTo('set-discussion'),
    params: service,
    body: SetValueDiscussion,
    answer: 'Discussions',
    run: ({ context, actor, params, body }) =>
      setValueDiscussion(context.app, actor, { ...body, customerId: params.id, service: params.service }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/discussions/:service',
    summary: 'Take back what was recorded of the discussion of a service; its follow-ups stay',
    rights: rightsTo('set-discussion'),
    params: service,
    query: z.object({ version: z.coerce.number('the version of the discussion that the screen showed').int().min(1) }),
    answer: 'Discussions',
    run: ({ context, actor, params, query }) =>
      removeValueDiscussion(context.app, actor, { customerId: params.id, service: params.service, version: query.version }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/discussions/:service/follow-ups',
    summary: 'What was agreed in a discussion becomes a follow-up',
    rights: rightsTo('set-discussion'),
    params: service,
    body: NewDiscussionFollowUp,
    answer: 'Discussions',
    run: ({ context, actor, params, body }) =>
      addDiscussionFollowUp(context.app, actor, { ...body, customerId: params.id, service: params.service }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/usage-discussions',
    summary: 'Record that usage reports and measuring success were talked about',
    rights: rightsTo('set-discussion'),
    params: customer,
    body: NewUsageDiscussion,
    answer: 'Discussions',
    run: ({ context, actor, params, body }) => addUsageDiscussion(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/usage-discussions/:discussion',
    summary: 'Take back the record of a discussion of usage reports',
    rights: rightsTo('set-discussion'),
    params: customer.extend({ discussion: z.uuid() }),
    answer: 'Discussions',
    run: ({ context, actor, params }) =>
      removeUsageDiscussion(context.app, actor, { customerId: params.id, discussion: params.discussion }),
  }),
]
