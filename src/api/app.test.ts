import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Problem, SessionView } from '../model/api.ts'
import { AppError } from '../model/errors.ts'
import { problemOf } from './problem.ts'
import { route } from './route.ts'
import { ROUTES } from './routes.ts'
import { type TestApi, testApi } from './testing.ts'

const webFolder = mkdtempSync(join(tmpdir(), 'impulso-web-'))
const ORIGIN = 'http://localhost:4100'
const broken = route({
  method: 'get',
  path: '/broken',
  summary: 'Fails in a way nobody thought of',
  rights: 'everyone',
  answer: 'Session',
  run: () => Promise.reject(new Error('secret of the database')),
})
let api: TestApi
beforeAll(async () => {
  mkdirSync(join(webFolder, 'assets'))
  writeFileSync(join(webFolder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
  api = await testApi({ webFolder, routes: [...ROUTES, broken] })
})
afterAll(async () => {
  await api.close()
  rmSync(webFolder, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}) => api.app.request(`${ORIGIN}${path}`, { headers })
const signIn = (body: unknown, headers: Record<string, string> = {}) =>
  api.app.request(`${ORIGIN}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
    body: JSON.stringify(body),
  })
const LEAD = { email: 'lead@example.com', password: 'correct horse battery' }

test.each([
  ['/healthz', 'ok\n'],
  ['/readyz', 'ready\n'],
])('%s answers 200', async (path, text) => {
  const response = await get(path)
  expect([response.status, await response.text()]).toEqual([200, text])
})

test('metrics name routes, never customers', async () => {
  await api.send('get', { path: '/customers/contoso' }, 'reader')
  const text = await (await get('/metrics')).text()
  expect(text).toContain('impulso_http_request_seconds_count{method="GET",route="/customers/:id",status="200"}')
  expect(text).not.toContain('contoso')
})

test('signing in and out', async () => {
  const response = await signIn(LEAD)
  const cookie = response.headers
    .getSetCookie()
    .map(each => each.split(';')[0])
    .join('; ')
  const session = async () => ((await (await get('/api/v1/session', { cookie })).json()) as SessionView).person
  expect(await session()).toEqual({
    id: expect.any(String),
    name: 'Lead',
    email: 'lead@example.com',
    right: 'lead',
    scope: 'all',
    locale: 'en',
    chosen: { timeZone: null, formats: null, singleKeys: null, planFilters: null },
    may: expect.arrayContaining(['see-customer', 'assign']),
  })
  const out = await api.app.request(`${ORIGIN}/api/auth/sign-out`, {
    method: 'POST',
    headers: { cookie, origin: ORIGIN, 'content-type': 'application/json' },
    body: '{}',
  })
  expect([out.status, await session()]).toEqual([200, null])
  expect(out.headers.get('clear-site-data')).toBe('"cache"')
})

test('a refused sign-in is a problem like any other', async () => {
  const response = await signIn({ ...LEAD, password: 'wrong horse' })
  const problem = (await response.json()) as Problem
  expect([response.status, response.headers.get('content-type')]).toEqual([401, 'application/problem+json'])
  expect(problem).toMatchObject({
    status: 401,
    requestId: response.headers.get('x-request-id'),
    details: { code: 'INVALID_EMAIL_OR_PASSWORD' },
  })
})

test('another site cannot sign a browser in', async () => {
  expect((await signIn(LEAD, { origin: 'https://evil.example' })).status).toBe(403)
})

test('the address a caller makes up does not get around the limit', async () => {
  const statuses = new Set<number>()
  for (let count = 0; count < 40; count++) {
    statuses.add(
      (
        await signIn(
          { email: `x${count}@example.com`, password: 'wrong horse' },
          { 'x-forwarded-for': `192.0.2.${count}`, 'x-impulso-client-address': `192.0.2.${count}` },
        )
      ).status,
    )
  }
  expect(statuses).toEqual(new Set([401, 429]))
  const response = await signIn(LEAD)
  expect([response.status, Number(response.headers.get('retry-after')) > 0]).toEqual([429, true])
})

test('too many requests are refused with the time to wait, on every kind of answer', async () => {
  const small = await testApi({ requestsPerMinute: 3 })
  try {
    const ask = (path: string, init?: RequestInit) => small.app.request(`${ORIGIN}${path}`, init)
    const statuses = [
      (await ask('/api/v1/session')).status,
      (await ask('/api/v1/portfolio')).status,
      (
        await ask('/api/auth/sign-in/email', {
          method: 'POST',
          headers: { origin: ORIGIN, 'content-type': 'application/json' },
          body: '{}',
        })
      ).status,
    ]
    const refused = await ask('/api/v1/session')
    expect([...statuses, refused.status]).toEqual([200, 401, 400, 429])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit')).toMatch(/"address";r=0/)
    expect(((await refused.json()) as Problem).type).toBe('urn:impulso:problem:too-many')
  } finally {
    await small.close()
  }
})

test.each(['/', '/api/v1/session', '/api/auth/get-session'])('%s under a foreign name is refused', async path => {
  const response = await api.app.request(`http://rebound.example:4100${path}`)
  expect([response.status, ((await response.json()) as Problem).detail]).toEqual([400, expect.stringContaining('not at rebound.example')])
})

test('demo accounts are not told where there are none', async () => {
  const session = (await (await get('/api/v1/session')).json()) as SessionView
  expect(session).toMatchObject({ person: null, demo: false, demoAccounts: [], usageAsOf: null, changes: null, today: '2026-11-21' })
})

test.each(['/', '/customers/contoso', '/api/v1/session', '/api/v1/none', '/healthz', '/assets/none.js'])(
  '%s bears the secure headers',
  async path => {
    const { headers } = await get(path)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-request-id')).toMatch(/^[\w.-]{8,}$/)
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/)
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe/)
  },
)

test.each([
  ['GET', '/api/v1/none'],
  ['GET', '/api/none'],
  ['POST', '/api/v1/portfolio'],
  ['GET', '/assets/none.js'],
])('%s %s is a 404 problem', async (method, path) => {
  const response = await api.app.request(`${ORIGIN}${path}`, { method })
  expect([response.status, ((await response.json()) as Problem).type]).toEqual([404, 'urn:impulso:problem:not-found'])
})

test('a fault of ours is told without its particulars', async () => {
  const response = await get('/api/v1/broken', { 'x-request-id': 'caller-0001' })
  const text = await response.text()
  expect([response.status, text.includes('secret')]).toEqual([500, false])
  expect(JSON.parse(text)).toMatchObject({ requestId: 'caller-0001', status: 500 })
})

test('faults with field, row or line are listed', () => {
  const faults = [{ path: 'seats.csv:3', message: 'not a number' }]
  expect(problemOf(new AppError('invalid-input', 'no', { details: faults }), 'r')).toMatchObject({ status: 400, faults })
  const parsed = z.object({ a: z.object({ b: z.number() }) }).safeParse({ a: { b: 'x' } })
  expect(problemOf(parsed.error, 'r')).toMatchObject({ faults: [{ path: 'a.b', message: expect.any(String) }] })
})

test('the description names every operation, its parameters and its answers', async () => {
  const response = await get('/api/openapi.json')
  const description = (await response.json()) as {
    openapi: string
    paths: Record<
      string,
      Record<string, { operationId: string; parameters: { name: string; in: string; required: boolean }[]; requestBody?: unknown }>
    >
    components: { schemas: Record<string, unknown> }
  }
  expect(description.openapi).toBe('3.1.0')
  for (const { method, path } of ROUTES) expect(description.paths[`/api/v1${path.replace(/:(\w+)/g, '{$1}')}`]?.[method]).toBeDefined()
  expect(Object.keys(description.paths['/api/v1/changes'] ?? {})).toEqual(['get'])
  const put = description.paths['/api/v1/customers/{id}/reports/{fileName}']?.put
  expect(put?.parameters.map(each => `${each.in} ${each.name}${each.required ? '' : '?'}`)).toEqual([
    'path id',
    'path fileName',
    'query tenant',
    'query preview?',
    'header Idempotency-Key?',
  ])
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(match => match[1] ?? '')
  const known = Object.keys(description.components.schemas).map(name => `#/components/schemas/${name}`)
  expect(references.filter(reference => !known.includes(reference))).toEqual([])
  const operations = Object.values(description.paths).flatMap(path => Object.values(path).map(each => each.operationId))
  expect(new Set(operations).size).toBe(operations.length)
})
