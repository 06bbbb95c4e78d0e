import { z } from 'zod'
import { getAudit, getVerification } from '../app/events/get-audit.ts'
import { exportPortfolio, PortfolioExportQuery } from '../app/exports/export-portfolio.ts'
import { exportRecord } from '../app/exports/export-record.ts'
import { erasePerson } from '../app/personal/erase.ts'
import { exportOwn, exportPerson } from '../app/personal/export-person.ts'
import { rightsTo } from '../app/policy.ts'
import { AuditQuery, ErasePerson, PersonId } from '../model/admin-api.ts'
import { CustomerId } from '../model/api.ts'
import { fileRoute, type Route, route } from './route.ts'

const person = z.object({ person: PersonId })

/** The record, what leaves the house, and what is kept about people. */
export const AUDIT_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/audit',
    summary: 'What happened that belongs to no customer: sign-ins, people, settings, exports; newest first',
    rights: rightsTo('see-audit'),
    query: AuditQuery,
    answer: 'AuditPage',
    run: ({ context, actor, query }) => getAudit(context.app, actor, query),
  }),
  route({
    method: 'get',
    path: '/audit/verification',
    summary: 'Recompute every chain of the record and say what does not fit',
    rights: rightsTo('see-audit'),
    answer: 'Verification',
    run: ({ context, actor }) => getVerification(context.app, actor),
  }),
  fileRoute({
    method: 'get',
    path: '/customers/:id/record',
    summary: 'The whole record of a customer as a file; the export goes on record',
    rights: rightsTo('export-customer'),
    params: z.object({ id: CustomerId }),
    query: z.object({ format: z.enum(['csv', 'json']).default('csv') }),
    run: ({ context, actor, params, query }) => exportRecord(context.app, actor, params.id, query.format),
  }),
  fileRoute({
    method: 'get',
    path: '/portfolio/export',
    summary: 'The customers one sees as CSV, filtered and sorted as the portfolio; the export goes on record',
    rights: rightsTo('export-customer'),
    query: PortfolioExportQuery,
    run: ({ context, actor, query }) => exportPortfolio(context.app, actor, query),
  }),
  route({
    method: 'get',
    path: '/people/:person/export',
    summary: 'Everything kept about a person; the export goes on record',
    rights: rightsTo('manage-people'),
    params: person,
    answer: 'PersonExport',
    run: ({ context, actor, params }) => exportPerson(context.app, context.auth, actor, params.person),
  }),
  route({
    method: 'get',
    path: '/me/export',
    summary: 'Everything kept about oneself; the export goes on record',
    rights: rightsTo('see-own'),
    answer: 'PersonExport',
    run: ({ context, actor }) => exportOwn(context.app, context.auth, actor),
  }),
  route({
    method: 'post',
    path: '/people/:person/erasure',
    summary: 'Forget a person for ever; the e-mail address repeats whom',
    rights: rightsTo('manage-people'),
    params: person,
    body: ErasePerson,
    answer: 'Erasure',
    run: ({ context, actor, params, body }) =>
      erasePerson(context.app, context.auth, actor, { personId: params.person, email: body.email }),
  }),
]
