import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordCustomer } from '../app/events/record.ts'
import { type Hub, openHub } from '../app/live/hub.ts'
import type { Actor } from '../app/policy.ts'
import { addTestCustomer } from '../app/testing.ts'
import type { AccessRight } from '../model/api.ts'
import { createLimiter, refuseTooMany } from './limits.ts'
import { liveRoute } from './live-route.ts'
import { type TestApi, testApi } from './testing.ts'

let api: TestApi
let hub: Hub
beforeAll(async () => {
  api = await testApi()
  hub = await openHub(api.urls.app)
  await addTestCustomer(api.context, { customer: { id: 'hidden', name: 'Hidden' } }, 'hidden-main')
})
afterAll(async () => {
  await hub?.close()
  await api?.close()
})

const actorOf = ({ id, name, right, scope, keyScopes }: Parameters<Parameters<typeof liveRoute>[1]['actorOf']>[0]): Actor => ({
  personId: id,
  name,
  right,
  scope,
  keyScopes,
})
type Event = { event: string; data: string; id?: string }

/** Reads events one by one; `stop` closes the stream as a browser does. */
function reading(response: Response) {
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  let text = ''
  const next = async (): Promise<Event | undefined> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const lines = text.slice(0, end).split('\n')
        text = text.slice(end + 2)
        return Object.fromEntries(lines.map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()])) as Event
      }
      const { done, value } = await reader.read()
      if (done) return undefined
      text += decoder.decode(value)
    }
  }
  return { next, stop: () => reader.cancel() }
}

const request = (route: ReturnType<typeof liveRoute>, headers: Record<string, string>) =>
  route.request('http://localhost:4100/', { headers })
const cookieOf = async (right: AccessRight) => ({ cookie: await api.signIn(right) })
const SYSTEM_ACTOR: Actor = { personId: 'somebody', name: 'Somebody', right: 'administrator', scope: 'all' }
const change = (customerId: string) =>
  api.context.db.transaction().execute(trx => recordCustomer(trx, api.context, SYSTEM_ACTOR, { customerId, kind: 'test', data: {} }))

test('whoever is not signed in gets no stream', async () => {
  const route = liveRoute({ ...contextOf() }, { hub, actorOf })
  route.onError(error => new Response(String((error as { code?: string }).code), { status: 401 }))
  expect(await (await request(route, {})).text()).toBe('unauthenticated')
})

/** Only what the route reads of it. */
const contextOf = () => ({ app: api.context, auth: api.auth }) as unknown as Parameters<typeof liveRoute>[0]

test('a change is told with who made it, only after it is done, and only of customers one may see', async () => {
  await api.context.db.updateTable('installation').set({ unassigned: 'hidden' }).execute()
  const all = reading(await request(liveRoute(contextOf(), { hub, actorOf }), await cookieOf('lead')))
  const few = await api.addPerson('fasttrack-manager', 'customers')
  const some = reading(await request(liveRoute(contextOf(), { hub, actorOf, beatMs: 300 }), few.headers))
  expect([(await all.next())?.event, (await some.next())?.event]).toEqual(['open', 'open'])
  await api.context.db
    .transaction()
    .execute(async trx => {
      await recordCustomer(trx, api.context, SYSTEM_ACTOR, { customerId: 'contoso', kind: 'never', data: {} })
      throw new Error('rolled back')
    })
    .catch(() => {})
  await change('hidden')
  const told = await all.next()
  expect([told?.event, JSON.parse(told?.data ?? '')]).toEqual([
    'change',
    { customers: ['hidden'], who: 'somebody', by: 'Somebody', kind: 'test' },
  ])
  expect((await some.next())?.event).toBe('beat')
  await all.stop()
  await some.stop()
})

test('who reconnects hears what came meanwhile; after too long, or of another run, that something was missed', async () => {
  const route = liveRoute(contextOf(), { hub, actorOf })
  const headers = await cookieOf('lead')
  const first = reading(await request(route, headers))
  const { id } = (await first.next()) ?? {}
  await first.stop()
  await change('contoso')
  await change('hidden')
  const again = reading(await request(route, { ...headers, 'last-event-id': id ?? '' }))
  await again.next()
  const [one, two] = [await again.next(), await again.next()]
  expect([one, two].map(each => JSON.parse(each?.data ?? '').customers[0])).toEqual(['contoso', 'hidden'])
  await again.stop()
  const opened = reading(await route.request(`http://localhost:4100/?after=${id}`, { headers }))
  await opened.next()
  expect(JSON.parse((await opened.next())?.data ?? '').customers).toEqual(['contoso'])
  await opened.stop()
  const other = reading(await request(route, { ...headers, 'last-event-id': 'elsewhere-5' }))
  expect([(await other.next())?.event, (await other.next())?.event]).toEqual(['open', 'reset'])
  await other.stop()
})

test('asking for streams counts like any request, and a key that may only write hears nothing', async () => {
  const limiter = createLimiter({ session: 2, key: 2, address: 1 })
  const asked: string[] = []
  const count = async (_: unknown, person: { sessionId: string } | undefined) => {
    const caller = person ? ({ kind: 'session', id: person.sessionId } as const) : ({ kind: 'address', address: '203.0.113.1' } as const)
    asked.push(caller.kind)
    refuseTooMany(await limiter.count(caller))
  }
  const route = liveRoute(contextOf(), { hub, actorOf, count })
  route.onError(error => new Response(String((error as { code?: string }).code), { status: 400 }))
  const told: string[] = []
  for (const headers of [{}, {}]) told.push(await (await request(route, headers)).text())
  const cookie = await cookieOf('engineer')
  for (let asking = 0; asking < 3; asking++) {
    const response = await request(route, cookie)
    told.push(response.ok ? 'open' : await response.text())
    if (response.ok) await reading(response).stop()
  }
  expect([told, asked.length]).toEqual([['unauthenticated', 'too-many', 'open', 'open', 'too-many'], 5])
  const writing = liveRoute(contextOf(), { hub, actorOf: person => ({ ...actorOf(person), keyScopes: ['write'] }) })
  writing.onError(error => new Response(String((error as { code?: string }).code), { status: 403 }))
  expect(await (await request(writing, cookie)).text()).toBe('forbidden')
})

test('the stream ends with the session', async () => {
  const cookie = await cookieOf('reader')
  const stream = reading(await request(liveRoute(contextOf(), { hub, actorOf, beatMs: 50 }), cookie))
  expect((await stream.next())?.event).toBe('open')
  await api.auth.handler(
    new Request('http://localhost:4100/api/auth/sign-out', { method: 'POST', headers: { ...cookie, origin: 'http://localhost:4100' } }),
  )
  let event: Event | undefined
  do event = await stream.next()
  while (event?.event === 'beat')
  expect([event?.event, await stream.next()]).toEqual(['end', undefined])
})

test('the stream ends with the session also while others never stop changing', async () => {
  const cookie = await cookieOf('reader')
  await api.context.db.updateTable('installation').set({ unassigned: 'read-only' }).execute()
  const stream = reading(await request(liveRoute(contextOf(), { hub, actorOf, beatMs: 200 }), cookie))
  expect((await stream.next())?.event).toBe('open')
  await api.auth.handler(
    new Request('http://localhost:4100/api/auth/sign-out', { method: 'POST', headers: { ...cookie, origin: 'http://localhost:4100' } }),
  )
  let [told, isOver] = [0, false]
  const busy = (async () => {
    for (let count = 0; count < 400 && !isOver; count++) await change('contoso')
  })()
  let event: Event | undefined
  do {
    event = await stream.next()
    told++
  } while (event && event.event !== 'end' && told < 300)
  isOver = true
  await busy
  await stream.stop()
  expect(event?.event).toBe('end')
})

test('one session has so many streams and no more, until one is closed', async () => {
  const route = liveRoute(contextOf(), { hub, actorOf })
  route.onError(error => new Response(String((error as { code?: string }).code), { status: 429 }))
  const headers = await cookieOf('author')
  const streams = []
  for (let count = 0; count < 4; count++) {
    const stream = reading(await request(route, headers))
    await stream.next()
    streams.push(stream)
  }
  expect(await (await request(route, headers)).text()).toBe('too-many')
  await streams[0]?.stop()
  await change('contoso')
  await streams[1]?.next()
  const fifth = await request(route, headers)
  expect(fifth.status).toBe(200)
  for (const stream of [...streams.slice(1), reading(fifth)]) await stream.stop()
})
