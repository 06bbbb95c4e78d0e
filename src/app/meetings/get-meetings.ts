import { ruleText } from '../../calendar/rule-words.ts'
import { localOf, plusDays } from '../../calendar/zone.ts'
import { AppError } from '../../model/errors.ts'
import {
  type CadenceView,
  type ContactState,
  type CustomerMeetings,
  type InvitationWay,
  type MeetingLine,
  type MeetingPage,
  type MeetingsQuery,
  type MeetingView,
  OTHERWISE_WEEKS,
  type OverduePage,
  type OverdueQuery,
  USUAL_WEEKS,
} from '../../model/meeting-api.ts'
import type { Day } from '../../model/words.ts'
import { findContacts } from '../../store/contacts.ts'
import type { Db } from '../../store/database.ts'
import { findFollowUps } from '../../store/follow-ups.ts'
import {
  type AttendeeRow,
  type CadenceRow,
  type ContactRow,
  contactStates,
  findAttendees,
  findCadence,
  findCadences,
  findMeeting,
  findMeetings,
  type MeetingRow,
  pastMeetings,
  scheduledMeetings,
} from '../../store/meetings.ts'
import { findPlan } from '../../store/plans.ts'
import type { Row } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { whyNoDeck } from '../decks/decks.ts'
import { assignable, named } from '../plans/item-view.ts'
import { itemTitle } from '../plans/item-words.ts'
import { type Actor, authorize, serviceRefusal, writeAccess } from '../policy.ts'
import { makeAgenda } from './agenda.ts'
import { attendeesOf, attendeeView } from './attendees.ts'
import { nextOf, seriesOf } from './series.ts'

/** Meetings of one page of the past, and the most that are shown as to come. */
const PAGE = 50
const UPCOMING = 200
/** The step whose items a check-in meeting covers (E7). */
export const CHECK_INS = 'success-check-ins'

/** Series, what is to come, and one page of what was. `at`: where the page begins. */
export async function getCustomerMeetings(context: Context, actor: Actor, customerId: string, at = 0): Promise<CustomerMeetings> {
  const { ties } = await visibleCustomer(context, actor, customerId)
  const { db } = context
  const attendees = await findAttendees(db, [customerId])
  const cadences = await findCadences(db, customerId)
  const past = await pastMeetings(db, customerId, { at, limit: PAGE + 1 })
  const contact = await nextContact(context, customerId)
  const line = (row: MeetingRow) => lineOf(row, attendees)
  return {
    contact,
    cadences: cadences.map(row => cadenceView(row, attendees, context.now().toISOString())),
    upcoming: (await scheduledMeetings(db, customerId, UPCOMING)).map(line),
    past: past.slice(0, PAGE).map(line),
    next: past.length > PAGE ? String(at + PAGE) : null,
    suggested: {
      rule: `FREQ=WEEKLY${contact.weeks === 1 ? '' : `;INTERVAL=${contact.weeks}`}`,
      minutes: 30,
      timeZone: await usualZone(db, customerId),
    },
    invitees: await inviteesOf(context, customerId),
    whyNoDeck: serviceRefusal(writeAccess(actor, 'build-deck', ties), null) ?? (await whyNoDeck(db, customerId)),
  }
}

/** The zone of the newest series, else of a contact, else UTC. */
async function usualZone(db: Db, customerId: string): Promise<string> {
  const [cadence] = await findCadences(db, customerId)
  if (cadence) return cadence.time_zone
  const contacts = await findContacts(db, customerId)
  return contacts.find(each => each.archived_at === null && each.time_zone !== null)?.time_zone ?? 'UTC'
}

async function inviteesOf(context: Context, customerId: string): Promise<CustomerMeetings['invitees']> {
  const contacts = (await findContacts(context.db, customerId)).filter(each => each.archived_at === null)
  return [
    ...contacts.map(each => ({ contact: each.id, person: null, name: each.name, email: each.email, doNotContact: each.do_not_contact })),
    ...(await assignable(context, customerId)).map(each => ({
      contact: null,
      person: each.id,
      name: each.name,
      email: null,
      doNotContact: null,
    })),
  ]
}

/** One meeting with everything about it. Throws `not-found`. */
export async function getMeeting(context: Context, actor: Actor, customerId: string, id: string): Promise<MeetingView> {
  const { customer } = await visibleCustomer(context, actor, customerId)
  const row = await meetingOf(context.db, customerId, id)
  return meetingView(context, row, customer.language)
}

export async function meetingOf(db: Db, customerId: string, id: string): Promise<MeetingRow> {
  const row = await findMeeting(db, { customerId, id })
  if (!row) throw new AppError('not-found', `customer ${customerId} has no meeting ${id}`)
  return row
}

async function meetingView(context: Context, row: MeetingRow, language: string): Promise<MeetingView> {
  const { db, playbook } = context
  const attendees = await findAttendees(db, [row.customer_id])
  const plan = await findPlan(db, row.customer_id)
  const checkIns = (plan?.content.processes ?? [])
    .flatMap(process => process.steps.filter(step => step.id === CHECK_INS).flatMap(step => step.items))
    .map(item => ({
      id: item.id,
      title: itemTitle(playbook, item.id),
      service: item.service,
      status: item.status ?? ('not-started' as const),
    }))
  const isOfIts = (service: string | null) => row.services.length === 0 || service === null || row.services.includes(service)
  const isOpen = (status: string) => !['complete', 'not-required', 'cancelled'].includes(status)
  const engagementId = plan?.engagement_id
  const followUps = engagementId === undefined ? [] : await findFollowUps(db, row.customer_id, engagementId)
  const isAutomatic = row.agenda_changed_at === null
  return {
    ...lineOf(row, attendees),
    startsLocal: localOf(row.starts_at, row.time_zone),
    minutes: Math.round((Date.parse(row.ends_at) - Date.parse(row.starts_at)) / 60_000),
    occurrence: row.occurrence,
    items: row.items.map(
      id => checkIns.find(each => each.id === id) ?? { id, title: itemTitle(playbook, id), service: null, status: 'not-started' },
    ),
    coverable: checkIns.filter(each => isOfIts(each.service) && isOpen(each.status)),
    agenda: isAutomatic && row.state === 'scheduled' ? await makeAgenda(db, context, { ...row, language }) : row.agenda,
    agendaIsOwn: !isAutomatic,
    notes: row.notes,
    attendees: attendeesOf(attendees, row).map(each => attendeeView(each, each.meeting_id === null ? 0 : row.sequence)),
    calendar: invitationWay(
      row,
      row.cadence_id === null ? undefined : await findCadence(db, { customerId: row.customer_id, id: row.cadence_id }),
    ),
    followUps: followUps
      .filter(each => each.made_for === `meeting:${row.id}`)
      .map(each => ({
        id: each.id,
        title: each.title,
        service: each.service,
        assignee: named(each.assignee, each.assignee_name),
        due: each.due,
        status: each.status,
      })),
    version: row.version,
  }
}

/** One of a series is invited to as the series is; how it stands is its own where it differs. */
function invitationWay(
  row: Invited & Readonly<{ invited_by: Row<'cadence'>['invited_by'] }>,
  series: CadenceRow | undefined,
): InvitationWay {
  const way = series ? series.invited_by : row.invited_by
  const own: Invited = row.outlook_state === null && series ? series : row
  return { way, state: way === 'outlook' ? own.outlook_state : null, problem: own.outlook_problem }
}
type Invited = Pick<Row<'cadence'>, 'outlook_state' | 'outlook_problem'>

/** Meetings across customers, soonest first. `at`: where the page begins. */
export async function getMeetings(context: Context, actor: Actor, query: MeetingsQuery & Readonly<{ at: number }>): Promise<MeetingPage> {
  authorize(actor, 'see-customer')
  const { from, to, kind, state, mine, q, limit, at } = query
  const filter = {
    kind,
    state,
    q,
    from: from === undefined ? undefined : `${from}T00:00:00.000Z`,
    before: to === undefined ? undefined : plusDays(`${to}T00:00:00.000Z`, 1),
    person: mine ? actor.personId : undefined,
  }
  const rows = await findMeetings(context.db, filter, { at, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const attendees = await findAttendees(context.db, [...new Set(shown.map(row => row.customer_id))])
  return { meetings: shown.map(row => lineOf(row, attendees)), next: rows.length > limit ? String(at + limit) : null }
}

const asked = ({ now }: Pick<Context, 'now'>) => ({
  now: now().toISOString(),
  usualWeeks: OTHERWISE_WEEKS,
  firstWeeks: USUAL_WEEKS.initiate ?? OTHERWISE_WEEKS,
})

/** When the customer was last met and will be next. The customer is known to be visible. */
export async function nextContact(context: Pick<Context, 'db' | 'now'>, customerId: string): Promise<ContactState> {
  const [row] = await contactStates(context.db, asked(context), { ids: [customerId] })
  if (!row) throw new AppError('not-found', `there is no customer ${customerId}`)
  return contactOf(row, context)
}

/** Customers whose next contact is overdue, the longest first. */
export async function getOverdue(context: Context, actor: Actor, query: OverdueQuery & Readonly<{ at: number }>): Promise<OverduePage> {
  authorize(actor, 'see-customer')
  const { at, limit, mine } = query
  const rows = await contactStates(context.db, asked(context), { person: mine ? actor.personId : null, at, limit })
  const total = rows[0]?.total ?? 0
  return {
    customers: rows.map(row => ({ id: row.customer_id, name: row.name, owner: row.owner, contact: contactOf(row, context) })),
    total,
    next: at + rows.length < total ? String(at + rows.length) : null,
  }
}

/** Those overdue, for the job that tells their owners. */
export const overdueRows = (context: Pick<Context, 'db' | 'now'>, at: number, limit: number) =>
  contactStates(context.db, asked(context), { person: null, at, limit })

function contactOf(row: ContactRow, context: Pick<Context, 'now'>): ContactState {
  const weeks = row.series_weeks ?? (row.has_activated ? OTHERWISE_WEEKS : (USUAL_WEEKS.initiate ?? OTHERWISE_WEEKS))
  return {
    last: row.last && { meeting: row.last.id, at: row.last.at },
    next: row.next && { meeting: row.next.id, at: row.next.at },
    weeks,
    weeksFrom: row.series_weeks === null ? 'usual' : 'series',
    dueBy: row.due_by,
    isOverdue: row.is_overdue,
    because: becauseOf(row, weeks, todayOf(context)),
  }
}

function becauseOf(
  { last, next, begun, due_by, is_overdue, series_weeks }: ContactRow,
  weeks: number,
  today: Day,
): ContactState['because'] {
  const from = series_weeks === null ? { en: 'usual here', 'pt-BR': 'o habitual aqui' } : { en: 'by its series', 'pt-BR': 'pela série' }
  const every = {
    en: `A meeting every ${weeks === 1 ? 'week' : `${weeks} weeks`} (${from.en})`,
    'pt-BR': `Uma reunião ${weeks === 1 ? 'por semana' : `a cada ${weeks} semanas`} (${from['pt-BR']})`,
  }
  const met = last
    ? { en: `last met on ${last.at.slice(0, 10)}`, 'pt-BR': `última reunião em ${last.at.slice(0, 10)}` }
    : { en: `never met since ${begun}`, 'pt-BR': `nenhuma reunião desde ${begun}` }
  const coming = next
    ? { en: `next on ${next.at.slice(0, 10)}`, 'pt-BR': `próxima em ${next.at.slice(0, 10)}` }
    : { en: 'none arranged', 'pt-BR': 'nenhuma marcada' }
  const late = is_overdue
    ? { en: `due by ${due_by}, overdue`, 'pt-BR': `prevista até ${due_by}, atrasada` }
    : due_by < today
      ? { en: `was due by ${due_by}, arranged soon enough`, 'pt-BR': `era prevista até ${due_by}, marcada a tempo` }
      : { en: `due by ${due_by}`, 'pt-BR': `prevista até ${due_by}` }
  const say = (locale: 'en' | 'pt-BR') => `${every[locale]}: ${met[locale]}, ${coming[locale]}; ${late[locale]}`
  return { en: say('en'), 'pt-BR': say('pt-BR') }
}

export function lineOf(row: MeetingRow, attendees: readonly AttendeeRow[]): MeetingLine {
  const answers = { accepted: 0, declined: 0, tentative: 0, 'needs-action': 0 }
  for (const { answer } of attendeesOf(
    attendees.filter(each => each.customer_id === row.customer_id),
    row,
  ))
    answers[answer]++
  return {
    id: row.id,
    customer: row.customer_id,
    customerName: row.customer_name,
    cadence: row.cadence_id,
    kind: row.kind,
    title: row.title,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    timeZone: row.time_zone,
    organizer: { id: row.organizer_id, name: row.organizer },
    location: row.location,
    services: [...row.services],
    state: row.state,
    about: row.about,
    attachesDeck: row.attaches_deck,
    outcome: row.outcome,
    answers,
  }
}

function cadenceView(row: CadenceRow, attendees: readonly AttendeeRow[], now: string): CadenceView {
  const series = seriesOf(row)
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    rule: row.rule,
    ruleText: ruleText(series.rule),
    startsLocal: row.starts_local,
    timeZone: row.time_zone,
    minutes: row.minutes,
    organizer: { id: row.organizer_id, name: row.organizer },
    location: row.location,
    services: [...row.services],
    madeFor: row.made_for,
    next: row.ended_at === null ? [...nextOf(series, now)] : [],
    attendees: attendees.filter(each => each.cadence_id === row.id).map(each => attendeeView(each, row.sequence)),
    calendar: invitationWay(row, undefined),
    endedAt: row.ended_at,
    version: row.version,
  }
}
