import { AppError } from '../../model/errors.ts'
import type { ContactSurveys, CustomerSurvey, SurveyInvitationView } from '../../model/survey-api.ts'
import type { Day } from '../../model/words.ts'
import { findContact } from '../../store/contacts.ts'
import {
  countInvitations,
  type FoundInvitation,
  findInvitations,
  findOfContact,
  findOptedOut,
  findSurveyStandings,
  getSurveySettings,
} from '../../store/surveys.ts'
import type { Context } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { recordCustomer } from '../events/record.ts'
import { type Actor, authorize, SYSTEM, writeAccess } from '../policy.ts'
import { consider } from './ask.ts'
import { personKey } from './token.ts'
import { isReady, languageFor } from './who.ts'

/** As many invitations of one customer as are shown. */
const SHOWN = 200

/** Whom of a customer one may ask and why not, who was asked, and what they answered. Throws `not-found` for a customer out of sight. */
export async function getCustomerSurvey(context: Context, actor: Actor, customerId: string): Promise<CustomerSurvey> {
  const { ties } = await visibleCustomer(context, actor, customerId)
  const settings = await getSurveySettings(context.db)
  const considered = await consider(context.db, context.as(SYSTEM).db, context, settings, [customerId])
  const standing = considered[0]?.standing ?? (await findSurveyStandings(context.db, [customerId]))[0]
  const invitations = await findInvitations(context.db, customerId, SHOWN)
  return {
    customer: customerId,
    canSend: writeAccess(actor, 'send-survey', ties),
    ready:
      standing && isReady(standing) ? { service: standing.service, reachedOn: standing.reached_on, meetingHeldOn: standing.met_on } : null,
    isCompleted: standing?.is_completed ?? false,
    coolDown: settings.cool_down,
    remindAfter: settings.remind_after,
    expireAfter: settings.expire_after,
    contacts: considered.map(({ contact, refusal = null }) => ({
      id: contact.id,
      name: contact.name,
      email: contact.email,
      language: languageFor(contact.language, settings.languages),
      refusal,
    })),
    counts: await countInvitations(context.db, customerId),
    invitations: invitations.map(viewOf),
  }
}

/** Everything that surveys keep of a contact, for the copy it may ask for; that it was made is on record. */
export async function getContactSurveys(
  context: Context,
  actor: Actor,
  { customerId, contact: id }: Readonly<{ customerId: string; contact: string }>,
): Promise<ContactSurveys> {
  authorize(actor, 'export-customer')
  await visibleCustomer(context, actor, customerId)
  const contact = await findContact(context.db, customerId, id)
  if (!contact) throw new AppError('not-found', `customer ${customerId} has no contact ${id}`)
  const refused = contact.email === null ? new Set<string>() : await findOptedOut(context.db, [personKey(context, contact.email)])
  const invitations = (await findOfContact(context.db, customerId, id)).map(viewOf)
  await context
    .as(SYSTEM)
    .db.transaction()
    .execute(trx => recordCustomer(trx, context, actor, { customerId, kind: 'survey-copied', data: { contact: id } }))
  return {
    contact: { id, name: contact.name, email: contact.email },
    madeAt: context.now().toISOString(),
    hasRefused: refused.size > 0,
    invitations,
  }
}

const viewOf = (row: FoundInvitation): SurveyInvitationView => ({
  id: row.id,
  contact: row.contact_id === null || row.name === null ? null : { id: row.contact_id, name: row.name },
  state: row.state,
  withdrawnBecause: row.withdrawn_because,
  language: row.language,
  cycle: row.cycle,
  askedBy: row.asker,
  askedAt: row.asked_at,
  mailedAt: row.mailed_at,
  // An instant begins with its day.
  remindOn: row.remind_at.slice(0, 10) as Day,
  remindedAt: row.reminded_at,
  expiresAt: row.expires_at,
  endedAt: row.ended_at,
  answer:
    row.overall === null || row.answered_at === null
      ? null
      : {
          overall: row.overall,
          responsiveness: row.responsiveness,
          expertise: row.expertise,
          usefulness: row.usefulness,
          recommend: row.recommend,
          comment: row.comment,
          answeredAt: row.answered_at,
          isLow: row.is_low ?? false,
        },
})
