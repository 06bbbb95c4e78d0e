import type { z } from 'zod'
import { BlockerQuery, type BlockerReport, type BlockerRow } from '../../model/blocker-api.ts'
import type { Day, Text } from '../../model/words.ts'
import { type BlockerRecord, findBlockerRows, sumBlockers } from '../../store/blockers.ts'
import type { Db } from '../../store/database.ts'
import { type Context, todayOf } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import { recordInstallation } from '../events/record.ts'
import { type Columns, csvOf } from '../exports/csv.ts'
import { CSV, type Download } from '../exports/download.ts'
import { currentReasons, reasonKey, reasonTexts } from '../lists/reasons.ts'
import { type Actor, authorize } from '../policy.ts'
import { isOverdue } from './get-blockers.ts'

/** Blockers of all customers that the actor sees, one page, and the sum over all that match. */
export async function getBlockerReport(
  context: Context,
  actor: Actor,
  { limit, at, ...filter }: BlockerQuery & { at: number },
): Promise<BlockerReport> {
  authorize(actor, 'see-customer')
  const of = { today: todayOf(context), personId: actor.personId }
  return context.db.transaction().execute(async trx => {
    const rows = await rowsOf(trx, await findBlockerRows(trx, filter, of, { at, limit }), of.today)
    const sums = await sumBlockers(trx, filter, of)
    const all = (what: 'total' | 'seats' | 'without_seats') => sums.reduce((sum, each) => sum + each[what], 0)
    const total = all('total')
    const end = at + rows.length
    const reasons = (await currentReasons(trx)).reasons.filter(each => each.uses.includes('blocker'))
    return {
      rows,
      next: rows.length > 0 && end < total ? String(end) : null,
      total,
      seats: all('seats'),
      withoutSeats: all('without_seats'),
      byReason: sums.map(each => ({ reason: each.reason, count: each.total })),
      reasons,
    }
  })
}

/** As GET /blockers, whole. */
export const BlockerExportQuery = BlockerQuery.omit({ limit: true })
export type BlockerExportQuery = z.infer<typeof BlockerExportQuery>

const BATCH = 1000

/** The same as CSV. How many is settled before the first row, and on record. */
export async function exportBlockers(context: Context, actor: Actor, query: BlockerExportQuery): Promise<Download> {
  authorize(actor, 'see-customer')
  authorize(actor, 'export-customer')
  const of = { today: todayOf(context), personId: actor.personId }
  const count = (await sumBlockers(context.db, query, of)).reduce((sum, { total }) => sum + total, 0)
  const { q, ...rest } = query
  const filters = { ...rest, ...(q === undefined ? {} : { q: personal(actor.personId, q) }) }
  await context.db.transaction().execute(async trx => {
    await recordInstallation(trx, context, actor, { kind: 'export-made', data: { what: 'blockers', format: 'csv', count, filters } })
  })
  return { fileName: `blockers-${of.today}.csv`, contentType: CSV, body: csvOf(COLUMNS, batches(context.db, query, of, count)) }
}

async function* batches(
  db: Db,
  query: BlockerExportQuery,
  of: { today: Day; personId: string },
  count: number,
): AsyncGenerator<readonly BlockerRow[]> {
  for (let at = 0; at < count; at += BATCH) {
    yield rowsOf(db, await findBlockerRows(db, query, of, { at, limit: Math.min(BATCH, count - at) }), of.today)
  }
}

async function rowsOf(db: Db, records: readonly BlockerRecord[], today: Day): Promise<readonly BlockerRow[]> {
  const given = (row: BlockerRecord) => ({ reason: row.reason, version: row.reason_version })
  const texts = await reasonTexts(db, records.map(given))
  return records.map(row => rowOf(row, texts.get(reasonKey(given(row))) ?? { en: row.reason }, today))
}

const rowOf = (row: BlockerRecord, reason: Text, today: Day): BlockerRow => ({
  customer: row.customer_id,
  customerName: row.customer_name,
  id: row.id,
  title: row.title,
  services: row.services,
  reason: { id: row.reason, text: reason },
  seats: row.seats,
  owner: row.owner,
  nextAction: row.next_action,
  nextActionOn: row.next_action_on,
  isOverdue: isOverdue(row, today),
  openedOn: dayIn(row.opened_at),
  escalatedOn: row.escalated_at === null ? null : dayIn(row.escalated_at),
  resolvedOn: row.resolved_at === null ? null : dayIn(row.resolved_at),
})

// An instant begins with its day.
const dayIn = (instant: string) => instant.slice(0, 10) as Day

const COLUMNS: Columns<BlockerRow> = [
  { name: 'customer', of: row => row.customer },
  { name: 'customer_name', of: row => row.customerName },
  { name: 'blocker', of: row => row.title },
  { name: 'services', of: row => row.services.join(' ') },
  { name: 'reason', of: row => row.reason.id },
  { name: 'reason_text', of: row => row.reason.text.en ?? null },
  { name: 'seats', of: row => row.seats },
  { name: 'owner', of: row => row.owner },
  { name: 'next_action', of: row => row.nextAction },
  { name: 'next_action_on', of: row => row.nextActionOn },
  { name: 'overdue', of: row => row.isOverdue },
  { name: 'opened_on', of: row => row.openedOn },
  { name: 'escalated_on', of: row => row.escalatedOn },
  { name: 'resolved_on', of: row => row.resolvedOn },
]
