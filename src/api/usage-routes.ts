import { z } from 'zod'
import { exportUsage } from '../app/exports/export-usage.ts'
import { rightsTo } from '../app/policy.ts'
import { getAlerts } from '../app/usage/get-alerts.ts'
import { getPeople } from '../app/usage/get-people.ts'
import { setDenominator } from '../app/usage/set-denominator.ts'
import { getImports, IMPORT_CURSOR, withdrawImport } from '../app/usage/withdraw-import.ts'
import { CustomerId } from '../model/api.ts'
import { SetDenominator } from '../model/usage-api.ts'
import { fileRoute, type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const service = customer.extend({ service: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'the id of a service') })
const tenant = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'letters, digits, dots and dashes')
  .optional()

/** Where figures come from, what they are a share of, and what keeps them from being known. */
export const USAGE_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/imports',
    summary: 'Imports of usage, newest first, and which of them may be taken back',
    rights: rightsTo('see-customer'),
    params: customer,
    query: z.object({ tenant, cursor: z.string().regex(IMPORT_CURSOR, 'the `next` of the page before').optional() }),
    answer: 'Imports',
    run: ({ context, actor, params, query }) => getImports(context.app, actor, params.id, query),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/imports/:import',
    summary: 'Take an import back: what it said counts no more, and what was known meanwhile stays answerable',
    rights: rightsTo('import-usage'),
    params: customer.extend({ import: z.uuid('the id of an import') }),
    answer: 'Usage',
    run: ({ context, actor, params }) => withdrawImport(context.app, actor, { customerId: params.id, importId: params.import }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/services/:service/denominator',
    summary: 'Decide of what active users are a share: bought, assigned or agreed seats; null for the usual way',
    rights: rightsTo('set-fact'),
    params: service,
    body: SetDenominator,
    answer: 'Usage',
    run: ({ context, actor, params, body }) =>
      setDenominator(context.app, actor, { ...body, customerId: params.id, service: params.service }),
  }),
  route({
    method: 'get',
    path: '/customers/:id/services/:service/people',
    summary: 'Champions and dormant seats of a service, where the tenant allows naming people; that one looked goes on record',
    rights: rightsTo('see-champions'),
    params: service,
    answer: 'ServicePeople',
    run: ({ context, actor, params }) => getPeople(context.app, actor, params.id, params.service),
  }),
  fileRoute({
    method: 'get',
    path: '/customers/:id/usage/export',
    summary: 'Every figure with its source as CSV; the export goes on record',
    rights: rightsTo('export-customer'),
    params: customer,
    query: z.object({ days: z.coerce.number().int().min(1).max(1100).default(540) }),
    run: ({ context, actor, params, query }) => exportUsage(context.app, actor, params.id, query),
  }),
  route({
    method: 'get',
    path: '/usage/alerts',
    summary: 'What keeps figures from being known, one line per cause',
    rights: rightsTo('see-customer'),
    answer: 'UsageAlerts',
    run: ({ context, actor }) => getAlerts(context.app, actor),
  }),
]
