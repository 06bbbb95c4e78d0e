import { createHash } from 'node:crypto'
import type { SurveyState } from '../../../model/survey.ts'
import type { Day } from '../../../model/words.ts'
import { FIRST_ENGAGEMENT } from '../../plans/recompute.ts'
import { type Chance, chanceFrom } from '../chance.ts'
import { daysBefore } from '../days.ts'
import type { DemoCustomer } from '../generate.ts'
import type { DemoRows } from '../rows.ts'

/** As `survey_settings` has them unless somebody changes them. */
const REMIND_AFTER = 14
const EXPIRE_AFTER = 30

const COMMENTS = [
  'The training sessions helped us most.',
  'Answers came quickly; more examples from our own industry would be good.',
  'It took three weeks until somebody looked at our sign-in problem.',
] as const

/** Days ago, by the state that it shows. */
const AGO = { asked: 5, reminded: 19, answered: 40, expired: 60, withdrawn: 12 } as const satisfies Record<SurveyState, number>
/** Of customers whose survey is not completed, in turns: those who were not asked yet, too. */
const WAITING = ['asked', 'reminded', 'expired', 'withdrawn', null, null] as const

/**
 * Surveys of the contacts that get them: an answer behind every survey that the facts call completed, and, where the review was held
 * without one, each other state that there is. Mails are written as far as the demo goes: none waits to be sent.
 */
export function addSurveys(rows: DemoRows, { sheet, manager }: DemoCustomer, today: Day): void {
  const { id } = sheet.customer
  const contact = rows.contact.find(each => each.customer_id === id && each.survey_eligible)
  if (!contact) return
  const chance = chanceFrom(createHash('sha256').update(`link ${id}`).digest().readUInt32BE(0))
  const isHeld = Boolean(sheet.review.meetingHeldOn)
  const state = sheet.survey.completed ? 'answered' : isHeld ? chance.pick(WAITING) : null
  if (state === null) return
  const askedOn = daysBefore(today, AGO[state] + (state === 'answered' ? chance.int(0, 120) : 0))
  const key = createHash('sha256').update(`demo survey ${id}`).digest('hex')
  const invitation = `${key.slice(0, 8)}-${key.slice(8, 12)}-4${key.slice(13, 16)}-8${key.slice(17, 20)}-${key.slice(20, 32)}`
  const after = (days: number) => at(daysBefore(askedOn, -days))
  const isReminded = state === 'reminded' || state === 'expired'
  const ended = { asked: null, reminded: null, answered: 6, expired: EXPIRE_AFTER, withdrawn: 3 }[state]
  rows.survey_invitation.push({
    customer_id: id,
    id: invitation,
    engagement_id: FIRST_ENGAGEMENT,
    contact_id: contact.id,
    // Of no address: demo people get no mail, and no link of theirs leads anywhere.
    person_key: key,
    token_hash: createHash('sha256').update(key).digest('hex'),
    language: contact.language === 'pt-BR' ? 'pt-BR' : 'en',
    services: contact.services,
    owner_id: manager.id,
    state,
    asked_by: manager.id,
    asked_at: at(askedOn),
    remind_at: after(REMIND_AFTER),
    expires_at: after(EXPIRE_AFTER),
    mailed_at: at(askedOn),
    reminded_at: isReminded ? after(REMIND_AFTER) : null,
    reminder_mailed_at: isReminded ? after(REMIND_AFTER) : null,
    ended_at: ended === null ? null : after(ended),
    withdrawn_because: state === 'withdrawn' ? 'by-hand' : null,
  })
  if (state === 'answered') addAnswer(rows, { customer: id, invitation, at: after(6), chance })
}

function addAnswer(
  rows: DemoRows,
  { customer, invitation, at: answered, chance }: Readonly<{ customer: string; invitation: string; at: string; chance: Chance }>,
): void {
  const overall = chance.is(15) ? 2 : chance.int(3, 5)
  const near = () => (chance.is(10) ? null : Math.min(5, Math.max(1, overall + chance.int(-1, 1))))
  const recommend = chance.is(10) ? null : Math.min(10, overall * 2 + chance.int(-1, 1))
  rows.survey_answer.push({
    customer_id: customer,
    invitation_id: invitation,
    overall,
    responsiveness: near(),
    expertise: near(),
    usefulness: near(),
    recommend,
    comment: overall <= 2 ? COMMENTS[2] : chance.is(50) ? (COMMENTS[chance.int(0, 1)] ?? null) : null,
    answered_at: answered,
    is_low: overall <= 2 || (recommend !== null && recommend <= 6),
  })
}

const at = (day: Day): string => `${day}T10:15:00.000Z`
