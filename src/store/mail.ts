import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'
import type { MailState, NewRow, Row } from './tables.ts'

export type MailRow = Row<'mail'>

type JobTable = { name: string; singleton_key: string | null; state: string }
const tableOf = (db: Db) => db.withTables<{ 'pgboss.job': JobTable }>()

export type NewMailRow = Omit<NewRow<'mail'>, 'tries' | 'error' | 'state'> & Pick<MailRow, 'state'>

/** Adds a mail to the outbox; false when one of this key is there already. */
export async function insertMail(db: Db, mail: NewMailRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tableOf(db)
    .insertInto('mail')
    .values({ ...mail, tries: mail.state === 'sending' ? 1 : 0 })
    .onConflict(conflict => conflict.column('key').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Adds many in one statement; answers the ids of those that were not there yet. */
export async function insertMails(db: Db, mails: readonly NewMailRow[]): Promise<readonly string[]> {
  if (mails.length === 0) return []
  const rows = await tableOf(db)
    .insertInto('mail')
    .values(mails.map(mail => ({ ...mail, tries: mail.state === 'sending' ? 1 : 0 })))
    .onConflict(conflict => conflict.column('key').doNothing())
    .returning('id')
    .execute()
  return rows.map(row => row.id)
}

export const findMail = (db: Db, id: string) => tableOf(db).selectFrom('mail').selectAll().where('id', '=', id).executeTakeFirst()

/** Takes a waiting mail for sending, which nobody else then does; undefined when it does not wait. Committed before the server hears of it. */
export const takeMail = (db: Db, id: string): Promise<MailRow | undefined> =>
  tableOf(db)
    .updateTable('mail')
    .set(({ eb }) => ({ state: 'sending', tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returningAll()
    .executeTakeFirst()

/** What became of a mail. */
export type MailResult =
  | Readonly<{ state: 'sent'; at: string }>
  | Readonly<{ state: 'captured'; at: string }>
  | Readonly<{ state: 'queued' | 'failed' | 'uncertain'; error: string | null; bounce?: string }>

/**
 * Records what became of a mail that was in one of the given states; false when it was in none. The text of a mail that was sent is not
 * kept: it holds links that sign people in.
 */
export async function settleMail(db: Db, id: string, from: readonly MailState[], result: MailResult): Promise<boolean> {
  const { numUpdatedRows } = await tableOf(db)
    .updateTable('mail')
    .set({
      state: result.state,
      error: 'error' in result ? result.error : null,
      sent_at: 'at' in result ? result.at : null,
      ...('bounce' in result && result.bounce !== undefined ? { bounce: result.bounce } : {}),
      ...(result.state === 'sent' ? NO_TEXT : {}),
    })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
const NO_TEXT = { text: '', html: null, attachments: '[]' }

/** Gives an uncertain mail up: it counts as failed, and its text is not kept. */
export async function dropMail(db: Db, id: string, error: string): Promise<boolean> {
  const { numUpdatedRows } = await tableOf(db)
    .updateTable('mail')
    .set({ state: 'failed', error, ...NO_TEXT })
    .where('id', '=', id)
    .where('state', '=', 'uncertain')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export type MailCursor = Readonly<{ createdAt: string; id: string }>

const LISTED = ['id', 'kind', 'address', 'subject', 'state', 'tries', 'error', 'created_at', 'sent_at'] as const
export type ListedMail = Pick<MailRow, (typeof LISTED)[number]>

/** Mails without their words and files, newest first, after the cursor. */
export const newestMails = (db: Db, limit: number, after?: MailCursor): Promise<readonly ListedMail[]> =>
  tableOf(db)
    .selectFrom('mail')
    .select(LISTED)
    .$if(after !== undefined, query =>
      // Under this condition there is a cursor.
      query.where(({ eb, refTuple, tuple }) => eb(refTuple('created_at', 'id'), '<', tuple(after!.createdAt, after!.id))),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** Mails of which nobody knows whether they went out, newest first. */
export const uncertainMails = (db: Db, limit: number) =>
  tableOf(db)
    .selectFrom('mail')
    .select(['id', 'address', 'subject', 'created_at'])
    .where('state', '=', 'uncertain')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()

/** Mails in a state that a job should be working on, and none is. */
export async function strayMails(db: Db, state: 'queued' | 'sending'): Promise<readonly string[]> {
  const rows = await tableOf(db)
    .selectFrom('mail')
    .select('id')
    .where('state', '=', state)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('pgboss.job as job')
            .select('job.name')
            .where('job.name', '=', 'send-mail')
            .where('job.state', 'in', ['created', 'retry', 'active'])
            .whereRef('job.singleton_key', '=', sql<string>`mail.id::text`),
        ),
      ),
    )
    .orderBy('created_at')
    .execute()
  return rows.map(row => row.id)
}

/** Deletes mails that are done with and older; answers how many. What waits or is uncertain stays. */
export async function deleteMails(db: Db | Trx, before: string): Promise<number> {
  const { numDeletedRows } = await tableOf(db)
    .deleteFrom('mail')
    .where('created_at', '<', before)
    .where('state', 'in', ['sent', 'captured', 'failed'])
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** Marks the contact a mail came back from; answers what to tell of it, undefined when the contact is no longer there. */
export async function markBounced(
  trx: Trx,
  {
    customerId,
    contactId,
    address,
    at,
    said,
  }: Readonly<{ customerId: string; contactId: string; address: string; at: string; said: string }>,
): Promise<Readonly<{ name: string; customer: string }> | undefined> {
  // Another address may have been set since the mail was written.
  const contact = await trx
    .updateTable('contact')
    .set({ bounced_at: at, bounce: said })
    .where('customer_id', '=', customerId)
    .where('id', '=', contactId)
    .where(eb => eb(eb.fn<string>('lower', ['email']), '=', address.toLowerCase()))
    .returning('name')
    .executeTakeFirst()
  if (!contact) return undefined
  const customer = await trx.selectFrom('customer').select('name').where('id', '=', customerId).executeTakeFirst()
  return { name: contact.name, customer: customer?.name ?? customerId }
}
