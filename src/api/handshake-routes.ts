import { z } from 'zod'
import { answerHandshake, withdrawHandshake, writeHandshake } from '../app/handshakes/answer.ts'
import { getCustomerHandshakes, getHandshakeLoads, listHandshakes } from '../app/handshakes/get-handshakes.ts'
import { offerHandshakes } from '../app/handshakes/offer.ts'
import { rightsTo } from '../app/policy.ts'
import { getTeamCalendar, setTeamCalendar } from '../app/work-calendar/team-calendar.ts'
import { TeamId } from '../model/admin-api.ts'
import { CustomerId } from '../model/api.ts'
import {
  AnswerHandshake,
  HandshakeQuery,
  OfferHandshakes,
  SetTeamCalendar,
  WithdrawHandshake,
  WriteHandshake,
} from '../model/handshake-api.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const handshake = customer.extend({ handshake: z.uuid('the id of a handshake') })
const team = z.object({ team: TeamId })
const cursor = z
  .string()
  .regex(/^\d{1,9}$/, 'the `next` of the page before')
  .transform(Number)
  .optional()
/** Whoever offers writes too. */
const WRITERS = [...new Set([...rightsTo('answer-handshake'), ...rightsTo('offer-handshake')])]

/** Handing the adoption of services over to the customer success manager; and when a team works. */
export const HANDSHAKE_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/handshakes',
    summary: 'Handshakes that wait for me, that I offered, or of every customer I may see; open ones first',
    rights: rightsTo('see-customer'),
    query: HandshakeQuery.extend({ cursor }),
    answer: 'HandshakePage',
    run: ({ context, actor, query: { cursor, ...query } }) => listHandshakes(context.app, actor, { ...query, at: cursor ?? 0 }),
  }),
  route({
    method: 'get',
    path: '/handshakes/load',
    summary: 'Open handshakes and services in their care, by person',
    rights: rightsTo('see-load'),
    answer: 'HandshakeLoads',
    run: ({ context, actor }) => getHandshakeLoads(context.app, actor),
  }),
  route({
    method: 'get',
    path: '/customers/:id/handshakes',
    summary: 'What may be offered to the customer success manager, what was, and who owned which adoption from when',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'CustomerHandshakes',
    run: ({ context, actor, params }) => getCustomerHandshakes(context.app, actor, params.id),
  }),
  route({
    method: 'post',
    path: '/customers/:id/handshakes',
    summary: 'Offer services to the customer success manager: all of them, or none',
    rights: rightsTo('offer-handshake'),
    params: customer,
    body: OfferHandshakes,
    answer: 'CustomerHandshakes',
    run: ({ context, actor, params, body }) => offerHandshakes(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/handshakes/:handshake/answer',
    summary: 'Accept or decline a handshake, or hand an accepted one back',
    rights: rightsTo('answer-handshake'),
    params: handshake,
    body: AnswerHandshake,
    answer: 'CustomerHandshakes',
    run: ({ context, actor, params: { id, ...params }, body }) =>
      answerHandshake(context.app, actor, { ...body, ...params, customerId: id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/handshakes/:handshake/messages',
    summary: 'Ask about a handshake, or answer what was asked',
    rights: WRITERS,
    params: handshake,
    body: WriteHandshake,
    answer: 'CustomerHandshakes',
    run: ({ context, actor, params: { id, ...params }, body }) =>
      writeHandshake(context.app, actor, { ...body, ...params, customerId: id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/handshakes/:handshake/withdrawal',
    summary: 'Take back a handshake that has no answer yet',
    rights: rightsTo('offer-handshake'),
    params: handshake,
    body: WithdrawHandshake,
    answer: 'CustomerHandshakes',
    run: ({ context, actor, params: { id, ...params }, body }) =>
      withdrawHandshake(context.app, actor, { ...body, ...params, customerId: id }),
  }),
  route({
    method: 'get',
    path: '/teams/:team/calendar',
    summary: 'When a team works',
    rights: rightsTo('see-people'),
    params: team,
    answer: 'TeamCalendar',
    run: ({ context, actor, params }) => getTeamCalendar(context.app, actor, params.team),
  }),
  route({
    method: 'put',
    path: '/teams/:team/calendar',
    summary: 'Set when a team works: time zone, days, hours, holidays',
    rights: rightsTo('manage-teams'),
    params: team,
    body: SetTeamCalendar,
    answer: 'TeamCalendar',
    run: ({ context, actor, params, body }) => setTeamCalendar(context.app, actor, { ...body, id: params.team }),
  }),
]
