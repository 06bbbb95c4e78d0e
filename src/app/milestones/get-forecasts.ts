import type { z } from 'zod'
import { type ForecastOutcome, ForecastQuery, type ForecastReport } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import type { Db } from '../../store/database.ts'
import { type ForecastRecord, findForecasts, sumForecasts, sumNotInSight } from '../../store/forecasts.ts'
import { type Context, todayOf } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import { recordInstallation } from '../events/record.ts'
import { type Columns, csvOf } from '../exports/csv.ts'
import { CSV, type Download } from '../exports/download.ts'
import { type Actor, authorize } from '../policy.ts'

/** What was expected, and what came: one page, newest first, and the sum over all that matches. Three queries. */
export async function getForecasts(context: Context, actor: Actor, query: ForecastQuery & { at: number }): Promise<ForecastReport> {
  authorize(actor, 'see-customer')
  const today = todayOf(context)
  return context.db.transaction().execute(async trx => {
    const rows = await findForecasts(trx, query, { today, at: query.at, limit: query.limit })
    const sum = await sumForecasts(trx, query, today)
    const { made: notInSight, reached: notInSightReached } = await sumNotInSight(trx, query)
    const { in_range: inRange, error_days: medianErrorDays, ...counts } = sum
    const end = query.at + rows.length
    return {
      rows: rows.map(outcomeOf),
      next: rows.length > 0 && end < sum.made ? String(end) : null,
      summary: { ...counts, inRange, medianErrorDays, notInSight, notInSightReached },
    }
  })
}

/** As GET /usage/forecasts, whole. */
export const ForecastExportQuery = ForecastQuery.omit({ limit: true })
export type ForecastExportQuery = z.infer<typeof ForecastExportQuery>

/** Rows read at once. */
const BATCH = 1000

/** Forecasts and what came of them, of the customers that a person sees, as CSV. How many is settled before the first row, and on record. */
export async function exportForecasts(context: Context, actor: Actor, query: ForecastExportQuery): Promise<Download> {
  authorize(actor, 'see-customer')
  authorize(actor, 'export-customer')
  const today = todayOf(context)
  const { made: count } = await sumForecasts(context.db, query, today)
  const { q, ...rest } = query
  const filters = { ...rest, ...(q === undefined ? {} : { q: personal(actor.personId, q) }) }
  await context.db.transaction().execute(async trx => {
    await recordInstallation(trx, context, actor, { kind: 'export-made', data: { what: 'forecasts', format: 'csv', count, filters } })
  })
  return { fileName: `forecasts-${today}.csv`, contentType: CSV, body: csvOf(COLUMNS, batches(context.db, query, today, count)) }
}

async function* batches(db: Db, query: ForecastExportQuery, today: Day, count: number): AsyncGenerator<readonly ForecastOutcome[]> {
  for (let at = 0; at < count; at += BATCH) {
    const rows = await findForecasts(db, query, { today, at, limit: Math.min(BATCH, count - at) })
    yield rows.map(outcomeOf)
  }
}

const outcomeOf = (row: ForecastRecord): ForecastOutcome => ({
  customer: row.customer_id,
  customerName: row.name,
  service: row.service,
  milestone: row.milestone,
  goal: row.goal_percent,
  madeOn: row.made_on,
  percentThen: row.percent_then,
  expected: row.expected,
  earliest: row.earliest,
  latest: row.latest,
  reachedOn: row.reached_on,
  targetDate: row.target_date,
  outcome: row.outcome,
})

const COLUMNS: Columns<ForecastOutcome> = [
  { name: 'customer', of: row => row.customer },
  { name: 'customer_name', of: row => row.customerName },
  { name: 'service', of: row => row.service },
  { name: 'milestone', of: row => row.milestone },
  { name: 'goal_percent', of: row => row.goal },
  { name: 'made_on', of: row => row.madeOn },
  { name: 'percent_then', of: row => row.percentThen },
  { name: 'target_date', of: row => row.targetDate },
  { name: 'expected', of: row => row.expected },
  { name: 'earliest', of: row => row.earliest },
  { name: 'latest', of: row => row.latest },
  { name: 'reached_on', of: row => row.reachedOn },
  { name: 'outcome', of: row => row.outcome },
]
