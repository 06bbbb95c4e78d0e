import { never } from '../../model/words.ts'
import { findPerson } from '../../store/people.ts'
import { RESET_SECONDS } from '../auth/library.ts'
import type { SignInMail } from '../auth/types.ts'
import { COMMAND_LINE, SYSTEM } from '../policy.ts'
import { type NewMail, queueMail } from './queue-mail.ts'
import type { MailContext } from './settings.ts'

/** As long as app/auth/links.ts lets an invitation hold. */
const INVITATION_DAYS = 7

/** What sign-in sends its mails through (`AuthOptions.sendMail`). The context acts for the system: whoever forgot a password is nobody yet. */
export const signInMailer =
  (context: MailContext) =>
  async (mail: SignInMail): Promise<void> => {
    const name = (await nameOf(context, mail.personId)) ?? ''
    const invitedBy = mail.by === null ? null : await nameOf(context, mail.by)
    await context.db.transaction().execute(trx => queueMail(trx, context, newMailOf(mail, name, invitedBy)))
  }

/** The command line and the program itself are nobody to the reader of a mail. */
const NOBODY_IN_PARTICULAR = [COMMAND_LINE.personId, SYSTEM.personId]

const nameOf = async ({ db }: MailContext, id: string): Promise<string | null> =>
  NOBODY_IN_PARTICULAR.includes(id) ? null : ((await findPerson(db, id))?.name ?? null)

function newMailOf({ kind, key, to, personId, locale, url }: SignInMail, name: string, invitedBy: string | null): NewMail {
  const shared = { key, to, personId, locale }
  switch (kind) {
    case 'invitation':
      return { ...shared, kind, values: { name, invitedBy, url, days: INVITATION_DAYS } }
    case 'password-reset':
      return { ...shared, kind, values: { name, url, minutes: RESET_SECONDS / 60 } }
    case 'test':
      return { ...shared, kind, values: { url } }
    default:
      return never(kind)
  }
}
