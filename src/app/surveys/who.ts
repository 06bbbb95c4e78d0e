import type { SurveyLanguage, SurveyRefusal } from '../../model/survey.ts'
import type { Day } from '../../model/words.ts'
import type { AskedBefore, AskedContact, SurveySettings, SurveyStanding } from '../../store/surveys.ts'
import { isMailAddress } from '../mail/address.ts'

const DAY_MS = 86_400_000

/** What is known of the person behind an address, over all customers. */
export type KnownPerson = Readonly<{ before: AskedBefore | undefined; hasRefused: boolean }>

/** Why a contact is not asked. `until`: the first day on which it may be; `why`: what somebody wrote about it. */
export type Refused = Readonly<{ is: SurveyRefusal; until: Day | null; why: string | null }>

/** Undefined for a contact that may be asked now. The first reason that holds: what is wrong with the contact before what time will heal. */
export function refusalOf(
  contact: AskedContact,
  standing: SurveyStanding | undefined,
  { before, hasRefused }: KnownPerson,
  { cool_down }: Pick<SurveySettings, 'cool_down'>,
  now: Date,
): Refused | undefined {
  const refused = (is: SurveyRefusal, more: Partial<Refused> = {}): Refused => ({ is, until: null, why: null, ...more })
  if (contact.archived_at !== null) return refused('archived')
  if (contact.do_not_contact !== null) return refused('do-not-contact', { why: contact.do_not_contact })
  if (hasRefused) return refused('refused')
  if (contact.bounced_at !== null) return refused('bounced')
  if (!contact.survey_eligible) return refused('not-eligible')
  if (contact.email === null || !isMailAddress(contact.email)) return refused('address')
  if (standing?.is_completed) return refused('completed')
  if (before?.is_open) return refused('open')
  if (!standing || standing.engagement_id === null || !isReady(standing)) return refused('not-ready')
  if (!before) return undefined
  const again = new Date(Date.parse(before.asked_at) + cool_down * DAY_MS)
  // An ISO moment begins with its day.
  return again > now ? refused('cool-down', { until: dayAfter(again) }) : undefined
}

/** A service reached its first milestone, or the review was held. */
export const isReady = ({ reached_on, met_on }: SurveyStanding): boolean => reached_on !== null || met_on !== null

/** The first whole day on which it may be. */
function dayAfter(moment: Date): Day {
  const day = new Date(Math.ceil(moment.getTime() / DAY_MS) * DAY_MS)
  // Cut from an ISO date, so a day.
  return day.toISOString().slice(0, 10) as Day
}

/** In which a contact is asked: its own where that is offered, else English, else the first that is. */
export function languageFor(contact: string | null, offered: readonly SurveyLanguage[]): SurveyLanguage {
  const wanted = BY_PREFIX[(contact ?? '').toLowerCase().split('-')[0] ?? ''] ?? 'en'
  if (offered.includes(wanted)) return wanted
  return offered.includes('en') ? 'en' : (offered[0] ?? 'en')
}
const BY_PREFIX: Readonly<Record<string, SurveyLanguage>> = { en: 'en', pt: 'pt-BR', es: 'es' }
