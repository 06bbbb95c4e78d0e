import type { PortfolioPage, PortfolioQuery, PortfolioRow } from '../../model/api.ts'
import { findPortfolio, type PortfolioRecord } from '../../store/portfolio.ts'
import { type WeekPoint, weeklyUsage } from '../../store/usage.ts'
import { type Context, todayOf } from '../context.ts'
import { shareOf } from '../plans/cells.ts'
import { type Actor, authorize } from '../policy.ts'

const WEEKS = 12

/** One page of customers, filtered, sorted and counted by the database. Four queries, however many customers there are. */
export async function getPortfolio(context: Context, actor: Actor, query: PortfolioQuery): Promise<PortfolioPage> {
  authorize(actor, 'see-customer')
  const { rows, total } = await findPortfolio(context.db, query)
  const points = await weeklyUsage(
    context.db,
    rows.map(row => row.id),
    todayOf(context),
    WEEKS,
  )
  const trends = trendsOf(points, new Map(rows.map(row => [row.id, row.tenant_count])))
  const end = query.at + rows.length
  return {
    rows: rows.map(row => toRow(row, trends)),
    total,
    at: query.at,
    next: end < total && rows.length > 0 ? String(end) : null,
    services: context.playbook.services.filter(service => service.countsUsage).map(service => service.id),
  }
}

const NO_TREND: readonly null[] = Array.from({ length: WEEKS }, () => null)

function toRow(row: PortfolioRecord, trends: ReadonlyMap<string, readonly (number | null)[]>): PortfolioRow {
  return {
    id: row.id,
    name: row.name,
    segment: row.segment,
    seats: row.seats,
    owner: row.owner,
    csm: row.csm,
    review: row.review,
    overall: row.overall,
    dueCount: row.due_count,
    unknownCount: row.unknown_count,
    warningCount: row.warning_count,
    proposalCount: row.proposal_count,
    nextDue: row.next_due,
    priority: row.priority,
    priorityReason: row.priority_reason,
    services: row.services.map(cell => ({ ...cell, trend: trends.get(`${row.id} ${cell.service}`) ?? NO_TREND })),
  }
}

/** Weekly percents by customer and service, oldest first; a week in which a tenant is silent has none. */
function trendsOf(
  points: readonly WeekPoint[],
  tenantCounts: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly (number | null)[]> {
  const trends = new Map<string, (number | null)[]>()
  for (const { customer_id, service, week, active, seats, tenants } of points) {
    if (tenants < (tenantCounts.get(customer_id) ?? 1)) continue
    const key = `${customer_id} ${service}`
    const trend = trends.get(key) ?? [...NO_TREND]
    trend[WEEKS - 1 - week] = shareOf(active, seats, null).percent
    trends.set(key, trend)
  }
  return trends
}
