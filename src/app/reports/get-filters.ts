import type { ReportFilters } from '../../model/report-api.ts'
import { findReportFilters } from '../../store/reports.ts'
import type { Context } from '../context.ts'
import { type Actor, authorize } from '../policy.ts'

/** Owners and teams of the customers that the actor sees. */
export async function getReportFilters({ db }: Pick<Context, 'db'>, actor: Actor): Promise<ReportFilters> {
  authorize(actor, 'see-customer')
  const rows = await findReportFilters(db)
  const of = (wanted: 'owner' | 'team') => rows.flatMap(({ kind, id, name }) => (kind === wanted ? [{ id, name }] : []))
  return { owners: of('owner'), teams: of('team') }
}
