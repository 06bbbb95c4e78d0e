import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadKnown } from '../../store/known.ts'
import { todayOf } from '../context.ts'
import { getEvents } from '../events/get-events.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { setFact } from './set-fact.ts'
import { sheetOf } from './sheet.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'all' }
let tested: TestContext
let count = 0
beforeAll(async () => {
  tested = await testContext(new Date('2026-11-21T10:00:00Z'))
})
afterAll(() => tested.close())

const newCustomer = async () => {
  const id = `contoso-${++count}`
  const metrics = [{ id: 'm1', name: 'Tickets solved', target: 40, baseline: 5 }]
  await addTestCustomer(tested.context, { customer: { id, name: 'Contoso' }, services: { teams: {} }, metrics }, 'contoso.example')
  return id
}
const set = (customerId: string, name: string, value: unknown, more: Record<string, unknown> = {}) =>
  setFact(tested.context, rita, { customerId, name, service: null, version: 0, value: value as string, ...more })
const sheet = async (customerId: string) => sheetOf((await loadKnown(tested.context.db, [customerId]))[0]!, todayOf(tested.context)).sheet

test.each([
  ['csm.assigned', null, true, { csm: { assigned: true } }],
  ['customer.segment', null, 'education', { customer: { segment: 'education' } }],
  ['customer.initiatives', null, ['rfa'], { customer: { initiatives: ['rfa'] } }],
  ['service.activatedOn', 'teams', '2026-03-01', { services: { teams: { activatedOn: '2026-03-01' } } }],
  ['service.activatedOn', 'teams', false, { services: { teams: { activatedOn: null } } }],
  ['services.teams.handshake', null, 'offered', { services: { teams: { handshake: 'offered' } } }],
  ['service.owner', 'teams', false, { services: { teams: { owner: null } } }],
  ['service.intended', 'yammer', true, { services: { yammer: { intended: true } } }],
  ['programs.onedrive-adoption', null, 'agreed', { programs: { 'onedrive-adoption': 'agreed' } }],
  ['accelerators.teams', null, 'accepted', { accelerators: { teams: 'accepted' } }],
  ['metric.m1.current', null, 42, { metrics: [{ id: 'm1', name: 'Tickets solved', current: 42, asOf: '2026-11-21' }] }],
  ['check.customer-informed', null, true, { checks: [{ id: 'customer-informed', met: true, on: '2026-11-21' }] }],
] as const)('%s of %s becomes %j', async (name, service, value, expected) => {
  const customerId = await newCustomer()
  const { version } = await set(customerId, name, value, { service })
  expect(version).toBe(1)
  expect(await sheet(customerId)).toMatchObject(expected)
})

test('a step is taken, not recorded: it has a condition', async () => {
  const customerId = await newCustomer()
  await expect(set(customerId, 'transition.conduct-success-review', '2026-11-20')).rejects.toMatchObject({ code: 'invalid-input' })
  expect((await sheet(customerId)).transitions).toEqual([])
})

test('null makes a fact unknown again', async () => {
  const customerId = await newCustomer()
  const { version } = await set(customerId, 'csm.assigned', true)
  await set(customerId, 'csm.assigned', null, { version })
  expect((await sheet(customerId)).csm).toBeUndefined()
})

test('the same value again changes nothing', async () => {
  const customerId = await newCustomer()
  const first = await set(customerId, 'csm.assigned', true)
  expect(await set(customerId, 'csm.assigned', true, { version: first.version })).toEqual(first)
})

test('a lost update is refused with both values', async () => {
  const customerId = await newCustomer()
  await set(customerId, 'csm.assigned', true)
  await expect(set(customerId, 'csm.assigned', false)).rejects.toMatchObject({ code: 'conflict', details: { theirs: true, yours: false } })
})

test('the record holds the id of a person, never the name', async () => {
  const customerId = await newCustomer()
  await set(customerId, 'csm.name', 'Ana Larquist')
  const { events } = await getEvents(tested.context, rita, customerId, { limit: 1 })
  expect(events[0]).toMatchObject({ kind: 'fact-set', after: { person: expect.stringMatching(/^named-/) } })
  expect(JSON.stringify(events[0])).not.toContain('Larquist')
})

test.each([
  ['csm.asigned', null, true, /no fact "csm.asigned"/],
  ['csm.assigned', null, 'yes', /csm.assigned: /],
  ['service.handshake', null, 'offered', /belongs to a service/],
  ['csm.assigned', 'teams', true, /belongs to the customer/],
  ['service.handshake', 'nothing', 'offered', /no service "nothing"/],
  ['service.handshake', 'yammer', 'offered', /does not have the service/],
  ['service.activatedOn', 'teams', '2026-02-30', /service.activatedOn: /],
])('%s of %s as %j is refused by name', async (name, service, value, message) => {
  const customerId = await newCustomer()
  await expect(set(customerId, name, value, { service })).rejects.toMatchObject({ code: 'invalid-input', message })
})
