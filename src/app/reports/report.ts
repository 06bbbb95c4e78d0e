import type { Report } from '../../model/report-api.ts'
import type { Day } from '../../model/words.ts'
import type { Db } from '../../store/database.ts'
import type { PageAt } from '../../store/reports.ts'
import { type Context, todayOf } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { type Columns, csvOf } from '../exports/csv.ts'
import { CSV, type Download } from '../exports/download.ts'
import { type Actor, authorize } from '../policy.ts'

/** What both queries of a report know besides what was asked for. */
export type ReportAt = Readonly<{ today: Day; now: string; context: Pick<Context, 'playbook'> }>

/** A report over customers: a page and a sum, one query each, and the same rows as CSV. */
export type ReportKind<Query, Row, Summary> = Readonly<{
  /** Names the file and the export on record. */
  name: string
  find: (db: Db, query: Query, at: ReportAt, page: PageAt) => Promise<readonly Row[]>
  sum: (db: Db, query: Query, at: ReportAt) => Promise<Readonly<{ total: number; summary: Summary }>>
  columns: Columns<Row>
}>

const reportAt = (context: Context): ReportAt => ({ today: todayOf(context), now: context.now().toISOString(), context })

/** A page of the rows of customers that the actor sees, and the sum over all of them. Two queries. */
export async function getReport<Query, Row, Summary>(
  { find, sum }: ReportKind<Query, Row, Summary>,
  context: Context,
  actor: Actor,
  { at, limit, ...rest }: Query & PageAt,
): Promise<Report<Row, Summary>> {
  authorize(actor, 'see-customer')
  // What is left of it without the page is the query.
  const query = rest as unknown as Query
  const asked = reportAt(context)
  return context.db.transaction().execute(async trx => {
    const rows = await find(trx, query, asked, { at, limit })
    const { total, summary } = await sum(trx, query, asked)
    const end = at + rows.length
    return { asOf: asked.today, rows, next: rows.length > 0 && end < total ? String(end) : null, total, summary }
  })
}

/** Rows read at once. */
const BATCH = 1000

/** All of its rows as CSV. How many is settled before the first, and on record. */
export async function exportReport<Query extends object, Row, Summary>(
  { name, find, sum, columns }: ReportKind<Query, Row, Summary>,
  context: Context,
  actor: Actor,
  query: Query,
): Promise<Download> {
  authorize(actor, 'see-customer')
  authorize(actor, 'export-customer')
  const asked = reportAt(context)
  const { total: count } = await sum(context.db, query, asked)
  // Ids and words of lists: nothing that names a person.
  const filters = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
  await context.db.transaction().execute(async trx => {
    await recordInstallation(trx, context, actor, { kind: 'export-made', data: { what: `report-${name}`, format: 'csv', count, filters } })
  })
  async function* batches(): AsyncGenerator<readonly Row[]> {
    for (let at = 0; at < count; at += BATCH) yield find(context.db, query, asked, { at, limit: Math.min(BATCH, count - at) })
  }
  return { fileName: `${name}-${asked.today}.csv`, contentType: CSV, body: csvOf(columns, batches()) }
}
