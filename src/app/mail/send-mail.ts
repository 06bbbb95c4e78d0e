import { never } from '../../model/words.ts'
import { findMail, type MailResult, type MailRow, settleMail, strayMails, takeMail } from '../../store/mail.ts'
import { tellBounce } from './bounce.ts'
import { composeMail } from './compose.ts'
import { type Delivery, deliver } from './deliver.ts'
import { enqueueMail } from './queue-mail.ts'
import { type MailContext, readSmtp } from './settings.ts'

/** What is said of a mail whose sending was cut off before anybody could record the answer. */
const CUT = 'the program ended before the answer of the mail server was recorded'

/**
 * Sends one mail of the outbox. That it is being sent is committed before the mail server hears of it: found in that state later, nobody
 * knows whether it went out, so it becomes `uncertain` instead of being sent twice. Throws when it is to be tried again.
 */
export async function sendMail(context: MailContext, id: string, isLastTry: boolean): Promise<void> {
  const mail = await takeMail(context.db, id)
  if (!mail) return markCut(context, id)
  const result = resultOf(await attempt(context, mail), isLastTry, context)
  await context.db.transaction().execute(async trx => {
    // A run that was thought dead may come to its end all the same; its word is better than none.
    const isSettled = await settleMail(trx, id, ['sending', 'uncertain'], result)
    if (isSettled && 'bounce' in result && result.bounce !== undefined) await tellBounce(trx, context, mail, result.bounce)
  })
  if (result.state === 'failed' || result.state === 'uncertain') context.log('warn', `mail ${id} is ${result.state}`)
  if (result.state === 'queued') throw new Error(`mail ${id} could not be handed over yet; the outbox says why`)
}

/** Hands a mail over; undefined when there is no mail server (any more). */
export async function attempt(context: MailContext, mail: MailRow): Promise<Delivery | undefined> {
  if (!context.mail.smtp) return undefined
  try {
    const smtp = readSmtp(context.mail.smtp)
    return await deliver(smtp, await composeMail(mail, smtp.from))
  } catch (error) {
    // Nothing has been said to the server: its settings cannot be read. Once they are put right, the mail goes out.
    return { kind: 'later', said: (error as Error).message }
  }
}

function resultOf(delivery: Delivery | undefined, isLastTry: boolean, { now }: Pick<MailContext, 'now'>): MailResult {
  const at = now().toISOString()
  if (!delivery) return { state: 'captured', at }
  const error = delivery.said
  switch (delivery.kind) {
    case 'accepted':
      return { state: 'sent', at }
    case 'refused':
      return { state: 'failed', error, ...(delivery.isBounce ? { bounce: error } : {}) }
    case 'unknown':
      return { state: 'uncertain', error }
    case 'later':
      return { state: isLastTry ? 'failed' : 'queued', error }
    default:
      return never(delivery.kind)
  }
}

async function markCut({ db, log }: MailContext, id: string): Promise<void> {
  if (await settleMail(db, id, ['sending'], { state: 'uncertain', error: CUT })) log('warn', `mail ${id} is uncertain`)
}

/**
 * Finds mails that no job is working on: those left `sending` become uncertain, those left waiting are taken up again. Jobs do both
 * themselves; this is for when jobs were lost, as with an older backup of the database.
 */
export async function checkMails(context: MailContext): Promise<void> {
  for (const id of await strayMails(context.db, 'sending')) await markCut(context, id)
  for (const id of await strayMails(context.db, 'queued')) {
    await context.db.transaction().execute(async trx => {
      if ((await findMail(trx, id))?.state === 'queued') await enqueueMail(trx, id)
    })
  }
}
