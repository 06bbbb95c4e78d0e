import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../store/testing.ts'
import { type Auth, CLIENT_ADDRESS, createAuth } from './auth.ts'
import { DEMO_ACCOUNTS, isLoopback } from './demo-accounts.ts'
import { sessionSecret } from './secret.ts'

const ORIGIN = 'http://localhost:4100'
let database: Awaited<ReturnType<typeof testDatabase>>
let auth: Auth
const said: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  auth = createAuth({
    databaseUrl: database.url,
    secret: 'a secret of at least thirty-two characters',
    origins: [ORIGIN, 'http://127.0.0.1:4100'],
    log: (_level, message) => said.push(message),
  })
  await auth.addPerson({ email: 'Ana@example.com', name: 'Ana', right: 'lead', password: 'correct horse' })
})
afterAll(async () => {
  await auth.close()
  await database.close()
})

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  auth.handler(
    new Request(`${ORIGIN}/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN, [CLIENT_ADDRESS]: '192.0.2.1', ...headers },
      body: JSON.stringify(body),
    }),
  )
const signIn = (headers: Record<string, string> = {}, password = 'correct horse') =>
  post('/sign-in/email', { email: 'ana@example.com', password }, headers)
const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')

test('a wrong password and an unknown address get the same answer', async () => {
  const wrong = await signIn({}, 'wrong horse')
  const unknown = await post('/sign-in/email', { email: 'nobody@example.com', password: 'wrong horse' })
  expect([wrong.status, unknown.status]).toEqual([401, 401])
  expect(await wrong.json()).toEqual(await unknown.json())
})

test('the session is a cookie that scripts cannot read and other sites cannot send with a form', async () => {
  const response = await signIn()
  expect(response.status).toBe(200)
  const cookie = response.headers.getSetCookie().find(each => each.startsWith('impulso.session_token='))
  expect(cookie).toMatch(/HttpOnly/i)
  expect(cookie).toMatch(/SameSite=Lax/i)
  const actor = await auth.actorOf(new Headers({ cookie: cookieOf(response) }))
  expect(actor).toMatchObject({ name: 'Ana', email: 'ana@example.com', right: 'lead', locale: 'en' })
})

test('a forged, missing or signed-out session is nobody', async () => {
  const cookie = cookieOf(await signIn())
  expect(await auth.actorOf(new Headers())).toBeUndefined()
  expect(await auth.actorOf(new Headers({ cookie: 'impulso.session_token=abc.def' }))).toBeUndefined()
  expect((await post('/sign-out', {}, { cookie })).status).toBe(200)
  expect(await auth.actorOf(new Headers({ cookie }))).toBeUndefined()
})

test('both names of this machine may sign in, another site may not', async () => {
  expect((await signIn({ origin: 'http://127.0.0.1:4100' })).status).toBe(200)
  expect((await signIn({ origin: 'https://evil.example' })).status).toBe(403)
})

test('nobody signs up', async () => {
  const response = await post('/sign-up/email', { email: 'new@example.com', name: 'New', password: 'correct horse' })
  expect(response.status).toBe(400)
  expect(await auth.findByEmail('new@example.com')).toBeUndefined()
})

test('nobody gives oneself an access right; a language one may choose', async () => {
  const cookie = cookieOf(await signIn())
  expect((await post('/update-user', { accessRight: 'administrator' }, { cookie })).status).toBe(400)
  expect((await post('/update-user', { locale: 'pt-BR' }, { cookie })).status).toBe(200)
  expect((await post('/update-user', { locale: '<script>' }, { cookie })).status).toBe(400)
  expect(await auth.actorOf(new Headers({ cookie }))).toMatchObject({ right: 'lead', locale: 'pt-BR' })
  await post('/update-user', { locale: 'en' }, { cookie })
})

test('guessing passwords from one address is slowed down, whatever the password', async () => {
  const from = { [CLIENT_ADDRESS]: '198.51.100.7' }
  const statuses: number[] = []
  for (let count = 0; count < 31; count++) statuses.push((await signIn(from, 'wrong horse')).status)
  expect(statuses.filter(status => status === 401)).toHaveLength(30)
  expect((await signIn(from)).status).toBe(429)
  expect((await signIn({ [CLIENT_ADDRESS]: '198.51.100.8' })).status).toBe(200)
})

test('an address has one account, and a password a length', async () => {
  const person = { email: 'ANA@example.com', name: 'Ana', right: 'reader', password: 'correct horse' } as const
  await expect(auth.addPerson(person)).rejects.toMatchObject({ code: 'conflict' })
  await expect(auth.addPerson({ ...person, email: 'b@example.com', password: 'short' })).rejects.toMatchObject({ code: 'invalid-input' })
  expect(await auth.countPeople()).toBe(1)
})

test('the tables are those the library expects', () => {
  expect(said.filter(line => /schema|column|table/i.test(line))).toEqual([])
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
  expect(new Set(DEMO_ACCOUNTS.map(each => each.right)).size).toBe(8)
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
