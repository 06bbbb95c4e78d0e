import type { Trx } from '../../store/database.ts'
import { type MailRow, markBounced } from '../../store/mail.ts'
import { notify } from '../notifications/notify.ts'
import type { MailContext } from './settings.ts'

/**
 * The mail server will have no mail for this address: the contact says so from now on, and whoever the mail was sent for is told. A mail
 * to somebody with an account, or of nobody in particular, is failed and nothing more: the mailbox page shows it.
 */
export async function tellBounce(trx: Trx, context: Pick<MailContext, 'now'>, mail: MailRow, said: string): Promise<void> {
  const { id, customer_id: customerId, contact_id: contactId, address, sent_by: sentBy } = mail
  if (customerId === null || contactId === null) return
  const at = context.now().toISOString()
  const bounced = await markBounced(trx, { customerId, contactId, address, at, said })
  if (!bounced || sentBy === null) return
  const { name, customer } = bounced
  await notify(trx, context, {
    to: [sentBy],
    key: `mail-bounced ${id}`,
    kind: 'mail-bounced',
    customerId,
    path: `/customers/${customerId}/people`,
    summary: {
      en: `${customer}: a mail to ${name} came back; the address may be wrong`,
      'pt-BR': `${customer}: um e-mail para ${name} voltou; o endereço pode estar errado`,
    },
  })
}
