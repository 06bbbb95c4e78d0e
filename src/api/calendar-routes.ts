import { dropCalendarConnection, getCalendarConnection, setCalendarConnection, testCalendarConnection } from '../app/outlook/connection.ts'
import { rightsTo } from '../app/policy.ts'
import { SetCalendarConnection } from '../model/calendar-api.ts'
import type { ApiContext } from './context.ts'
import { type Route, route } from './route.ts'

const withGraph = ({ app, graph }: ApiContext) => ({ ...app, graph })

/** The way to the Outlook calendars of the organization's own people. */
export const CALENDAR_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/calendar-connection',
    summary: 'How meetings come into the Outlook calendars of those who organize them; without its credential',
    rights: rightsTo('change-settings'),
    answer: 'CalendarConnection',
    run: ({ context, actor }) => getCalendarConnection(withGraph(context), actor),
  }),
  route({
    method: 'put',
    path: '/calendar-connection',
    summary: 'Connect the organization’s own tenant, or change its connection; a credential that is absent stays',
    rights: rightsTo('change-settings'),
    body: SetCalendarConnection,
    answer: 'CalendarConnection',
    run: ({ context, actor, body }) => setCalendarConnection(withGraph(context), actor, body),
  }),
  route({
    method: 'delete',
    path: '/calendar-connection',
    summary: 'Take the connection away with its credential; mails invite from then on, and what is in calendars stays',
    rights: rightsTo('change-settings'),
    answer: 'CalendarConnection',
    run: ({ context, actor }) => dropCalendarConnection(withGraph(context), actor),
  }),
  route({
    method: 'post',
    path: '/calendar-connection/test',
    summary: 'Write to the calendar of the one who asks and take it away again; say in words what is missing',
    rights: rightsTo('change-settings'),
    answer: 'CalendarTest',
    run: ({ context, actor }) => testCalendarConnection(withGraph(context), context.auth, actor),
  }),
]
