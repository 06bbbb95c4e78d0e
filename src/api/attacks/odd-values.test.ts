import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { ROUTES } from '../routes.ts'
import { type TestApi, testApi } from '../testing.ts'

/** Values that a schema of text, day or moment could let through and that something behind it cannot count with or keep. */
let api: TestApi
const faults: string[] = []
beforeAll(async () => {
  api = await testApi({ log: (level, text) => void (level === 'error' && faults.push(text)) })
})
afterAll(() => api.close())

const HERE = '/customers/contoso'
const NO_ID = '00000000-0000-4000-8000-000000000000'
const meeting = { kind: 'customer', title: 'Call', startsLocal: '2026-12-01T10:00', timeZone: 'UTC', minutes: 30 }
const series = { ...meeting, rule: 'FREQ=DAILY' }
const blocker = { title: 'B', services: ['teams'], items: [], reason: 'other', seats: null, owner: null, nextAction: 'Ask' }
const HALF = 'a\ud800b'

test.each([
  ['post', `${HERE}/meetings`, { ...meeting, startsLocal: '0000-01-01T10:00' }],
  ['post', `${HERE}/meetings`, { ...meeting, startsLocal: '9999-12-31T23:59', timeZone: 'Etc/GMT+12', minutes: 1440 }],
  ['post', `${HERE}/cadences`, { ...series, startsLocal: '0000-01-01T10:00' }],
  ['post', `${HERE}/cadences`, { ...series, startsLocal: '9999-12-31T10:00' }],
  ['post', '/cadence-preview', { rule: 'FREQ=DAILY;UNTIL=99991231', startsLocal: '2026-12-01T10:00', timeZone: 'Etc/GMT+12' }],
  ['get', '/meetings?from=0000-01-01', undefined],
  ['get', '/meetings?to=9999-12-31', undefined],
  ['post', `${HERE}/blockers`, { ...blocker, nextActionOn: '0000-01-01' }],
  ['post', `${HERE}/follow-ups`, { title: 'x', due: '0000-01-01' }],
  ['put', '/today/looked', { at: '0000-01-01T00:00:00Z' }],
  ['post', '/notifications/seen', { until: '0000-01-01T00:00:00Z' }],
  ...['0', '5', 'January 1, 2026 (x)', '+200000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'].map(
    at => ['get', `/notifications?before=${encodeURIComponent(`${at}_${NO_ID}`)}`, undefined] as const,
  ),
  // Half a character: text columns take it for another one, JSON ones do not take it at all.
  ['post', `${HERE}/meetings`, { ...meeting, title: HALF }],
  ['post', `${HERE}/notes`, { body: HALF }],
  ['post', '/saved-views', { screen: 'portfolio', name: 'x', shared: false, search: { q: HALF } }],
  ['put', `${HERE}/facts`, { name: 'csm.name', value: HALF, version: 0 }],
] as const)('%s %s of %j is refused, not stumbled over', async (method, path, body) => {
  faults.length = 0
  const response = await api.send(method, body === undefined ? { path } : { path, body }, 'administrator')
  expect([response.status, faults]).toEqual([400, []])
})

test('what is wide, long or full of signs that a search reads is kept and found', async () => {
  for (const body of ['ﷺ'.repeat(20_000), 'ﬀ'.repeat(3000), '@'.repeat(20_000), `needle & ! | ( ' : *`]) {
    const response = await api.send('post', { path: `${HERE}/notes`, body: { body } }, 'administrator')
    expect(response.status).toBe(200)
  }
  for (const q of [`needle:*&|!()<->'`, 'ﷺ'.repeat(50), 'ﬀ'.repeat(200)]) {
    const response = await api.send('get', { path: `/search?q=${encodeURIComponent(q)}` }, 'administrator')
    expect([q.slice(0, 10), response.status]).toEqual([q.slice(0, 10), 200])
  }
})

type Shape = Readonly<{
  type?: string
  properties?: Readonly<Record<string, Shape>>
  additionalProperties?: unknown
  items?: Shape
  anyOf?: readonly Shape[]
  oneOf?: readonly Shape[]
  allOf?: readonly Shape[]
}>
/** Objects in a body that take keys nobody named. */
function openIn(shape: Shape, path: string): readonly string[] {
  const own = shape.type === 'object' && shape.properties && shape.additionalProperties !== false ? [path] : []
  const choices = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])].flatMap(each => openIn(each, path))
  const within = Object.entries(shape.properties ?? {}).flatMap(([name, each]) => openIn(each, `${path}.${name}`))
  return [...own, ...choices, ...within, ...(shape.items ? openIn(shape.items, `${path}[]`) : [])]
}

test('no body takes a key that it does not know, however deep', () => {
  const bodies = ROUTES.flatMap(route => (route.body ? [{ path: `${route.method} ${route.path}`, body: route.body }] : []))
  expect(bodies.length).toBeGreaterThan(50)
  // JSON Schema of what is sent is plain data of this shape.
  const shapeOf = (body: z.ZodType) => z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Shape
  expect(bodies.flatMap(({ path, body }) => openIn(shapeOf(body), path))).toEqual([])
})
