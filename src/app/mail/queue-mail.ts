import { randomUUID } from 'node:crypto'
import type { Trx } from '../../store/database.ts'
import { enqueue, enqueueMany } from '../../store/jobs.ts'
import { insertMail, insertMails, type NewMailRow } from '../../store/mail.ts'
import type { MailAttachment } from '../../store/tables.ts'
import { mailAddress } from './address.ts'
import { renderMail } from './render.ts'
import type { MailKind, MailValues } from './sentences.ts'
import { type MailContext, messageHost } from './settings.ts'

export type NewMail = {
  [K in MailKind]: Readonly<{
    kind: K
    /** The same for the same occasion, which is then written about once. Holds ids, nothing personal. */
    key: string
    to: string
    /** Whose mail it is; null when the address is nobody's account. */
    personId: string | null
    /** The person's language. */
    locale: string
    values: MailValues[K]
    /** Of a mail to a contact: whom the server is believed about that the address is dead. */
    contact?: Readonly<{ customerId: string; id: string }>
    /** The person who is told when it comes back. */
    sentBy?: string
    /** Files that go with it; one with a `method` is the invitation itself. */
    attachments?: readonly MailAttachment[]
  }>
}[MailKind]

/**
 * Puts a mail into the outbox, in the transaction of what it is about, and has it sent once that is committed; without a mail server it is
 * captured at once. Answers its id; undefined when the occasion has been written about. Only administrators and the system may write to
 * the outbox: for a request of nobody, take the system's transaction. Throws `invalid-input` for what is not one address.
 */
export async function queueMail(trx: Trx, context: Pick<MailContext, 'now' | 'mail'>, mail: NewMail): Promise<string | undefined> {
  const row = await mailRow(context, mail, context.mail.smtp ? 'queued' : 'captured')
  if (!(await insertMail(trx, row))) return undefined
  if (row.state === 'queued') await enqueueMail(trx, row.id)
  return row.id
}

/** The same for many, in a handful of statements; what was written about already is left out. Answers how many are new. */
export async function queueMails(trx: Trx, context: Pick<MailContext, 'now' | 'mail'>, mails: readonly NewMail[]): Promise<number> {
  const state = context.mail.smtp ? 'queued' : 'captured'
  const ids = await insertMails(trx, await Promise.all(mails.map(mail => mailRow(context, mail, state))))
  if (state === 'queued')
    await enqueueMany(
      trx,
      'send-mail',
      ids.map(id => ({ key: id, data: { mail: id } })),
    )
  return ids.length
}

/** Has a waiting mail sent. */
export const enqueueMail = (trx: Trx, id: string): Promise<boolean> => enqueue(trx, 'send-mail', { mail: id }, { key: id })

/** A mail as the outbox keeps it. */
export async function mailRow(
  { now, mail: settings }: Pick<MailContext, 'now' | 'mail'>,
  mail: NewMail,
  state: 'queued' | 'captured' | 'sending',
): Promise<NewMailRow> {
  const id = randomUUID()
  const at = now().toISOString()
  // `values` are those of `kind`: both come from the same member of the union.
  const { subject, text, html } = await renderMail<MailKind>(mail.kind, mail.locale, mail.values)
  return {
    id,
    key: mail.key,
    kind: mail.kind,
    person_id: mail.personId,
    ...(mail.contact ? { customer_id: mail.contact.customerId, contact_id: mail.contact.id } : {}),
    ...(mail.sentBy === undefined ? {} : { sent_by: mail.sentBy }),
    ...(mail.attachments ? { attachments: JSON.stringify(mail.attachments) } : {}),
    address: mailAddress(mail.to),
    subject,
    text,
    html,
    message_id: `<${id}@${messageHost(settings.publicUrl)}>`,
    state,
    created_at: at,
    sent_at: state === 'captured' ? at : null,
  }
}
