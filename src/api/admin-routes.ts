import { z } from 'zod'
import { endOtherSessions, endSession, getAccount, makeKey, removeKey } from '../app/account/account.ts'
import { addAssignment, changeAssignment, removeAssignment, setTeam } from '../app/assignments/change.ts'
import { getCustomerPeople } from '../app/assignments/get-people.ts'
import { coverPerson } from '../app/people/cover.ts'
import { changePerson, getPeople, inviteAgain, invitePerson, signOutPerson } from '../app/people/people.ts'
import { rightsTo } from '../app/policy.ts'
import { getTeams, removeTeam, saveTeam } from '../app/teams/teams.ts'
import {
  AddAssignment,
  ChangeAssignment,
  ChangePerson,
  CoverPerson,
  InvitePerson,
  MakeKey,
  PeopleQuery,
  PersonId,
  SaveTeam,
  SetTeam,
  TeamId,
} from '../model/admin-api.ts'
import { CustomerId } from '../model/api.ts'
import { AppError } from '../model/errors.ts'
import { type Route, route } from './route.ts'

const person = z.object({ person: PersonId })
const team = z.object({ team: TeamId })
const customer = z.object({ id: CustomerId })
const id = z.string().min(1).max(100)
const assignment = customer.extend({ assignment: id })
const version = z.coerce.number('the customer version the screen showed').int().min(0)

/** `app.ts` lets nobody else through to these. */
function signedIn<T>(somebody: T | undefined): T {
  if (somebody === undefined) throw new AppError('unauthenticated', 'sign in first')
  return somebody
}

/** People, teams, who works for whom, and the own account. */
export const ADMIN_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/people',
    summary: 'Who may sign in, by name',
    rights: rightsTo('see-people'),
    query: PeopleQuery,
    answer: 'PeoplePage',
    run: ({ context, actor, query }) => getPeople(context.app, context.auth, actor, query),
  }),
  route({
    method: 'post',
    path: '/people',
    summary: 'Ask somebody in by mail',
    rights: rightsTo('manage-people'),
    body: InvitePerson,
    isSecret: true,
    answer: 'Invitation',
    run: ({ context, actor, body }) => invitePerson(context.app, context.auth, actor, body),
  }),
  route({
    method: 'put',
    path: '/people/:person',
    summary: 'Change name, access right, scope or teams of a person, or disable them',
    rights: rightsTo('manage-people'),
    params: person,
    body: ChangePerson,
    answer: 'Person',
    run: ({ context, actor, params, body }) => changePerson(context.app, context.auth, actor, { ...body, id: params.person }),
  }),
  route({
    method: 'post',
    path: '/people/:person/invitation',
    summary: 'Mail a new invitation; the link of the one before opens nothing any more',
    rights: rightsTo('manage-people'),
    params: person,
    isSecret: true,
    answer: 'Invitation',
    run: ({ context, actor, params }) => inviteAgain(context.app, context.auth, actor, params.person),
  }),
  route({
    method: 'delete',
    path: '/people/:person/sessions',
    summary: 'Sign a person out everywhere',
    rights: rightsTo('manage-people'),
    params: person,
    answer: 'Person',
    run: ({ context, actor, params }) => signOutPerson(context.app, context.auth, actor, params.person),
  }),
  route({
    method: 'post',
    path: '/people/:person/cover',
    summary: 'Somebody stands in for a person until a day',
    rights: rightsTo('assign'),
    params: person,
    body: CoverPerson,
    answer: 'CoverResult',
    run: ({ context, actor, params, body }) => coverPerson(context.app, context.auth, actor, { ...body, person: params.person }),
  }),
  route({
    method: 'get',
    path: '/teams',
    summary: 'Teams with their members',
    rights: rightsTo('see-people'),
    answer: 'Teams',
    run: ({ context, actor }) => getTeams(context.app, actor),
  }),
  route({
    method: 'put',
    path: '/teams/:team',
    summary: 'Make or change a team; its members become exactly these',
    rights: rightsTo('manage-teams'),
    params: team,
    body: SaveTeam,
    answer: 'Teams',
    run: async ({ context, actor, params, body }) => saveTeam(context.app, actor, { ...body, id: params.team }),
  }),
  route({
    method: 'delete',
    path: '/teams/:team',
    summary: 'Take a team away; its customers then have none',
    rights: rightsTo('manage-teams'),
    params: team,
    answer: 'Teams',
    run: ({ context, actor, params }) => removeTeam(context.app, actor, params.team),
  }),
  route({
    method: 'get',
    path: '/customers/:id/people',
    summary: 'Who works for the customer, and whom one may choose',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'CustomerPeople',
    run: ({ context, actor, params }) => getCustomerPeople(context.app, context.auth, actor, params.id),
  }),
  route({
    method: 'post',
    path: '/customers/:id/assignments',
    summary: 'Assign a person to the customer',
    rights: rightsTo('assign'),
    params: customer,
    body: AddAssignment,
    answer: 'CustomerPeople',
    run: ({ context, actor, params, body }) => addAssignment(context.app, context.auth, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/assignments/:assignment',
    summary: 'Change the last day of an assignment, or who is primary',
    rights: rightsTo('assign'),
    params: assignment,
    body: ChangeAssignment,
    answer: 'CustomerPeople',
    run: ({ context, actor, params, body }) =>
      changeAssignment(context.app, context.auth, actor, { ...body, customerId: params.id, assignment: params.assignment }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/assignments/:assignment',
    summary: 'Take an assignment away',
    rights: rightsTo('assign'),
    params: assignment,
    query: z.object({ version }),
    answer: 'CustomerPeople',
    run: ({ context, actor, params, query }) =>
      removeAssignment(context.app, context.auth, actor, { customerId: params.id, assignment: params.assignment, version: query.version }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/team',
    summary: 'Give the customer to a team, or to none',
    rights: rightsTo('assign'),
    params: customer,
    body: SetTeam,
    answer: 'CustomerPeople',
    run: ({ context, actor, params, body }) => setTeam(context.app, context.auth, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'get',
    path: '/me',
    summary: 'The own account: sessions, passkeys, keys, and what the access rests on',
    rights: rightsTo('see-own'),
    answer: 'OwnAccount',
    run: ({ context, actor, person }) => getAccount(context.app, context.auth, actor, signedIn(person)),
  }),
  route({
    method: 'delete',
    path: '/me/sessions',
    summary: 'End all own sessions but this one',
    rights: rightsTo('change-own'),
    answer: 'OwnAccount',
    run: ({ context, actor, person }) => endOtherSessions(context.app, context.auth, actor, signedIn(person)),
  }),
  route({
    method: 'delete',
    path: '/me/sessions/:session',
    summary: 'End one own session',
    rights: rightsTo('change-own'),
    params: z.object({ session: id }),
    answer: 'OwnAccount',
    run: ({ context, actor, person, params }) => endSession(context.app, context.auth, actor, signedIn(person), params.session),
  }),
  route({
    method: 'post',
    path: '/me/keys',
    summary: 'Make a personal key; it is shown once',
    rights: rightsTo('change-own'),
    body: MakeKey,
    isSecret: true,
    answer: 'MadeKey',
    run: ({ context, actor, person, body }) => makeKey(context.app, context.auth, actor, signedIn(person), body),
  }),
  route({
    method: 'delete',
    path: '/me/keys/:key',
    summary: 'Take a personal key away',
    rights: rightsTo('change-own'),
    params: z.object({ key: id }),
    answer: 'OwnAccount',
    run: ({ context, actor, person, params }) => removeKey(context.app, context.auth, actor, signedIn(person), params.key),
  }),
]
