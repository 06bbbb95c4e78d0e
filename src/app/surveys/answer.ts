import type { SurveyLanguage, SurveyRating } from '../../model/survey.ts'
import { addWorkingDays, USUAL_CALENDAR } from '../../model/working-calendar.ts'
import { lockCustomer, raiseVersion, savePeople } from '../../store/customers.ts'
import { type Db, type Trx, violationOf } from '../../store/database.ts'
import { saveFacts } from '../../store/facts.ts'
import { findEngagement } from '../../store/follow-ups.ts'
import {
  endInvitationOf,
  type FoundByToken,
  findByToken,
  findSurveyStandings,
  getSurveySettings,
  optOut,
  refuseSurveys,
  type SurveySettings,
  saveAnswer,
} from '../../store/surveys.ts'
import { type Context, todayOf } from '../context.ts'
import { recordCustomer } from '../events/record.ts'
import { addFollowUp } from '../follow-ups/add-follow-up.ts'
import { hashOf, TOKEN } from '../meetings/token.ts'
import { notify } from '../notifications/notify.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { SYSTEM } from '../policy.ts'

/** What the page behind a link shows. */
export type SurveyPage = Readonly<{
  /** In which the contact is asked. */
  language: SurveyLanguage
  name: string
  isAnswered: boolean
  expiresAt: string
}>

/** Scores as the form has them; only the first has to be given. */
export type GivenAnswer = Readonly<Record<Exclude<SurveyRating, 'overall'>, number | null>> &
  Readonly<{ overall: number; recommend: number | null; comment: string | null }>

/**
 * What a link leads to; undefined for one that is nobody's, has ended, or is of a contact that may not be asked any more: all alike. One
 * query. Opening it changes nothing: mail programs open links to look at them.
 */
export async function getSurveyPage(context: Context, token: string): Promise<SurveyPage | undefined> {
  const found = await findValid(context.as(SYSTEM).db, context, token)
  return found && pageOf(found)
}

/**
 * Keeps an answer. The first of an engagement completes its survey; a low one becomes a follow-up of the customer's owner. An answer is
 * given once: whoever sends another is shown that there is one, because results that are out already must not change. Undefined as above.
 */
export async function giveSurveyAnswer(context: Context, token: string, given: GivenAnswer): Promise<SurveyPage | undefined> {
  const system = context.as(SYSTEM)
  const first = await findValid(system.db, context, token)
  if (!first || first.state === 'answered') return first && pageOf(first)
  try {
    return await system.db.transaction().execute(async trx => {
      await lockCustomer(trx, first.customer_id)
      const found = await findValid(trx, context, token)
      if (!found || found.state === 'answered') return found && pageOf(found)
      await keepAnswer(trx, system, found, given)
      return pageOf({ ...found, state: 'answered' })
    })
  } catch (error) {
    // It ended in the same moment.
    if (violationOf(error) === undefined) throw error
    const now = await findValid(system.db, context, token)
    return now && pageOf(now)
  }
}

/**
 * The contact is never asked again, at no customer. For every link that is somebody's, whatever became of it; false for others. Twice is as
 * good as once.
 */
export async function refuseFurtherSurveys(context: Context, token: string): Promise<boolean> {
  const system = context.as(SYSTEM)
  const first = await findAny(system.db, token)
  if (!first) return false
  return system.db.transaction().execute(async trx => {
    await lockCustomer(trx, first.customer_id)
    const found = await findAny(trx, token)
    // Erased in the same moment: nobody is left to be asked.
    if (!found?.contact_id || found.person_key === null) return false
    const at = context.now().toISOString()
    const customerId = found.customer_id
    await optOut(trx, { person_key: found.person_key, opted_out_at: at })
    const [changed] = await refuseSurveys(trx, customerId, found.contact_id)
    await endInvitationOf(trx, { customerId, contact: found.contact_id, because: 'refused', at })
    if (!changed?.numUpdatedRows) return true
    const version = await raiseVersion(trx, customerId)
    await recordCustomer(trx, system, SYSTEM, { customerId, kind: 'survey-refused', data: { contact: found.contact_id, version } })
    return true
  })
}

/** Whether a link is somebody's, for the page on which that person refuses; and in which language. */
export async function findRefusing(context: Context, token: string): Promise<SurveyLanguage | undefined> {
  return (await findAny(context.as(SYSTEM).db, token))?.language
}

const findAny = async (db: Db, token: string): Promise<FoundByToken | undefined> =>
  TOKEN.test(token) ? findByToken(db, hashOf(token)) : undefined

async function findValid(db: Db, { now }: Pick<Context, 'now'>, token: string): Promise<FoundByToken | undefined> {
  const found = await findAny(db, token)
  if (!found || !['asked', 'reminded', 'answered'].includes(found.state) || found.expires_at <= now().toISOString()) return undefined
  const isGone = found.archived_at !== null || found.do_not_contact !== null || found.customer_archived_at !== null
  return isGone ? undefined : found
}

const pageOf = ({ language, name, state, expires_at }: FoundByToken): SurveyPage => ({
  language,
  name,
  isAnswered: state === 'answered',
  expiresAt: expires_at,
})

async function keepAnswer(trx: Trx, context: Context, found: FoundByToken, given: GivenAnswer): Promise<void> {
  const customerId = found.customer_id
  const at = context.now().toISOString()
  const settings = await getSurveySettings(trx)
  const low = isLow(given, settings)
  await saveAnswer(trx, { customer_id: customerId, invitation_id: found.id, ...given, answered_at: at, is_low: low })
  const version = await raiseVersion(trx, customerId)
  const data = { invitation: found.id, contact: found.contact_id, isLow: low, version }
  await recordCustomer(trx, context, SYSTEM, { customerId, kind: 'survey-answered', data })
  // An answer that comes after the next cycle began says nothing of that one.
  if ((await findEngagement(trx, customerId))?.id === found.engagement_id) await complete(trx, context, customerId, version)
  if (low) await callBack(trx, context, found)
}

/** At or below one of the installation's limits; what was left blank is not low. */
export const isLow = (
  { overall, recommend }: Pick<GivenAnswer, 'overall' | 'recommend'>,
  { low_overall, low_recommend }: Pick<SurveySettings, 'low_overall' | 'low_recommend'>,
): boolean => overall <= low_overall || (recommend !== null && recommend <= low_recommend)

/** The checklist of the review asks for it (R12). */
async function complete(trx: Trx, context: Context, customerId: string, version: number): Promise<void> {
  await savePeople(trx, [{ id: SYSTEM.personId, name: SYSTEM.name }])
  const fact = { customerId, name: 'survey.completed', service: '', value: true, source: 'survey', version }
  await saveFacts(trx, [{ ...fact, asOf: todayOf(context), at: context.now().toISOString(), who: SYSTEM.personId }])
  await recomputeOne(trx, context, customerId)
}

/** Working days until whoever looks after the customer has called. */
const CALL_BACK_DAYS = 2

async function callBack(trx: Trx, context: Context, found: FoundByToken): Promise<void> {
  const customerId = found.customer_id
  const customer = await lockCustomer(trx, customerId)
  const [standing] = await findSurveyStandings(trx, [customerId])
  const owner = standing?.owner_id ?? null
  const isPt = customer?.language.toLowerCase().startsWith('pt')
  const path = `/customers/${customerId}/review#survey`
  // Without the contact's name: it would outlive the contact.
  await addFollowUp(trx, context, SYSTEM, {
    customerId,
    title: isPt ? 'Dar retorno sobre uma resposta baixa à pesquisa' : 'Call back about a low answer to the survey',
    service: null,
    madeFor: `survey:${found.id}`,
    assignee: owner,
    due: addWorkingDays(USUAL_CALENDAR, todayOf(context), CALL_BACK_DAYS),
    note: path,
  })
  if (owner === null) return
  const name = customer?.name ?? customerId
  await notify(trx, context, {
    to: [owner],
    key: `survey-low:${found.id}`,
    kind: 'survey-low',
    customerId,
    path,
    summary: { en: `${name}: a low answer to the survey`, 'pt-BR': `${name}: uma resposta baixa à pesquisa` },
  })
}
