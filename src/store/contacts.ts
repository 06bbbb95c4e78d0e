import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type Contact = Row<'contact'>

/** Contacts of a customer by name, those put away last. */
export const findContacts = (db: Db, customerId: string): Promise<Contact[]> =>
  db
    .selectFrom('contact')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy(sql`archived_at is not null`)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute()

export const findContact = (db: Db, customerId: string, id: string): Promise<Contact | undefined> =>
  db.selectFrom('contact').selectAll().where('customer_id', '=', customerId).where('id', '=', id).executeTakeFirst()

export const insertContact = (trx: Trx, row: NewRow<'contact'>) => trx.insertInto('contact').values(row).execute()

export const changeContact = (trx: Trx, { customer_id, id, ...row }: Partial<NewRow<'contact'>> & Pick<Contact, 'customer_id' | 'id'>) =>
  trx.updateTable('contact').set(row).where('customer_id', '=', customer_id).where('id', '=', id).execute()

/** What only the contact's key makes readable is gone with it, and mails to the contact; what it said beside an answer too. */
export async function forgetContact(trx: Trx, customerId: string, id: string): Promise<void> {
  await sql`select forget_contact(${customerId}, ${id}::uuid)`.execute(trx)
  await trx
    .updateTable('attendee')
    .set({
      comment: null,
      occurrences: sql`coalesce((select jsonb_object_agg(key, value || '{"comment": null}') from jsonb_each(occurrences)), '{}')`,
    })
    .where('customer_id', '=', customerId)
    .where('contact_id', '=', id)
    .execute()
}
