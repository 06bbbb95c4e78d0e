import { type Selectable, sql } from 'kysely'
import type { Db, Trx } from './database.ts'

export type MailState = 'queued' | 'sending' | 'sent' | 'captured' | 'failed' | 'uncertain'

type MailTable = {
  id: string
  key: string
  kind: string
  person_id: string | null
  address: string
  subject: string
  text: string
  html: string | null
  message_id: string
  state: MailState
  tries: number
  error: string | null
  created_at: string
  sent_at: string | null
}
export type MailRow = Selectable<MailTable>

type JobTable = { name: string; singleton_key: string | null; state: string }
const tableOf = (db: Db) => db.withTables<{ mail: MailTable; 'pgboss.job': JobTable }>()

export type NewMailRow = Omit<MailRow, 'tries' | 'error'>

/** Adds a mail to the outbox; false when one of this key is there already. */
export async function insertMail(db: Db, mail: NewMailRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tableOf(db)
    .insertInto('mail')
    .values({ ...mail, tries: mail.state === 'sending' ? 1 : 0 })
    .onConflict(conflict => conflict.column('key').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
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
  | Readonly<{ state: 'queued' | 'failed' | 'uncertain'; error: string | null }>

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
      ...(result.state === 'sent' ? NO_TEXT : {}),
    })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
const NO_TEXT = { text: '', html: null }

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

/** Mails, newest first, after the cursor. */
export const newestMails = (db: Db, limit: number, after?: MailCursor): Promise<readonly MailRow[]> =>
  tableOf(db)
    .selectFrom('mail')
    .selectAll()
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
