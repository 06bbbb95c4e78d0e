import { createHash } from 'node:crypto'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

export type NewEvent = Readonly<{ customerId: string; at: string; who: string; kind: string; data: Readonly<Record<string, unknown>> }>
export type BrokenEvent = Readonly<{ customerId: string; seq: number; fault: string }>

/**
 * Adds to a customer's record; answers the event's number. The customer's row must be locked, so that numbers and hashes follow each
 * other. `data` holds ids for personal values, never names.
 */
export async function appendEvent(trx: Trx, event: NewEvent): Promise<number> {
  const [seq] = await appendEvents(trx, event.customerId, [event])
  // One event in, one number out.
  return seq as number
}

/** Several events of one customer, in order. */
export async function appendEvents(trx: Trx, customerId: string, events: readonly NewEvent[]): Promise<readonly number[]> {
  if (events.length === 0) return []
  const last = await trx
    .selectFrom('event')
    .select(['seq', 'hash'])
    .where('customer_id', '=', customerId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const rows = chain(events, last)
  await trx.insertInto('event').values(rows).execute()
  return rows.map(row => row.seq)
}

/** The rows of events that follow `last`, each with the hash of the one before. */
export function chain(events: readonly NewEvent[], last: { seq: number; hash: string } | undefined): Row<'event'>[] {
  let previous = last
  return events.map(({ customerId, at, who, kind, data }) => {
    const seq = (previous?.seq ?? 0) + 1
    const body = canonical({ customer: customerId, seq, at, who, kind, data })
    const row = {
      customer_id: customerId,
      seq,
      at,
      who,
      kind,
      body,
      previous_hash: previous?.hash ?? null,
      hash: hashOf(previous?.hash ?? null, body),
    }
    previous = row
    return row
  })
}

/** Events of a customer, newest first; those below `before` when given. */
export async function findEvents(
  db: Db,
  customerId: string,
  limit: number,
  before?: number,
): Promise<readonly (Row<'event'> & { name: string })[]> {
  let query = db
    .selectFrom('event')
    .innerJoin('person', 'person.id', 'event.who')
    .selectAll('event')
    .select('person.name as name')
    .where('customer_id', '=', customerId)
    .orderBy('seq', 'desc')
    .limit(limit)
  if (before !== undefined) query = query.where('seq', '<', before)
  return query.execute()
}

/** Recomputes the chain of every customer (or one) and lists what does not fit. Reads a slice at a time. */
export async function verifyEvents(db: Db, customerId?: string): Promise<{ checked: number; broken: readonly BrokenEvent[] }> {
  const broken: BrokenEvent[] = []
  let checked = 0
  let previous: Row<'event'> | undefined
  for (;;) {
    const rows: Row<'event'>[] = await nextEvents(db, customerId, previous)
    for (const row of rows) {
      const before = previous?.customer_id === row.customer_id ? previous : undefined
      const fault = faultOf(row, before)
      if (fault) broken.push({ customerId: row.customer_id, seq: row.seq, fault })
      previous = row
      checked++
    }
    if (rows.length === 0) return { checked, broken }
  }
}

function nextEvents(db: Db, customerId: string | undefined, after: Row<'event'> | undefined): Promise<Row<'event'>[]> {
  let query = db.selectFrom('event').selectAll().orderBy('customer_id').orderBy('seq').limit(2000)
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId)
  if (after) {
    query = query.where(eb => eb(eb.refTuple('customer_id', 'seq'), '>', eb.tuple(after.customer_id, after.seq)))
  }
  return query.execute()
}

function faultOf(row: Row<'event'>, before: Row<'event'> | undefined): string | undefined {
  if (row.seq !== (before?.seq ?? 0) + 1) return `expected event ${(before?.seq ?? 0) + 1}, found ${row.seq}`
  if (row.previous_hash !== (before?.hash ?? null)) return 'does not follow the event before it'
  if (row.hash !== hashOf(row.previous_hash, row.body)) return 'its text was changed'
  const body = JSON.parse(row.body) as Record<string, unknown>
  const columns = { customer: row.customer_id, seq: row.seq, at: row.at, who: row.who, kind: row.kind }
  const changed = Object.entries(columns).find(([name, value]) => body[name] !== value)
  return changed ? `its ${changed[0]} was changed` : undefined
}

const hashOf = (previous: string | null, body: string) =>
  createHash('sha256')
    .update(`${previous ?? ''}\n${body}`)
    .digest('hex')

/** JSON with sorted keys: the same value, the same text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}
