import { sql } from 'kysely'
import type { LetterProblem } from '../model/review-record.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type ReviewRecordRow = Row<'review_record'>
export type ReviewEntryRow = Row<'review_entry'>
/** With the name of whoever sees to it, and of which cycle it is. */
export type ReviewEntry = ReviewEntryRow & Readonly<{ person_name: string | null; contact_name: string | null; cycle: number }>

/** Newest first. */
export const findEngagements = (db: Db, customerId: string): Promise<readonly Row<'engagement'>[]> =>
  db.selectFrom('engagement').selectAll().where('customer_id', '=', customerId).orderBy('cycle', 'desc').execute()

type Of = Readonly<{ customerId: string; engagementId: string }>

export const findReviewRecord = (db: Db, { customerId, engagementId }: Of): Promise<ReviewRecordRow | undefined> =>
  db
    .selectFrom('review_record')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', engagementId)
    .executeTakeFirst()

export async function saveReviewRecord(trx: Trx, { customer_id, engagement_id, ...row }: NewRow<'review_record'>): Promise<void> {
  await trx
    .insertInto('review_record')
    .values({ customer_id, engagement_id, ...row })
    .onConflict(conflict => conflict.columns(['customer_id', 'engagement_id']).doUpdateSet(row))
    .execute()
}

const withNames = (db: Db, customerId: string) =>
  db
    .selectFrom('review_entry')
    .innerJoin('engagement', join =>
      join.onRef('engagement.customer_id', '=', 'review_entry.customer_id').onRef('engagement.id', '=', 'review_entry.engagement_id'),
    )
    .leftJoin('person', 'person.id', 'review_entry.owner_id')
    .leftJoin('contact', join =>
      join.onRef('contact.customer_id', '=', 'review_entry.customer_id').onRef('contact.id', '=', 'review_entry.contact_id'),
    )
    .selectAll('review_entry')
    .select(['person.name as person_name', 'contact.name as contact_name', 'engagement.cycle'])
    .where('review_entry.customer_id', '=', customerId)

/** Entries of an engagement as they were added; with `left`, gaps and next steps besides that earlier ones left open. */
export const findReviewEntries = (db: Db, { customerId, engagementId }: Of, { left }: { left: boolean }): Promise<readonly ReviewEntry[]> =>
  withNames(db, customerId)
    .where('review_entry.removed_at', 'is', null)
    .where(eb => {
      const own = eb('review_entry.engagement_id', '=', engagementId)
      return left ? eb.or([own, eb.and([eb('list', 'in', ['gap', 'step']), eb('closed_on', 'is', null)])]) : own
    })
    .orderBy('engagement.cycle')
    .orderBy('made_at')
    .orderBy('review_entry.id')
    .execute()

/** Also one that was removed. */
export const findReviewEntry = (db: Db, customerId: string, id: string): Promise<ReviewEntry | undefined> =>
  withNames(db, customerId).where('review_entry.id', '=', id).executeTakeFirst()

export async function insertReviewEntries(trx: Trx, rows: readonly NewRow<'review_entry'>[]): Promise<void> {
  if (rows.length > 0)
    await trx
      .insertInto('review_entry')
      .values([...rows])
      .execute()
}

export type EntryChange = Partial<Omit<NewRow<'review_entry'>, 'customer_id' | 'id'>>

export const changeReviewEntry = (trx: Trx, { customerId, id }: Readonly<{ customerId: string; id: string }>, change: EntryChange) =>
  trx.updateTable('review_entry').set(change).where('customer_id', '=', customerId).where('id', '=', id).execute()

/** Takes what is in the momentum plan of one engagement over into another; answers how many. */
export async function moveMomentum(
  trx: Trx,
  { customerId, from, to }: Readonly<{ customerId: string; from: string; to: string }>,
): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('review_entry')
    .set({ engagement_id: to })
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', from)
    .where('list', '=', 'momentum')
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

export type ReviewLetter = Row<'review_letter'> & Readonly<{ contact_name: string; asker: string }>

const lettersWithNames = (db: Db, customerId: string) =>
  db
    .selectFrom('review_letter')
    .innerJoin('contact', join =>
      join.onRef('contact.customer_id', '=', 'review_letter.customer_id').onRef('contact.id', '=', 'review_letter.contact_id'),
    )
    .innerJoin('person', 'person.id', 'review_letter.asked_by')
    .selectAll('review_letter')
    .select(['contact.name as contact_name', 'person.name as asker'])
    .where('review_letter.customer_id', '=', customerId)

/** Newest first. */
export const findReviewLetters = (db: Db, { customerId, engagementId }: Of): Promise<readonly ReviewLetter[]> =>
  lettersWithNames(db, customerId)
    .where('engagement_id', '=', engagementId)
    .orderBy('asked_at', 'desc')
    .orderBy(sql`lower(contact.name)`)
    .orderBy('review_letter.id')
    .execute()

/** Those of an engagement that wait to be written, locked: of two jobs one writes them. */
export const lockWaitingLetters = (trx: Trx, { customerId, engagementId }: Of): Promise<readonly Row<'review_letter'>[]> =>
  trx
    .selectFrom('review_letter')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', engagementId)
    .where('written_at', 'is', null)
    .where('refused', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()

export const insertReviewLetters = (trx: Trx, rows: readonly NewRow<'review_letter'>[]) =>
  trx
    .insertInto('review_letter')
    .values([...rows])
    .execute()

/** What became of a letter. */
export const closeReviewLetter = (
  trx: Trx,
  { customerId, id }: Readonly<{ customerId: string; id: string }>,
  became: Readonly<{ written_at: string }> | Readonly<{ refused: LetterProblem }>,
) => trx.updateTable('review_letter').set(became).where('customer_id', '=', customerId).where('id', '=', id).execute()
