import { lastEvent, nextEventsOf } from '../../store/events.ts'
import type { Context } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { namesIn } from '../events/names.ts'
import { recordCustomer } from '../events/record.ts'
import { reveal } from '../events/reveal.ts'
import { summaryOf } from '../events/summary.ts'
import { type Actor, authorize, may } from '../policy.ts'
import { type Columns, csvOf } from './csv.ts'
import { CSV, type Download, JSON_TYPE } from './download.ts'

export type RecordFormat = 'csv' | 'json'

/** Events read at once: memory stays small however long the record is. */
const BATCH = 500

/**
 * The whole record of a customer, oldest first, the export itself being its last event. The JSON has the text and hash of every event,
 * so that the chain can be verified elsewhere; where requests came from is told to those who may see the audit record only.
 */
export async function exportRecord(context: Context, actor: Actor, customerId: string, format: RecordFormat): Promise<Download> {
  await visibleCustomer(context, actor, customerId)
  authorize(actor, 'export-customer')
  const count = await context.db.transaction().execute(async trx => {
    const last = ((await lastEvent(trx, customerId))?.seq ?? 0) + 1
    await recordCustomer(trx, context, actor, { customerId, kind: 'export-made', data: { what: 'record', format, count: last } })
    return last
  })
  const batches = eventBatches(context, customerId, count, may(actor, 'see-audit'))
  const fileName = `${customerId}-record-${context.now().toISOString().slice(0, 10)}.${format}`
  return format === 'csv'
    ? { fileName, contentType: CSV, body: csvOf(COLUMNS, batches) }
    : { fileName, contentType: JSON_TYPE, body: jsonOf({ customer: customerId, madeAt: context.now().toISOString(), count }, batches) }
}

type Line = Readonly<{
  seq: number
  at: string
  who: Readonly<{ id: string; name: string }>
  kind: string
  summary: string
  before: unknown
  after: unknown
  from: string | null
  previousHash: string | null
  hash: string
  body: string
}>

async function* eventBatches(context: Context, customerId: string, to: number, withFrom: boolean): AsyncGenerator<readonly Line[]> {
  let after = 0
  while (after < to) {
    const rows = await nextEventsOf(context.db, customerId, { after, to, limit: BATCH })
    const last = rows.at(-1)
    if (!last) return
    after = last.seq
    const revealed = await reveal(
      context.db,
      context,
      rows.map(row => row.body),
    )
    const names = await namesIn(context.db, revealed)
    yield rows.map((row, index): Line => {
      // One for each row.
      const { data, from } = revealed[index]!
      return {
        seq: row.seq,
        at: row.at,
        who: { id: row.who, name: row.name },
        kind: row.kind,
        summary: summaryOf(row.kind, data, context.playbook, names).en ?? row.kind,
        before: data.before ?? null,
        after: data.after ?? null,
        from: withFrom ? from : null,
        previousHash: row.previous_hash,
        hash: row.hash,
        body: row.body,
      }
    })
  }
}

const text = (value: unknown): string | null => (value === null ? null : typeof value === 'string' ? value : JSON.stringify(value))

const COLUMNS: Columns<Line> = [
  { name: 'seq', of: row => row.seq },
  { name: 'at', of: row => row.at },
  { name: 'who', of: row => row.who.name },
  { name: 'who_id', of: row => row.who.id },
  { name: 'kind', of: row => row.kind },
  { name: 'summary', of: row => row.summary },
  { name: 'before', of: row => text(row.before) },
  { name: 'after', of: row => text(row.after) },
  { name: 'from', of: row => row.from },
  { name: 'previous_hash', of: row => row.previousHash },
  { name: 'hash', of: row => row.hash },
]

async function* jsonOf(head: Readonly<Record<string, unknown>>, batches: AsyncIterable<readonly Line[]>): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"events":[`
  let isFirst = true
  for await (const rows of batches) {
    if (rows.length === 0) continue
    yield `${isFirst ? '\n' : ',\n'}${rows.map(row => JSON.stringify(row)).join(',\n')}`
    isFirst = false
  }
  yield '\n]}\n'
}
