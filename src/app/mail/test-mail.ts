import { randomUUID } from 'node:crypto'
import type { TestMailResult } from '../../model/admin-api.ts'
import { findMail, insertMail, type MailResult, settleMail } from '../../store/mail.ts'
import { recordInstallation } from '../events/record.ts'
import { type Actor, authorize } from '../policy.ts'
import type { Delivery } from './deliver.ts'
import { mailRow } from './queue-mail.ts'
import { attempt } from './send-mail.ts'
import type { MailContext } from './settings.ts'

/** Sends a test mail at once, without a job, and says what the mail server answered. It is in the outbox like any other. */
export async function sendTestMail(
  context: MailContext,
  actor: Actor,
  { to, locale = 'en' }: Readonly<{ to: string; locale?: string }>,
): Promise<TestMailResult> {
  authorize(actor, 'run-jobs')
  const mail = { kind: 'test', key: `test:${randomUUID()}`, to, personId: null, locale, values: { url: context.mail.publicUrl } } as const
  const row = await mailRow(context, mail, context.mail.smtp ? 'sending' : 'captured')
  await context.db.transaction().execute(async trx => {
    await insertMail(trx, row)
    await recordInstallation(trx, context, actor, { kind: 'mail-tested', data: { mail: row.id } })
  })
  const saved = await findMail(context.db, row.id)
  const delivery = row.state === 'sending' && saved ? await attempt(context, saved) : undefined
  if (!delivery) return { ok: true, state: 'captured', said: '' }
  // Nobody works on it but us, so the job that looks for such mails may have found it meanwhile.
  await settleMail(context.db, row.id, ['sending', 'uncertain'], resultOf(delivery, context))
  return { ok: delivery.kind === 'accepted', state: delivery.kind === 'accepted' ? 'sent' : 'failed', said: delivery.said }
}

/** A test is not tried again: whoever asked for it is told. */
function resultOf(delivery: Delivery, { now }: Pick<MailContext, 'now'>): MailResult {
  if (delivery.kind === 'accepted') return { state: 'sent', at: now().toISOString() }
  return { state: delivery.kind === 'unknown' ? 'uncertain' : 'failed', error: delivery.said }
}
