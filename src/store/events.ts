import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** A value that only the key of a person makes readable; `period` names a key that is kept for a time. */
export type Sealed = Readonly<{ sealed: string; period?: string; text: string }>

/** What happened, before it has its place in a chain. `data` holds ids or sealed values for what is personal, never names. */
export type NewRecord = Readonly<{
  at: string
  who: string
  kind: string
  data: Readonly<Record<string, unknown>>
  /** Where the request came from. */
  from?: Sealed | null
}>
export type NewEvent = NewRecord & Readonly<{ customerId: string }>

/** One link of a chain; `body` is the canonical text over which the hash was made. */
export type Link = Readonly<Row<'installation_event'>>
type Last = Pick<Link, 'seq' | 'hash'> | undefined
export type BrokenEvent = Readonly<{ customerId: string; seq: number; fault: string }>

/** Adds to a customer's record; answers the event's number. */
export async function appendEvent(trx: Trx, event: NewEvent): Promise<number> {
  const [seq] = await appendEvents(trx, event.customerId, [event])
  // One event in, one number out.
  return seq as number
}

/** Several events of one customer, in order. Writers of one chain follow each other. */
export async function appendEvents(trx: Trx, customerId: string, events: readonly NewEvent[]): Promise<readonly number[]> {
  if (events.length === 0) return []
  const rows = chain(events, await lastEvent(trx, customerId))
  await trx.insertInto('event').values(rows).execute()
  return rows.map(row => row.seq)
}

export const CUSTOMER_CHAIN = 4108

/** Until the transaction ends nobody else adds to the records of these customers. In one order, so that two never wait for each other. */
export async function lockChains(trx: Trx, customerIds: readonly string[]): Promise<void> {
  // The subquery is sorted before the outer query takes the locks, one row after the other.
  await sql`select pg_advisory_xact_lock(${CUSTOMER_CHAIN}, lock) from (
    select distinct hashtext(id) as lock from unnest(${[...customerIds]}::text[]) id order by 1) locks`.execute(trx)
}

/**
 * The newest event of a customer; until the transaction ends nobody else adds one. A lock of the chain, not of the customer's row: who may
 * see a customer and not change it cannot lock the row, and still leaves events.
 */
export async function lastEvent(trx: Trx, customerId: string): Promise<Last> {
  await lockChains(trx, [customerId])
  return trx
    .selectFrom('event')
    .select(['seq', 'hash'])
    .where('customer_id', '=', customerId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The rows of events that follow `last`, each with the hash of the one before. */
export const chain = (events: readonly NewEvent[], last: Last): Row<'event'>[] =>
  links(events, last, ({ customerId }) => ({ customer: customerId })).map((row, index) => ({
    // A link for each event.
    customer_id: events[index]!.customerId,
    ...row,
  }))

/** The links of records that follow `last`; `owner` names the chain in their text. */
export function links<R extends NewRecord>(
  records: readonly R[],
  last: Last,
  owner: (record: R) => Readonly<Record<string, string>>,
): Link[] {
  let previous = last
  return records.map(record => {
    const { at, who, kind, data, from } = record
    const seq = (previous?.seq ?? 0) + 1
    const previous_hash = previous?.hash ?? null
    const body = canonical({ ...owner(record), seq, at, who, kind, data, ...(from ? { from } : {}) })
    previous = { seq, hash: hashOf(previous_hash, body) }
    return { seq, at, who, kind, body, previous_hash, hash: previous.hash }
  })
}

/** Events of a customer, newest first; those below `before` when given. */
export async function findEvents(
  db: Db,
  customerId: string,
  limit: number,
  before?: number,
): Promise<readonly (Row<'event'> & { name: string })[]> {
  let query = eventsOf(db, customerId).orderBy('seq', 'desc').limit(limit)
  if (before !== undefined) query = query.where('seq', '<', before)
  return query.execute()
}

/** Events of a customer, oldest first: those after one number, up to another. */
export const nextEventsOf = (
  db: Db,
  customerId: string,
  { after, to, limit }: Readonly<{ after: number; to: number; limit: number }>,
): Promise<readonly (Row<'event'> & { name: string })[]> =>
  eventsOf(db, customerId).where('seq', '>', after).where('seq', '<=', to).orderBy('seq').limit(limit).execute()

const eventsOf = (db: Db, customerId: string) =>
  db
    .selectFrom('event')
    .innerJoin('person', 'person.id', 'event.who')
    .selectAll('event')
    .select('person.name as name')
    .where('customer_id', '=', customerId)

/**
 * Recomputes the chain of every customer (or one) and lists what does not fit; `visit` is told of every event. Reads a slice at a time.
 */
export async function verifyEvents(
  db: Db,
  customerId?: string,
  visit: (event: Row<'event'>) => void = () => {},
): Promise<{ checked: number; broken: readonly BrokenEvent[] }> {
  const broken: BrokenEvent[] = []
  let checked = 0
  let previous: Row<'event'> | undefined
  for (;;) {
    const rows: Row<'event'>[] = await nextEvents(db, customerId, previous)
    for (const row of rows) {
      const before = previous?.customer_id === row.customer_id ? previous : undefined
      const fault = faultOf(row, before, { customer: row.customer_id })
      if (fault) broken.push({ customerId: row.customer_id, seq: row.seq, fault })
      visit(row)
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

/** Customers made up for the demo: they may be taken away with their record. */
export const demoCustomers = async (db: Db): Promise<readonly string[]> =>
  (await db.selectFrom('customer').select('id').where('is_demo', '=', true).execute()).map(row => row.id)

/** What is wrong with a link that should follow `before`; `owner` as its text should name the chain. */
export function faultOf(row: Link, before: Last, owner: Readonly<Record<string, string>>): string | undefined {
  if (row.seq !== (before?.seq ?? 0) + 1) return `expected event ${(before?.seq ?? 0) + 1}, found ${row.seq}`
  if (row.previous_hash !== (before?.hash ?? null)) return 'does not follow the event before it'
  if (row.hash !== hashOf(row.previous_hash, row.body)) return 'its text was changed'
  const body = parsed(row.body)
  if (!body) return 'its text is no event'
  const columns = { ...owner, seq: row.seq, at: row.at, who: row.who, kind: row.kind }
  const changed = Object.entries(columns).find(([name, value]) => body[name] !== value)
  return changed ? `its ${changed[0]} was changed` : undefined
}

/** The text of an event; undefined for one that none of ours is. */
function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
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
