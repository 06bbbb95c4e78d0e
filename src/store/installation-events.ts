import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'
import { faultOf, type Link, links, type NewRecord } from './events.ts'

/**
 * Adds to the record of what belongs to no customer; answers the event's number. One chain for all: whoever adds waits for the transaction
 * of the one before, so this comes last in a transaction, after the events of customers.
 */
export async function appendInstallationEvent(trx: Trx, record: NewRecord): Promise<number> {
  const { rows } = await sql<{ seq: number; hash: string }>`select seq, hash from last_installation_event()`.execute(trx)
  const added = links([record], rows[0], () => ({}))
  await trx.insertInto('installation_event').values(added).execute()
  // One record in, one link out.
  return added[0]!.seq
}

export type InstallationEventQuery = Readonly<{
  limit: number
  before?: number | undefined
  kind?: string | undefined
  /** Who did it, or to whom it was done. */
  person?: string | undefined
}>

/** Events that belong to no customer, newest first. */
export async function findInstallationEvents(
  db: Db,
  { limit, before, kind, person }: InstallationEventQuery,
): Promise<readonly (Link & { name: string })[]> {
  let query = db
    .selectFrom('installation_event as event')
    .innerJoin('person', 'person.id', 'event.who')
    .selectAll('event')
    .select('person.name as name')
    .orderBy('seq', 'desc')
    .limit(limit)
  if (before !== undefined) query = query.where('seq', '<', before)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  // The text is canonical JSON, in which `"person":` begins a part of this name only.
  if (person !== undefined)
    query = query.where(eb => eb.or([eb('who', '=', person), sql<boolean>`strpos(body, ${`"person":${JSON.stringify(person)}`}) > 0`]))
  return query.execute()
}

/** Recomputes the chain; `visit` is told of every event. Reads a slice at a time. */
export async function verifyInstallationEvents(
  db: Db,
  visit: (event: Link) => void = () => {},
): Promise<{ checked: number; broken: readonly { seq: number; fault: string }[] }> {
  const broken: { seq: number; fault: string }[] = []
  let checked = 0
  let previous: Link | undefined
  for (;;) {
    const rows: Link[] = await nextAfter(db, previous?.seq ?? 0)
    for (const row of rows) {
      const fault = faultOf(row, previous, {})
      if (fault) broken.push({ seq: row.seq, fault })
      visit(row)
      previous = row
      checked++
    }
    if (rows.length === 0) return { checked, broken }
  }
}

const nextAfter = (db: Db, seq: number): Promise<Link[]> =>
  db.selectFrom('installation_event').selectAll().where('seq', '>', seq).orderBy('seq').limit(2000).execute()
