import { randomUUID } from 'node:crypto'
import type { Trx } from '../../store/database.ts'
import { enqueue } from '../../store/jobs.ts'
import { insertMail, type NewMailRow } from '../../store/mail.ts'
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
