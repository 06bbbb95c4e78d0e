import { z } from 'zod'
import { getConnections, getTenantConnections } from '../app/connections/get-connections.ts'
import { dropConnection, setConnection, setPeopleAllowed } from '../app/connections/set-connection.ts'
import { testConnection } from '../app/connections/test-connection.ts'
import { rightsTo } from '../app/policy.ts'
import { cancelRun, getRun, requestRun } from '../app/sync/request-run.ts'
import { CustomerId } from '../model/api.ts'
import { CONNECTION_STATES, SetConnection, SetPeopleAllowed } from '../model/usage-api.ts'
import type { ApiContext } from './context.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const tenant = customer.extend({ tenant: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'letters, digits, dots and dashes') })
const run = tenant.extend({ run: z.string().min(1).max(100) })
const query = z.object({
  q: z.string().trim().max(200).optional(),
  state: z.enum(CONNECTION_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** The `next` of the page before. */
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, 'the `next` of the page before')
    .transform(Number)
    .optional(),
})

const withGraph = ({ app, graph }: ApiContext) => ({ ...app, graph })
const where = (params: z.infer<typeof tenant>) => ({ customerId: params.id, tenantId: params.tenant })

/** How Impulso reads the reports of tenants by itself. */
export const CONNECTION_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/usage/connections',
    summary: 'Connections to Microsoft 365 and how they fare, by customer',
    rights: rightsTo('see-customer'),
    query,
    answer: 'ConnectionsPage',
    run: ({ context, actor, query: { cursor, ...rest } }) => getConnections(withGraph(context), actor, { ...rest, at: cursor ?? 0 }),
  }),
  route({
    method: 'get',
    path: '/customers/:id/connections',
    summary: 'Tenants of the customer, and how the reports of each are read',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'TenantConnections',
    run: ({ context, actor, params }) => getTenantConnections(withGraph(context), actor, params.id),
  }),
  route({
    method: 'put',
    path: '/customers/:id/tenants/:tenant/connection',
    summary: 'Connect a tenant, or change its connection; a credential that is absent stays',
    rights: rightsTo('connect-tenant'),
    params: tenant,
    body: SetConnection,
    answer: 'Connection',
    run: ({ context, actor, params, body }) => setConnection(withGraph(context), actor, where(params), body),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/tenants/:tenant/connection',
    summary: 'Take a connection away with its credential; what was imported stays',
    rights: rightsTo('connect-tenant'),
    params: tenant,
    answer: 'TenantConnections',
    run: ({ context, actor, params }) => dropConnection(withGraph(context), actor, where(params)),
  }),
  route({
    method: 'post',
    path: '/customers/:id/tenants/:tenant/connection/test',
    summary: 'Try a connection, and say in words what is missing',
    rights: rightsTo('connect-tenant'),
    params: tenant,
    answer: 'ConnectionTest',
    run: ({ context, actor, params }) => testConnection(withGraph(context), actor, where(params)),
  }),
  route({
    method: 'post',
    path: '/customers/:id/tenants/:tenant/connection/runs',
    summary: 'Have the reports fetched now; while that is under way, asking again answers the same run',
    rights: rightsTo('import-usage'),
    params: tenant,
    answer: 'SyncRun',
    run: ({ context, actor, params }) => requestRun(context.app, actor, where(params)),
  }),
  route({
    method: 'get',
    path: '/customers/:id/tenants/:tenant/connection/runs/:run',
    summary: 'How far a run is',
    rights: rightsTo('see-customer'),
    params: run,
    answer: 'SyncRun',
    run: ({ context, actor, params }) => getRun(context.app, actor, { ...where(params), runId: params.run }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/tenants/:tenant/connection/runs/:run',
    summary: 'Stop a run; what it imported stays',
    rights: rightsTo('import-usage'),
    params: run,
    answer: 'SyncRun',
    run: ({ context, actor, params }) => cancelRun(context.app, actor, { ...where(params), runId: params.run }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/tenants/:tenant/people',
    summary: 'Let people of a tenant be named, or no longer',
    rights: rightsTo('connect-tenant'),
    params: tenant,
    body: SetPeopleAllowed,
    answer: 'TenantConnections',
    run: ({ context, actor, params, body }) => setPeopleAllowed(withGraph(context), actor, where(params), body),
  }),
]
