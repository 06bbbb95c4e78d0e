import { sql } from 'kysely'
import type { Day } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** Makes sure that a person is there; a name that is there stays. */
export async function addMissingPerson(trx: Trx, person: Readonly<{ id: string; name: string }>): Promise<void> {
  const isThere = await trx.selectFrom('person').select('id').where('id', '=', person.id).executeTakeFirst()
  if (isThere) return
  await trx
    .insertInto('person')
    .values(person)
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** The row of a person, erased or not. */
export const findPersonRow = (db: Db, id: string): Promise<Row<'person'> | undefined> =>
  db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst()

/** People of exactly this name who were not erased. */
export const findPeopleNamed = (db: Db, name: string): Promise<Row<'person'>[]> =>
  db.selectFrom('person').selectAll().where('name', '=', name).where('erased_at', 'is', null).orderBy('id').execute()

/** Facts that name a person: as their value, or as who confirmed it (`by`). */
export const factsNaming = (db: Db, name: string): Promise<Row<'fact'>[]> =>
  db
    .selectFrom('fact')
    .selectAll()
    .where(sql<boolean>`value = to_jsonb(${name}::text) or value ->> 'by' = ${name}`)
    .orderBy('customer_id')
    .orderBy('name')
    .orderBy('service')
    .execute()

/** A fact that names a person as its value is unknown again; of others only the name goes. */
export async function unnameFact(trx: Trx, { customer_id, name, service, value }: Row<'fact'>): Promise<void> {
  const key = sql<boolean>`customer_id = ${customer_id} and name = ${name} and service = ${service}`
  if (typeof value === 'string') await trx.deleteFrom('fact').where(key).execute()
  else await trx.updateTable('fact').set({ value: sql`value - 'by'` }).where(key).execute()
}

/** Assignments of a person, and those in which somebody stands in for them. */
export const assignmentsWith = (db: Db, personId: string): Promise<Row<'assignment'>[]> =>
  db
    .selectFrom('assignment')
    .selectAll()
    .where(eb => eb.or([eb('person_id', '=', personId), eb('covers', '=', personId)]))
    .orderBy('customer_id')
    .orderBy('id')
    .execute()

/** The assignment ends with this day, and is nobody's first choice any more. */
export const endAssignment = (trx: Trx, { customer_id, id }: Row<'assignment'>, until: Day) =>
  trx.updateTable('assignment').set({ until, is_primary: false }).where('customer_id', '=', customer_id).where('id', '=', id).execute()

export async function leaveTeams(trx: Trx, personId: string): Promise<number> {
  return Number((await trx.deleteFrom('team_member').where('person_id', '=', personId).executeTakeFirst()).numDeletedRows)
}

export const mailsTo = (db: Db, { personId, email }: { personId: string; email: string | null }) =>
  db
    .selectFrom('mail')
    .select(['id', 'kind', 'address', 'subject', 'state', 'created_at', 'sent_at'])
    .where(eb => eb.or([eb('person_id', '=', personId), ...(email === null ? [] : [eb(eb.fn<string>('lower', ['address']), '=', email)])]))
    .orderBy('created_at')
    .orderBy('id')
    .execute()

export async function deleteMailsTo(trx: Trx, of: { personId: string; email: string | null }): Promise<number> {
  const ids = (await mailsTo(trx, of)).map(mail => mail.id)
  if (ids.length > 0) await trx.deleteFrom('mail').where('id', 'in', ids).execute()
  return ids.length
}

/**
 * Kept answers to repeated requests: those of the person and those that speak of them. `words` are looked for as JSON writes them. Runs as
 * the system.
 */
export async function deleteAnswersWith(trx: Trx, personId: string, words: readonly string[]): Promise<number> {
  const db = trx.withTables<{ idempotent_request: { person_id: string; body: string | null } }>()
  const { numDeletedRows } = await db
    .deleteFrom('idempotent_request')
    .where(eb =>
      eb.or([
        eb('person_id', '=', personId),
        ...[personId, ...words].map(word => sql<boolean>`strpos(body, ${JSON.stringify(word).slice(1, -1)}) > 0`),
      ]),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/**
 * Mails to others that name somebody, once they are done with: what waits still goes out, and goes with its time. Answers how many. Runs as
 * the system.
 */
export async function deleteMailsNaming(trx: Trx, words: readonly string[]): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('mail')
    .where('state', 'in', ['sent', 'captured', 'failed'])
    .where(eb => eb.or(words.map(word => sql<boolean>`strpos(concat_ws(' ', subject, text, attachments::text), ${word}) > 0`)))
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** What others were told of somebody, with `instead` for the name. Answers how many notices. Runs as the system. */
export async function unnameNotifications(trx: Trx, name: string, instead: string): Promise<number> {
  // As JSON writes it, and as a whole word: Ana is not Anabela.
  const literal = JSON.stringify(name)
    .slice(1, -1)
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const pattern = `(^|[^[:alnum:]])${literal}(?![[:alnum:]])`
  const { numUpdatedRows } = await trx
    .updateTable('notification')
    .set({ summary: sql`regexp_replace(summary::text, ${pattern}, ${`\\1${instead}`}, 'g')::jsonb` })
    .where(sql<boolean>`summary::text ~ ${pattern}`)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Leaves the id, which the record refers to, and nothing else. */
export const unnamePerson = (trx: Trx, id: string, { name, at }: { name: string; at: string }) =>
  trx.updateTable('person').set({ name, erased_at: at }).where('id', '=', id).execute()

/** What people did, for a copy of their data. */
export const itemsSetBy = (db: Db, personId: string) =>
  db
    .selectFrom('item')
    .select(['customer_id', 'id', 'status', 'reason', 'note', 'set_at'])
    .where('set_by', '=', personId)
    .orderBy('customer_id')
    .orderBy('id')
    .execute()

export const factsRecordedBy = (db: Db, personId: string) =>
  db
    .selectFrom('fact')
    .select(['customer_id', 'name', 'service', 'value', 'recorded_at'])
    .where('recorded_by', '=', personId)
    .orderBy('customer_id')
    .orderBy('name')
    .orderBy('service')
    .execute()

export const reviewsOpenedBy = (db: Db, personId: string) =>
  db
    .selectFrom('review')
    .select(['customer_id', 'engagement_id', 'opened_on', 'opened_at', 'override_reason'])
    .where('opened_by', '=', personId)
    .orderBy('customer_id')
    .orderBy('engagement_id')
    .execute()

export const outcomesRecordedBy = (db: Db, personId: string) =>
  db
    .selectFrom('outcome')
    .select(['customer_id', 'outcome', 'recorded_at'])
    .where('recorded_by', '=', personId)
    .orderBy('customer_id')
    .orderBy('outcome')
    .execute()

export const importsBy = (db: Db, personId: string) =>
  db
    .selectFrom('usage_import')
    .select(['customer_id', 'file', 'report', 'imported_at'])
    .where('imported_by', '=', personId)
    .orderBy('imported_at')
    .orderBy('id')
    .execute()

export const teamsWith = (db: Db, personId: string) =>
  db
    .selectFrom('team_member')
    .innerJoin('team', 'team.id', 'team_member.team_id')
    .select(['team.id', 'team.name'])
    .where('person_id', '=', personId)
    .orderBy('team.id')
    .execute()

/** Where an event's text says that something was done to the person. */
const speaksOf = (personId: string) => sql<boolean>`strpos(body, ${`"person":${JSON.stringify(personId)}`}) > 0`

/** Events that the person caused or that were about them: of all customers, then of none. */
export async function eventsWith(db: Db, personId: string) {
  const ofCustomers = await db
    .selectFrom('event')
    .select(['customer_id', 'seq', 'at', 'who', 'kind', 'body'])
    .where(eb => eb.or([eb('who', '=', personId), speaksOf(personId)]))
    .orderBy('customer_id')
    .orderBy('seq')
    .execute()
  const others = await db
    .selectFrom('installation_event')
    .select(['seq', 'at', 'who', 'kind', 'body'])
    .where(eb => eb.or([eb('who', '=', personId), speaksOf(personId)]))
    .orderBy('seq')
    .execute()
  return [...ofCustomers, ...others.map(row => ({ customer_id: null, ...row }))]
}

export const keysMade = (db: Db, personId: string) =>
  db.selectFrom('person_key').select(['period', 'made_at']).where('person_id', '=', personId).orderBy('period').execute()

/** Files of reports that are still counted, of one customer. */
export const keptFilesOf = (db: Db, customerId: string) =>
  db
    .selectFrom('usage_import')
    .select(['customer_id', 'tenant_id', 'sha256', 'imported_at'])
    .where('customer_id', '=', customerId)
    .where('is_kept', '=', true)
    .execute()
