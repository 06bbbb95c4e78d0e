import { z } from 'zod'
import { rightsTo } from '../app/policy.ts'
import { clearPriority, getPriority, setPriority } from '../app/portfolio/priority.ts'
import { changeView, getViews, removeView, saveView, setDefaultView } from '../app/portfolio/saved-views.ts'
import { CustomerId } from '../model/api.ts'
import { ChangeView, SaveView, SetDefaultView, SetPriority } from '../model/portfolio-api.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const view = z.object({ view: z.uuid() })

/** Priorities, and what people keep of the lists they look at. The list itself is in `routes.ts`. */
export const PORTFOLIO_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/priority',
    summary: 'How urgent the customer is, of what that is made, and who says otherwise until when',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'Priority',
    run: ({ context, actor, params }) => getPriority(context.app, actor, params.id),
  }),
  route({
    method: 'put',
    path: '/customers/:id/priority',
    summary: 'Say how urgent the customer is, until a day',
    rights: rightsTo('set-priority'),
    params: customer,
    body: SetPriority,
    answer: 'Priority',
    run: ({ context, actor, params, body }) => setPriority(context.app, actor, params.id, body),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/priority',
    summary: 'Back to the computed priority',
    rights: rightsTo('set-priority'),
    params: customer,
    answer: 'Priority',
    run: ({ context, actor, params }) => clearPriority(context.app, actor, params.id),
  }),
  route({
    method: 'get',
    path: '/saved-views',
    summary: 'Own views of a screen and those others share',
    rights: rightsTo('see-own'),
    query: SaveView.pick({ screen: true }),
    answer: 'SavedViews',
    run: ({ context, actor, query }) => getViews(context.app, actor, query.screen),
  }),
  route({
    method: 'post',
    path: '/saved-views',
    summary: 'Keep a view under a name',
    rights: rightsTo('change-own'),
    body: SaveView,
    answer: 'SavedViews',
    run: ({ context, actor, body }) => saveView(context.app, actor, body),
  }),
  route({
    method: 'put',
    path: '/saved-views/default',
    summary: 'Choose the view a screen opens with; null for none',
    rights: rightsTo('change-own'),
    body: SetDefaultView,
    answer: 'SavedViews',
    run: ({ context, actor, body }) => setDefaultView(context.app, actor, body),
  }),
  route({
    method: 'put',
    path: '/saved-views/:view',
    summary: 'Change one of the own views',
    rights: rightsTo('change-own'),
    params: view,
    body: ChangeView,
    answer: 'SavedViews',
    run: ({ context, actor, params, body }) => changeView(context.app, actor, params.view, body),
  }),
  route({
    method: 'delete',
    path: '/saved-views/:view',
    summary: 'Remove one of the own views',
    rights: rightsTo('change-own'),
    params: view,
    answer: 'SavedViews',
    run: ({ context, actor, params }) => removeView(context.app, actor, params.view),
  }),
]
