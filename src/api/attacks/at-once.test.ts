import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustomerMeetings, MeetingView } from '../../model/meeting-api.ts'
import { type TestApi, testApi } from '../testing.ts'

/** Two or more people do the same at the same moment: one of them does it, the others are told, and nobody's connection is cut. */
let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

const HERE = '/customers/contoso'
const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
  const response = await api.send(method, body === undefined ? { path } : { path, body }, 'administrator')
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
  return (await response.json()) as T
}
type Sent = readonly [method: string, path: string, body: unknown]
/** What each is answered, in order of the numbers. */
const atOnce = async (sent: readonly Sent[]): Promise<number[]> => {
  const answers = await Promise.all(sent.map(([method, path, body]) => api.send(method, { path, body }, 'administrator')))
  return answers.map(each => each.status).sort()
}
const times = (count: number, sent: (index: number) => Sent): readonly Sent[] => Array.from({ length: count }, (_, index) => sent(index))
const rows = async (table: 'decision' | 'cadence' | 'handshake' | 'adoption_owner' | 'seat_intent' | 'note'): Promise<number> => {
  const { db } = api.context
  const { count } = await db
    .selectFrom(db.dynamic.table(table).as('t'))
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

const WON = (losers: number) => [200, ...Array.from({ length: losers }, () => 409)]

test('a decision on a proposal is made once', async () => {
  const path = `${HERE}/decisions/program:onedrive-adoption`
  const body = { state: 'offered', contact: null, reason: null, on: '2026-11-21', seq: 0 }
  expect(await atOnce(times(4, () => ['post', path, body]))).toEqual(WON(3))
  const contact = '00000000-0000-4000-8000-000000000001'
  await api.context.db.insertInto('contact').values({ customer_id: 'contoso', id: contact, name: 'João', version: 1 }).execute()
  const agreed = { ...body, state: 'agreed', contact, seq: 1 }
  const declined = { ...agreed, state: 'declined', reason: 'no' }
  expect(await atOnce([agreed, agreed, declined].map(each => ['post', path, each]))).toEqual(WON(2))
  expect([await rows('decision'), (await rows('cadence')) <= 1]).toEqual([2, true])
})

test('a service is offered once, and answered once', async () => {
  const { person } = await ask<{ person: { id: string } }>('get', '/session')
  const assignment = { person: person.id, role: 'customer-success-manager', version: await api.version() }
  await ask('post', `${HERE}/assignments`, assignment)
  const offer = { services: ['teams'], to: person.id, message: null }
  expect(await atOnce(times(3, () => ['post', `${HERE}/handshakes`, offer]))).toEqual([200, 400, 400])
  const { handshakes } = await ask<{ handshakes: { id: string; version: number }[] }>('get', `${HERE}/handshakes`)
  const [{ id, version } = { id: '', version: 0 }] = handshakes
  const answer = (body: object): Sent => ['post', `${HERE}/handshakes/${id}/answer`, { ...body, version }]
  const sent = [answer({ answer: 'accept' }), answer({ answer: 'accept' }), answer({ answer: 'decline', reason: 'no' })]
  expect(await atOnce(sent)).toEqual(WON(2))
  expect([await rows('handshake'), (await rows('adoption_owner')) <= 1]).toEqual([1, true])
})

test('seats are split by one, and their parts sum to what is split', async () => {
  const version = await api.version()
  const split = (part: number): Sent => {
    const parts = [part, 10 - part].map((seats, index) => ({ intent: index === 0 ? 'unknown' : 'in-progress', seats }))
    return ['put', `${HERE}/services/teams/seats`, { seats: 10, parts, version }]
  }
  expect(await atOnce([1, 2, 3].map(split))).toEqual(WON(2))
  expect(await rows('seat_intent')).toBe(2)
})

test('a meeting is cancelled once, a series ended once, and nothing waits in a circle', async () => {
  const meeting = { kind: 'customer', title: 'Call', startsLocal: '2026-12-01T10:00', timeZone: 'UTC', minutes: 30 }
  const made = await ask<MeetingView>('post', `${HERE}/meetings`, meeting)
  const { cadences } = await ask<CustomerMeetings>('post', `${HERE}/cadences`, { ...meeting, rule: 'FREQ=WEEKLY' })
  const cadence = cadences.find(each => each.title === 'Call')
  const cancel: Sent = ['post', `${HERE}/meetings/${made.id}/cancel`, { version: made.version }]
  const end: Sent = ['post', `${HERE}/cadences/${cadence?.id}/end`, { version: cadence?.version }]
  expect(await atOnce([cancel, end, cancel, end])).toEqual([200, 200, 409, 409])
})

test('the same idempotency key at the same moment writes one note', async () => {
  const before = await rows('note')
  const sent = times(4, () => ['post', `${HERE}/notes`, { body: 'once' }])
  const answers = await Promise.all(
    sent.map(([method, path, body]) => api.send(method, { path, body }, 'administrator', { 'idempotency-key': 'one-note' })),
  )
  expect(answers.map(each => each.status).every(status => status === 200 || status === 409)).toBe(true)
  expect((await rows('note')) - before).toBe(1)
})

test('lists of reasons and views have one newest version', async () => {
  const { version, reasons } = await ask<{ version: number; reasons: { id: string }[] }>('get', '/lists/reasons')
  const more = (index: number) => ({ id: `more-${index}`, text: { en: 'M', 'pt-BR': 'M' }, uses: ['seats'] })
  const lists = times(3, index => ['put', '/lists/reasons', { version, reasons: [...reasons, more(index)] }])
  expect(await atOnce(lists)).toEqual(WON(2))
  const view = { screen: 'portfolio', name: 'Mine', shared: false, search: {} }
  expect(await atOnce(times(3, () => ['post', '/saved-views', view]))).toEqual(WON(2))
})

test('two customers merged into each other at once: one of the two', async () => {
  for (const id of ['north', 'south']) await ask('post', '/customers', { id, name: id })
  const merge = (into: string, from: string): Sent => ['post', `/customers/${into}/merge`, { from, preview: false }]
  const statuses = await atOnce([merge('north', 'south'), merge('south', 'north')])
  expect(statuses).toEqual([200, 404])
})
