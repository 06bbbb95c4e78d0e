import type { SurveyLanguage } from '../../model/survey.ts'
import { getSurveySettings, setMailed, type ToMail, takeToMail } from '../../store/surveys.ts'
import { isMailAddress } from '../mail/address.ts'
import { type NewMail, queueMails } from '../mail/queue-mail.ts'
import type { MailContext } from '../mail/settings.ts'
import { surveyToken } from './token.ts'

/** Mails at once: each batch is one transaction. */
const BATCH = 250

/**
 * Writes the mails of invitations and reminders that wait for theirs, a batch at a time: what is marked as written is in the outbox, so
 * that a run cut off anywhere goes on and nobody is written to twice. Answers how many. The system acts.
 */
export async function writeSurveyMails(context: MailContext, isStopping: () => boolean = () => false): Promise<number> {
  const { words } = await getSurveySettings(context.db)
  for (let count = 0; ; ) {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
    const taken = await context.db.transaction().execute(async trx => {
      const rows = await takeToMail(trx, BATCH)
      if (rows.length === 0) return 0
      await queueMails(
        trx,
        context,
        // One that cannot be written to any more keeps nobody else from being asked.
        rows.filter(row => isMailAddress(row.email)).map(row => mailOf(context, row, words[row.language] ?? '')),
      )
      await setMailed(trx, rows, context.now().toISOString())
      return rows.length
    })
    count += taken
    if (taken < BATCH) return count
  }
}

const mailOf = (context: MailContext, row: ToMail, line: string): NewMail => ({
  kind: 'survey',
  key: `survey:${row.id}:${row.isReminder ? 'reminder' : 'invitation'}`,
  to: row.email,
  personId: null,
  locale: row.language,
  values: {
    name: row.name,
    sender: row.owner ?? '',
    line,
    until: lastDay(row.expires_at, row.language),
    isReminder: row.isReminder,
    url: new URL(`/survey/${surveyToken(context, row.id)}`, context.mail.publicUrl).href,
  },
  contact: { customerId: row.customer_id, id: row.contact_id },
  ...(row.owner_id === null ? {} : { sentBy: row.owner_id }),
})

/** The last whole day (UTC) on which the link holds, as readers of the language write days. */
export const lastDay = (expiresAt: string, language: SurveyLanguage): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(Date.parse(expiresAt) - 86_400_000))
