import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

/** Without the content of files. */
export type EvidenceRecord = Omit<Row<'evidence'>, 'content'> & Readonly<{ by: string; bytes: number | null }>

const records = (db: Db, customerId: string) =>
  db
    .selectFrom('evidence')
    .innerJoin('person', 'person.id', 'evidence.added_by')
    .select([
      'evidence.customer_id',
      'evidence.id',
      'evidence.subject',
      'evidence.title',
      'evidence.href',
      'evidence.media_type',
      'evidence.sha256',
      'evidence.added_by',
      'evidence.added_at',
      'person.name as by',
      sql<number | null>`octet_length(content)`.as('bytes'),
    ])
    .where('customer_id', '=', customerId)

/** Evidence of a customer, oldest first; of one subject when it is given, or of all that begin alike (`check:`). */
export function findEvidence(db: Db, customerId: string, of: { subject?: string; prefix?: string } = {}): Promise<EvidenceRecord[]> {
  let query = records(db, customerId).orderBy('added_at').orderBy('evidence.id')
  if (of.subject !== undefined) query = query.where('subject', '=', of.subject)
  if (of.prefix !== undefined) query = query.where(sql<boolean>`starts_with(subject, ${of.prefix})`)
  return query.execute()
}

export const findOneEvidence = (db: Db, customerId: string, id: string): Promise<EvidenceRecord | undefined> =>
  records(db, customerId).where('evidence.id', '=', id).executeTakeFirst()

export const contentOf = (db: Db, customerId: string, id: string) =>
  db
    .selectFrom('evidence')
    .select(['title', 'media_type', 'content'])
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .where('content', 'is not', null)
    .executeTakeFirst()

/** Of a subject; `since`: what was added before that moment does not count. */
export const countEvidence = async (db: Db, customerId: string, subject: string, since?: string): Promise<number> => {
  let query = db
    .selectFrom('evidence')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('customer_id', '=', customerId)
    .where('subject', '=', subject)
  if (since !== undefined) query = query.where('added_at', '>=', since)
  return (await query.executeTakeFirstOrThrow()).count
}

export const insertEvidence = (trx: Trx, row: NewRow<'evidence'>) => trx.insertInto('evidence').values(row).execute()

export const removeEvidence = (trx: Trx, customerId: string, id: string) =>
  trx.deleteFrom('evidence').where('customer_id', '=', customerId).where('id', '=', id).execute()
