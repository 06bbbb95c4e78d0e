import { ruleText } from '../../calendar/rule-words.ts'
import { localOf } from '../../calendar/zone.ts'
import type { AttendeeAnswer } from '../../model/success.ts'
import type { Text } from '../../model/words.ts'
import { findCustomer } from '../../store/customers.ts'
import type { Db, Trx } from '../../store/database.ts'
import {
  type AttendeeRow,
  answerOccurrence,
  changeAttendee,
  findAttendeeByToken,
  findAttendees,
  findCadence,
  findMeeting,
  meetingsOfCadence,
} from '../../store/meetings.ts'
import type { Context } from '../context.ts'
import { recordCustomer } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { notify } from '../notifications/notify.ts'
import { SYSTEM } from '../policy.ts'
import { occurrenceKey } from './attendees.ts'
import { seriesOf } from './series.ts'
import { hashOf, TOKEN } from './token.ts'

/** What the page behind a link shows. */
export type AnswerPage = Readonly<{
  name: string
  /** In which it is written. */
  language: string
  title: string
  when: Text
  location: string | null
  organizer: string
  answer: AttendeeAnswer
  comment: string | null
  /** No answer is needed any more. */
  isOver: boolean
  /** Of a series: its next meetings, each with the answer to it alone, if there is one. */
  occurrences: readonly Occurrence[]
}>
type Occurrence = Readonly<{ occurrence: string; meeting: string; when: string; answer: AttendeeAnswer | null; comment: string | null }>

/** As many as one may answer for one by one. */
const OCCURRENCES = 8

/** What somebody is asked by a link; undefined for a link that is nobody's (any more). */
export async function getAnswerPage(context: Context, token: string): Promise<AnswerPage | undefined> {
  const { db } = context.as(SYSTEM)
  const found = await findAsked(db, context, token)
  return found?.page
}

export type Answer = Readonly<{
  answer: Exclude<AttendeeAnswer, 'needs-action'>
  comment: string | null
  /** Which meeting of a series alone, as the page offers them; null: all of it. */
  occurrence?: string | null
}>

/**
 * Keeps an answer and tells the organizer. The same one again changes nothing. Undefined for a link that is nobody's (any more); throws
 * `invalid-input` for a meeting that the series does not have (any more).
 */
export async function giveAnswer(
  context: Context,
  token: string,
  { answer, comment, occurrence: wanted = null }: Answer,
): Promise<AnswerPage | undefined> {
  const { db } = context.as(SYSTEM)
  return db.transaction().execute(async trx => {
    const found = await findAsked(trx, context, token)
    if (!found || found.page.isOver) return found?.page
    const { attendee, page, organizerId } = found
    const one = wanted === null ? undefined : page.occurrences.find(each => each.occurrence === wanted)
    if (wanted !== null && !one) throw invalidField('occurrence', 'the series does not have this meeting')
    const before = one ?? attendee
    if (before.answer === answer && before.comment === comment) return page
    await keepAnswer(
      trx,
      context,
      {
        attendee,
        name: page.name,
        organizerId,
        title: one ? `${found.title} (${one.when})` : found.title,
        meeting: one?.meeting ?? found.meeting,
      },
      { answer, comment, occurrence: one?.occurrence ?? null },
    )
    if (!one) return { ...page, answer, comment }
    return { ...page, occurrences: page.occurrences.map(each => (each === one ? { ...each, answer, comment } : each)) }
  })
}

/** Who answered what. `meeting` null: the series. */
export type Answering = Readonly<{ attendee: AttendeeRow; name: string; organizerId: string; title: string; meeting: string | null }>

/** Keeps an answer, by whatever way it came, and tells the organizer. */
export async function keepAnswer(
  trx: Trx,
  context: Pick<Context, 'now' | 'sealKey'>,
  { attendee, name, organizerId, title, meeting }: Answering,
  { answer, comment, occurrence = null }: Answer,
): Promise<void> {
  const at = context.now().toISOString()
  const key = { customerId: attendee.customer_id, id: attendee.id }
  if (occurrence !== null) await answerOccurrence(trx, key, occurrence, { answer, answered_at: at, comment })
  else await changeAttendee(trx, key, { answer, answered_at: at, comment })
  const who = attendee.contact_id ?? attendee.person_id
  await recordCustomer(trx, context, SYSTEM, {
    customerId: attendee.customer_id,
    kind: 'meeting-answered',
    data: {
      ...(meeting === null ? { cadence: attendee.cadence_id } : { meeting }),
      answer,
      ...(attendee.contact_id === null ? { person: attendee.person_id } : { contact: attendee.contact_id }),
    },
  })
  await notify(trx, context, {
    to: [organizerId].filter(id => id !== attendee.person_id),
    key: `meeting-answered:${attendee.id}:${who}:${answer}:${at.slice(0, 10)}${occurrence === null ? '' : `:${occurrence}`}`,
    kind: 'meeting-answered',
    customerId: attendee.customer_id,
    path: `/customers/${attendee.customer_id}/meetings${meeting === null ? '' : `?meeting=${meeting}`}`,
    summary: {
      en: `${name} ${SAID[answer].en} ${title}`,
      'pt-BR': `${name} ${SAID[answer]['pt-BR']} ${title}`,
    },
  })
}

const SAID = {
  accepted: { en: 'accepted', 'pt-BR': 'aceitou' },
  declined: { en: 'declined', 'pt-BR': 'recusou' },
  tentative: { en: 'may come to', 'pt-BR': 'talvez venha a' },
} as const satisfies Record<Answer['answer'], Text>

type Asked = Readonly<{ attendee: AttendeeRow; page: AnswerPage; organizerId: string; title: string; meeting: string | null }>

async function findAsked(db: Db, context: Context, token: string): Promise<Asked | undefined> {
  const attendee = TOKEN.test(token) ? await findAttendeeByToken(db, hashOf(token)) : undefined
  // Of a contact that was put away or erased nobody answers any more.
  if (!attendee || attendee.contact_archived_at !== null) return undefined
  const customerId = attendee.customer_id
  const customer = await findCustomer(db, customerId)
  if (!customer) return undefined
  const who = {
    name: attendee.contact_name ?? attendee.person_name ?? '',
    language: attendee.contact_language ?? customer.language,
    answer: attendee.answer,
    comment: attendee.comment,
  }
  const now = context.now().toISOString()
  if (attendee.cadence_id !== null) {
    const row = await findCadence(db, { customerId, id: attendee.cadence_id })
    if (!row) return undefined
    const at = `${row.starts_local.replace('T', ' ')} (${row.time_zone})`
    const rule = ruleText(seriesOf(row).rule)
    const when = { en: `${at}, ${rule.en}`, 'pt-BR': `${at}, ${rule['pt-BR']}` }
    const isOver = row.ended_at !== null
    const occurrences = isOver ? [] : await occurrencesOf(db, attendee, { customerId, id: row.id }, now)
    const page = { ...who, title: row.title, when, location: row.location, organizer: row.organizer, isOver, occurrences }
    return { attendee, page, organizerId: row.organizer_id, title: row.title, meeting: null }
  }
  const row = attendee.meeting_id === null ? undefined : await findMeeting(db, { customerId, id: attendee.meeting_id })
  if (!row) return undefined
  const at = `${localOf(row.starts_at, row.time_zone).replace('T', ' ')} (${row.time_zone})`
  const isOver = row.state !== 'scheduled' || row.ends_at < now
  const page = {
    ...who,
    title: row.title,
    when: { en: at, 'pt-BR': at },
    location: row.location,
    organizer: row.organizer,
    isOver,
    occurrences: [],
  }
  return { attendee, page, organizerId: row.organizer_id, title: row.title, meeting: row.id }
}

/** The next meetings of a series for those asked to it; one that asks people of its own has links of its own. */
async function occurrencesOf(
  db: Db,
  attendee: AttendeeRow,
  series: { customerId: string; id: string },
  now: string,
): Promise<Occurrence[]> {
  const own = new Set((await findAttendees(db, [series.customerId])).flatMap(row => row.meeting_id ?? []))
  return (await meetingsOfCadence(db, series))
    .filter(row => row.occurrence !== null && row.state === 'scheduled' && row.ends_at >= now && !own.has(row.id))
    .slice(0, OCCURRENCES)
    .map(row => {
      // Those without were left out.
      const occurrence = occurrenceKey(row.occurrence ?? '')
      const { answer = null, comment = null } = attendee.occurrences[occurrence] ?? {}
      const when = `${localOf(row.starts_at, row.time_zone).replace('T', ' ')} (${row.time_zone})`
      return { occurrence, meeting: row.id, when, answer, comment }
    })
}
