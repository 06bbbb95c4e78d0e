import MailComposer from 'nodemailer/lib/mail-composer'
import type { MailRow } from '../../store/mail.ts'
import type { MailAttachment } from '../../store/tables.ts'
import type { Sender } from './settings.ts'

export type Outgoing = Readonly<{ from: string; to: string; raw: Buffer }>

/** A file with a method is an invitation: mail programs show it beside the text, and keep it as a file. Others are files. */
function attached(files: readonly MailAttachment[]) {
  const invitation = files.find(each => each.method !== undefined)
  const others = files.filter(each => each !== invitation)
  return {
    ...(invitation?.method === undefined
      ? {}
      : { icalEvent: { method: invitation.method, filename: invitation.name, content: invitation.content } }),
    ...(others.length === 0
      ? {}
      : {
          attachments: others.map(({ name, type, content, encoding }) => ({
            filename: name,
            contentType: type,
            content: encoding === undefined ? content : Buffer.from(content, encoding),
          })),
        }),
  }
}

/** The mail as it goes over the wire. The same row gives the same message id and date at every try. */
export async function composeMail(mail: MailRow, from: Sender): Promise<Outgoing> {
  const raw = await new MailComposer({
    // As a value, not as text: nothing in it is taken for a second address.
    from: { name: from.name, address: from.address },
    to: { name: '', address: mail.address },
    subject: mail.subject,
    text: mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    ...attached(mail.attachments),
    messageId: mail.message_id,
    date: new Date(mail.created_at),
    // Answering machines leave it alone.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
  return { from: from.address, to: mail.address, raw }
}
