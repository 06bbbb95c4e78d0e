import { z } from 'zod'
import { getBlockers } from '../app/blockers/get-blockers.ts'
import { BlockerExportQuery, exportBlockers, getBlockerReport } from '../app/blockers/report.ts'
import { addBlocker, changeBlocker, reopenBlocker, resolveBlocker } from '../app/blockers/set-blocker.ts'
import { rightsTo } from '../app/policy.ts'
import { CustomerId } from '../model/api.ts'
import { AddBlocker, BlockerQuery, ChangeBlocker, ResolveBlocker } from '../model/blocker-api.ts'
import { fileRoute, type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const blocker = customer.extend({ blocker: z.string().min(1).max(100) })
const cursor = z
  .string()
  .regex(/^\d{1,9}$/, 'the `next` of the page before')
  .transform(Number)
  .optional()

/** What stands in the way of usage. */
export const BLOCKER_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/blockers',
    summary: 'What stands in the way of usage, with what came of what was resolved',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'Blockers',
    run: ({ context, actor, params }) => getBlockers(context.app, actor, params.id),
  }),
  route({
    method: 'post',
    path: '/customers/:id/blockers',
    summary: 'Open a blocker',
    rights: rightsTo('set-blocker'),
    params: customer,
    body: AddBlocker,
    answer: 'Blockers',
    run: ({ context, actor, params, body }) => addBlocker(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/blockers/:blocker',
    summary: 'Change a blocker',
    rights: rightsTo('set-blocker'),
    params: blocker,
    body: ChangeBlocker,
    answer: 'Blockers',
    run: ({ context, actor, params, body }) =>
      changeBlocker(context.app, actor, { ...body, customerId: params.id, blocker: params.blocker }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/blockers/:blocker/resolution',
    summary: 'Resolve a blocker, saying what was done',
    rights: rightsTo('set-blocker'),
    params: blocker,
    body: ResolveBlocker,
    answer: 'Blockers',
    run: ({ context, actor, params, body }) =>
      resolveBlocker(context.app, actor, { ...body, customerId: params.id, blocker: params.blocker }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/blockers/:blocker/resolution',
    summary: 'Open a resolved blocker again',
    rights: rightsTo('set-blocker'),
    params: blocker,
    query: z.object({ version: z.coerce.number('the blocker version the screen showed').int().min(1) }),
    answer: 'Blockers',
    run: ({ context, actor, params, query }) =>
      reopenBlocker(context.app, actor, { customerId: params.id, blocker: params.blocker, version: query.version }),
  }),
  route({
    method: 'get',
    path: '/blockers',
    summary: 'Blockers of all customers one may see, due soonest first',
    rights: rightsTo('see-customer'),
    query: BlockerQuery.extend({ cursor }),
    answer: 'BlockerReport',
    run: ({ context, actor, query: { cursor, ...query } }) => getBlockerReport(context.app, actor, { ...query, at: cursor ?? 0 }),
  }),
  fileRoute({
    method: 'get',
    path: '/blockers/export',
    summary: 'The same blockers as CSV; the export goes on record',
    rights: rightsTo('export-customer'),
    query: BlockerExportQuery,
    run: ({ context, actor, query }) => exportBlockers(context.app, actor, query),
  }),
]
