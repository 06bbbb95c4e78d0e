import { rightsTo } from '../app/policy.ts'
import { getToday, setLooked } from '../app/today/get-today.ts'
import { SetLooked, TodayQuery } from '../model/today-api.ts'
import { type Route, route } from './route.ts'

export const TODAY_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/today',
    summary: 'What is overdue, due this week, new since the last look, and the meetings of today',
    rights: rightsTo('see-customer'),
    query: TodayQuery,
    answer: 'Today',
    run: ({ context, actor, query }) => getToday(context.app, actor, query),
  }),
  route({
    method: 'put',
    path: '/today/looked',
    summary: 'Say up to when the changes were seen',
    rights: rightsTo('change-own'),
    body: SetLooked,
    answer: 'Looked',
    run: ({ context, actor, body }) => setLooked(context.app, actor, body),
  }),
]
