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
import { CustomerId, SetFact, SetItemStatus } from '../model/api.ts'
import { PortfolioQuery } from '../model/portfolio-api.ts'
import { EventQuery } from '../model/timeline-api.ts'
import { Day } from '../model/words.ts'
import { ADMIN_ROUTES } from './admin-routes.ts'
import { AUDIT_ROUTES } from './audit-routes.ts'
import { BLOCKER_ROUTES } from './blocker-routes.ts'
import { CALENDAR_ROUTES } from './calendar-routes.ts'
import { CONNECTION_ROUTES } from './connection-routes.ts'
import { CUSTOMER_ROUTES } from './customer-routes.ts'
import { DECISION_ROUTES } from './decision-routes.ts'
import { DECK_ROUTES } from './deck-routes.ts'
import { DISCUSSION_ROUTES } from './discussion-routes.ts'
import { EXPERT_REQUEST_ROUTES } from './expert-request-routes.ts'
import { HANDSHAKE_ROUTES } from './handshake-routes.ts'
import { INSTALLATION_ROUTES } from './installation-routes.ts'
import { ITEM_ROUTES } from './item-routes.ts'
import { MEETING_ROUTES } from './meeting-routes.ts'
import { MILESTONE_ROUTES } from './milestone-routes.ts'
import { NOTE_ROUTES } from './note-routes.ts'
import { NOTIFICATION_ROUTES } from './notification-routes.ts'
import { PORTFOLIO_ROUTES } from './portfolio-routes.ts'
import { REPORT_ROUTES } from './report-routes.ts'
import { REVIEW_RECORD_ROUTES } from './review-record-routes.ts'
import { REVIEW_ROUTES } from './review-routes.ts'
import { REVIEWS_BOARD_ROUTES } from './reviews-board-routes.ts'
import { type Route, route } from './route.ts'
import { SUCCESS_PLAN_ROUTES } from './success-plan-routes.ts'
import { SURVEY_ROUTES } from './survey-routes.ts'
import { TODAY_ROUTES } from './today-routes.ts'
import { USAGE_ROUTES } from './usage-routes.ts'

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
      getSession(context.app, {
        person,
        actor,
        isDemo: await context.isDemo(),
        version: context.version,
        ways: context.ways,
        hub: context.changes,
      }),
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
    query: z.object({
      days: z.coerce.number().int().min(1).max(1100).default(540),
      knownOn: Day.optional(),
    }),
    answer: 'Usage',
    run: ({ context, actor, params, query }) => getUsage(context.app, actor, params.id, query),
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
    summary: 'What happened to the customer, newest first; filtered, by pages both ways',
    rights: rightsTo('see-customer'),
    params: customer,
    query: EventQuery,
    answer: 'Timeline',
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
  ...BLOCKER_ROUTES,
  ...DECISION_ROUTES,
  ...DECK_ROUTES,
  ...DISCUSSION_ROUTES,
  ...REVIEWS_BOARD_ROUTES,
  ...CALENDAR_ROUTES,
  ...CONNECTION_ROUTES,
  ...CUSTOMER_ROUTES,
  ...HANDSHAKE_ROUTES,
  ...EXPERT_REQUEST_ROUTES,
  ...ITEM_ROUTES,
  ...NOTE_ROUTES,
  ...MEETING_ROUTES,
  ...MILESTONE_ROUTES,
  ...NOTIFICATION_ROUTES,
  ...PORTFOLIO_ROUTES,
  ...REPORT_ROUTES,
  ...REVIEW_ROUTES,
  ...SUCCESS_PLAN_ROUTES,
  ...SURVEY_ROUTES,
  ...REVIEW_RECORD_ROUTES,
  ...TODAY_ROUTES,
  ...USAGE_ROUTES,
]
