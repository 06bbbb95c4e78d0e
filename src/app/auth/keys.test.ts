import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, type TestAuth, testAuth } from './test-auth.ts'

let its: TestAuth
let ana: string
beforeAll(async () => {
  its = await testAuth()
  ana = await its.addPerson('Ana', 'engineer')
})
afterAll(() => its.close())

const make = (name = 'a program', days = 30) => its.auth.createKey({ personId: ana, name, scopes: ['read'], days })
const by = (key: string) => its.auth.actorOf(new Headers({ authorization: `Bearer ${key}` }))

test('a key is its person, with the scopes it was given, in both headers', async () => {
  const { id, key } = await its.auth.createKey({ personId: ana, name: 'both', scopes: ['write', 'read', 'read'], days: 30 })
  expect(key).toMatch(/^imp_[a-zA-Z]{64}$/)
  const expected = { id: ana, name: 'Ana', right: 'engineer', scope: 'all', sessionId: id, keyScopes: ['read', 'write'] }
  expect(await by(key)).toMatchObject(expected)
  expect(await its.auth.actorOf(new Headers({ 'x-api-key': key }))).toMatchObject(expected)
  expect((await by((await make()).key))?.keyScopes).toEqual(['read'])
})

test('a key is shown once and kept as a hash', async () => {
  const { id, key } = await make('shown once')
  const row = await its.tables.selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(row.key).toBe(createHash('sha256').update(key).digest('base64url'))
  expect(JSON.stringify(row)).not.toContain(key.slice(12))
  const shown = (await its.auth.listKeys(ana)).find(each => each.id === id)
  expect(shown).toMatchObject({ name: 'shown once', start: key.slice(0, 10), scopes: ['read'], lastUsedAt: null })
  expect(JSON.stringify(shown)).not.toContain(key.slice(12))
})

test.each([
  [{ days: 0 }, 'days'],
  [{ days: 366 }, 'days'],
  [{ days: 1.5 }, 'days'],
  [{ name: '  ' }, 'name'],
  [{ name: 'x'.repeat(65) }, 'name'],
  [{ scopes: [] }, 'scopes'],
  [{ scopes: ['admin' as 'read'] }, 'scopes'],
])('a key with %o is refused, naming %s', async (wrong, field) => {
  const given = { personId: ana, name: 'a program', scopes: ['read'] as const, days: 30, ...wrong }
  await expect(its.auth.createKey(given)).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(field) })
})

test('a key that has ended, was deleted or was never made is nobody', async () => {
  const [ended, deleted] = [await make('ended'), await make('deleted')]
  await its.tables
    .updateTable('api_key')
    .set({ expires_at: new Date(Date.now() - 1) })
    .where('id', '=', ended.id)
    .execute()
  expect(await its.auth.deleteKey('somebody else', deleted.id)).toBe(false)
  expect(await by(deleted.key)).toBeDefined()
  expect(await its.auth.deleteKey(ana, deleted.id)).toBe(true)
  expect(await its.auth.deleteKey(ana, deleted.id)).toBe(false)
  for (const key of [ended.key, deleted.key, `imp_${'a'.repeat(64)}`, 'imp_', '', "imp_' or 1=1"]) expect(await by(key)).toBeUndefined()
})

test('a wrong key is nobody, also with the cookie of a session', async () => {
  const browser = its.browser()
  await browser.signIn('Ana')
  const { headers } = browser
  headers.set('x-api-key', 'imp_wrong')
  expect(await its.auth.actorOf(headers)).toBeUndefined()
})

test('a key opens nothing of sign-in: it cannot make itself a session or a passkey', async () => {
  const { key } = await make('not a session')
  for (const header of [{ 'x-api-key': key }, { authorization: `Bearer ${key}` }]) {
    const session = await its.browser().send('GET', '/get-session', undefined, header)
    expect(await session.json()).toBeNull()
    expect((await its.browser().send('GET', '/passkey/generate-register-options', undefined, header)).status).toBe(401)
    expect((await its.browser().post('/update-user', { name: 'Key' }, header)).status).toBe(401)
  }
  const actor = await by(key)
  if (!actor) throw new Error('the key has just been made')
  expect(await its.auth.isFresh(actor)).toBe(false)
})

test('a key used too often has to wait, others do not', async () => {
  const [busy, other] = [await make('busy'), await make('other')]
  await its.tables.updateTable('api_key').set({ rate_limit_max: 3 }).where('id', '=', busy.id).execute()
  for (let count = 0; count < 3; count++) expect(await by(busy.key)).toBeDefined()
  await expect(by(busy.key)).rejects.toMatchObject({ code: 'too-many', details: { retryAfterSeconds: 60 } })
  expect(await by(other.key)).toBeDefined()
})

test('making and deleting are told, and one person has twenty at most', async () => {
  const person = await its.auth.addPerson({ email: 'bea@example.com', name: 'Bea', right: 'reader', password: PASSWORD })
  const given = { personId: person, name: 'one of many', scopes: ['read'] as const, days: 1 }
  const made = []
  for (let count = 0; count < 20; count++) made.push(await its.auth.createKey(given))
  await expect(its.auth.createKey(given)).rejects.toMatchObject({ code: 'conflict' })
  await its.auth.deleteKey(person, made[0]?.id ?? '', { by: ana })
  expect(its.events.filter(event => event.personId === person).map(event => [event.kind, event.by])).toEqual([
    ...Array.from({ length: 20 }, () => ['key-made', person]),
    ['key-removed', ana],
  ])
  await expect(its.auth.createKey({ ...given, personId: 'nobody' })).rejects.toMatchObject({ code: 'not-found' })
})
