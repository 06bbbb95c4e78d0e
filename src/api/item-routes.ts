import { z } from 'zod'
import { addFollowUpByHand } from '../app/follow-ups/add-by-hand.ts'
import { changeItems } from '../app/plans/item-changes.ts'
import { getItems, getLoad } from '../app/plans/item-view.ts'
import { rightsTo } from '../app/policy.ts'
import { CustomerId } from '../model/api.ts'
import { AddFollowUp, ChangeItems } from '../model/item-api.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })

/** What people do with items and follow-ups beyond the status of one. */
export const ITEM_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/items',
    summary: 'Whose the items are, days that people set, what fell back, follow-ups, and whom and which days one may choose',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'Items',
    run: ({ context, actor, params }) => getItems(context.app, actor, params.id),
  }),
  route({
    method: 'post',
    path: '/customers/:id/items',
    summary: 'Change several items and follow-ups, all or none; the answer says what takes it back',
    rights: rightsTo('set-item'),
    params: customer,
    body: ChangeItems,
    answer: 'ItemsChanged',
    run: ({ context, actor, params, body }) => changeItems(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/follow-ups',
    summary: 'Add a follow-up: a task that no playbook holds',
    rights: rightsTo('set-item'),
    params: customer,
    body: AddFollowUp,
    answer: 'Items',
    run: ({ context, actor, params, body }) => addFollowUpByHand(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'get',
    path: '/load',
    summary: 'Open and overdue work of everybody, by customer, the most loaded first',
    rights: rightsTo('see-load'),
    answer: 'Load',
    run: ({ context, actor }) => getLoad(context.app, actor),
  }),
]
