import type { MailPage, MailView } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import { dropMail, findMail, type ListedMail, type MailCursor, type MailRow, newestMails, settleMail } from '../../store/mail.ts'
import { recordInstallation } from '../events/record.ts'
import { type Actor, authorize } from '../policy.ts'
import { enqueueMail } from './queue-mail.ts'
import type { MailContext } from './settings.ts'

const PAGE = 50

/** The outbox, newest first. `before` is the `next` of the page before. */
export async function listMail(context: MailContext, actor: Actor, { before }: Readonly<{ before?: string }> = {}): Promise<MailPage> {
  authorize(actor, 'see-jobs')
  const rows = await newestMails(context.db, PAGE + 1, before === undefined ? undefined : readCursor(before))
  const page = rows.slice(0, PAGE)
  const last = page.at(-1)
  const next = rows.length > PAGE && last ? `${last.created_at}_${last.id}` : null
  return { mode: context.mail.smtp ? 'smtp' : 'captured', mails: page.map(lineOf), next }
}

/** One mail; its text only when it was captured: in others it holds links that sign people in. Throws `not-found`. */
export async function getMail(context: MailContext, actor: Actor, id: string): Promise<MailView> {
  authorize(actor, 'see-jobs')
  const row = await mailOf(context, id)
  const isShown = row.state === 'captured'
  const attachments = row.attachments.map(({ name, content, encoding }) => ({
    name,
    bytes: Buffer.byteLength(content, encoding ?? 'utf8'),
  }))
  return { mail: lineOf(row), text: isShown ? row.text : null, html: isShown ? row.html : null, attachments }
}

/** Sends a mail again that failed or is uncertain; in the latter case it may arrive twice, which is for a person to decide. */
export async function sendAgain(context: MailContext, actor: Actor, id: string): Promise<MailPage> {
  authorize(actor, 'run-jobs')
  const row = await mailOf(context, id)
  // Given up before: its text is gone.
  if (row.text === '') throw new AppError('conflict', `mail ${id} has no text any more; what it was about has to be asked for again`)
  await context.db.transaction().execute(async trx => {
    const isWaiting = await settleMail(trx, id, ['failed', 'uncertain'], { state: 'queued', error: null })
    if (!isWaiting) throw new AppError('conflict', `mail ${id} is neither failed nor uncertain`)
    await enqueueMail(trx, id)
    await recordInstallation(trx, context, actor, { kind: 'mail-sent-again', data: { mail: id, before: row.state } })
  })
  return listMail(context, actor)
}

/** Gives up a mail of which nobody knows whether it went out. */
export async function dismissMail(context: MailContext, actor: Actor, id: string): Promise<MailPage> {
  authorize(actor, 'run-jobs')
  const row = await mailOf(context, id)
  await context.db.transaction().execute(async trx => {
    if (!(await dropMail(trx, id, row.error ?? ''))) throw new AppError('conflict', `mail ${id} is not uncertain`)
    await recordInstallation(trx, context, actor, { kind: 'mail-dismissed', data: { mail: id } })
  })
  return listMail(context, actor)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function mailOf({ db }: MailContext, id: string): Promise<MailRow> {
  const row = UUID.test(id) ? await findMail(db, id) : undefined
  if (!row) throw new AppError('not-found', `there is no mail ${id}`)
  return row
}

function readCursor(text: string): MailCursor {
  const [createdAt = '', id = ''] = text.split('_')
  if (Number.isNaN(Date.parse(createdAt)) || !UUID.test(id)) throw new AppError('invalid-input', 'before: the `next` of a page')
  return { createdAt, id }
}

const lineOf = (row: ListedMail): MailPage['mails'][number] => ({
  id: row.id,
  kind: row.kind,
  address: row.address,
  subject: row.subject,
  state: row.state,
  tries: row.tries,
  error: row.error,
  createdAt: row.created_at,
  sentAt: row.sent_at,
})
