import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { localOf } from '../../calendar/zone.ts'
import { type Simulator, startSimulator } from '../../graph/simulator/simulator.ts'
import { plainTenant, type SimulatedTenant } from '../../graph/simulator/tenants.ts'
import type { MeetingView, NewCadence, NewMeeting, SetMeeting } from '../../model/meeting-api.ts'
import { SetConnection } from '../../model/usage-api.ts'
import { Day } from '../../model/words.ts'
import { savePeople } from '../../store/customers.ts'
import type { PersonAccount } from '../auth/types.ts'
import type { ConnectingContext } from '../connections/connecting.ts'
import { takeDeckData } from '../decks/decks.ts'
import { getCustomerMeetings, getMeeting } from '../meetings/get-meetings.ts'
import { type Inviting, sendInvitations } from '../meetings/invite.ts'
import { createCadence, endCadence, setCadence } from '../meetings/set-cadence.ts'
import { cancelMeeting, createMeeting, setMeeting } from '../meetings/set-meeting.ts'
import type { Actor } from '../policy.ts'
import { SYSTEM } from '../policy.ts'
import { simulated, type TestClock } from '../sync/simulated-testing.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { dropCalendarConnection, getCalendarConnection, setCalendarConnection, testCalendarConnection } from './connection.ts'
import { followOutlook } from './follow.ts'

const TODAY = Day.parse('2026-11-21')
const START = Date.parse('2026-11-21T10:00:00Z')
const JOAO = '00000000-0000-4000-8000-000000000001'
const rita: Actor = { personId: 'rita', name: 'Rita', right: 'administrator', scope: 'all' }
const account = (id: string): PersonAccount => ({
  id,
  name: id,
  email: `${id}@impulso.example`,
  right: 'administrator',
  scope: 'all',
  locale: 'en',
  isDemo: false,
  state: 'active',
  hasTwoFactor: false,
  lastSignInAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
})
const directory = { listPeople: async () => ({ people: ['rita', 'tomas', 'nora'].map(account), next: null, total: 3 }) }

let its: TestContext
let simulator: Simulator
let tenant: SimulatedTenant
let clock: TestClock
let context: ConnectingContext & Inviting
const logged: string[] = []

beforeAll(async () => {
  clock = { at: START }
  its = await testContext(new Date(START), (_, message, details) => logged.push(`${message} ${JSON.stringify(details)}`))
  tenant = plainTenant({ index: 0, users: 20, today: TODAY, withoutMailbox: ['nora@impulso.example'] })
  simulator = await startSimulator({ tenants: [tenant], today: TODAY, clock: () => clock.at })
  const now = () => new Date(clock.at)
  const withClock = (from: TestContext['context']): ConnectingContext & Inviting => ({
    ...from,
    now,
    as: actor => withClock(its.context.as(actor)),
    graph: simulated(simulator.url, clock),
    mail: { smtp: null, publicUrl: 'https://impulso.example' },
  })
  context = withClock(its.context)
  await addTestCustomer(context, { customer: { id: 'contoso', name: 'Contoso' }, services: {} }, 'contoso.example')
  await context.db.transaction().execute(trx =>
    savePeople(
      trx,
      ['rita', 'tomas', 'nora'].map(id => ({ id, name: id })),
    ),
  )
  await its.owner.query(
    `insert into contact (customer_id, id, name, email, version) values ('contoso', '${JOAO}', 'João', 'joao@example.org', 1)`,
  )
  await its.owner.query(`insert into assignment (customer_id, id, person_id, role, since)
    select 'contoso', person, person, 'engineer', '2026-01-01' from unnest('{tomas,nora}'::text[]) person`)
})
afterAll(async () => {
  await simulator.close()
  await its.close()
})
beforeEach(async () => {
  await connect(true)
})

async function connect(enabled: boolean): Promise<void> {
  const { connection } = await getCalendarConnection(context, rita)
  const { directory: tenantId, clientId, secret } = tenant
  const input = {
    cloud: 'simulator',
    directory: tenantId,
    clientId,
    credential: { kind: 'secret', secret },
    enabled,
    version: connection?.version ?? 0,
  }
  await setCalendarConnection(context, rita, SetConnection.parse(input))
}

/** Jobs that wait, done as the worker does; twice, as after a crash. */
async function invite(): Promise<void> {
  const { rows } = await its.owner.query<{ id: string; data: unknown }>(
    `select id, data from pgboss.job where name = 'invite' and state = 'created' order by created_on, id`,
  )
  for (const { id, data } of rows) {
    await sendInvitations(context, directory, data)
    await sendInvitations(context, directory, data)
    await its.owner.query(`update pgboss.job set state = 'completed' where id = $1`, [id])
  }
}
const follow = () => followOutlook(context, directory)
const events = (subject: string) => simulator.calendar(tenant.directory).filter(each => each.subject === subject)
const mailsAbout = async (title: string) =>
  (
    await its.owner.query<{ address: string }>(`select address from mail where text like '%' || $1 || '%' order by address`, [title])
  ).rows.map(each => each.address)
const asked = () => simulator.requests().filter(each => each.fn === 'calendar').length

const contact = { contact: JOAO, person: null, isOptional: false }
const person = (id: string) => ({ contact: null, person: id, isOptional: true })
const single = (title: string, change: Partial<NewMeeting> = {}): NewMeeting & { customerId: string } => ({
  customerId: 'contoso',
  kind: 'customer',
  title,
  startsLocal: '2026-11-25T09:00',
  timeZone: 'Europe/Lisbon',
  minutes: 45,
  organizer: null,
  location: 'Room 1',
  services: [],
  items: [],
  attendees: [contact, person('tomas')],
  agenda: null,
  ...change,
})
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
  items: [],
  attendees: meeting.attendees.map(({ contact, person, isOptional }) => ({ contact, person, isOptional })),
  version: meeting.version,
  ...change,
})
const read = (meeting: Pick<MeetingView, 'id'>) => getMeeting(context, rita, 'contoso', meeting.id)
const weekly = (title: string, change: Partial<NewCadence> = {}): NewCadence & { customerId: string } => ({
  customerId: 'contoso',
  kind: 'customer',
  title,
  rule: 'FREQ=WEEKLY;BYDAY=TU',
  startsLocal: '2027-02-16T10:00',
  timeZone: 'America/New_York',
  minutes: 30,
  organizer: null,
  location: null,
  services: [],
  attendees: [contact],
  ...change,
})
async function begin(title: string, change: Partial<NewCadence> = {}) {
  const view = await createCadence(context, rita, weekly(title, change))
  const cadence = view.cadences.find(each => each.title === title)
  if (!cadence) throw new Error('it is there')
  return cadence
}
const cadenceNamed = async (title: string) =>
  (await getCustomerMeetings(context, rita, 'contoso')).cadences.find(each => each.title === title)

test('a meeting is one event in the organizer’s Outlook, from its invitation to its cancelling, and no mail goes out', async () => {
  const made = await createMeeting(context, rita, single('Kick-off'))
  expect(made.calendar).toEqual({ way: null, state: null, problem: null })
  await invite()
  const [event] = events('Kick-off')
  expect(event).toMatchObject({
    mailbox: 'rita@impulso.example',
    location: 'Room 1',
    instances: ['2026-11-25T09:00:00.000Z'],
    attendees: [
      { email: 'joao@example.org', type: 'required' },
      { email: 'tomas@impulso.example', type: 'optional' },
    ],
  })
  const invited = await read(made)
  expect([invited.calendar, invited.attendees.every(each => each.isInvited)]).toEqual([
    { way: 'outlook', state: 'sent', problem: null },
    true,
  ])
  await setMeeting(context, rita, asSet(invited, { startsLocal: '2026-11-25T11:00', attendees: [contact] }))
  await invite()
  expect(events('Kick-off').map(each => [each.id, each.instances, each.attendees.length])).toEqual([
    [event?.id, ['2026-11-25T11:00:00.000Z'], 1],
  ])
  const { version } = await read(made)
  await cancelMeeting(context, rita, { customerId: 'contoso', meetingId: made.id, version })
  await invite()
  expect(events('Kick-off').map(each => each.state)).toEqual(['cancelled'])
  expect(
    simulator
      .notices()
      .filter(each => each.event === event?.id)
      .map(each => `${each.to} ${each.what}`),
  ).toEqual([
    'joao@example.org invitation',
    'tomas@impulso.example invitation',
    'joao@example.org update',
    'tomas@impulso.example cancellation',
    'joao@example.org cancellation',
  ])
  expect(await mailsAbout('Kick-off')).toEqual([])
})

test('the deck of the review goes to those whom Outlook invited in a mail of its own, each deck once', async () => {
  const decks = async () =>
    (
      await its.owner.query<{ line: string }>(
        `select concat_ws(' ', address, attachments -> 0 ->> 'name', jsonb_array_length(attachments)) as line
        from mail where kind = 'review-deck' order by 1`,
      )
    ).rows.map(each => each.line)
  await takeDeckData(context, rita, { customerId: 'contoso', version: 0 })
  const made = await createMeeting(context, rita, single('Review', { about: 'review', attachDeck: true }))
  await invite()
  const both = ['joao@example.org', 'tomas@impulso.example'].map(address => `${address} contoso-review-2026-11-21.pdf 1`)
  expect([events('Review').length, await decks()]).toEqual([1, both])
  const moved = await setMeeting(context, rita, asSet(await read(made), { startsLocal: '2026-11-25T11:00' }))
  await invite()
  expect([events('Review')[0]?.instances, await decks()]).toEqual([['2026-11-25T11:00:00.000Z'], both])
  await takeDeckData(context, rita, { customerId: 'contoso', version: 1 })
  await setMeeting(context, rita, asSet(await read(moved), { attendees: [contact] }))
  await invite()
  expect((await decks()).length).toBe(3)
  await cancelMeeting(context, rita, { customerId: 'contoso', meetingId: made.id, version: (await read(made)).version })
  await invite()
  expect([events('Review')[0]?.state, (await decks()).length]).toEqual(['cancelled', 3])
})

test('switched off, mails invite as before, and what began so goes on so', async () => {
  await connect(false)
  const made = await createMeeting(context, rita, single('By mail'))
  await invite()
  await connect(true)
  const invited = await read(made)
  await setMeeting(context, rita, asSet(invited, { startsLocal: '2026-11-25T12:00' }))
  await invite()
  expect(invited.calendar).toEqual({ way: 'mail', state: null, problem: null })
  expect([events('By mail'), (await mailsAbout('By mail')).length]).toEqual([[], 4])
})

test('a series keeps local time over the change of clocks; one of it is moved, one cancelled, and the series moved and ended', async () => {
  const cadence = await begin('Weekly', { startsLocal: '2026-11-24T10:00', timeZone: 'Europe/Lisbon' })
  await invite()
  const [event] = events('Weekly')
  expect(event?.recurrence).toMatchObject({ pattern: { type: 'weekly', daysOfWeek: ['tuesday'] } })
  const local = (at: string) => localOf(at, 'Europe/Lisbon')
  expect(new Set(event?.instances.slice(0, 30).map(each => local(each).slice(11)))).toEqual(new Set(['10:00']))
  expect(new Set(event?.instances.slice(0, 30).map(each => each.slice(11, 16)))).toEqual(new Set(['10:00', '09:00']))
  const meetings = (await getCustomerMeetings(context, rita, 'contoso')).upcoming.filter(each => each.cadence === cadence.id)
  const [, second, third] = meetings
  if (!second || !third) throw new Error('they are there')
  await setMeeting(context, rita, asSet(await read(second), { startsLocal: '2026-12-02T15:00' }))
  await cancelMeeting(context, rita, { customerId: 'contoso', meetingId: third.id, version: (await read(third)).version })
  await invite()
  const soon = () => events('Weekly').map(each => each.instances.slice(0, 3).map(local))
  expect(soon()).toEqual([['2026-11-24T10:00', '2026-12-02T15:00', '2026-12-15T10:00']])
  expect((await read(second)).calendar).toEqual({ way: 'outlook', state: 'sent', problem: null })
  // What is in Outlook is what is here.
  const here = async () =>
    (await getCustomerMeetings(context, rita, 'contoso')).upcoming.filter(each => each.cadence === cadence.id).map(each => each.startsAt)
  const there = async () => events('Weekly')[0]?.instances.slice(0, (await here()).length)
  expect(await there()).toEqual(await here())
  // By an hour: Outlook makes the series anew.
  const now = await cadenceNamed('Weekly')
  await setCadence(context, rita, {
    ...weekly('Weekly', { startsLocal: '2026-11-24T11:00', timeZone: 'Europe/Lisbon' }),
    customerId: 'contoso',
    cadenceId: cadence.id,
    version: now?.version ?? 0,
  })
  await invite()
  expect((await here()).slice(0, 2).map(local)).toEqual(['2026-11-24T11:00', '2026-12-01T11:00'])
  expect(await there()).toEqual(await here())
  // Attendees alone: the single ones stay as they are.
  const fourth = (await getCustomerMeetings(context, rita, 'contoso')).upcoming.filter(each => each.cadence === cadence.id)[3]
  const { version: seen } = await read(fourth ?? { id: '' })
  await cancelMeeting(context, rita, { customerId: 'contoso', meetingId: fourth?.id ?? '', version: seen })
  await invite()
  await setCadence(context, rita, {
    ...weekly('Weekly', { startsLocal: '2026-11-24T11:00', timeZone: 'Europe/Lisbon', attendees: [contact, person('tomas')] }),
    customerId: 'contoso',
    cadenceId: cadence.id,
    version: (await cadenceNamed('Weekly'))?.version ?? 0,
  })
  await invite()
  expect(events('Weekly')[0]?.attendees).toHaveLength(2)
  expect(await there()).toEqual(await here())
  const latest = await cadenceNamed('Weekly')
  await endCadence(context, rita, { customerId: 'contoso', cadenceId: cadence.id, version: latest?.version ?? 0 })
  await invite()
  expect(events('Weekly').map(each => each.state)).toEqual(['cancelled'])
  expect(await mailsAbout('Weekly')).toEqual([])
})

test('an answer lost after the write makes no second event; cut off before it was kept, neither', async () => {
  const made = await createMeeting(context, rita, single('Lost'))
  simulator.planFault({ fault: 'lost-answer', fn: 'calendar' })
  await invite()
  expect(events('Lost')).toHaveLength(1)
  // As if killed between the service's answer and our own record.
  await its.owner.query(
    `update meeting set external_id = null, external_owner = null, external_told = null, outlook_state = 'waiting', title = 'Lost and found' where id = $1`,
    [made.id],
  )
  await follow()
  expect([events('Lost').length, events('Lost and found').length]).toEqual([0, 1])
  expect((await read(made)).calendar.state).toBe('sent')
})

test('when the service asks to wait longer than we wait, it waits until then, and is told then', async () => {
  const made = await createMeeting(context, rita, single('Throttled'))
  simulator.planFault({ fault: 'throttled', fn: 'calendar', times: 5 })
  const { rows } = await its.owner.query<{ data: unknown }>(`select data from pgboss.job where name = 'invite' and state = 'created'`)
  for (const { data } of rows) await sendInvitations(context, directory, data)
  expect((await read(made)).calendar).toEqual({ way: 'outlook', state: 'waiting', problem: 'throttled' })
  const before = asked()
  await its.owner.query(`update meeting set outlook_after = $2 where id = $1`, [made.id, new Date(clock.at + 60_000).toISOString()])
  await follow()
  expect(events('Throttled')).toEqual([])
  clock.at += 61_000
  await follow()
  expect(events('Throttled')).toHaveLength(1)
  expect((await read(made)).calendar).toEqual({ way: 'outlook', state: 'sent', problem: null })
  expect(asked()).toBeGreaterThan(before)
  expect(simulator.requests().filter(each => each.isOverBudget)).toEqual([])
})

test('an organizer without a mailbox there invites by mail, which the meeting says', async () => {
  const made = await createMeeting(context, rita, single('No mailbox', { organizer: 'nora' }))
  await invite()
  expect((await read(made)).calendar).toEqual({ way: 'mail', state: null, problem: 'no-mailbox' })
  expect(await mailsAbout('No mailbox')).toEqual(['joao@example.org', 'tomas@impulso.example'])
  const before = asked()
  await follow()
  expect(events('No mailbox')).toEqual([])
  expect(asked() - before).toBeLessThan(10)
})

test('a mailbox that is closed later has its series told by mail, also when one meeting of it shows that first', async () => {
  const cadence = await begin('Closed later', { startsLocal: '2026-11-24T10:00' })
  await invite()
  simulator.changeTenant(tenant.directory, { closedMailboxes: ['rita@impulso.example'] })
  const cancelled = await createMeeting(context, rita, single('Closed at once'))
  await setCadence(context, rita, {
    ...weekly('Closed later', { startsLocal: '2026-11-24T11:00' }),
    cadenceId: cadence.id,
    version: (await cadenceNamed('Closed later'))?.version ?? 0,
  })
  await its.owner.query(`delete from pgboss.job where name = 'invite' and state = 'created' and data ->> 'cadence' = $1`, [cadence.id])
  const one = (await getCustomerMeetings(context, rita, 'contoso')).upcoming.find(each => each.cadence === cadence.id)
  await cancelMeeting(context, rita, { customerId: 'contoso', meetingId: one?.id ?? '', version: (await read(one ?? { id: '' })).version })
  await invite()
  // The job that the way back to mail left behind.
  await invite()
  simulator.changeTenant(tenant.directory, { closedMailboxes: [] })
  expect((await read(cancelled)).calendar).toEqual({ way: 'mail', state: null, problem: 'closed' })
  expect((await cadenceNamed('Closed later'))?.calendar).toEqual({ way: 'mail', state: null, problem: 'closed' })
  expect((await cadenceNamed('Closed later'))?.attendees.every(each => each.isInvited)).toBe(true)
  expect(await mailsAbout('Closed later')).toContain('joao@example.org')
})

test('a rule that Outlook has no words for goes by mail, as does a series that gets one; the event there is cancelled', async () => {
  await begin('Last day', { rule: 'FREQ=MONTHLY;BYMONTHDAY=-1', startsLocal: '2026-11-30T10:00' })
  const other = await begin('Becomes so', { startsLocal: '2026-11-24T10:00' })
  await invite()
  expect(events('Last day')).toEqual([])
  expect((await cadenceNamed('Last day'))?.calendar).toEqual({ way: 'mail', state: null, problem: 'rule' })
  expect(events('Becomes so').map(each => each.state)).toEqual(['there'])
  const change = weekly('Becomes so', { rule: 'FREQ=MONTHLY;BYDAY=5TU', startsLocal: '2026-12-29T10:00' })
  await setCadence(context, rita, { ...change, cadenceId: other.id, version: other.version })
  await invite()
  expect(events('Becomes so').map(each => each.state)).toEqual(['cancelled'])
  expect((await cadenceNamed('Becomes so'))?.calendar).toMatchObject({ way: 'mail', problem: 'rule' })
  expect(await mailsAbout('Becomes so')).toEqual(['joao@example.org'])
})

test('an event that somebody deletes in Outlook is said to be gone, not asked for again and again, and made anew by the next change', async () => {
  const made = await createMeeting(context, rita, single('Deleted'))
  await invite()
  const [event] = events('Deleted')
  simulator.removeEvent(tenant.directory, event?.id ?? '')
  await follow()
  const gone = await read(made)
  expect(gone.calendar).toEqual({ way: 'outlook', state: 'gone', problem: 'gone' })
  const { id } = event ?? { id: '' }
  simulator.forgetRequests()
  await follow()
  await follow()
  expect(simulator.requests().filter(each => each.what.includes(id))).toEqual([])
  await setMeeting(context, rita, asSet(gone, { startsLocal: '2026-11-25T13:00' }))
  await invite()
  expect(events('Deleted').map(each => [each.state, each.instances])).toEqual([
    ['removed', ['2026-11-25T09:00:00.000Z']],
    ['there', ['2026-11-25T13:00:00.000Z']],
  ])
})

test('another organizer has the event in their own mailbox, and it leaves the former one’s', async () => {
  const made = await createMeeting(context, rita, single('Handed over'))
  await invite()
  await setMeeting(context, rita, asSet(await read(made), { organizer: 'tomas' }))
  await invite()
  expect(events('Handed over').map(each => [each.mailbox, each.state])).toEqual([
    ['rita@impulso.example', 'cancelled'],
    ['tomas@impulso.example', 'there'],
  ])
})

test('what attendees answer in Outlook is kept once and stands on record', async () => {
  const made = await createMeeting(context, rita, single('Answered'))
  await invite()
  const [event] = events('Answered')
  simulator.respond(tenant.directory, event?.id ?? '', 'JOAO@example.org', 'declined')
  expect((await follow()).answers).toBe(1)
  expect((await follow()).answers).toBe(0)
  const { attendees } = await read(made)
  expect(attendees.map(each => [each.name, each.answer])).toEqual([
    ['João', 'declined'],
    ['tomas', 'needs-action'],
  ])
  const { rows } = await its.owner.query(`select kind from event where kind = 'meeting-answered'`)
  expect(rows).toHaveLength(1)
})

test('switched off, what is in Outlook waits and says so; switched on, it is told', async () => {
  const made = await createMeeting(context, rita, single('Off'))
  await invite()
  await connect(false)
  await setMeeting(context, rita, asSet(await read(made), { startsLocal: '2026-11-25T14:00' }))
  await invite()
  expect((await read(made)).calendar).toEqual({ way: 'outlook', state: 'waiting', problem: 'off' })
  await connect(true)
  await follow()
  expect(events('Off').map(each => each.instances)).toEqual([['2026-11-25T14:00:00.000Z']])
})

test('the credential is sealed, never shown, and needed anew for another tenant; what is done stands on record without it', async () => {
  const { connection } = await getCalendarConnection(context, rita)
  const kept = { cloud: 'simulator', directory: tenant.directory, clientId: tenant.clientId, version: connection?.version ?? 0 }
  await expect(
    setCalendarConnection(context, rita, SetConnection.parse({ ...kept, directory: 'elsewhere.example' })),
  ).rejects.toMatchObject({ code: 'invalid-input', details: [{ path: 'credential' }] })
  await expect(setCalendarConnection(context, rita, SetConnection.parse({ ...kept, version: 0 }))).rejects.toMatchObject({
    code: 'conflict',
  })
  const tested = await testCalendarConnection(context, directory, rita)
  expect([tested.state, tested.findings.map(each => each.code)]).toEqual([
    'ok',
    ['signed-in', 'calendar-writable', 'calendar-limit-mailboxes'],
  ])
  const shown = await getCalendarConnection(context, rita)
  expect(shown.connection).toMatchObject({ enabled: true, state: 'ok', credential: 'secret' })
  const { rows } = await its.owner.query(
    `select (select sealed from calendar_connection) as sealed, (select string_agg(e::text, ' ') from installation_event e) as record`,
  )
  const text = JSON.stringify([shown, rows, logged, await getCustomerMeetings(context, rita, 'contoso')])
  expect(text).not.toContain(tenant.secret)
  expect(logged.join()).not.toMatch(/joao|impulso\.example|Kick-off/)
  const other: ConnectingContext = { ...context, sealKey: new Uint8Array(32).fill(8) }
  expect((await testCalendarConnection(other, directory, rita)).findings.map(each => each.code)).toEqual(['credential-locked'])
})

test.each(['lead', 'fasttrack-manager', 'reader'] as const)('a %s neither sees nor changes the connection', async right => {
  const somebody: Actor = { ...rita, personId: 'tomas', right }
  const seen = its.context.as(somebody).db
  expect(await seen.selectFrom('calendar_connection').selectAll().execute()).toEqual([])
  const input = SetConnection.parse({ directory: 'a.example', clientId: randomUUID(), version: 0 })
  for (const attempt of [
    () => getCalendarConnection(context, somebody),
    async () => setCalendarConnection(context, somebody, input),
    async () => dropCalendarConnection(context, somebody),
    () => testCalendarConnection(context, directory, somebody),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' })
})

test('taken away, the credential is gone and mails invite', async () => {
  await dropCalendarConnection(context, rita)
  const made = await createMeeting(context, rita, single('Afterwards'))
  await invite()
  expect((await read(made)).calendar.way).toBe('mail')
  await expect(dropCalendarConnection(context, SYSTEM)).rejects.toMatchObject({ code: 'not-found' })
})
