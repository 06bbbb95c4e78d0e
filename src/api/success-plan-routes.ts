import { z } from 'zod'
import { setKickoff, setServiceKickoff } from '../app/kick-off/set-kickoff.ts'
import { getReasons, getReasonsVersion, setReasons } from '../app/lists/set-reasons.ts'
import { deleteTemplate, getTemplates, getTemplateVersions, setTemplate } from '../app/lists/templates.ts'
import { rightsTo } from '../app/policy.ts'
import { getSuccessPlan } from '../app/success-plan/get-success-plan.ts'
import { importReadings, mayImportReadings, undoImport } from '../app/success-plan/import-readings.ts'
import { addMetric, removeMetric, setMetric } from '../app/success-plan/metrics.ts'
import { addObjective, orderObjectives, removeObjective, setObjective } from '../app/success-plan/objectives.ts'
import { removeReading, setReading } from '../app/success-plan/readings.ts'
import { setSeats } from '../app/success-plan/seats.ts'
import { useTemplate } from '../app/success-plan/templates.ts'
import { CustomerId } from '../model/api.ts'
import {
  SetKickoff,
  SetMetric,
  SetObjective,
  SetObjectiveOrder,
  SetReading,
  SetReasons,
  SetSeats,
  SetServiceKickoff,
  SetTemplate,
  TemplateId,
  TemplateKind,
  UseTemplate,
} from '../model/success-plan-api.ts'
import { Day } from '../model/words.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const objective = customer.extend({ objective: z.uuid('the id of an objective') })
/** Ids of metrics of older facts are free. */
const metric = customer.extend({ metric: z.string().min(1).max(200) })
const reading = metric.extend({ day: Day })
const service = customer.extend({ service: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'the id of a service') })
const seen = z.object({ version: z.coerce.number('the version that the screen showed').int().min(0) })
const template = z.object({ kind: TemplateKind, id: TemplateId })
const set = rightsTo('set-success-plan')
/** As many rows as are taken, with long names. */
const READINGS_BYTES = 2 * 1024 * 1024

/** Success plan, seats, kick-off; templates and reasons. */
export const SUCCESS_PLAN_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/success',
    summary: 'The success plan: objectives, metrics with readings, how they stand; seats; what the kick-off captured',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'SuccessPlan',
    run: ({ context, actor, params }) => getSuccessPlan(context.app, actor, params.id),
  }),
  route({
    method: 'post',
    path: '/customers/:id/success/template',
    summary: 'Add the objectives and metrics of a template to the plan; nothing that is there changes',
    rights: set,
    params: customer,
    body: UseTemplate,
    answer: 'SuccessPlan',
    run: ({ context, actor, params, body }) => useTemplate(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/objectives',
    summary: 'Add an objective',
    rights: set,
    params: customer,
    body: SetObjective,
    answer: 'SuccessPlan',
    run: ({ context, actor, params, body }) => addObjective(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/objectives/:objective',
    summary: 'Change an objective, or bring back one that was removed',
    rights: set,
    params: objective,
    body: SetObjective,
    answer: 'SuccessPlan',
    run: ({ context, actor, params: { id, objective }, body }) => setObjective(context.app, actor, { ...body, customerId: id, objective }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/objectives/:objective',
    summary: 'Take an objective off the plan; its metrics stay',
    rights: set,
    params: objective,
    query: seen,
    answer: 'SuccessPlan',
    run: ({ context, actor, params: { id, objective }, query }) =>
      removeObjective(context.app, actor, { ...query, customerId: id, objective }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/objective-order',
    summary: 'Put the objectives in an order',
    rights: set,
    params: customer,
    body: SetObjectiveOrder,
    answer: 'SuccessPlan',
    run: ({ context, actor, params, body }) => orderObjectives(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/metrics',
    summary: 'Add a metric: active usage of a service, or of the customer’s own',
    rights: set,
    params: customer,
    body: SetMetric,
    answer: 'SuccessPlan',
    run: ({ context, actor, params, body }) => addMetric(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/metrics/:metric',
    summary: 'Change a metric, or bring back one that was removed',
    rights: set,
    params: metric,
    body: SetMetric,
    answer: 'SuccessPlan',
    run: ({ context, actor, params: { id, metric }, body }) => setMetric(context.app, actor, { ...body, customerId: id, metric }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/metrics/:metric',
    summary: 'Take a metric off the plan; its readings are kept',
    rights: set,
    params: metric,
    query: seen,
    answer: 'SuccessPlan',
    run: ({ context, actor, params: { id, metric }, query }) => removeMetric(context.app, actor, { ...query, customerId: id, metric }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/metrics/:metric/readings/:day',
    summary: 'Record what a metric was on a day; without a version whatever was there is replaced',
    rights: set,
    params: reading,
    body: SetReading,
    answer: 'SuccessPlan',
    run: ({ context, actor, params: { id, ...at }, body }) => setReading(context.app, actor, { ...body, ...at, customerId: id }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/metrics/:metric/readings/:day',
    summary: 'Take a reading back',
    rights: set,
    params: reading,
    query: seen,
    answer: 'SuccessPlan',
    run: ({ context, actor, params: { id, ...at }, query }) => removeReading(context.app, actor, { ...query, ...at, customerId: id }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/readings',
    summary: 'Import readings (CSV with the columns metric, day, value); with preview, or with an error in a row, nothing is kept',
    rights: set,
    params: customer,
    query: z.object({
      preview: z
        .enum(['true', 'false'])
        .default('false')
        .transform(value => value === 'true'),
    }),
    admit: ({ context, actor, params }) => mayImportReadings(context.app, actor, params.id),
    fileBytes: READINGS_BYTES,
    answer: 'ReadingsImport',
    run: ({ context, actor, params, query, file }) =>
      importReadings(context.app, actor, { customerId: params.id, path: file, preview: query.preview }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/readings/:event',
    summary: 'Take an import of readings back, but for values changed since',
    rights: set,
    params: customer.extend({ event: z.coerce.number('the `undo` of the import').int().min(1).max(2_147_483_647) }),
    answer: 'SuccessPlan',
    run: ({ context, actor, params }) => undoImport(context.app, actor, { customerId: params.id, event: params.event }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/services/:service/seats',
    summary: 'Split the seats of a service by what the customer means to do with them',
    rights: set,
    params: service,
    body: SetSeats,
    answer: 'SuccessPlan',
    run: ({ context, actor, params: { id, service }, body }) => setSeats(context.app, actor, { ...body, customerId: id, service }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/services/:service/kickoff',
    summary: 'Record date, intent, business reason and success owner of a service (DIBS)',
    rights: set,
    params: service,
    body: SetServiceKickoff,
    answer: 'SuccessPlan',
    run: ({ context, actor, params: { id, service }, body }) => setServiceKickoff(context.app, actor, { ...body, customerId: id, service }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/kickoff',
    summary: 'Record stakeholders, scenarios, awareness and training plans (SSAT)',
    rights: set,
    params: customer,
    body: SetKickoff,
    answer: 'SuccessPlan',
    run: ({ context, actor, params, body }) => setKickoff(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'get',
    path: '/lists/reasons',
    summary: 'Reasons for blockers and for seats, and which lists there were',
    rights: rightsTo('see-customer'),
    answer: 'Reasons',
    run: ({ context, actor }) => getReasons(context.app, actor),
  }),
  route({
    method: 'put',
    path: '/lists/reasons',
    summary: 'Make a new version of the list of reasons; reasons are retired, never deleted',
    rights: rightsTo('change-lists'),
    body: SetReasons,
    answer: 'Reasons',
    run: ({ context, actor, body }) => setReasons(context.app, actor, body),
  }),
  route({
    method: 'get',
    path: '/lists/reasons/versions/:version',
    summary: 'The list of reasons as it was, and who made it so; version 0 is the one that ships',
    rights: rightsTo('see-customer'),
    params: z.object({ version: z.coerce.number('the number of a version').int().min(0).max(2_147_483_647) }),
    answer: 'ReasonsVersion',
    run: ({ context, actor, params }) => getReasonsVersion(context.app, actor, params.version),
  }),
  route({
    method: 'get',
    path: '/lists/templates/:kind',
    summary: 'Templates of this installation',
    rights: rightsTo('see-customer'),
    params: template.pick({ kind: true }),
    answer: 'Templates',
    run: ({ context, actor, params }) => getTemplates(context.app, actor, params.kind),
  }),
  route({
    method: 'get',
    path: '/lists/templates/:kind/:id/versions',
    summary: 'How a template was, newest first, also after it was removed',
    rights: rightsTo('see-customer'),
    params: template,
    answer: 'TemplateVersions',
    run: ({ context, actor, params }) => getTemplateVersions(context.app, actor, params),
  }),
  route({
    method: 'put',
    path: '/lists/templates/:kind/:id',
    summary: 'Add or change a template; what was begun with it stays as it is',
    rights: rightsTo('change-lists'),
    params: template,
    body: SetTemplate,
    answer: 'Templates',
    run: ({ context, actor, params, body }) => setTemplate(context.app, actor, { ...body, ...params }),
  }),
  route({
    method: 'delete',
    path: '/lists/templates/:kind/:id',
    summary: 'Remove a template',
    rights: rightsTo('change-lists'),
    params: template,
    query: seen,
    answer: 'Templates',
    run: ({ context, actor, params, query }) => deleteTemplate(context.app, actor, { ...params, ...query }),
  }),
]
