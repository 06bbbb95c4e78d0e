import { z } from 'zod'
import { answerExpertRequest, handOnExpertRequest, withdrawExpertRequest, writeExpertRequest } from '../app/expert-requests/answer.ts'
import { requestExpert } from '../app/expert-requests/ask.ts'
import { getExpertise, getOwnExpertise, setExpertise, setOwnExpertise } from '../app/expert-requests/expertise.ts'
import { getExperts } from '../app/expert-requests/experts.ts'
import { getCustomerExpertRequests, getExpertRequestLoads, listExpertRequests } from '../app/expert-requests/get-requests.ts'
import { rightsTo } from '../app/policy.ts'
import { PersonId } from '../model/admin-api.ts'
import { CustomerId } from '../model/api.ts'
import {
  AnswerExpertRequest,
  ExpertQuery,
  ExpertRequestQuery,
  HandOnExpertRequest,
  RequestExpert,
  SetExpertise,
  WithdrawExpertRequest,
  WriteExpertRequest,
} from '../model/expert-request-api.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const request = z.object({ request: z.uuid('the id of a request') })
const person = z.object({ person: PersonId })
const cursor = z
  .string()
  .regex(/^\d{1,9}$/, 'the `next` of the page before')
  .transform(Number)
  .optional()

/** Asking for a subject-matter expert, and what experts say of themselves. */
export const EXPERT_REQUEST_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/expert-requests',
    summary: 'Requests for an expert that wait for me, that I made, or all I may see; those that wait first',
    rights: rightsTo('see-customer'),
    query: ExpertRequestQuery.extend({ cursor }),
    answer: 'ExpertRequestPage',
    run: ({ context, actor, query: { cursor, ...query } }) => listExpertRequests(context.app, actor, { ...query, at: cursor ?? 0 }),
  }),
  route({
    method: 'get',
    path: '/expert-requests/load',
    summary: 'Requests that each expert has and has done, and how many they take',
    rights: rightsTo('see-load'),
    answer: 'ExpertRequestLoads',
    run: ({ context, actor }) => getExpertRequestLoads(context.app, actor),
  }),
  route({
    method: 'get',
    path: '/experts',
    summary: 'Whom one may ask, the best match first, with what speaks for and against each',
    rights: rightsTo('request-expert'),
    query: ExpertQuery,
    answer: 'ExpertMatches',
    run: ({ context, actor, query }) => getExperts(context.app, context.auth, actor, query),
  }),
  route({
    method: 'get',
    path: '/customers/:id/expert-requests',
    summary: 'What experts were asked for this customer, and what a new request begins with',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'CustomerExpertRequests',
    run: ({ context, actor, params }) => getCustomerExpertRequests(context.app, actor, params.id),
  }),
  route({
    method: 'post',
    path: '/customers/:id/expert-requests',
    summary: 'Ask one expert for help, or every matching one',
    rights: rightsTo('request-expert'),
    params: customer,
    body: RequestExpert,
    answer: 'CustomerExpertRequests',
    run: ({ context, actor, params, body }) => requestExpert(context.app, context.auth, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'post',
    path: '/expert-requests/:request/answer',
    summary: 'Look into a request, accept or decline it, or be done with it',
    rights: rightsTo('answer-expert-request'),
    params: request,
    body: AnswerExpertRequest,
    answer: 'ExpertRequestAnswer',
    run: ({ context, actor, params, body }) => answerExpertRequest(context.app, actor, { ...body, ...params }),
  }),
  route({
    method: 'post',
    path: '/expert-requests/:request/messages',
    summary: 'Ask for detail, or give it',
    rights: rightsTo('answer-expert-request'),
    params: request,
    body: WriteExpertRequest,
    answer: 'ExpertRequestAnswer',
    run: ({ context, actor, params, body }) => writeExpertRequest(context.app, actor, { ...body, ...params }),
  }),
  route({
    method: 'post',
    path: '/expert-requests/:request/expert',
    summary: 'Hand a request to another expert, or to the queue',
    rights: rightsTo('answer-expert-request'),
    params: request,
    body: HandOnExpertRequest,
    answer: 'ExpertRequestAnswer',
    run: ({ context, actor, params, body }) => handOnExpertRequest(context.app, context.auth, actor, { ...body, ...params }),
  }),
  route({
    method: 'post',
    path: '/expert-requests/:request/withdrawal',
    summary: 'Take a request back before it is done',
    rights: rightsTo('request-expert'),
    params: request,
    body: WithdrawExpertRequest,
    answer: 'ExpertRequestAnswer',
    run: ({ context, actor, params, body }) => withdrawExpertRequest(context.app, actor, { ...body, ...params }),
  }),
  route({
    method: 'get',
    path: '/me/expertise',
    summary: 'What I know as an expert, and how many requests I take',
    rights: rightsTo('answer-expert-request'),
    answer: 'Expertise',
    run: ({ context, actor }) => getOwnExpertise(context.app, context.auth, actor),
  }),
  route({
    method: 'put',
    path: '/me/expertise',
    summary: 'Say what I know as an expert, and how many requests I take',
    rights: rightsTo('answer-expert-request'),
    body: SetExpertise,
    answer: 'Expertise',
    run: ({ context, actor, body }) => setOwnExpertise(context.app, context.auth, actor, body),
  }),
  route({
    method: 'get',
    path: '/people/:person/expertise',
    summary: 'What somebody knows as an expert',
    rights: rightsTo('see-people'),
    params: person,
    answer: 'Expertise',
    run: ({ context, actor, params }) => getExpertise(context.app, context.auth, actor, params.person),
  }),
  route({
    method: 'put',
    path: '/people/:person/expertise',
    summary: 'Say what somebody knows as an expert, and how many requests they take',
    rights: rightsTo('set-expertise'),
    params: person,
    body: SetExpertise,
    answer: 'Expertise',
    run: ({ context, actor, params, body }) => setExpertise(context.app, context.auth, actor, { ...body, person: params.person }),
  }),
]
