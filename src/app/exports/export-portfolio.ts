import type { z } from 'zod'
import { PortfolioQuery } from '../../model/portfolio-api.ts'
import { findPersonNamed, namesOf } from '../../store/customers.ts'
import type { Db } from '../../store/database.ts'
import { findPortfolioIds, findPortfolioOf, type PortfolioAt, type PortfolioRecord } from '../../store/portfolio.ts'
import type { Context } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import { recordInstallation } from '../events/record.ts'
import { type Actor, authorize } from '../policy.ts'
import { portfolioAt } from '../portfolio/get-portfolio.ts'
import { type Columns, csvOf } from './csv.ts'
import { CSV, type Download } from './download.ts'

/** As GET /portfolio, whole. */
export const PortfolioExportQuery = PortfolioQuery.omit({ at: true, limit: true })
export type PortfolioExportQuery = z.infer<typeof PortfolioExportQuery>

/** Customers read at once. */
const BATCH = 500

/**
 * The customers that a person sees, filtered and sorted as the portfolio, as CSV. Which ones is settled before the first row, and on
 * record; the rows are read a batch at a time.
 */
export async function exportPortfolio(context: Context, actor: Actor, query: PortfolioExportQuery): Promise<Download> {
  authorize(actor, 'see-customer')
  authorize(actor, 'export-customer')
  const at = portfolioAt(context)
  const ids = await findPortfolioIds(context.db, query, at)
  await context.db.transaction().execute(async trx => {
    const data = { what: 'portfolio', format: 'csv', count: ids.length, filters: await filtersOf(trx, actor, query) }
    await recordInstallation(trx, context, actor, { kind: 'export-made', data })
  })
  const services = context.playbook.services.filter(service => service.countsUsage).map(service => service.id)
  const fileName = `portfolio-${context.now().toISOString().slice(0, 10)}.csv`
  return { fileName, contentType: CSV, body: csvOf(columnsFor(services), batches(context.db, ids, at)) }
}

async function* batches(db: Db, ids: readonly string[], wanted: PortfolioAt): AsyncGenerator<readonly PortfolioRecord[]> {
  for (let at = 0; at < ids.length; at += BATCH) yield findPortfolioOf(db, ids.slice(at, at + BATCH), wanted)
}

/** What was asked for, without names: a person as an id, what was searched for sealed. */
async function filtersOf(db: Db, actor: Actor, { q, owner, ...rest }: PortfolioExportQuery): Promise<Readonly<Record<string, unknown>>> {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const found = owner === undefined ? undefined : (await namesOf(db, [owner])).has(owner) ? owner : (await findPersonNamed(db, owner))?.id
  return {
    ...given,
    ...(owner === undefined ? {} : { owner: found ?? null }),
    ...(q === undefined ? {} : { q: personal(actor.personId, q) }),
  }
}

const columnsFor = (services: readonly string[]): Columns<PortfolioRecord> => [
  { name: 'id', of: row => row.id },
  { name: 'name', of: row => row.name },
  { name: 'segment', of: row => row.segment },
  { name: 'seats', of: row => row.seats },
  { name: 'owner', of: row => row.owner },
  { name: 'csm', of: row => row.csm },
  { name: 'review', of: row => row.review },
  { name: 'overall', of: row => row.overall },
  { name: 'due', of: row => row.due_count },
  { name: 'unknown', of: row => row.unknown_count },
  { name: 'warnings', of: row => row.warning_count },
  { name: 'proposals', of: row => row.proposal_count },
  { name: 'next_due', of: row => row.next_due },
  { name: 'late', of: row => row.late_count },
  { name: 'blockers', of: row => row.blocker_count },
  { name: 'regressed', of: row => row.regressed_count },
  { name: 'last_note', of: row => row.last_note },
  { name: 'next_meeting', of: row => row.next_meeting },
  { name: 'phase', of: row => row.phase },
  { name: 'team', of: row => row.team },
  { name: 'oldest_figure', of: row => row.oldest_figure },
  { name: 'signals', of: row => row.signals.map(each => `${each.service} ${each.kind}`).join('; ') || null },
  { name: 'priority', of: row => row.override?.priority ?? row.priority },
  { name: 'priority_computed', of: row => row.priority },
  { name: 'priority_override_reason', of: row => row.override?.reason ?? null },
  { name: 'priority_reason', of: row => row.priority_reason.en ?? null },
  ...services.flatMap((service): Columns<PortfolioRecord> => {
    const cell = (row: PortfolioRecord) => row.services.find(each => each.service === service)
    return [
      { name: `${service}_intended`, of: row => cell(row)?.intended ?? null },
      { name: `${service}_percent`, of: row => cell(row)?.percent ?? null },
      { name: `${service}_percent_of`, of: row => cell(row)?.percentOf ?? null },
      { name: `${service}_target`, of: row => cell(row)?.target ?? null },
      { name: `${service}_as_of`, of: row => cell(row)?.asOf ?? null },
      { name: `${service}_quality`, of: row => cell(row)?.quality ?? null },
    ]
  }),
]
