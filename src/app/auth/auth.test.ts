import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ACCESS_RIGHTS } from '../../model/api.ts'
import { DEMO_ACCOUNTS, DEMO_SCOPES, isLoopback } from './demo-accounts.ts'
import { sessionSecret } from './secret.ts'
import { PASSWORD, type TestAuth, testAuth } from './test-auth.ts'

let its: TestAuth

beforeAll(async () => {
  its = await testAuth()
  await its.addPerson('Ana', 'lead')
})
afterAll(() => its.close())

test('a wrong password and an unknown address get the same answer at the same cost', async () => {
  const before = its.hashCount()
  const wrong = await its.browser().signIn('Ana', 'wrong horse staple')
  const between = its.hashCount()
  const unknown = await its.browser().signIn('Nobody', 'wrong horse staple')
  expect([wrong.status, unknown.status]).toEqual([401, 401])
  expect(await wrong.text()).toBe(await unknown.text())
  expect([...wrong.headers.keys()]).toEqual([...unknown.headers.keys()])
  expect([between - before, its.hashCount() - between]).toEqual([1, 1])
})

test('the session is a cookie that scripts cannot read and other sites cannot send with a form', async () => {
  const browser = its.browser()
  const response = await browser.signIn('Ana')
  expect(response.status).toBe(200)
  const cookie = response.headers.getSetCookie().find(each => each.startsWith('impulso.session_token='))
  expect(cookie).toMatch(/HttpOnly/i)
  expect(cookie).toMatch(/SameSite=Lax/i)
  expect(await browser.actor()).toMatchObject({
    name: 'Ana',
    email: 'ana@example.com',
    right: 'lead',
    scope: 'all',
    locale: 'en',
    keyScopes: null,
  })
})

test('behind https every cookie is this host’s alone, and sent over https only', async () => {
  const secure = await testAuth({ origins: ['https://impulso.example.com'] })
  await secure.addPerson('Ana')
  const response = await secure
    .browser()
    .post('/sign-in/email', { email: 'ana@example.com', password: PASSWORD }, { origin: 'https://impulso.example.com' })
  const cookies = response.headers.getSetCookie()
  expect(cookies.map(each => each.split('=')[0])).toEqual(['__Host-impulso.session_token', '__Host-impulso.device'])
  // Browsers take a cookie of such a name only like this.
  for (const cookie of cookies) {
    const attributes = cookie.split('; ').slice(1)
    expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax']))
    expect(attributes.filter(each => /^domain=/i.test(each))).toEqual([])
  }
  const headers = new Headers({ cookie: cookies.map(each => each.split(';')[0]).join('; ') })
  expect(await secure.auth.actorOf(headers)).toMatchObject({ name: 'Ana' })
  const planted = new Headers({ cookie: (headers.get('cookie') ?? '').replaceAll('__Host-', '') })
  expect(await secure.auth.actorOf(planted)).toBeUndefined()
  await secure.close()
})

test('no answer gives a script the session token', async () => {
  const browser = its.browser()
  const answers = [await browser.signIn('Ana'), await browser.get('/get-session')]
  const token = browser.cookie('impulso.session_token')?.split('.')[0] ?? 'none'
  for (const answer of answers) {
    const text = await answer.text()
    expect(text).toContain('ana@example.com')
    expect(text).not.toContain(token)
    expect(text).not.toContain('"token"')
  }
})

test('a forged, missing or signed-out session is nobody', async () => {
  const browser = its.browser()
  await browser.signIn('Ana')
  const { headers } = browser
  expect(await its.auth.actorOf(headers)).toBeDefined()
  expect(await its.auth.actorOf(new Headers())).toBeUndefined()
  expect(await its.auth.actorOf(new Headers({ cookie: 'impulso.session_token=abc.def' }))).toBeUndefined()
  expect((await browser.post('/sign-out')).status).toBe(200)
  expect(await its.auth.actorOf(headers)).toBeUndefined()
})

test('both names of this machine may sign in, another site may not', async () => {
  const ana = { email: 'ana@example.com', password: PASSWORD }
  expect((await its.browser().post('/sign-in/email', ana, { origin: 'http://127.0.0.1:4100' })).status).toBe(200)
  expect((await its.browser().post('/sign-in/email', ana, { origin: 'https://evil.example' })).status).toBe(403)
})

test('a form of another page cannot sign anybody in or out', async () => {
  const body = 'email=ana%40example.com&password=longboat+river+seventeen'
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await its.browser().post('/sign-in/email', body, form)).status).toBe(400)
  const browser = its.browser()
  await browser.signIn('Ana')
  expect((await browser.post('/sign-out', '{}', { 'content-type': 'text/plain' })).status).toBe(400)
  expect((await browser.post('/sign-out', {}, { origin: 'https://evil.example' })).status).toBe(403)
  expect(await browser.actor()).toBeDefined()
})

test('nobody gives oneself an access right; a language and a name one may choose', async () => {
  const browser = its.browser()
  await browser.signIn('Ana')
  for (const body of [
    { accessRight: 'administrator' },
    { accessScope: 'all' },
    { image: 'x' },
    { disabledAt: null },
    { locale: '<script>' },
    { name: ' ' },
    { name: 'Ana\nBcc: x@example.com' },
  ]) {
    expect((await browser.post('/update-user', body)).status).toBe(400)
  }
  expect((await browser.post('/update-user', { locale: 'pt-BR', name: 'Ana Silva' })).status).toBe(200)
  expect(await browser.actor()).toMatchObject({ right: 'lead', locale: 'pt-BR', name: 'Ana Silva' })
  expect(its.people.at(-1)).toMatchObject({ name: 'Ana Silva' })
  expect(its.events.filter(event => event.kind === 'person-changed').map(event => event.told)).toEqual([{ isRenamed: true }])
  await browser.post('/update-user', { locale: 'en', name: 'Ana' })
})

test('guessing from one address is slowed down, whatever the account and the password', async () => {
  const statuses: number[] = []
  for (let count = 0; count < 31; count++)
    statuses.push((await its.browser('198.51.100.7').signIn(`Guess${count}`, 'wrong horse staple')).status)
  expect(statuses.filter(status => status === 401)).toHaveLength(30)
  const refused = await its.browser('198.51.100.7').signIn('Ana')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await its.browser('198.51.100.8').signIn('Ana')).status).toBe(200)
})

test('signing in, failing and signing out are told, with address and agent and nothing secret', async () => {
  const id = await its.addPerson('Bea')
  its.events.length = 0
  const browser = its.browser('203.0.113.9')
  await browser.signIn('Bea', 'wrong horse staple')
  await browser.signIn('Nobody', 'wrong horse staple')
  await browser.signIn('Bea')
  await browser.post('/sign-out')
  await expect.poll(() => its.events.length).toBe(3)
  const from = { personId: id, by: id, address: '203.0.113.9', agent: 'a browser' }
  expect(new Set(its.events)).toEqual(new Set(['sign-in-refused', 'signed-in', 'signed-out'].map(kind => ({ kind, ...from }))))
  expect((await its.auth.getPerson(id)).lastSignInAt).not.toBeNull()
})

test('the tables are those the library expects, and what it says names nobody', () => {
  expect(its.said.filter(line => /schema|column|relation|does not exist/i.test(line))).toEqual([])
  expect(its.said.filter(line => /@example|Ana|Bea/.test(line))).toEqual([])
})

test('the secret is made once, for its owner only', () => {
  const folder = mkdtempSync(join(tmpdir(), 'impulso-secret-'))
  const first = sessionSecret(folder)
  expect(sessionSecret(folder)).toBe(first)
  expect(first.length).toBeGreaterThanOrEqual(43)
  expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
  expect(() => sessionSecret(folder, 'short')).toThrow(/32 characters/)
  rmSync(folder, { recursive: true })
})

test('one demo account per access right', () => {
  expect(DEMO_ACCOUNTS.map(each => each.email)).toContain('fasttrack-manager@demo.example')
  expect(DEMO_ACCOUNTS.map(each => each.right)).toEqual(ACCESS_RIGHTS)
  expect(new Set(Object.values(DEMO_SCOPES))).toEqual(new Set(['all', 'team', 'customers', 'services']))
})

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.0.10', false],
  ['127.0.0.1.example.com', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})
