import type { PortfolioPage, PortfolioRow } from '../../model/api.ts'
import type { PortfolioQuery } from '../../model/portfolio-api.ts'
import type { Day } from '../../model/words.ts'
import { keptPortfolio, type OverrideRecord, type PortfolioAt, type PortfolioRecord } from '../../store/portfolio.ts'
import { weeklyUsage } from '../../store/usage.ts'
import { type Context, todayOf } from '../context.ts'
import { shareOf } from '../plans/cells.ts'
import { seriesOf, signalOf, type Weeks } from '../plans/weeks.ts'
import { type Actor, authorize } from '../policy.ts'

const WEEKS = 12
const NO_WEEKS: Weeks = new Map()

/**
 * One page of customers, filtered, sorted and counted by the database. Five queries, however many customers, one more for groups; a single
 * one as long as nobody writes anything after it.
 */
export async function getPortfolio(context: Context, actor: Actor, query: PortfolioQuery): Promise<PortfolioPage> {
  authorize(actor, 'see-customer')
  const { playbook } = context
  const today = todayOf(context)
  const at = { ...portfolioAt(context), release: playbook.playbook.hash }
  return keptPortfolio(context.db, query, at, context.pages, async (trx, { rows, total, groups }) => {
    const ids = rows.map(row => row.id)
    const series = seriesOf(await weeklyUsage(trx, ids, today, WEEKS), new Map(rows.map(row => [row.id, row.tenant_count])))
    const end = query.at + rows.length
    return {
      rows: rows.map(row => toRow(row, series, today)),
      total,
      at: query.at,
      next: end < total && rows.length > 0 ? String(end) : null,
      services: playbook.services.filter(service => service.countsUsage).map(service => service.id),
      phases: playbook.phases,
      groups,
    }
  })
}

/** To the minute: what is kept of one moment serves the next ones. */
export const portfolioAt = (context: Context): PortfolioAt => ({
  now: `${context.now().toISOString().slice(0, 16)}:00.000Z`,
  phases: context.playbook.phases.map(phase => phase.id),
})

export const overrideOf = ({ priority, reason, by, set_at: at, until }: OverrideRecord) => ({ priority, reason, by, at, until })

function toRow(row: PortfolioRecord, series: ReadonlyMap<string, Weeks>, today: Day): PortfolioRow {
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
    lateCount: row.late_count,
    blockerCount: row.blocker_count,
    regressedCount: row.regressed_count,
    lastNote: row.last_note,
    silent: row.is_silent,
    nextMeeting: row.next_meeting,
    phase: row.phase,
    team: row.team,
    oldestFigure: row.oldest_figure,
    signals: row.signals,
    priority: row.override?.priority ?? row.priority,
    priorityReason: row.priority_reason,
    override: row.override && overrideOf(row.override),
    services: row.services.map(cell => {
      const weeks = series.get(`${row.id} ${cell.service}`) ?? NO_WEEKS
      // A figure that is old or doubted is no news.
      return { ...cell, trend: trendOf(weeks), signal: cell.quality === 'fresh' ? signalOf(weeks, today) : null }
    }),
  }
}

/** Weekly percents, oldest first. */
const trendOf = (weeks: Weeks): readonly (number | null)[] =>
  Array.from({ length: WEEKS }, (_, index) => {
    const point = weeks.get(WEEKS - 1 - index)
    return point ? shareOf(point.active, { chosen: null, entitled: point.seats, assigned: null }).percent : null
  })
