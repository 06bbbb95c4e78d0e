import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addTestCustomer } from '../../app/testing.ts'
import type { PlanView, PortfolioPage, Problem } from '../../model/api.ts'
import { HERE, ITEM, nameOf, SAMPLES, status } from '../routes.samples.ts'
import { ROUTES } from '../routes.ts'
import { type TestApi, testApi } from '../testing.ts'

/** Requests as another site, a confused proxy or a patient stranger sends them. */
const ORIGIN = 'http://localhost:4100'
let api: TestApi
let owner: pg.Pool
beforeAll(async () => {
  const webFolder = join(tmpdir(), `impulso-attacks-${process.pid}`, 'web')
  mkdirSync(join(webFolder, 'assets'), { recursive: true })
  writeFileSync(join(webFolder, 'index.html'), '<!doctype html><script src="/assets/a.js"></script>')
  writeFileSync(join(webFolder, '..', 'secret.txt'), 'the secret')
  api = await testApi({ webFolder })
  owner = new pg.Pool({ connectionString: api.urls.owner, max: 1 })
  for (const [id, name] of Object.entries(NAMES))
    await addTestCustomer(api.context, { customer: { id, name }, services: { teams: {} } }, 'main')
})
afterAll(async () => {
  await owner.end()
  await api.close()
})
const NAMES = { percent: '100% Ltd', under: 'a_b', back: 'c\\d', quote: "O'Hara", markup: '<script>alert(1)</script>', plain: 'axb' }

const ask = (path: string, init: RequestInit = {}) => api.app.request(`${ORIGIN}${path}`, init)
/** What the record and the customers say; a refused write leaves both as they were. */
const state = async () =>
  (
    await owner.query(`select (select count(*) from event)::int as events, (select count(*) from installation_event)::int as installation,
    (select sum(version) from customer)::int as versions, (select count(*) from auth.user)::int as people, (select count(*) from team)::int as teams`)
  ).rows[0]

const writes = ROUTES.filter(route => route.method !== 'get')

describe('a write that another site makes a browser send', () => {
  const FOREIGN: readonly (readonly [string, Record<string, string>])[] = [
    ['with its own origin', { origin: 'https://evil.example' }],
    ['with no origin to speak of', { origin: 'null' }],
    ['with ours as a part of its name', { origin: 'http://localhost:4100.evil.example' }],
    ['with ours on another port', { origin: 'http://localhost:4101' }],
    ['with ours over another protocol', { origin: 'https://localhost:4100' }],
    ['from a browser that tells the site alone', { origin: '', 'sec-fetch-site': 'cross-site' }],
    ['from a browser of the same domain', { origin: '', 'sec-fetch-site': 'same-site' }],
  ]
  test.each(FOREIGN)('%s is refused at every route', async (_, headers) => {
    const own = { ...headers }
    if (own.origin === '') delete own.origin
    const cookie = await api.signIn('administrator')
    const before = await state()
    for (const route of writes) {
      const sent = { method: route.method.toUpperCase(), body: route.body || route.takesFile ? '{}' : null }
      const response = await ask(`/api/v1${route.path.replaceAll(/:\w+/g, 'x')}`, {
        ...sent,
        headers: { cookie, 'content-type': 'application/json', ...own },
      })
      expect([nameOf(route), response.status]).toEqual([nameOf(route), 403])
    }
    expect(await state()).toEqual(before)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'as a form of type "%s" is no JSON',
    async type => {
      const before = await state()
      const sent = { path: `${HERE}/items/${ITEM}`, body: JSON.stringify(status(await api.version())) }
      const response = await api.raw('PUT', sent.path, sent.body, 'lead', { 'content-type': type })
      expect(response.status).toBe(400)
      expect(await state()).toEqual(before)
    },
  )

  test('cannot be dressed up as a question: nothing that is asked changes anything but the record of an export', async () => {
    for (const route of ROUTES.filter(each => each.method === 'get' && each.answer !== 'File' && !each.path.endsWith('/export'))) {
      // A sample may make what it asks for.
      const sent = await SAMPLES[nameOf(route)]!.good(api, 'administrator')
      const before = await state()
      expect([nameOf(route), (await api.send('get', sent, 'administrator')).status]).toEqual([nameOf(route), 200])
      expect([nameOf(route), await state()]).toEqual([nameOf(route), before])
    }
  })
})

describe('other words for the same', () => {
  test.each(['x-http-method-override', 'x-http-method', 'x-method-override'])('a method in %s is not heard', async header => {
    const before = await state()
    for (const [method, wanted] of [
      ['GET', 'PUT'],
      ['POST', 'DELETE'],
    ] as const) {
      const response = await api.raw(
        method,
        `${HERE}/items/${ITEM}/status?version=${await api.version()}&_method=DELETE`,
        null,
        'administrator',
        { [header]: wanted },
      )
      expect(response.status).toBe(404)
    }
    expect(await state()).toEqual(before)
  })

  test.each(['OPTIONS', 'PATCH', 'PROPFIND', 'PURGE'])('%s is no method of any route', async method => {
    for (const path of ['/api/v1/customers/contoso', '/api/v1/me', '/api/auth/get-session', '/api/v1/settings']) {
      const response = await ask(path, { method, headers: { origin: ORIGIN, cookie: await api.signIn('reader') } })
      expect([path, response.status, response.headers.get('access-control-allow-origin')]).toEqual([path, 404, null])
    }
  })

  test('HEAD tells what GET would, to whom GET would, without a body', async () => {
    for (const [cookie, expected] of [
      ['', 401],
      [await api.signIn('reader'), 200],
    ] as const) {
      const response = await ask('/api/v1/customers/contoso', { method: 'HEAD', headers: { cookie } })
      expect([response.status, await response.text()]).toEqual([expected, ''])
    }
  })

  test.each([
    '/api/v1/Customers/contoso',
    '/api/v1//customers/contoso',
    '/api/v1/customers/contoso/',
    '/api/v1/customers/contoso;x',
    '/api/v1/./customers/contoso/%2e%2e/contoso2',
  ])('%s is not let through without a session', async path => {
    expect((await ask(path)).status).toBeOneOf([400, 401, 404])
  })
})

describe('another host in the request', () => {
  test.each([
    { host: 'evil.example' },
    { host: 'localhost:4100.evil.example' },
    { host: 'localhost:4100@evil.example' },
    { 'x-forwarded-host': 'evil.example' },
    { forwarded: 'host=evil.example' },
  ])('does not get into the link of a mail: %j', async headers => {
    const before = (await owner.query<{ id: string }>('select id from mail')).rows.length
    const email = `reader@example.com`
    await ask('/api/auth/request-password-reset', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
      body: JSON.stringify({ email }),
    })
    const { rows } = await owner.query<{ text: string }>('select text from mail')
    expect(rows.length).toBeGreaterThanOrEqual(before)
    for (const { text } of rows) {
      expect(text).not.toContain('evil.example')
      for (const [link] of text.matchAll(/https?:\/\/\S+/g)) expect(new URL(link).origin).toBe(ORIGIN)
    }
  })
})

describe('a session', () => {
  const signIn = (cookie?: string) =>
    ask('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN, ...(cookie ? { cookie } : {}) },
      body: JSON.stringify({ email: 'reader@example.com', password: 'correct horse battery' }),
    })
  const sessionOf = (response: Response) => response.headers.getSetCookie().find(each => each.startsWith('impulso.session_token=')) ?? ''

  test('that was in the browser before signing in is not the one after', async () => {
    const planted = (await api.signIn('administrator')).split('; ').find(each => each.startsWith('impulso.session_token=')) ?? ''
    const response = await signIn(planted)
    expect(response.status).toBe(200)
    expect(sessionOf(response).split(';')[0]).not.toBe(planted)
    expect(sessionOf(await signIn('impulso.session_token=chosen-by-somebody')).split(';')[0]).not.toContain('chosen-by-somebody')
    expect((await ask('/api/v1/me', { headers: { cookie: 'impulso.session_token=chosen-by-somebody' } })).status).toBe(401)
  })

  test('is of no use without its signature, nor with that of another', async () => {
    const [one = '', other = ''] = (await Promise.all([api.signIn('reader'), api.signIn('lead')])).map(
      each => /impulso\.session_token=([^;]+)/.exec(each)?.[1] ?? '',
    )
    const [token, signature] = [decodeURIComponent(one).split('.')[0], decodeURIComponent(other).split('.').slice(1).join('.')]
    for (const value of [token, `${token}.`, `${token}.${signature}`, `${one}x`, one.slice(0, -8)]) {
      expect([value?.length, (await ask('/api/v1/me', { headers: { cookie: `impulso.session_token=${value}` } })).status]).toEqual([
        value?.length,
        401,
      ])
    }
    expect((await ask('/api/v1/me', { headers: { cookie: `impulso.session_token=${one}` } })).status).toBe(200)
  })

  test('is kept where scripts and other sites do not come', async () => {
    for (const cookie of (await signIn()).headers.getSetCookie()) {
      expect(cookie).toMatch(/; HttpOnly/i)
      expect(cookie).toMatch(/; SameSite=(Lax|Strict)/i)
      expect(cookie).toMatch(/; Path=\//i)
      expect(cookie).not.toMatch(/; Domain=/i)
    }
  })
})

describe('a way back to somewhere else', () => {
  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\\/evil.example',
    'http:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/%5cevil.example',
    'http://localhost:4100@evil.example',
    'http://localhost:4100.evil.example',
    '\t//evil.example',
    '/\t/evil.example',
  ])('is not taken: %j', async target => {
    for (const [method, path, body] of [
      ['POST', '/api/auth/sign-in/social', { provider: 'sso', callbackURL: target, errorCallbackURL: target }],
      ['POST', '/api/auth/sign-in/email', { email: 'reader@example.com', password: 'correct horse battery', callbackURL: target }],
      ['POST', '/api/auth/request-password-reset', { email: 'reader@example.com', redirectTo: target }],
      ['GET', `/api/auth/reset-password/x?callbackURL=${encodeURIComponent(target)}`, null],
      ['GET', `/api/auth/verify-email?token=x&callbackURL=${encodeURIComponent(target)}`, null],
      ['GET', `/api/auth/callback/sso?state=x&code=y&callbackURL=${encodeURIComponent(target)}`, null],
      ['GET', `/sign-in?next=${encodeURIComponent(target)}`, null],
    ] as const) {
      const headers = { 'content-type': 'application/json', origin: ORIGIN }
      const response = await ask(path, { method, headers, body: body && JSON.stringify(body) })
      const location = response.headers.get('location')
      expect([path, location === null || new URL(location, ORIGIN).origin === ORIGIN]).toEqual([path, true])
      expect([path, (await response.text()).includes('evil.example') && response.status < 400]).toEqual([path, false])
    }
  })
})

describe('a path out of the folder', () => {
  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/....//secret.txt',
    '/assets/%00../secret.txt',
    '//secret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/..;/secret.txt',
  ])('gives nothing of it: %s', async path => {
    expect(await (await ask(path)).text()).not.toContain('the secret')
  })

  test.each(['../../etc/passwd', '..\\..\\boot.ini', '/etc/passwd', 'a\0.csv', 'a\r\nb.csv', 'x'.repeat(201)])(
    'is no name of an upload: %j',
    async name => {
      const before = await state()
      const response = await api.raw(
        'PUT',
        `${HERE}/reports/${encodeURIComponent(name)}?tenant=contoso-main`,
        'service,entitled\nteams,3\n',
        'lead',
      )
      expect(response.status).toBe(400)
      expect([await state(), api.uploadsLeft()]).toEqual([before, []])
    },
  )
})

describe('text that means something to a machine', () => {
  const find = async (query: string) => {
    const response = await api.send('get', { path: `/portfolio?limit=200&${query}` }, 'reader')
    return [response.status, response.status === 200 ? ((await response.json()) as PortfolioPage).rows.map(row => row.id).sort() : null]
  }
  test.each([
    ['%', ['percent']],
    ['_', ['under']],
    ['a_b', ['under']],
    ['\\', ['back']],
    ["o'h", ['quote']],
    ["' or 1=1 --", []],
    ["'; drop table customer; --", []],
    ['$1', []],
    ['<script>', ['markup']],
    ['%25%', []],
    ['\\%', []],
    ['x'.repeat(200), []],
  ])('is searched for as it is written: %j', async (q, expected) => {
    expect(await find(`q=${encodeURIComponent(q)}`)).toEqual([200, expected])
  })

  test.each(['name; drop table customer', '(select 1)', 'customer.id', 'teams)', 'constructor', '__proto__', ''])(
    'is no column to sort by: %j',
    async sort => {
      expect((await find(`sort=${encodeURIComponent(sort)}`))[0]).toBe(400)
    },
  )

  test.each([
    ["owner=' or ''='", 200, []],
    ["segment=' or ''='", 400, null],
    ['order=desc; select 1', 400, null],
    ['limit=1;select', 400, null],
    ['at=-1', 400, null],
    ['attention=due or true', 400, null],
  ])('is no part of a query: %s', async (query, expected, rows) => {
    const [name = '', ...rest] = query.split('=')
    expect(await find(`${name}=${encodeURIComponent(rest.join('='))}`)).toEqual([expected, rows])
  })

  test('a zero byte is refused, not cut at', async () => {
    for (const path of [
      '/portfolio?q=a%00b',
      '/portfolio?owner=a%00b',
      `${HERE}/explain?item=a%00b`,
      '/customers/contoso%00/plan',
      `${HERE}/items/a%00b/status?version=0`,
    ]) {
      const response = await api.send(path.includes('status') ? 'delete' : 'get', { path }, 'administrator')
      expect([path, response.status]).toEqual([path, expect.toBeOneOf([400, 404])])
    }
    const body = { status: 'blocked', reason: 'customer', note: 'a\0b', version: await api.version() }
    expect((await api.send('put', { path: `${HERE}/items/${ITEM}`, body }, 'administrator')).status).toBe(400)
    expect((await api.send('post', { path: '/invitation', body: { token: 'a\0b' } }, null)).status).toBe(400)
    for (const sent of [
      { email: 'a\0b@example.com', password: 'x' },
      { email: 'reader@example.com', password: 'a\0b' },
    ]) {
      const headers = { 'content-type': 'application/json', origin: ORIGIN }
      const response = await ask('/api/auth/sign-in/email', { method: 'POST', headers, body: JSON.stringify(sent) })
      expect(response.status).toBeOneOf([400, 401])
    }
  })

  test('markup in a note and a name comes back as JSON that nothing takes for a page', async () => {
    const note = '<img src=x onerror=alert(1)>'
    const put = await api.send(
      'put',
      { path: `${HERE}/items/${ITEM}`, body: { status: 'blocked', reason: 'customer', note, version: await api.version() } },
      'lead',
    )
    expect([put.status, ((await put.json()) as PlanView) !== null]).toEqual([200, true])
    for (const path of [`${HERE}/plan`, '/customers/markup', '/portfolio']) {
      const response = await api.send('get', { path }, 'reader')
      expect(['content-type', 'x-content-type-options', 'content-security-policy'].map(name => response.headers.get(name))).toEqual([
        'application/json',
        'nosniff',
        "default-src 'none'; frame-ancestors 'none'",
      ])
    }
  })

  test('a problem does not repeat what it was sent as anything but JSON', async () => {
    for (const path of ['/api/v1/<script>alert(1)</script>', '/api/v1/customers/<script>', '/<script>alert(1)</script>.js']) {
      const response = await ask(path, { headers: { cookie: await api.signIn('reader') } })
      expect([path, response.headers.get('content-type')]).toEqual([path, 'application/problem+json'])
    }
  })

  test('long texts of what our expressions read slowly at worst are refused by their length', async () => {
    const long = 'a'.repeat(60_000)
    for (const [method, path, body] of [
      ['get', `/portfolio?q=${long.slice(0, 201)}`, undefined],
      ['get', `/customers/${long.slice(0, 4000)}`, undefined],
      ['get', `/playbooks/current/pages/x?locale=${'a-'.repeat(1000)}`, undefined],
      ['put', `${HERE}/facts`, { name: `services.${long}.x`, value: true, version: 0 }],
      ['put', `${HERE}/facts`, { name: `check.${long}`, value: true, version: 0 }],
      ['post', '/people', { email: `${long}@${long}`, name: 'x', right: 'reader', scope: 'all' }],
      ['post', '/people', { email: `${'a@'.repeat(5000)}x`, name: 'x', right: 'reader', scope: 'all' }],
      ['put', `/teams/${'a-'.repeat(500)}`, { name: 'x', members: [] }],
    ] as const) {
      const response = await api.send(method, { path, ...(body ? { body } : {}) }, 'administrator')
      expect([path.slice(0, 40), response.status]).toEqual([path.slice(0, 40), 400])
    }
  })
})

describe('more than fits', () => {
  test('a small file that unpacks to a large one is refused and leaves nothing', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'service,entitled\n'))
    expect(bomb.length).toBeLessThan(api.uploadLimit * 8)
    const before = await state()
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        controller.enqueue(new Uint8Array(bomb))
        controller.close()
      },
    })
    const response = await api.raw('PUT', `${HERE}/reports/bomb.csv.gz?tenant=contoso-main`, body, 'lead', {
      'content-type': 'application/gzip',
    })
    expect(((await response.json()) as Problem).status).toBeOneOf([400, 413])
    expect([await state(), api.uploadsLeft()]).toEqual([before, []])
  })

  test.each([
    ['brackets within brackets', '['.repeat(100_000)],
    ['objects within objects', '{"a":'.repeat(50_000)],
    ['a number without end', `{"version":${'9'.repeat(100_000)}}`],
    ['many fields', `{${Array.from({ length: 10_000 }, (_, n) => `"f${n}":1`).join(',')}}`],
  ])('%s are refused', async (_, body) => {
    const before = await state()
    expect((await api.raw('PUT', `${HERE}/items/${ITEM}`, body, 'lead')).status).toBe(400)
    expect(await state()).toEqual(before)
  })
})
