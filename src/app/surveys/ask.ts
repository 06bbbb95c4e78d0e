import { randomUUID } from 'node:crypto'
import { AppError } from '../../model/errors.ts'
import type { AskContacts, CustomerSurvey } from '../../model/survey-api.ts'
import { raiseVersions } from '../../store/assignments.ts'
import { lockCustomers, savePeople } from '../../store/customers.ts'
import { type Db, type Trx, violationOf } from '../../store/database.ts'
import { enqueue } from '../../store/jobs.ts'
import {
  type AskedContact,
  findAskedBefore,
  findCustomersToAsk,
  findOptedOut,
  findSurveyContacts,
  findSurveyStandings,
  getSurveySettings,
  insertInvitations,
  lockAsking,
  type NewInvitation,
  type SurveySettings,
  type SurveyStanding,
} from '../../store/surveys.ts'
import type { Context } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { recordCustomers } from '../events/record.ts'
import { hashOf } from '../meetings/token.ts'
import { type Actor, authorizeService, SYSTEM } from '../policy.ts'
import { getCustomerSurvey } from './get-survey.ts'
import { personKey, surveyToken } from './token.ts'
import { type KnownPerson, languageFor, type Refused, refusalOf } from './who.ts'

/** A contact with what speaks for and against asking it. */
export type Considered = Readonly<{
  contact: AskedContact
  standing: SurveyStanding | undefined
  key: string | null
  refusal: Refused | undefined
}>

/**
 * Every contact of these customers, and why it is not asked. `everywhere` sees all customers: nobody is asked at one of them who was at
 * another. Four queries and the settings, however many customers.
 */
export async function consider(
  db: Db,
  everywhere: Db,
  context: Pick<Context, 'now' | 'sealKey'>,
  settings: Pick<SurveySettings, 'cool_down'>,
  customerIds: readonly string[],
): Promise<readonly Considered[]> {
  const contacts = await findSurveyContacts(db, customerIds)
  const standings = new Map((await findSurveyStandings(db, customerIds)).map(each => [each.customer_id, each]))
  const keys = new Map(contacts.flatMap(each => (each.email === null ? [] : [[each, personKey(context, each.email)] as const])))
  const known = [...new Set(keys.values())]
  const before = new Map((await findAskedBefore(everywhere, known)).map(each => [each.person_key, each]))
  const refused = await findOptedOut(everywhere, known)
  return contacts.map(contact => {
    const key = keys.get(contact) ?? null
    const person: KnownPerson =
      key === null ? { before: undefined, hasRefused: false } : { before: before.get(key), hasRefused: refused.has(key) }
    const standing = standings.get(contact.customer_id)
    return { contact, standing, key, refusal: refusalOf(contact, standing, person, settings, context.now()) }
  })
}

/**
 * Asks contacts of one customer: all of them, or none. Throws `invalid-input` for a contact of somebody else, `conflict` naming the first
 * who may not be asked (any more) and why.
 */
export async function askContacts(
  context: Context,
  actor: Actor,
  { customerId, contacts: ids }: AskContacts & Readonly<{ customerId: string }>,
): Promise<CustomerSurvey> {
  try {
    await context.db.transaction().execute(async trx => {
      const { access } = await lockForChange(trx, context, actor, 'send-survey', customerId)
      authorizeService(access, null)
      await lockAsking(trx)
      const settings = await getSurveySettings(trx)
      const all = await consider(trx, context.as(SYSTEM).db, context, settings, [customerId])
      const wanted = ids.map((id, index) => {
        const found = all.find(each => each.contact.id === id)
        if (!found) {
          const message = 'the customer has no such contact'
          throw new AppError('invalid-input', message, { details: [{ path: `contacts.${index}`, message }] })
        }
        return found
      })
      const refused = wanted.find(each => each.refusal)
      if (refused) throw mayNot(refused)
      await keepAsked(trx, context, actor, settings, wanted)
    })
  } catch (error) {
    if (!REFUSING.has(violationOf(error)?.constraint ?? '')) throw error
    throw new AppError('conflict', 'one of them may not be asked any more; look again', { cause: error })
  }
  return getCustomerSurvey(context, actor, customerId)
}

const REFUSING: ReadonlySet<string> = new Set(['survey_may_be_asked', 'survey_not_completed', 'survey_one_open', 'survey_one_open_person'])

const mayNot = ({ contact, refusal }: Considered) =>
  new AppError('conflict', `contact ${contact.id} is not asked: ${refusal?.is}`, { details: { contact: contact.id, refusal } })

/** Customers at once; each brings its contacts. */
const BATCH = 50

/**
 * Asks whoever may be asked, of every customer that is ready, where the installation chose so. Each batch is whole or not at all: cut off
 * and run again, nobody is asked twice. Answers how many. The system acts.
 */
export async function askAll(context: Context, isStopping: () => boolean = () => false): Promise<number> {
  const settings = await getSurveySettings(context.db)
  if (!settings.is_automatic) return 0
  const since = new Date(context.now().getTime() - settings.cool_down * 86_400_000).toISOString()
  for (let [after, count] = ['', 0]; ; ) {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
    const ids = await findCustomersToAsk(context.db, { after, limit: BATCH, since })
    const last = ids.at(-1)
    if (last === undefined) return count
    count += await context.db.transaction().execute(async trx => {
      await lockCustomers(trx, ids)
      await lockAsking(trx)
      const asked = new Set<string>()
      // The same person at two customers is asked at the first.
      const wanted = (await consider(trx, trx, context, settings, ids)).filter(({ refusal, key }) => {
        if (refusal || key === null || asked.has(key)) return false
        asked.add(key)
        return true
      })
      await keepAsked(trx, context, SYSTEM, settings, wanted)
      return wanted.length
    })
    after = last
  }
}

/** Writes down who is asked, and has the mails written once that is committed. The customers are locked. */
async function keepAsked(
  trx: Trx,
  context: Pick<Context, 'now' | 'sealKey'>,
  actor: Actor,
  settings: SurveySettings,
  wanted: readonly Considered[],
): Promise<void> {
  if (wanted.length === 0) return
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  await insertInvitations(
    trx,
    wanted.map(each => invitationOf(context, actor, settings, each)),
  )
  const byCustomer = Map.groupBy(wanted, each => each.contact.customer_id)
  const versions = await raiseVersions(trx, [...byCustomer.keys()].sort())
  await recordCustomers(
    trx,
    context,
    actor,
    [...byCustomer].map(([customerId, own]) => ({
      customerId,
      kind: 'survey-asked',
      data: { count: own.length, contacts: own.map(each => each.contact.id), version: versions.get(customerId) ?? 0 },
    })),
  )
  await enqueue(trx, 'write-surveys', {})
}

function invitationOf(
  context: Pick<Context, 'now' | 'sealKey'>,
  actor: Actor,
  settings: SurveySettings,
  { contact, standing, key }: Considered,
): NewInvitation {
  // Whoever may be asked has both: `refusalOf` saw to it.
  if (!standing?.engagement_id || key === null) throw new Error(`contact ${contact.id} may not be asked`)
  const id = randomUUID()
  const at = context.now()
  const later = (days: number) => new Date(at.getTime() + days * 86_400_000).toISOString()
  return {
    customer_id: contact.customer_id,
    id,
    engagement_id: standing.engagement_id,
    contact_id: contact.id,
    person_key: key,
    token_hash: hashOf(surveyToken(context, id)),
    language: languageFor(contact.language, settings.languages),
    services: contact.services,
    owner_id: standing.owner_id,
    asked_by: actor.personId,
    asked_at: at.toISOString(),
    remind_at: later(settings.remind_after),
    expires_at: later(settings.expire_after),
  }
}
