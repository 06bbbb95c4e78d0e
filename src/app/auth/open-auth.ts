import { namesOf, savePeople } from '../../store/customers.ts'
import { type Config, originsOf } from '../config.ts'
import type { OpenContext } from '../context.ts'
import { recordSignIn } from '../events/record-sign-in.ts'
import { type NewMail, queueMail } from '../mail/queue-mail.ts'
import type { MailSettings } from '../mail/settings.ts'
import { type Auth, createAuth } from './auth.ts'
import { INVITATION_DAYS, RESET_MINUTES } from './links.ts'
import { sessionSecret } from './secret.ts'
import type { SignInMail } from './types.ts'

/** Where mail goes, and the address its links lead to. */
export const mailSettings = (config: Config, origins: readonly string[]): MailSettings => ({
  smtp: config.smtp,
  publicUrl: origins[0] ?? `http://localhost:${config.port}`,
})

/** Sign-in as the program runs it: its mails go to the outbox, and what happens to accounts goes on record. */
export function openAuth(config: Config, { context, urls }: Pick<OpenContext, 'context' | 'urls'>, port: number = config.port): Auth {
  const origins = originsOf(config, port)
  const mail = mailSettings(config, origins)
  return createAuth({
    databaseUrl: urls.auth,
    secret: sessionSecret(config.dataFolder, config.secret ?? undefined),
    origins,
    sso: config.sso,
    sendMail: async asked => {
      await context.db.transaction().execute(async trx => {
        const { personId, by } = asked
        const names = await namesOf(trx, by === null ? [personId] : [personId, by])
        const letter = letterOf(asked, names.get(personId) ?? asked.to, by === null ? null : (names.get(by) ?? null))
        await queueMail(trx, { now: context.now, mail }, letter)
      })
    },
    onEvent: event => recordSignIn(context, event),
    onPerson: async person => {
      await context.db.transaction().execute(trx => savePeople(trx, [person]))
    },
    log: (level, message) => context.log(level === 'error' ? 'error' : 'warn', `sign-in: ${message}`),
  })
}

function letterOf({ kind, key, to, personId, locale, url }: SignInMail, name: string, invitedBy: string | null): NewMail {
  const common = { key, to, personId, locale }
  switch (kind) {
    case 'invitation':
      return { ...common, kind, values: { name, invitedBy, url, days: INVITATION_DAYS } }
    case 'password-reset':
      return { ...common, kind, values: { name, url, minutes: RESET_MINUTES } }
    case 'test':
      return { ...common, kind, values: { url } }
    default:
      return kind satisfies never
  }
}
