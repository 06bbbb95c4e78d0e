import { afterEach, expect, test } from 'vitest'
import { Day } from '../model/words.ts'
import { openCalendars } from './calendar.ts'
import { hostsOf } from './clouds.ts'
import { type Simulator, startSimulator } from './simulator/simulator.ts'
import { plainTenant, type TenantChanges } from './simulator/tenants.ts'
import { fakeClock, partsOf, START, slidingBudget } from './testing.ts'
import type { CalendarEntry, GraphParts } from './types.ts'

const TODAY = Day.parse('2026-11-21')
const RITA = 'rita@contoso.example'
const open: Simulator[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function start(changes: TenantChanges = {}, more: Partial<GraphParts> = {}) {
  const clock = fakeClock()
  const tenant = plainTenant({ index: 0, users: 20, today: TODAY, ...changes })
  const simulator = await startSimulator({ tenants: [tenant], today: TODAY, clock: clock.now })
  open.push(simulator)
  const { parts, logged } = partsOf(clock, more)
  const { directory, clientId, secret } = tenant
  const target = { hosts: hostsOf('simulator', simulator.url), directory, clientId, credential: { kind: 'secret', secret } as const }
  const there = () => simulator.calendar(directory).filter(each => each.state === 'there')
  return { clock, tenant, simulator, calendars: openCalendars(target, parts), logged, there }
}

const at = (dateTime: string, timeZone = 'E. South America Standard Time') => ({ dateTime, timeZone })
const ENTRY: CalendarEntry = {
  subject: 'Check-in',
  location: 'Room 1',
  start: at('2026-11-24T10:00'),
  end: at('2026-11-24T10:30'),
  attendees: [{ name: 'João', email: 'joao@example.org', isOptional: false }],
  recurrence: null,
}
const weekly = (timeZone: string, startDate: string, day: string): CalendarEntry => ({
  ...ENTRY,
  start: at(`${startDate}T10:00`, timeZone),
  end: at(`${startDate}T10:30`, timeZone),
  recurrence: {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: [day], firstDayOfWeek: 'monday' },
    range: { type: 'noEnd', startDate, recurrenceTimeZone: timeZone },
  },
})
const idOf = (answer: { state: string; id?: string }) => {
  if (answer.state !== 'event') throw new Error(`no event: ${answer.state}`)
  return answer.id ?? ''
}

test('a meeting is made, changed and cancelled as one event, and attendees hear of each', async () => {
  const { calendars, there, simulator } = await start()
  const id = idOf(await calendars.create(RITA, ENTRY, 'one'))
  expect(there()).toMatchObject([
    { id, mailbox: RITA, subject: 'Check-in', location: 'Room 1', instances: ['2026-11-24T13:00:00.000Z'], transactionId: 'one' },
  ])
  const moved = { ...ENTRY, start: at('2026-11-24T11:00'), end: at('2026-11-24T11:30') }
  expect(await calendars.change(RITA, id, moved, true)).toEqual({ state: 'event', id })
  expect(there().map(each => each.instances)).toEqual([['2026-11-24T14:00:00.000Z']])
  expect((await calendars.cancel(RITA, id)).state).toBe('event')
  expect(there()).toEqual([])
  expect(simulator.notices().map(each => [each.to, each.what])).toEqual([
    ['joao@example.org', 'invitation'],
    ['joao@example.org', 'update'],
    ['joao@example.org', 'cancellation'],
  ])
  // What is not there any more is said so, and not tried for ever.
  expect((await calendars.change(RITA, id, ENTRY, true)).state).toBe('gone')
  expect((await calendars.cancel(RITA, id)).state).toBe('gone')
  expect((await calendars.responses(RITA, id)).state).toBe('gone')
})

test('an answer that is lost after the write makes no second event, not even when something changed before the repeat', async () => {
  const { calendars, there, simulator } = await start()
  simulator.planFault({ fault: 'lost-answer', fn: 'calendar' })
  const id = idOf(await calendars.create(RITA, ENTRY, 'one'))
  const again = idOf(await calendars.create(RITA, { ...ENTRY, subject: 'Changed' }, 'one'))
  expect(again).toBe(id)
  expect(there().map(each => each.subject)).toEqual(['Changed'])
  expect(simulator.notices().filter(each => each.what === 'invitation')).toHaveLength(1)
  expect(idOf(await calendars.create(RITA, ENTRY, 'two'))).not.toBe(id)
})

test.each([
  ['America/New_York', 'Eastern Standard Time', '2026-02-24', 'tuesday'],
  ['Europe/Lisbon', 'GMT Standard Time', '2026-03-17', 'tuesday'],
  ['America/Sao_Paulo', 'E. South America Standard Time', '2018-10-30', 'tuesday'],
])('a series stays at ten o’clock in %s when clocks change', async (zone, timeZone, startDate, day) => {
  const { calendars, there } = await start()
  idOf(await calendars.create(RITA, weekly(timeZone, startDate, day), 'one'))
  const instances = there()[0]?.instances.slice(0, 40) ?? []
  expect(instances).toHaveLength(40)
  const local = instances.map(each => new Date(each).toLocaleTimeString('sv-SE', { timeZone: zone }))
  expect(new Set(local)).toEqual(new Set(['10:00:00']))
  expect(new Set(instances.map(each => each.slice(11))).size).toBe(2)
})

test('one of a series is found by when it was planned, moved, found again, and cancelled; the others stay', async () => {
  const { calendars, there } = await start()
  const series = idOf(await calendars.create(RITA, weekly('GMT Standard Time', '2026-11-24', 'tuesday'), 'one'))
  const planned = '2026-12-01T10:00:00.000Z'
  const one = idOf(await calendars.occurrence(RITA, series, planned))
  const { recurrence: _, ...single } = ENTRY
  const moved = { ...single, recurrence: null, start: at('2026-12-01T15:00', 'UTC'), end: at('2026-12-01T15:30', 'UTC') }
  expect((await calendars.change(RITA, one, moved, true)).state).toBe('event')
  expect(idOf(await calendars.occurrence(RITA, series, planned))).toBe(one)
  expect(there()[0]?.instances.slice(0, 3)).toEqual(['2026-11-24T10:00:00.000Z', '2026-12-01T15:00:00.000Z', '2026-12-08T10:00:00.000Z'])
  expect((await calendars.cancel(RITA, one)).state).toBe('event')
  expect((await calendars.occurrence(RITA, series, planned)).state).toBe('gone')
  expect(there()[0]?.instances.slice(0, 2)).toEqual(['2026-11-24T10:00:00.000Z', '2026-12-08T10:00:00.000Z'])
  expect((await calendars.occurrence(RITA, series, '2026-12-02T10:00:00.000Z')).state).toBe('gone')
})

test('what attendees answer in their calendars is read', async () => {
  const { calendars, simulator, tenant } = await start()
  const id = idOf(await calendars.create(RITA, ENTRY, 'one'))
  const none = [{ email: 'joao@example.org', response: 'none', at: null }]
  expect(await calendars.responses(RITA, id)).toEqual({ state: 'responses', responses: none })
  simulator.respond(tenant.directory, id, 'JOAO@example.org', 'tentativelyAccepted')
  expect(await calendars.responses(RITA, id)).toEqual({
    state: 'responses',
    responses: [{ email: 'joao@example.org', response: 'tentative', at: new Date(START).toISOString() }],
  })
})

test('throttling is waited out as asked; for longer it goes back to the caller', async () => {
  const { calendars, simulator, clock, there } = await start()
  simulator.planFault({ fault: 'throttled', fn: 'calendar' })
  simulator.planFault({ fault: 'unavailable', fn: 'calendar' })
  idOf(await calendars.create(RITA, ENTRY, 'one'))
  expect(clock.waits[0]).toBe(2000)
  expect(clock.waits).toHaveLength(2)
  simulator.planFault({ fault: 'throttled', fn: 'calendar', times: 5 })
  const later = await calendars.create(RITA, ENTRY, 'two')
  expect(later).toEqual({ state: 'later', at: clock.now() + 2000, why: 'throttled' })
  expect(there()).toHaveLength(1)
})

test('no request goes out over the budget of a mailbox', async () => {
  const clock = fakeClock()
  const { calendars, simulator } = await start({}, { budget: slidingBudget(clock.now, 2) })
  await calendars.create(RITA, ENTRY, 'one')
  await calendars.create(RITA, ENTRY, 'two')
  simulator.forgetRequests()
  expect(await calendars.create(RITA, ENTRY, 'three')).toMatchObject({ state: 'later', why: 'budget' })
  expect(simulator.requests()).toEqual([])
  // Another one has its own.
  expect((await calendars.create('ben@contoso.example', ENTRY, 'four')).state).toBe('event')
})

test.each([
  ['no mailbox', { withoutMailbox: [RITA] }, 'no-mailbox', 'calendar-mailbox-missing', 'partly'],
  ['a mailbox that a policy closes', { closedMailboxes: [RITA] }, 'closed', 'calendar-permission-missing', 'needs-consent'],
  [
    'no permission',
    { consent: { reports: true, settings: true, seats: true, calendars: false } },
    'closed',
    'calendar-permission-missing',
    'needs-consent',
  ],
  ['no consent at all', { consent: null }, 'needs-consent', 'application-missing', 'needs-consent'],
] as const)('%s is a named state, and the test says it in words', async (_, changes, state, code, tested) => {
  const { calendars, logged } = await start(changes)
  expect(await calendars.create(RITA, ENTRY, 'one')).toMatchObject({ state, finding: { code } })
  const answer = await calendars.test(RITA)
  expect(answer.state).toBe(tested)
  expect(answer.findings.map(each => each.code)).toContain(code)
  expect(logged.join()).not.toMatch(/rita|simulator-only|eyJ/)
})

test('the test writes, takes away what it wrote, and tells to limit the mailboxes', async () => {
  const { calendars, there, simulator } = await start()
  const { state, findings } = await calendars.test(RITA)
  expect([state, findings.map(each => each.code)]).toEqual(['ok', ['signed-in', 'calendar-writable', 'calendar-limit-mailboxes']])
  expect(there()).toEqual([])
  expect(simulator.notices()).toEqual([])
})

test('a zone that the service does not know is refused, without asking for ever', async () => {
  const { calendars, simulator } = await start()
  const answer = await calendars.create(RITA, { ...ENTRY, start: at('2026-11-24T10:00', 'Nowhere Standard Time') }, 'one')
  expect(answer).toMatchObject({ state: 'refused', finding: { code: 'request-refused' } })
  expect(simulator.requests().filter(each => each.fn === 'calendar')).toHaveLength(1)
})

test('on the page of the simulator a person sees the meetings, lets everybody accept and deletes', async () => {
  const { calendars, simulator, tenant, there } = await start()
  const id = idOf(await calendars.create(RITA, ENTRY, 'one'))
  expect(await (await fetch(simulator.url)).text()).toContain('joao@example.org: none')
  const press = (name: string) =>
    fetch(`${simulator.url}/change`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ do: name, tenant: tenant.directory, value: id }),
    })
  expect((await press('accept')).status).toBe(303)
  expect(there()[0]?.attendees[0]?.response).toBe('accepted')
  expect((await press('remove')).status).toBe(303)
  expect((await calendars.change(RITA, id, ENTRY, true)).state).toBe('gone')
  expect((await press('remove')).status).toBe(400)
})
