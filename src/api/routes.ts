import { z } from 'zod'
import { getCustomer } from '../app/customers/get-customer.ts'
import { setFact } from '../app/customers/set-fact.ts'
import { getEvents } from '../app/events/get-events.ts'
import { explain } from '../app/plans/explain.ts'
import { getPlan } from '../app/plans/get-plan.ts'
import { clearItemStatus, setItemStatus } from '../app/plans/item-status.ts'
import { getPage, getPlaybook } from '../app/playbooks/get-page.ts'
import { rightsTo } from '../app/policy.ts'
import { getPortfolio } from '../app/portfolio/get-portfolio.ts'
import { getSession } from '../app/session/get-session.ts'
import { getUsage } from '../app/usage/get-usage.ts'
import { importReport, mayImport } from '../app/usage/import-reports.ts'
import { CustomerId, PortfolioQuery, SetFact, SetItemStatus } from '../model/api.ts'
import { ADMIN_ROUTES } from './admin-routes.ts'
import { AUDIT_ROUTES } from './audit-routes.ts'
import { INSTALLATION_ROUTES } from './installation-routes.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const item = z.object({ id: CustomerId, item: z.string().min(1).max(300) })
const version = z.coerce.number('the customer version the screen showed').int().min(0)
const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform(text => text === 'true')
/** A bare file name: it is shown and kept, never opened. */
const FileName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^/\\\p{Cc}]+$/u, 'a file name without a folder')
/** What a page gave as `next`; what is in it is our matter. */
const cursor = z
  .string()
  .regex(/^\d{1,9}$/, 'the `next` of the page before')
  .transform(Number)
  .optional()
const TenantId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'letters, digits, dots and dashes')

/** Every operation under `/api/v1`. What is not in this list does not exist. */
export const ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/session',
    summary: 'Who am I, what may I do, what runs here',
    rights: 'everyone',
    answer: 'Session',
    run: async ({ context, person, actor }) =>
      getSession(context.app, { person, actor, isDemo: await context.isDemo(), version: context.version, ways: context.ways }),
  }),
  route({
    method: 'get',
    path: '/portfolio',
    summary: 'Customers with their services, most urgent first; filtered, sorted and cut on the server',
    rights: rightsTo('see-customer'),
    query: PortfolioQuery.extend({ cursor }),
    answer: 'PortfolioPage',
    run: ({ context, actor, query: { cursor, ...query } }) => getPortfolio(context.app, actor, { ...query, at: cursor ?? query.at }),
  }),
  route({
    method: 'get',
    path: '/customers/:id',
    summary: 'One customer',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'Customer',
    run: ({ context, actor, params }) => getCustomer(context.app, actor, params.id),
  }),
  route({
    method: 'get',
    path: '/customers/:id/plan',
    summary: 'What to do next for the customer, and why',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'PlanView',
    run: ({ context, actor, params }) => getPlan(context.app, actor, params.id),
  }),
  route({
    method: 'put',
    path: '/customers/:id/items/:item',
    summary: 'Set the status of an item',
    rights: rightsTo('set-item'),
    params: item,
    body: SetItemStatus,
    answer: 'PlanView',
    run: ({ context, actor, params, body }) => setItemStatus(context.app, actor, { ...body, customerId: params.id, item: params.item }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/items/:item/status',
    summary: 'Take back the status of an item',
    rights: rightsTo('set-item'),
    params: item,
    query: z.object({ version }),
    answer: 'PlanView',
    run: ({ context, actor, params, query }) =>
      clearItemStatus(context.app, actor, { customerId: params.id, item: params.item, version: query.version }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/facts',
    summary: 'Record what is known of the customer; null makes it unknown again',
    rights: rightsTo('set-fact'),
    params: customer,
    body: SetFact,
    answer: 'PlanView',
    run: ({ context, actor, params, body }) => setFact(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'get',
    path: '/customers/:id/usage',
    summary: 'Use of each service over time, with source and age',
    rights: rightsTo('see-customer'),
    params: customer,
    query: z.object({ days: z.coerce.number().int().min(1).max(1100).default(540) }),
    answer: 'Usage',
    run: ({ context, actor, params, query }) => getUsage(context.app, actor, params.id, query.days),
  }),
  route({
    method: 'put',
    path: '/customers/:id/reports/:fileName',
    summary: 'Import a usage report or entitlements (CSV, gzip accepted); with preview nothing is kept',
    rights: rightsTo('import-usage'),
    params: z.object({ id: CustomerId, fileName: FileName }),
    query: z.object({ tenant: TenantId, preview: flag }),
    admit: ({ context, actor, params, query }) => mayImport(context.app, actor, { customerId: params.id, tenantId: query.tenant }),
    answer: 'ImportResult',
    run: ({ context, actor, params, query, file }) =>
      importReport(context.app, actor, {
        customerId: params.id,
        tenantId: query.tenant,
        fileName: params.fileName,
        path: file,
        preview: query.preview,
      }),
  }),
  route({
    method: 'get',
    path: '/customers/:id/explain',
    summary: 'Why an item or a gate is as it is, and what would change it',
    rights: rightsTo('see-customer'),
    params: customer,
    query: z
      .object({ item: z.string().min(1).max(300).optional(), gate: z.string().min(1).max(100).optional() })
      .refine(({ item, gate }) => (item === undefined) !== (gate === undefined), 'name either an item or a gate'),
    answer: 'Explanation',
    run: ({ context, actor, params, query }) =>
      explain(
        context.app,
        actor,
        params.id,
        // The schema lets exactly one through.
        query.gate === undefined ? { kind: 'item', id: query.item ?? '' } : { kind: 'gate', id: query.gate },
      ),
  }),
  route({
    method: 'get',
    path: '/customers/:id/events',
    summary: 'What happened to the customer, newest first',
    rights: rightsTo('see-customer'),
    params: customer,
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      before: z.coerce.number().int().min(1).optional(),
    }),
    answer: 'EventPage',
    run: ({ context, actor, params, query }) => getEvents(context.app, actor, params.id, query),
  }),
  route({
    method: 'get',
    path: '/playbooks/current',
    summary: 'The playbook in force, text in every language',
    rights: rightsTo('see-playbook'),
    answer: 'Playbook',
    run: async ({ context, actor }) => getPlaybook(context.app, actor),
  }),
  route({
    method: 'get',
    path: '/playbooks/current/pages/:process',
    summary: 'A page of the playbook as sanitised HTML',
    rights: rightsTo('see-playbook'),
    params: z.object({ process: z.string().min(1).max(100) }),
    query: z.object({ locale: z.string().max(35).optional() }),
    answer: 'Page',
    run: async ({ context, actor, params, query }) => getPage(context.app, actor, params.process, query.locale),
  }),
  ...ADMIN_ROUTES,
  ...INSTALLATION_ROUTES,
  ...AUDIT_ROUTES,
]
