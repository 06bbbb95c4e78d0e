import { z } from 'zod'
import { exportForecasts, ForecastExportQuery, getForecasts } from '../app/milestones/get-forecasts.ts'
import { getTargets } from '../app/milestones/get-targets.ts'
import { clearMilestone, setMilestone } from '../app/milestones/set-milestone.ts'
import { rightsTo } from '../app/policy.ts'
import { CustomerId } from '../model/api.ts'
import { ForecastQuery, MilestoneId, SetMilestone } from '../model/usage-api.ts'
import { fileRoute, type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const milestone = customer.extend({
  service: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'the id of a service'),
  milestone: MilestoneId,
})
const cursor = z
  .string()
  .regex(/^\d{1,9}$/, 'the `next` of the page before')
  .transform(Number)
  .optional()

/** Targets of use, when they will be reached, and how earlier forecasts came out. */
export const MILESTONE_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/targets',
    summary: 'Milestones of each service with their forecasts, the days to come, and what changed of late',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'Targets',
    run: ({ context, actor, params }) => getTargets(context.app, actor, params.id),
  }),
  route({
    method: 'put',
    path: '/customers/:id/services/:service/milestones/:milestone',
    summary: 'Set the percent and the target date of a milestone',
    rights: rightsTo('set-milestone'),
    params: milestone,
    body: SetMilestone,
    answer: 'Targets',
    run: ({ context, actor, params: { id, ...at }, body }) => setMilestone(context.app, actor, { ...body, ...at, customerId: id }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/services/:service/milestones/:milestone',
    summary: 'Back to the usual percent, without a date',
    rights: rightsTo('set-milestone'),
    params: milestone,
    query: z.object({ version: z.coerce.number('the milestone version the screen showed').int().min(0) }),
    answer: 'Targets',
    run: ({ context, actor, params: { id, ...at }, query }) =>
      clearMilestone(context.app, actor, { ...at, customerId: id, version: query.version }),
  }),
  route({
    method: 'get',
    path: '/usage/forecasts',
    summary: 'What was expected, and what came; newest first',
    rights: rightsTo('see-customer'),
    query: ForecastQuery.extend({ cursor }),
    answer: 'Forecasts',
    run: ({ context, actor, query: { cursor, ...query } }) => getForecasts(context.app, actor, { ...query, at: cursor ?? 0 }),
  }),
  fileRoute({
    method: 'get',
    path: '/usage/forecasts/export',
    summary: 'Forecasts and what came of them as CSV; the export goes on record',
    rights: rightsTo('export-customer'),
    query: ForecastExportQuery,
    run: ({ context, actor, query }) => exportForecasts(context.app, actor, query),
  }),
]
