import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localOf } from '../../calendar/zone.ts'
import type { CustomerMeetings, MeetingView, NewCadence, NewMeeting, SetMeeting } from '../../model/meeting-api.ts'
import { forgetContact } from '../../store/contacts.ts'
import { savePeople } from '../../store/customers.ts'
import { verifyEvents } from '../../store/events.ts'
import type { MailAttachment } from '../../store/tables.ts'
import type { PersonAccount } from '../auth/types.ts'
import { NO_GRAPH } from '../connections/testing.ts'
import type { Context } from '../context.ts'
import { getCustomer } from '../customers/get-customer.ts'
import { getEvents } from '../events/get-events.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { getAnswerPage, giveAnswer } from './answer.ts'
import { makeFeed, readFeed } from './feed.ts'
import { getCustomerMeetings, getMeeting, getMeetings, getOverdue } from './get-meetings.ts'
import { type Inviting, sendInvitations } from './invite.ts'
import { remindOfMeetings, tellOverdue } from './remind.ts'
import { planAllMeetings } from './series.ts'
import { createCadence, endCadence, setCadence } from './set-cadence.ts'
import {
  addMeetingFollowUp,
  cancelMeeting,
  createMeeting,
  remakeAgenda,
  setMeeting,
  setMeetingNotes,
  setMeetingResult,
} from './set-meeting.ts'
import { answerToken } from './token.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'all' }
const PUBLIC = 'https://impulso.example'
const JOAO = '00000000-0000-4000-8000-000000000001'
const EVE = '00000000-0000-4000-8000-000000000002'
const MARY = '00000000-0000-4000-8000-000000000003'

let its: TestContext
let context: Context
let mail: Inviting
const at = (now: string): Context => ({ ...context, now: () => new Date(now), as: () => at(now) })
const account = (id: string, name: string): PersonAccount => ({
  id,
  name,
  email: `${id}@impulso.example`,
  right: 'fasttrack-manager',
  scope: 'all',
  locale: 'en',
  isDemo: false,
  state: 'active',
  hasTwoFactor: false,
  lastSignInAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
})
const directory = { listPeople: async () => ({ people: [account('rita', 'Rita'), account('tomas', 'Tomás')], next: null, total: 2 }) }

beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
  context = its.context
  mail = { ...context, graph: NO_GRAPH, mail: { smtp: null, publicUrl: PUBLIC } }
  const sheet = {
    customer: { id: 'contoso', name: 'Contoso' },
    services: { teams: { activatedOn: '2026-10-01' }, exchange: { activatedOn: '2026-10-01' } },
  }
  await addTestCustomer(context, sheet, 'contoso.example')
  await context.db.transaction().execute(trx =>
    savePeople(trx, [
      { id: 'rita', name: 'Rita' },
      { id: 'tomas', name: 'Tomás' },
    ]),
  )
  await its.owner.query(`update customer set language = 'pt-BR', assigned_on = '2026-10-01' where id = 'contoso'`)
  await its.owner.query(`insert into contact (customer_id, id, name, email, language, do_not_contact, version) values
    ('contoso', '${JOAO}', 'João', 'joao@example.org', null, null, 1),
    ('contoso', '${EVE}', 'Eve', 'eve@example.org', null, 'asked us not to', 1),
    ('contoso', '${MARY}', 'Mary', 'mary@example.org', 'en', null, 1)`)
})
afterAll(() => its.close())

const contact = (id: string, isOptional = false) => ({ contact: id, person: null, isOptional })
const person = (id: string) => ({ contact: null, person: id, isOptional: false })
const weekly: NewCadence = {
  kind: 'customer',
  title: 'Check-in',
  rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
  startsLocal: '2026-11-24T10:00',
  timeZone: 'America/Sao_Paulo',
  minutes: 30,
  organizer: null,
  location: null,
  services: [],
  attendees: [contact(JOAO), person('tomas')],
}
const single: NewMeeting = {
  kind: 'internal',
  title: 'Preparation',
  startsLocal: '2026-11-23T09:00',
  timeZone: 'Europe/Lisbon',
  minutes: 45,
  organizer: null,
  location: 'Room 1',
  services: ['teams'],
  items: [],
  attendees: [person('tomas')],
  agenda: null,
}
const asSet = (meeting: MeetingView, change: Partial<SetMeeting> = {}): SetMeeting & { customerId: string; meetingId: string } => ({
  customerId: 'contoso',
  meetingId: meeting.id,
  title: meeting.title,
  startsLocal: meeting.startsLocal,
  timeZone: meeting.timeZone,
  minutes: meeting.minutes,
  organizer: null,
  location: meeting.location,
  services: meeting.services,
  items: meeting.items.map(each => each.id),
  attendees: meeting.attendees.map(({ contact, person, isOptional }) => ({ contact, person, isOptional })),
  version: meeting.version,
  ...change,
})
const begin = async (change: Partial<NewCadence> = {}) => {
  const before = new Set((await getCustomerMeetings(context, rita, 'contoso')).cadences.map(each => each.id))
  const view = await createCadence(context, rita, { ...weekly, ...change, customerId: 'contoso' })
  const cadence = view.cadences.find(each => !before.has(each.id))
  if (!cadence) throw new Error('it is there')
  return { view, cadence, meetings: view.upcoming.filter(each => each.cadence === cadence.id) }
}
const ofSeries = (view: CustomerMeetings, cadence: string) => view.upcoming.filter(each => each.cadence === cadence)

/** Jobs that wait, done in order, as the worker does; twice, as after a crash. */
async function invite(): Promise<void> {
  const { rows } = await its.owner.query<{ id: string; data: unknown }>(
    `select id, data from pgboss.job where name = 'invite' and state = 'created' order by created_on, id`,
  )
  for (const { id, data } of rows) {
    await sendInvitations(mail, directory, data)
    await sendInvitations(mail, directory, data)
    await its.owner.query(`update pgboss.job set state = 'completed' where id = $1`, [id])
  }
}
type Told = Readonly<{
  address: string
  subject: string
  text: string
  attachments: readonly MailAttachment[]
  customer_id: string | null
  contact_id: string | null
}>
let told = 0
/** Mails since the last call. */
async function newMails(): Promise<readonly Told[]> {
  await invite()
  const { rows } = await its.owner.query<Told>(`select * from mail where kind = 'meeting' order by created_at, ctid`)
  const fresh = rows.slice(told)
  told = rows.length
  return [...fresh].sort((a, b) => (a.address < b.address ? -1 : 1))
}
function read({ attachments }: Told) {
  const root = new ICAL.Component(ICAL.parse(attachments[0]?.content ?? ''))
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  return { method: root.getFirstPropertyValue('method'), events: root.getAllSubcomponents('vevent').map(each => new ICAL.Event(each)) }
}

test('a series sets down its meetings, invites once each, in the language of the one invited, and stands on record', async () => {
  const { cadence, meetings } = await begin()
  expect(cadence.ruleText).toEqual({ en: 'every 2 weeks on Tuesday', 'pt-BR': 'a cada 2 semanas, terça-feira' })
  expect(meetings.map(each => localOf(each.startsAt, each.timeZone))).toEqual(
    ['2026-11-24', '2026-12-08', '2026-12-22', '2027-01-05', '2027-01-19'].map(day => `${day}T10:00`),
  )
  const mails = await newMails()
  expect(mails.map(each => [each.address, each.subject, each.customer_id, each.contact_id])).toEqual([
    ['joao@example.org', 'Convite para uma reunião', 'contoso', JOAO],
    ['tomas@impulso.example', 'Invitation to a meeting', null, null],
  ])
  const { method, events } = read(mails[0] as Told)
  expect([method, events[0]?.uid, events[0]?.sequence, events[0]?.organizer?.toLowerCase()]).toEqual([
    'REQUEST',
    `${cadence.id}@impulso`,
    0,
    'mailto:rita@impulso.example',
  ])
  const { events: record } = await getEvents(context, rita, 'contoso', { limit: 1 })
  expect(record[0]).toMatchObject({ kind: 'cadence-added', summary: { en: 'Series of meetings arranged: Check-in' } })
  expect((await verifyEvents(context.db, 'contoso')).broken).toEqual([])
  expect((await getCustomerMeetings(context, rita, 'contoso')).cadences[0]?.attendees.every(each => each.isInvited)).toBe(true)
  await endCadence(context, rita, { customerId: 'contoso', cadenceId: cadence.id, version: cadence.version })
  const cancelled = await newMails()
  expect(cancelled.map(each => [each.address, read(each).method, read(each).events[0]?.uid, read(each).events[0]?.sequence])).toEqual([
    ['joao@example.org', 'CANCEL', `${cadence.id}@impulso`, 1],
    ['tomas@impulso.example', 'CANCEL', `${cadence.id}@impulso`, 1],
  ])
})

test.each([
  ['a part of a rule', { rule: 'FREQ=WEEKLY;BYSETPOS=1' }, 'rule', /BYSETPOS/],
  ['a day that the rule does not have', { startsLocal: '2026-11-25T10:00' }, 'startsLocal', /2026-12-08|2026-12-01/],
  ['a zone', { timeZone: 'Brasilia' }, 'timeZone', /Brasilia/],
  [
    'a time that clocks leave out',
    { timeZone: 'America/New_York', startsLocal: '2027-03-14T02:30', rule: 'FREQ=DAILY' },
    'startsLocal',
    /leave/,
  ],
  ['a contact who is not to be contacted', { attendees: [contact(JOAO), contact(EVE)] }, 'attendees.1', /asked us not to/],
  ['a contact who is not there', { attendees: [contact('00000000-0000-4000-8000-00000000000f')] }, 'attendees.0', /no contact/],
  ['a person who is not there', { attendees: [person('nobody')] }, 'attendees.0', /nobody/],
  ['somebody twice', { attendees: [contact(JOAO), contact(JOAO, true)] }, 'attendees.1', /twice/],
  ['a service', { services: ['fax'] }, 'services', /fax/],
  ['an organizer', { organizer: 'nobody' }, 'organizer', /nobody/],
  ['an organizer who does not work for the customer', { organizer: 'tomas' }, 'organizer', /in the name of those who do/],
])('of a series, %s that cannot be is refused by its name, and nothing is kept', async (_, change, path, message) => {
  const before = await getCustomerMeetings(context, rita, 'contoso')
  await expect(createCadence(context, rita, { ...weekly, ...change, customerId: 'contoso' })).rejects.toMatchObject({
    code: 'invalid-input',
    details: [{ path, message: expect.stringMatching(message) }],
  })
  expect(await getCustomerMeetings(context, rita, 'contoso')).toEqual(before)
})

test('one meeting of a series is moved and cancelled by its RECURRENCE-ID, and the series goes on', async () => {
  const { cadence, meetings } = await begin()
  await newMails()
  const second = await getMeeting(context, rita, 'contoso', meetings[1]?.id ?? '')
  const moved = await setMeeting(context, rita, asSet(second, { startsLocal: '2026-12-09T11:00' }))
  expect([moved.occurrence, moved.startsAt]).toEqual(['2026-12-08T13:00:00.000Z', '2026-12-09T14:00:00.000Z'])
  const [update] = await newMails()
  const { method, events } = read(update as Told)
  expect([update?.subject, method, events[0]?.uid, events[0]?.sequence, events[0]?.recurrenceId?.toJSDate().toISOString()]).toEqual([
    'Uma reunião foi alterada',
    'REQUEST',
    `${cadence.id}@impulso`,
    1,
    '2026-12-08T13:00:00.000Z',
  ])
  await cancelMeeting(context, rita, { customerId: 'contoso', meetingId: moved.id, version: moved.version })
  const [cancelled] = await newMails()
  const gone = read(cancelled as Told)
  expect([gone.method, gone.events[0]?.sequence, gone.events[0]?.recurrenceId?.toJSDate().toISOString()]).toEqual([
    'CANCEL',
    2,
    '2026-12-08T13:00:00.000Z',
  ])
  // Another one, which had no attendees of its own.
  const third = await getMeeting(context, rita, 'contoso', meetings[2]?.id ?? '')
  await cancelMeeting(context, rita, { customerId: 'contoso', meetingId: third.id, version: third.version })
  expect((await newMails()).map(each => [each.address, read(each).method])).toEqual([
    ['joao@example.org', 'CANCEL'],
    ['tomas@impulso.example', 'CANCEL'],
  ])
  // The whole series by an hour: those cancelled do not come back.
  const now = (await getCustomerMeetings(context, rita, 'contoso')).cadences.find(each => each.id === cadence.id)
  const view = await setCadence(context, rita, {
    ...weekly,
    startsLocal: '2026-11-24T11:00',
    customerId: 'contoso',
    cadenceId: cadence.id,
    version: now?.version ?? 0,
  })
  expect(ofSeries(view, cadence.id)[0]?.startsAt).toBe('2026-11-24T14:00:00.000Z')
  const [series] = await newMails()
  const all = read(series as Told)
  expect([series?.subject, all.events.length, all.events[0]?.sequence, all.events[0]?.isRecurring()]).toEqual([
    'Uma reunião foi alterada',
    1,
    1,
    true,
  ])
  const ended = view.cadences.find(each => each.id === cadence.id)
  await endCadence(context, rita, { customerId: 'contoso', cadenceId: cadence.id, version: ended?.version ?? 0 })
  await newMails()
})

test('what was written to a meeting stays when its series moves by an hour', async () => {
  const { cadence, meetings } = await begin({ attendees: [] })
  const first = await getMeeting(context, rita, 'contoso', meetings[0]?.id ?? '')
  await setMeetingNotes(context, rita, { customerId: 'contoso', meetingId: first.id, agenda: '## Ours', version: first.version })
  const { version } = (await getCustomerMeetings(context, rita, 'contoso')).cadences.find(each => each.id === cadence.id) ?? { version: 0 }
  const view = await setCadence(context, rita, {
    ...weekly,
    attendees: [],
    startsLocal: '2026-11-24T15:00',
    customerId: 'contoso',
    cadenceId: cadence.id,
    version,
  })
  const coming = ofSeries(view, cadence.id)
  expect(coming.map(each => localOf(each.startsAt, each.timeZone).slice(11))).toEqual(coming.map(() => '15:00'))
  const kept = await getMeeting(context, rita, 'contoso', coming[0]?.id ?? '')
  expect([kept.agenda, kept.agendaIsOwn]).toEqual(['## Ours', true])
  const again = view.cadences.find(each => each.id === cadence.id)
  await endCadence(context, rita, { customerId: 'contoso', cadenceId: cadence.id, version: again?.version ?? 0 })
})

test('who is taken away hears it, who is added is invited, the others hear nothing', async () => {
  const made = await createMeeting(context, rita, {
    ...single,
    kind: 'customer',
    attendees: [contact(JOAO), person('tomas')],
    customerId: 'contoso',
  })
  expect((await newMails()).length).toBe(2)
  await setMeeting(context, rita, asSet(made, { attendees: [contact(MARY), person('tomas')] }))
  expect((await newMails()).map(each => [each.address, read(each).method, read(each).events[0]?.attendees.length])).toEqual([
    ['joao@example.org', 'CANCEL', 1],
    ['mary@example.org', 'REQUEST', 2],
  ])
})

test('two people change a meeting: the second sees both', async () => {
  const made = await createMeeting(context, rita, { ...single, customerId: 'contoso' })
  await setMeeting(context, rita, asSet(made, { title: 'Theirs' }))
  await expect(setMeeting(context, rita, asSet(made, { title: 'Yours' }))).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { title: 'Theirs' }, yours: { title: 'Yours' } },
  })
})

test('a meeting that ends before it begins is refused by the database, and told by its field', async () => {
  await expect(createMeeting(context, rita, { ...single, minutes: -5, customerId: 'contoso' })).rejects.toMatchObject({
    code: 'invalid-input',
    details: [{ path: 'minutes' }],
  })
})

test('the link of an invitation keeps an answer and tells the organizer; another link is nobody’s', async () => {
  const made = await createMeeting(context, rita, { ...single, kind: 'customer', attendees: [contact(JOAO)], customerId: 'contoso' })
  const [invitation] = await newMails()
  const token = /\/answer\/([\w-]{43})/.exec(invitation?.text ?? '')?.[1] ?? ''
  expect(token).toBe(answerToken(context, made.attendees[0]?.id ?? ''))
  expect(read(invitation as Told).events[0]?.description).toBe(`Responda aqui: ${PUBLIC}/answer/${token}`)
  const { rows } = await its.owner.query<{ found: boolean }>(
    `select exists (select from attendee a where a::text like '%' || $1 || '%') as found`,
    [token],
  )
  expect(rows[0]?.found).toBe(false)
  expect(await getAnswerPage(context, token)).toMatchObject({
    title: 'Preparation',
    answer: 'needs-action',
    language: 'pt-BR',
    isOver: false,
  })
  await giveAnswer(context, token, { answer: 'tentative', comment: 'if I am back' })
  await giveAnswer(context, token, { answer: 'tentative', comment: 'if I am back' })
  const after = await getMeeting(context, rita, 'contoso', made.id)
  expect(after.attendees[0]).toMatchObject({ answer: 'tentative', comment: 'if I am back' })
  expect(after.answers).toEqual({ accepted: 0, declined: 0, tentative: 1, 'needs-action': 0 })
  const told = await context.db.selectFrom('notification').selectAll().where('kind', '=', 'meeting-answered').execute()
  expect(told).toMatchObject([{ person_id: 'rita', summary: { en: 'João may come to Preparation' } }])
  for (const wrong of ['x', `${token.slice(0, 42)}_`, 'A'.repeat(43)])
    expect(await giveAnswer(context, wrong, { answer: 'accepted', comment: null })).toBeUndefined()
  const putAway = (at: string) => its.owner.query(`update contact set archived_at = ${at} where id = '${JOAO}'`)
  await putAway('now()')
  expect(await getAnswerPage(context, token)).toBeUndefined()
  await putAway('null')
  expect(await getAnswerPage(context, token)).toMatchObject({ answer: 'tentative' })
  await setMeeting(context, rita, asSet(after, { attendees: [] }))
  expect(await getAnswerPage(context, token)).toBeUndefined()
  await newMails()
})

test('an answer to one meeting of a series is kept for that one, whatever is answered to the series', async () => {
  const { cadence, meetings } = await begin({ title: 'Answered one by one', attendees: [contact(JOAO), contact(MARY)] })
  const token = answerToken(context, cadence.attendees.find(each => each.contact === JOAO)?.id ?? '')
  const page = await getAnswerPage(context, token)
  expect(page?.occurrences.map(each => each.when)).toEqual(
    ['2026-11-24', '2026-12-08', '2026-12-22', '2027-01-05', '2027-01-19'].map(day => `${day} 10:00 (America/Sao_Paulo)`),
  )
  const second = page?.occurrences[1]?.occurrence ?? ''
  const only = { answer: 'declined' as const, comment: 'away', occurrence: second }
  await giveAnswer(context, token, only)
  await giveAnswer(context, token, only)
  await giveAnswer(context, token, { answer: 'accepted', comment: null })
  await expect(giveAnswer(context, token, { ...only, occurrence: '2026-11-25T13:00:00.000Z' })).rejects.toMatchObject({
    code: 'invalid-input',
  })
  const answersTo = async (index: number) =>
    (await getMeeting(context, rita, 'contoso', meetings[index]?.id ?? '')).attendees
      .filter(each => each.contact === JOAO)
      .map(each => [each.answer, each.comment, each.isOnlyThis])
  expect([await answersTo(0), await answersTo(1)]).toEqual([[['accepted', null, false]], [['declined', 'away', true]]])
  expect((await getCustomerMeetings(context, rita, 'contoso')).upcoming.find(each => each.id === meetings[1]?.id)?.answers).toMatchObject({
    declined: 1,
    accepted: 0,
    'needs-action': 1,
  })
  const told = await context.db
    .selectFrom('notification')
    .select(['summary', 'path'])
    .where('kind', '=', 'meeting-answered')
    .where('path', 'like', `%${meetings[1]?.id}%`)
    .execute()
  expect(told).toMatchObject([{ summary: { en: 'João declined Answered one by one (2026-12-08 10:00 (America/Sao_Paulo))' } }])
  await its.context.db.transaction().execute(trx => forgetContact(trx, 'contoso', JOAO))
  expect(await answersTo(1)).toEqual([['declined', null, true]])
  // To another time everybody is asked anew.
  const moved = await getMeeting(context, rita, 'contoso', meetings[1]?.id ?? '')
  await setMeeting(context, rita, asSet(moved, { startsLocal: '2026-12-09T10:00' }))
  expect(await answersTo(1)).toEqual([['needs-action', null, false]])
  await endCadence(context, rita, { customerId: 'contoso', cadenceId: cadence.id, version: cadence.version })
  await newMails()
})

test('an agenda comes from the data in the customer’s language until somebody writes it, and is made again only when told to', async () => {
  await its.owner.query(`insert into blocker (customer_id, id, title, reason, reason_version, opened_by, opened_at, next_action, next_action_on, version)
    values ('contoso', gen_random_uuid(), 'Proxy *blocks* calls', 'other', 1, 'rita', '2026-11-01', 'open the ports', '2026-12-01', 1)`)
  const made = await createMeeting(context, rita, { ...single, customerId: 'contoso' })
  expect([made.agendaIsOwn, made.agenda]).toEqual([
    false,
    expect.stringContaining('## Bloqueios em aberto\n\n- Proxy \\*blocks\\* calls: open the ports (até 2026-12-01)'),
  ])
  const where = { customerId: 'contoso', meetingId: made.id }
  const written = await setMeetingNotes(context, rita, { ...where, agenda: 'Mine', version: made.version })
  await expect(remakeAgenda(context, rita, { ...where, replace: false, version: written.version })).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { agenda: 'Mine' }, yours: { agenda: made.agenda } },
  })
  expect((await getMeeting(context, rita, 'contoso', made.id)).agenda).toBe('Mine')
  const again = await remakeAgenda(context, rita, { ...where, replace: true, version: written.version })
  expect([again.agendaIsOwn, again.agenda]).toEqual([false, made.agenda])
})

test('one meeting that was held completes the check-in items of several services; follow-ups become items', async () => {
  const later = at('2026-11-23T12:00:00Z')
  const made = await createMeeting(context, rita, { ...single, kind: 'customer', services: [], attendees: [], customerId: 'contoso' })
  const where = { customerId: 'contoso', meetingId: made.id }
  await expect(setMeetingResult(context, rita, { ...where, state: 'held', completes: [], version: made.version })).rejects.toMatchObject({
    code: 'invalid-input',
  })
  const completes = made.coverable.map(each => each.id)
  expect(completes).toEqual(['support-success-execution/success-check-ins@exchange', 'support-success-execution/success-check-ins@teams'])
  const held = await setMeetingResult(later, rita, {
    ...where,
    state: 'held',
    outcome: 'Agreed on a pilot',
    completes,
    version: made.version,
  })
  expect([held.state, held.outcome, held.items.map(each => each.status), held.coverable]).toEqual([
    'held',
    'Agreed on a pilot',
    ['complete', 'complete'],
    [],
  ])
  expect(held.agenda).toContain('##')
  const followed = await addMeetingFollowUp(later, rita, {
    ...where,
    title: 'Send the list',
    service: 'teams',
    assignee: 'tomas',
    due: null,
  })
  expect(followed.followUps).toMatchObject([{ title: 'Send the list', assignee: { id: 'tomas', name: 'Tomás' } }])
  expect((await verifyEvents(context.db, 'contoso')).broken).toEqual([])
})

test('people are reminded once of a meeting of the next day, again when it moves', async () => {
  const made = await createMeeting(context, rita, { ...single, startsLocal: '2027-02-02T10:00', customerId: 'contoso' })
  const remind = async (now: string) => {
    await remindOfMeetings(at(now))
    const rows = await context.db.selectFrom('notification').select('person_id').where('key', 'like', `meeting-soon:${made.id}:%`).execute()
    return rows.map(row => row.person_id).sort()
  }
  expect(await remind('2027-02-01T09:00:00Z')).toEqual([])
  expect(await remind('2027-02-01T11:00:00Z')).toEqual(['rita', 'tomas'])
  expect(await remind('2027-02-01T12:00:00Z')).toEqual(['rita', 'tomas'])
  await setMeeting(context, rita, asSet(await getMeeting(context, rita, 'contoso', made.id), { startsLocal: '2027-02-02T15:00' }))
  expect(await remind('2027-02-01T18:00:00Z')).toEqual(['rita', 'rita', 'tomas', 'tomas'])
})

test('each night one more day of every series is set down', async () => {
  const { cadence, meetings } = await begin({ rule: 'FREQ=WEEKLY;BYDAY=TU', attendees: [] })
  await planAllMeetings(at('2026-12-22T04:00:00Z'))
  await planAllMeetings(at('2026-12-22T04:00:00Z'))
  const view = await getCustomerMeetings(context, rita, 'contoso')
  expect(ofSeries(view, cadence.id).length).toBe(meetings.length + 4)
  await endCadence(context, rita, {
    customerId: 'contoso',
    cadenceId: cadence.id,
    version: view.cadences.find(each => each.id === cadence.id)?.version ?? 0,
  })
})

test('a customer is overdue when nobody met it within its cadence and no meeting is arranged within the next', async () => {
  await addTestCustomer(
    context,
    { customer: { id: 'fabrikam', name: 'Fabrikam' }, services: { teams: { activatedOn: '2026-10-01' } } },
    'fabrikam.example',
  )
  await its.owner.query(`update customer set assigned_on = '2026-11-10' where id = 'fabrikam'`)
  await its.owner.query(`insert into assignment (id, customer_id, person_id, role, service, is_primary, since)
    values (gen_random_uuid(), 'fabrikam', 'rita', 'fasttrack-manager', null, true, '2026-11-01')`)
  const state = async (now: string) => {
    const { contact } = await getCustomerMeetings(at(now), rita, 'fabrikam')
    return [contact.weeks, contact.weeksFrom, contact.dueBy, contact.isOverdue]
  }
  expect(await state('2026-11-24T10:00:00Z')).toEqual([2, 'usual', '2026-11-24', false])
  expect(await state('2026-11-25T10:00:00Z')).toEqual([2, 'usual', '2026-11-24', true])
  const made = await createMeeting(context, rita, {
    ...single,
    kind: 'customer',
    startsLocal: '2026-12-01T10:00',
    attendees: [],
    customerId: 'fabrikam',
  })
  expect(await state('2026-11-25T10:00:00Z')).toEqual([2, 'usual', '2026-11-24', false])
  await setMeetingResult(at('2026-12-01T12:00:00Z'), rita, {
    customerId: 'fabrikam',
    meetingId: made.id,
    state: 'held',
    completes: [],
    version: made.version,
  })
  expect(await state('2026-12-15T10:00:00Z')).toEqual([2, 'usual', '2026-12-15', false])
  expect(await state('2026-12-16T10:00:00Z')).toEqual([2, 'usual', '2026-12-15', true])
  const overdue = await getOverdue(at('2026-12-16T10:00:00Z'), rita, { at: 0, limit: 10, mine: true })
  expect(overdue.customers.map(each => [each.id, each.contact.because.en])).toEqual([
    ['fabrikam', 'A meeting every 2 weeks (usual here): last met on 2026-12-01, none arranged; due by 2026-12-15, overdue'],
  ])
  await tellOverdue(at('2026-12-16T10:00:00Z'))
  await tellOverdue(at('2026-12-17T10:00:00Z'))
  const told = await context.db
    .selectFrom('notification')
    .selectAll()
    .where('kind', '=', 'contact-overdue')
    .where('customer_id', '=', 'fabrikam')
    .execute()
  expect(told.map(row => [row.person_id, row.key])).toEqual([['rita', 'contact-overdue:fabrikam:2026-12-15']])
})

test.each([
  ['FREQ=WEEKLY;BYDAY=TU', 1],
  ['FREQ=WEEKLY;INTERVAL=3;BYDAY=TU', 3],
  ['FREQ=MONTHLY;BYDAY=4TU', 5],
  ['FREQ=MONTHLY;INTERVAL=2;BYDAY=4TU', 10],
  ['FREQ=DAILY;INTERVAL=10', 2],
])('a series of %s asks for a contact every %i weeks', async (rule, weeks) => {
  const id = `every-${weeks}`
  await addTestCustomer(context, { customer: { id, name: id }, services: {} }, `${id}.example`)
  await createCadence(context, rita, { ...weekly, rule, attendees: [], customerId: id })
  const { contact } = await getCustomerMeetings(context, rita, id)
  expect([contact.weeks, contact.weeksFrom]).toEqual([weeks, 'series'])
})

test('a customer says in which phase it is and when it is met next', async () => {
  await addTestCustomer(
    context,
    { customer: { id: 'headed', name: 'Headed' }, services: { teams: { activatedOn: '2026-10-01' } } },
    'headed.example',
  )
  expect((await getCustomer(context, rita, 'headed')).nextMeeting).toBeNull()
  const made = await createMeeting(context, rita, { ...single, kind: 'customer', attendees: [], customerId: 'headed' })
  const { phase, nextMeeting } = await getCustomer(context, rita, 'headed')
  expect(phase?.en).toEqual(expect.any(String))
  expect(nextMeeting).toEqual({ id: made.id, at: made.startsAt })
  expect((await getCustomer(at('2027-11-24T10:00:00Z'), rita, 'headed')).nextMeeting).toBeNull()
})

test('a feed shows what its person attends, without notes; a new one ends the old', async () => {
  const tomas: Actor = { ...rita, personId: 'tomas', name: 'Tomás' }
  const people = { getPerson: async (id: string) => account(id, id) }
  const { cadence } = await begin({ attendees: [person('tomas')] })
  const made = await createMeeting(context, rita, { ...single, agenda: 'SECRET AGENDA', customerId: 'contoso' })
  const url = (await makeFeed(context, tomas, PUBLIC)).url ?? ''
  const token = /\/calendar\/([\w-]{43})\.ics$/.exec(url)?.[1] ?? ''
  const feed = await readFeed(context, people, token)
  const text = feed?.text ?? ''
  const uids = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map(each => new ICAL.Event(each).uid)
  expect([uids.includes(`${cadence.id}@impulso`), uids.includes(`${made.id}@impulso`)]).toEqual([true, true])
  expect([text.includes('SECRET'), text.includes('example.org'), text.includes('Contoso')]).toEqual([false, false, true])
  expect((await readFeed(at('2026-11-21T11:00:00Z'), people, token))?.tag).toBe(feed?.tag)
  await makeFeed(context, tomas, PUBLIC)
  expect(await readFeed(context, people, token)).toBeUndefined()
  const disabled = { getPerson: async (id: string) => ({ ...account(id, id), state: 'disabled' as const }) }
  const fresh = /\/calendar\/([\w-]{43})/.exec((await makeFeed(context, tomas, PUBLIC)).url ?? '')?.[1] ?? ''
  expect(await readFeed(context, disabled, fresh)).toBeUndefined()
})

test('meetings across customers are found by kind, words, days and person', async () => {
  const find = async (query: object) => (await getMeetings(context, rita, { at: 0, limit: 200, ...query })).meetings
  const own = await find({ q: 'fabri' })
  expect(own.map(each => each.customer)).toEqual(['fabrikam'])
  expect((await find({ kind: 'internal' })).every(each => each.kind === 'internal')).toBe(true)
  expect((await find({ from: '2027-02-01', to: '2027-02-02', kind: 'internal' })).map(each => each.startsAt.slice(0, 10))).toEqual([
    '2027-02-02',
  ])
  expect(await find({ q: '%' })).toEqual([])
})

test('a series that is ended while the night sets its meetings down gets none of them', async () => {
  const { cadence } = await begin({ rule: 'FREQ=WEEKLY;BYDAY=TU', attendees: [] })
  const scheduled = async () => {
    const { rows } = await its.owner.query(`select from meeting where cadence_id = '${cadence.id}' and state = 'scheduled'`)
    return rows.length
  }
  const before = await scheduled()
  let planned: Promise<number> | undefined
  await context.db.transaction().execute(async trx => {
    await trx.updateTable('cadence').set({ ended_at: '2026-12-20T00:00:00Z' }).where('id', '=', cadence.id).execute()
    planned = planAllMeetings(at('2026-12-22T04:00:00Z'))
    // It gets as far as it can before this is committed.
    await Promise.race([planned, new Promise(done => setTimeout(done, 300))])
  })
  await planned
  expect(await scheduled()).toBe(before)
})

test('a customer that is put away is neither planned for nor reminded of', async () => {
  await addTestCustomer(context, { customer: { id: 'gone', name: 'Gone' } }, 'gone.example')
  const asked = { ...single, customerId: 'gone', attendees: [], items: [], services: [] }
  await createMeeting(context, rita, { ...asked, startsLocal: '2027-03-02T10:00' })
  const { cadences } = await createCadence(context, rita, { ...weekly, customerId: 'gone', attendees: [], services: [] })
  const count = async (sql: string) => (await its.owner.query(sql)).rows.length
  const meetings = () => count(`select from meeting where cadence_id = '${cadences[0]?.id}'`)
  const before = await meetings()
  await its.owner.query(`update customer set archived_at = now() where id = 'gone'`)
  await planAllMeetings(at('2027-03-01T11:00:00Z'))
  await remindOfMeetings(at('2027-03-01T11:00:00Z'))
  expect([await meetings(), await count(`select from notification where customer_id = 'gone'`)]).toEqual([before, 0])
  await its.owner.query(`update customer set archived_at = null where id = 'gone'`)
  await planAllMeetings(at('2027-03-01T11:00:00Z'))
  await remindOfMeetings(at('2027-03-01T11:00:00Z'))
  expect([(await meetings()) > before, await count(`select from notification where customer_id = 'gone'`)]).toEqual([true, 1])
})

test('an address that nobody can write to keeps nobody else from being invited', async () => {
  const ODD = '00000000-0000-4000-8000-000000000004'
  await its.owner.query(
    `insert into contact (customer_id, id, name, email, version) values ('contoso', '${ODD}', 'Odd', 'odd..one@example.org', 1)`,
  )
  await newMails()
  const asked = [contact(ODD), contact(MARY)]
  const made = await createMeeting(context, rita, { ...single, startsLocal: '2027-04-06T10:00', attendees: asked, customerId: 'contoso' })
  expect((await newMails()).map(each => each.address)).toEqual(['mary@example.org'])
  const { attendees } = await getMeeting(context, rita, 'contoso', made.id)
  expect(attendees.map(each => [each.name, each.isInvited, each.problem])).toEqual([
    ['Mary', true, null],
    ['Odd', false, 'no-address'],
  ])
})
