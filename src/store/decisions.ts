import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type DecisionRecord = Row<'decision'> & Readonly<{ by: string; contact: string | null }>

/** Decisions of a customer, oldest first; on one proposal when it is given. */
export function findDecisions(db: Db, customerId: string, proposal?: string): Promise<DecisionRecord[]> {
  let query = db
    .selectFrom('decision')
    .innerJoin('person', 'person.id', 'decision.recorded_by')
    .leftJoin('contact', join =>
      join.onRef('contact.customer_id', '=', 'decision.customer_id').onRef('contact.id', '=', 'decision.contact_id'),
    )
    .selectAll('decision')
    .select(['person.name as by', 'contact.name as contact'])
    .where('decision.customer_id', '=', customerId)
    .orderBy('proposal')
    .orderBy('seq')
  if (proposal !== undefined) query = query.where('proposal', '=', proposal)
  return query.execute()
}

export const insertDecisions = async (trx: Trx, rows: readonly NewRow<'decision'>[]): Promise<void> => {
  if (rows.length > 0)
    await trx
      .insertInto('decision')
      .values([...rows])
      .execute()
}

/** Facts of a customer whose names begin like this, with who recorded them. */
export const findFactsNamed = (db: Db, customerId: string, prefix: string) =>
  db
    .selectFrom('fact')
    .leftJoin('person', 'person.id', 'fact.recorded_by')
    .selectAll('fact')
    .select('person.name as by')
    .where('customer_id', '=', customerId)
    .where(sql<boolean>`starts_with(fact.name, ${prefix})`)
    .orderBy('fact.name')
    .orderBy('service')
    .execute()

/** Who of the customer can be named, by name. */
export const findContactNames = (db: Db, customerId: string) =>
  db
    .selectFrom('contact')
    .select(['id', 'name'])
    .where('customer_id', '=', customerId)
    .where('archived_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()

/** Newest events of some kinds of a customer, with who caused them. */
export const findEventsOfKinds = (db: Db, customerId: string, kinds: readonly string[], limit: number) =>
  db
    .selectFrom('event')
    .innerJoin('person', 'person.id', 'event.who')
    .select(['event.at', 'event.kind', 'event.body', 'person.name as by'])
    .where('customer_id', '=', customerId)
    .where('kind', 'in', [...kinds])
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()

/** Follow-ups that were made for one thing and are not closed. */
export const findOpenFollowUpsFor = (db: Db, customerId: string, madeFor: string) =>
  db
    .selectFrom('follow_up')
    .select(['id', 'title'])
    .where('customer_id', '=', customerId)
    .where('made_for', '=', madeFor)
    .where('closed_at', 'is', null)
    .execute()

/** In which language the customer is written to. */
export const languageOf = async (db: Db, customerId: string): Promise<string> =>
  (await db.selectFrom('customer').select('language').where('id', '=', customerId).executeTakeFirstOrThrow()).language

export const teamOf = async (db: Db, customerId: string): Promise<string | null> =>
  (await db.selectFrom('customer').select('team_id').where('id', '=', customerId).executeTakeFirstOrThrow()).team_id

/** Is there a series made for this that goes on? */
export const hasOpenCadenceFor = async (db: Db, customerId: string, madeFor: string): Promise<boolean> =>
  (await db
    .selectFrom('cadence')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('made_for', '=', madeFor)
    .where('ended_at', 'is', null)
    .executeTakeFirst()) !== undefined
