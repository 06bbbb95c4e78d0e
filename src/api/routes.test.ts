import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ACCESS_RIGHTS, type PlanView, type Problem } from '../model/api.ts'
import { ANSWERS } from './answers.ts'
import { HERE, ITEM, nameOf, SAMPLES, status } from './routes.samples.ts'
import { ROUTES } from './routes.ts'
import { type Sent, type TestApi, testApi } from './testing.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

test('every route of the server has a policy and a sample here', () => {
  const served = api.app.routes.filter(route => route.path.startsWith('/api/v1/') && route.method !== 'ALL')
  const paths = [...new Set(served.map(route => `${route.method.toLowerCase()} ${route.path.slice('/api/v1'.length)}`))]
  expect(paths.sort()).toEqual(ROUTES.map(nameOf).sort())
  expect(Object.keys(SAMPLES).sort()).toEqual(paths)
  expect(ROUTES.filter(route => route.rights === 'everyone').map(nameOf)).toEqual([
    'get /session',
    'post /setup',
    'post /invitation',
    'post /invitation/acceptance',
  ])
})

describe.each(ROUTES.map(route => [nameOf(route), route] as const))('%s', (name, route) => {
  // The test above sees to it that there is one.
  const sample = SAMPLES[name]!
  const send = (sent: Sent, as: Parameters<TestApi['send']>[2]) => api.send(route.method, sent, as)

  test.each(sample.bad.map(sent => [sent.path, sent] as const))('400 for %s', async (_, sent) => {
    const response = await send(sent, 'administrator')
    const problem = (await response.json()) as Problem
    expect([response.status, problem]).toEqual([400, expect.objectContaining({ type: 'urn:impulso:problem:invalid-input', status: 400 })])
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(problem.requestId).toBe(response.headers.get('x-request-id'))
  })

  test('401 without a session, whatever is asked for, unless it is for everyone', async () => {
    const good = await sample.good(api, 'administrator')
    if (route.rights === 'everyone') expect((await send(good, null)).status).toBe(sample.status ?? 200)
    else for (const sent of [good, ...sample.bad, ...sample.missing]) expect((await send(sent, null)).status).toBe(401)
  })

  test.each(ACCESS_RIGHTS)('403 exactly where the policy says so: %s', async right => {
    const response = await send(await sample.good(api, right), right)
    const allowed = route.rights === 'everyone' || route.rights.includes(right)
    expect([response.status, await response.clone().text()]).toEqual([allowed ? (sample.status ?? 200) : 403, expect.anything()])
  })

  test.each(sample.missing.map(sent => [sent.path, sent] as const))('404 for %s', async (_, sent) => {
    const response = await send(sent, 'administrator')
    expect([response.status, ((await response.json()) as Problem).type]).toEqual([404, 'urn:impulso:problem:not-found'])
  })

  test.skipIf(sample.status !== undefined)('200 with what the description promises', async () => {
    const response = await send(await sample.good(api, 'administrator'), 'administrator')
    if (route.answer === 'File') {
      expect([response.status, (await response.text()).length > 0]).toEqual([200, true])
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"/)
      return
    }
    const answer: unknown = await response.json()
    expect([response.status, ANSWERS[route.answer].safeParse(answer).error?.issues]).toEqual([200, undefined])
  })
})

test('a write on top of somebody else’s is refused with both values', async () => {
  const version = await api.version()
  const put = (body: unknown, as: 'lead' | 'engineer') => api.send('put', { path: `${HERE}/items/${ITEM}`, body }, as)
  const first = await put({ status: 'blocked', reason: 'customer', note: 'waiting', version }, 'lead')
  expect(first.status).toBe(200)
  const second = await put({ status: 'complete', version }, 'engineer')
  const problem = (await second.json()) as Problem & { details: { theirs: unknown; yours: unknown; version: number } }
  expect([second.status, problem.details]).toEqual([
    409,
    {
      theirs: expect.objectContaining({ status: 'blocked', reason: 'customer', note: 'waiting', by: 'Lead' }),
      yours: expect.objectContaining({ status: 'complete', by: 'Engineer' }),
      version: ((await first.json()) as PlanView).version,
    },
  ])
})

test('the same write with the same key is done once', async () => {
  const body = { status: 'in-progress', version: await api.version() }
  const put = (key: string, more = {}) =>
    api.send('put', { path: `${HERE}/items/${ITEM}`, body: { ...body, ...more } }, 'lead', { 'idempotency-key': key })
  const [first, second] = [await put('key-1'), await put('key-1')]
  expect([first.status, second.status]).toEqual([200, 200])
  expect(await second.text()).toBe(await first.text())
  expect([first, second].map(response => response.headers.get('idempotency-replayed'))).toEqual([null, 'true'])
  expect(await api.version()).toBe(body.version + 1)
  expect((await put('key-1', { note: 'other' })).status).toBe(400)
  expect((await put('x'.repeat(201))).status).toBe(400)
})

test('a write that a foreign site makes a browser send is refused', async () => {
  const sent = { path: `${HERE}/items/${ITEM}`, body: status(await api.version()) }
  for (const origin of ['https://evil.example', 'null']) {
    const response = await api.send('put', sent, 'lead', { origin })
    expect([response.status, ((await response.json()) as Problem).type]).toEqual([403, 'urn:impulso:problem:forbidden'])
  }
  expect((await api.send('put', sent, 'lead', { origin: 'http://127.0.0.1:4100' })).status).toBe(200)
})

test('what has not changed is not sent again', async () => {
  const first = await api.send('get', { path: '/playbooks/current' }, 'reader')
  const etag = first.headers.get('etag') ?? ''
  const second = await api.send('get', { path: '/playbooks/current' }, 'reader', { 'if-none-match': etag })
  expect([etag.length > 10, second.status, await second.text()]).toEqual([true, 304, ''])
})

test('bodies have a limit, said beforehand or not', async () => {
  const item = `${HERE}/items/${ITEM}`
  const big = JSON.stringify({ status: 'complete', version: 0, note: 'x'.repeat(300_000) })
  expect((await api.raw('PUT', item, big, 'lead')).status).toBe(413)
  const report = `${HERE}/reports/big.csv?tenant=contoso-main`
  const stream = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (let count = 0; count < 5; count++) controller.enqueue(new Uint8Array(api.uploadLimit / 4))
        controller.close()
      },
    })
  for (const body of ['x'.repeat(api.uploadLimit + 1), stream()]) {
    const response = await api.raw('PUT', report, body, 'lead')
    expect([response.status, ((await response.json()) as Problem).type]).toEqual([413, 'urn:impulso:problem:too-large'])
  }
  expect(api.uploadsLeft()).toEqual([])
})

test('what is no JSON is told so', async () => {
  const item = `${HERE}/items/${ITEM}`
  expect((await api.raw('PUT', item, '{"status":', 'lead')).status).toBe(400)
  expect((await api.raw('PUT', item, 'status=complete', 'lead', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400)
})
