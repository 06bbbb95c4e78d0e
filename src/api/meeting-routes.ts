import { z } from 'zod'
import { endFeed, getFeed, makeFeed } from '../app/meetings/feed.ts'
import { getCustomerMeetings, getMeeting, getMeetings, getOverdue } from '../app/meetings/get-meetings.ts'
import { previewCadence } from '../app/meetings/series.ts'
import { createCadence, endCadence, setCadence } from '../app/meetings/set-cadence.ts'
import {
  addMeetingFollowUp,
  cancelMeeting,
  createMeeting,
  remakeAgenda,
  setMeeting,
  setMeetingNotes,
  setMeetingResult,
} from '../app/meetings/set-meeting.ts'
import { rightsTo } from '../app/policy.ts'
import { CustomerId } from '../model/api.ts'
import {
  CancelMeeting,
  MakeAgenda,
  MeetingsQuery,
  NewCadence,
  NewMeeting,
  NewMeetingFollowUp,
  OverdueQuery,
  PreviewCadence,
  SetCadence,
  SetMeeting,
  SetMeetingNotes,
  SetMeetingResult,
} from '../model/meeting-api.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const meeting = customer.extend({ meeting: z.uuid() })
const cadence = customer.extend({ cadence: z.uuid() })
const cursor = z
  .string()
  .regex(/^\d{1,9}$/, 'the `next` of the page before')
  .transform(Number)
  .optional()
const see = rightsTo('see-customer')
const set = rightsTo('set-meeting')

/** Meetings with customers: series, single ones, answers, what comes of them. */
export const MEETING_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/meetings',
    summary: 'Meetings across customers, soonest first',
    rights: see,
    query: MeetingsQuery.extend({ cursor }),
    answer: 'Meetings',
    run: ({ context, actor, query: { cursor, ...query } }) => getMeetings(context.app, actor, { ...query, at: cursor ?? 0 }),
  }),
  route({
    method: 'get',
    path: '/meetings/overdue',
    summary: 'Customers whose next contact is overdue, the longest first',
    rights: see,
    query: OverdueQuery.extend({ cursor }),
    answer: 'OverdueContacts',
    run: ({ context, actor, query: { cursor, ...query } }) => getOverdue(context.app, actor, { ...query, at: cursor ?? 0 }),
  }),
  route({
    method: 'post',
    path: '/cadence-preview',
    summary: 'What a rule of a series means, before anything is kept',
    rights: see,
    body: PreviewCadence,
    answer: 'CadencePreview',
    run: async ({ actor, body }) => previewCadence(actor, body),
  }),
  route({
    method: 'get',
    path: '/customers/:id/meetings',
    summary: 'Series, meetings to come, past ones a page at a time, and the next contact',
    rights: see,
    params: customer,
    query: z.object({ cursor }),
    answer: 'CustomerMeetings',
    run: ({ context, actor, params, query }) => getCustomerMeetings(context.app, actor, params.id, query.cursor ?? 0),
  }),
  route({
    method: 'post',
    path: '/customers/:id/cadences',
    summary: 'Begin a series of meetings; those asked to it are invited',
    rights: set,
    params: customer,
    body: NewCadence,
    answer: 'CustomerMeetings',
    run: ({ context, actor, params, body }) => createCadence(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/cadences/:cadence',
    summary: 'Change a series: meetings to come move with it, and those invited hear of it',
    rights: set,
    params: cadence,
    body: SetCadence,
    answer: 'CustomerMeetings',
    run: ({ context, actor, params, body }) =>
      setCadence(context.app, actor, { ...body, customerId: params.id, cadenceId: params.cadence }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/cadences/:cadence/end',
    summary: 'End a series: meetings to come are cancelled',
    rights: set,
    params: cadence,
    body: CancelMeeting,
    answer: 'CustomerMeetings',
    run: ({ context, actor, params, body }) =>
      endCadence(context.app, actor, { ...body, customerId: params.id, cadenceId: params.cadence }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/meetings',
    summary: 'Arrange a meeting; those asked to it are invited',
    rights: set,
    params: customer,
    body: NewMeeting,
    answer: 'Meeting',
    run: ({ context, actor, params, body }) => createMeeting(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'get',
    path: '/customers/:id/meetings/:meeting',
    summary: 'One meeting with agenda, notes, attendees and what comes of it',
    rights: see,
    params: meeting,
    answer: 'Meeting',
    run: ({ context, actor, params }) => getMeeting(context.app, actor, params.id, params.meeting),
  }),
  route({
    method: 'put',
    path: '/customers/:id/meetings/:meeting',
    summary: 'Change a meeting, of a series this one only; those invited hear of it',
    rights: set,
    params: meeting,
    body: SetMeeting,
    answer: 'Meeting',
    run: ({ context, actor, params, body }) =>
      setMeeting(context.app, actor, { ...body, customerId: params.id, meetingId: params.meeting }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/meetings/:meeting/cancel',
    summary: 'Cancel a meeting; those invited hear of it',
    rights: set,
    params: meeting,
    body: CancelMeeting,
    answer: 'Meeting',
    run: ({ context, actor, params, body }) =>
      cancelMeeting(context.app, actor, { ...body, customerId: params.id, meetingId: params.meeting }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/meetings/:meeting/result',
    summary: 'Say that a meeting was held or missed, with its outcome and the check-in items it completes',
    rights: set,
    params: meeting,
    body: SetMeetingResult,
    answer: 'Meeting',
    run: ({ context, actor, params, body }) =>
      setMeetingResult(context.app, actor, { ...body, customerId: params.id, meetingId: params.meeting }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/meetings/:meeting/notes',
    summary: 'Write agenda, notes or outcome of a meeting',
    rights: set,
    params: meeting,
    body: SetMeetingNotes,
    answer: 'Meeting',
    run: ({ context, actor, params, body }) =>
      setMeetingNotes(context.app, actor, { ...body, customerId: params.id, meetingId: params.meeting }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/meetings/:meeting/agenda',
    summary: 'Make the agenda from the data again; what a person wrote goes only with `replace`',
    rights: set,
    params: meeting,
    body: MakeAgenda,
    answer: 'Meeting',
    run: ({ context, actor, params, body }) =>
      remakeAgenda(context.app, actor, { ...body, customerId: params.id, meetingId: params.meeting }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/meetings/:meeting/follow-ups',
    summary: 'What was agreed at a meeting becomes an item',
    rights: set,
    params: meeting,
    body: NewMeetingFollowUp,
    answer: 'Meeting',
    run: ({ context, actor, params, body }) =>
      addMeetingFollowUp(context.app, actor, { ...body, customerId: params.id, meetingId: params.meeting }),
  }),
  route({
    method: 'get',
    path: '/me/calendar-feed',
    summary: 'Whether there is a calendar feed of one’s meetings, and when it was last read',
    rights: rightsTo('see-own'),
    answer: 'CalendarFeed',
    run: ({ context, actor }) => getFeed(context.app, actor),
  }),
  route({
    method: 'post',
    path: '/me/calendar-feed',
    summary: 'Make a calendar feed; its address is shown once, a former one ends',
    rights: rightsTo('change-own'),
    isSecret: true,
    answer: 'CalendarFeed',
    run: ({ context, actor }) => makeFeed(context.app, actor, context.mail.publicUrl),
  }),
  route({
    method: 'delete',
    path: '/me/calendar-feed',
    summary: 'End the calendar feed',
    rights: rightsTo('change-own'),
    answer: 'CalendarFeed',
    run: ({ context, actor }) => endFeed(context.app, actor),
  }),
]
