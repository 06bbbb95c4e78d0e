import { z } from 'zod'
import { rightsTo } from '../app/policy.ts'
import { exportLoad } from '../app/reports/export-load.ts'
import { getReportFilters } from '../app/reports/get-filters.ts'
import { AT_RISK_REPORT, MILESTONES_REPORT, PAST_DUE_REPORT, SILENT_REPORT, WAITING_REPORT } from '../app/reports/kinds.ts'
import { exportReport, getReport, type ReportKind } from '../app/reports/report.ts'
import { AtRiskQuery, MilestonesQuery, PastDueQuery, SilentQuery, WaitingQuery } from '../model/report-api.ts'
import type { AnswerName } from './answers.ts'
import { fileRoute, type Route, route } from './route.ts'

const cursor = z
  .string()
  .regex(/^\d{1,9}$/, 'the `next` of the page before')
  .transform(Number)
  .optional()

type Of<Query, Row, Summary> = Readonly<{
  path: string
  answer: AnswerName
  summary: string
  file: string
  kind: ReportKind<Omit<Query, 'limit'>, Row, Summary>
}>

/** A report is read a page at a time, and leaves whole as CSV with the same filters. */
function reportRoutes<Schema extends z.ZodObject, Row, Summary>(
  schema: Schema,
  { path, answer, summary, file, kind }: Of<z.infer<Schema>, Row, Summary>,
): readonly Route[] {
  // What the schema without its limit gives is what the kind asks for; zod's types do not carry that through `extend` and `omit`.
  const asked = kind as unknown as ReportKind<object, Row, Summary>
  return [
    route({
      method: 'get',
      path,
      summary,
      rights: rightsTo('see-customer'),
      query: schema.extend({ cursor }),
      answer,
      run: ({ context, actor, query: { cursor: at, limit, ...query } }) =>
        getReport(asked, context.app, actor, { ...query, at: Number(at ?? 0), limit: Number(limit) }),
    }),
    fileRoute({
      method: 'get',
      path: `${path}/export`,
      summary: file,
      rights: rightsTo('export-customer'),
      query: schema.omit({ limit: true }),
      run: ({ context, actor, query }) => exportReport(asked, context.app, actor, query),
    }),
  ]
}

/** Reports over all customers that one may see. */
export const REPORT_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/reports/filters',
    summary: 'Owners and teams of the customers one may see, to narrow a report to',
    rights: rightsTo('see-customer'),
    answer: 'ReportFilters',
    run: ({ context, actor }) => getReportFilters(context.app, actor),
  }),
  ...reportRoutes(MilestonesQuery, {
    path: '/reports/milestones',
    answer: 'MilestonesReport',
    summary: 'Milestones that were reached in the last months, newest first; counted by month and service',
    file: 'Milestones that were reached as CSV; the export goes on record',
    kind: MILESTONES_REPORT,
  }),
  ...reportRoutes(AtRiskQuery, {
    path: '/reports/at-risk',
    answer: 'AtRiskReport',
    summary: 'Customers at risk with the reasons, those with the most first; what nobody can tell is told beside them',
    file: 'Customers at risk as CSV; the export goes on record',
    kind: AT_RISK_REPORT,
  }),
  ...reportRoutes(SilentQuery, {
    path: '/reports/silent',
    answer: 'SilentReport',
    summary: 'Customers without a note or a held meeting for more than 14 days, the longest first',
    file: 'Silent customers as CSV; the export goes on record',
    kind: SILENT_REPORT,
  }),
  ...reportRoutes(PastDueQuery, {
    path: '/reports/past-due',
    answer: 'PastDueReport',
    summary: 'Milestones whose target date or forecast has passed without being reached, the longest overdue first',
    file: 'Milestones past due as CSV; the export goes on record',
    kind: PAST_DUE_REPORT,
  }),
  ...reportRoutes(WaitingQuery, {
    path: '/reports/handshakes',
    answer: 'WaitingReport',
    summary: 'Handshakes without an answer with the working days they wait, the longest first',
    file: 'Handshakes without an answer as CSV; the export goes on record',
    kind: WAITING_REPORT,
  }),
  fileRoute({
    method: 'get',
    path: '/load/export',
    summary: 'Open and overdue work of everybody as CSV; the export goes on record',
    rights: rightsTo('see-load'),
    run: ({ context, actor }) => exportLoad(context.app, actor),
  }),
]
