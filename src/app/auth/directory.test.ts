import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestAuth, testAuth } from './test-auth.ts'

let its: TestAuth
let ana: string
beforeAll(async () => {
  its = await testAuth()
  ana = await its.addPerson('Ana', 'administrator')
})
afterAll(() => its.close())

test('people are listed by name, page by page, and found by name or address', async () => {
  for (const name of ['Cai', 'Bea', 'Dora_x', 'Dorax']) await its.addPerson(name)
  const first = await its.auth.listPeople({ limit: 2 })
  const second = await its.auth.listPeople({ limit: 2, after: first.next ?? '' })
  const third = await its.auth.listPeople({ limit: 2, after: second.next ?? '' })
  expect([first, second, third].map(page => page.people.map(each => each.name))).toEqual([['Ana', 'Bea'], ['Cai', 'Dora_x'], ['Dorax']])
  expect(third.next).toBeNull()
  await expect(its.auth.listPeople({ limit: 2, after: 'nobody' })).rejects.toMatchObject({ code: 'invalid-input' })
  const found = async (q: string) => (await its.auth.listPeople({ q, limit: 10 })).people.map(each => each.name)
  expect(await found('CAI@')).toEqual(['Cai'])
  expect(await found('a_x')).toEqual(['Dora_x'])
  expect(await found('%')).toEqual([])
  expect(await its.auth.countPeople()).toBe(5)
})

test('a person is changed in what is given only, and by whom is told', async () => {
  const id = await its.addPerson('Eva', 'engineer')
  its.events.length = 0
  expect(await its.auth.changePerson(id, { right: 'lead' }, { by: ana })).toMatchObject({
    name: 'Eva',
    right: 'lead',
    scope: 'all',
    state: 'active',
  })
  expect(await its.auth.changePerson(id, { scope: 'services', name: 'Eva B' })).toMatchObject({
    name: 'Eva B',
    right: 'lead',
    scope: 'services',
  })
  await its.auth.changePerson(id, { disabled: true })
  await its.auth.changePerson(id, { disabled: true })
  await its.auth.changePerson(id, { disabled: false })
  await its.auth.changePerson(id, {})
  expect(its.events.map(event => [event.kind, event.by])).toEqual([
    ['person-changed', ana],
    ['person-changed', id],
    ['person-disabled', id],
    ['person-enabled', id],
  ])
  expect(its.people.at(-1)).toEqual({ id, name: 'Eva B' })
  await expect(its.auth.changePerson('nobody', {})).rejects.toMatchObject({ code: 'not-found' })
  await expect(its.auth.changePerson(id, { right: 'owner' as 'lead' })).rejects.toThrow()
})

test('the last administrator who can sign in stays one', async () => {
  expect(await its.auth.countAdministrators()).toBe(1)
  const refused = { code: 'conflict' }
  await expect(its.auth.changePerson(ana, { disabled: true })).rejects.toMatchObject(refused)
  await expect(its.auth.changePerson(ana, { right: 'lead' })).rejects.toMatchObject(refused)
  await expect(its.auth.deletePerson(ana)).rejects.toMatchObject(refused)
  expect(await its.auth.changePerson(ana, { right: 'administrator', name: 'Ana A' })).toMatchObject({ name: 'Ana A' })
  // Somebody invited or disabled cannot help.
  await its.auth.invite({ email: 'fia@example.com', name: 'Fia', right: 'administrator', scope: 'all' })
  const gil = await its.addPerson('Gil', 'administrator')
  await its.auth.changePerson(gil, { disabled: true })
  await expect(its.auth.changePerson(ana, { disabled: true })).rejects.toMatchObject(refused)
  await its.auth.changePerson(gil, { disabled: false })
  expect(await its.auth.changePerson(ana, { right: 'lead' })).toMatchObject({ right: 'lead' })
  await its.auth.changePerson(ana, { right: 'administrator' })
})

test('of two who take the right from each other at once one stays administrator', async () => {
  const all = (await its.auth.listPeople({ limit: 50 })).people.filter(each => each.right === 'administrator' && each.state === 'active')
  expect(all).toHaveLength(2)
  const both = await Promise.allSettled(all.map(each => its.auth.changePerson(each.id, { right: 'reader' })))
  expect(both.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await its.auth.countAdministrators()).toBe(1)
})

test('what sign-in holds about a person is theirs to have, without what lets anybody in', async () => {
  const id = await its.addPerson('Hal')
  const browser = its.browser('203.0.113.7')
  await browser.signIn('Hal')
  const { key } = await its.auth.createKey({ personId: id, name: 'a program', scopes: ['read'], days: 1 })
  const copy = await its.auth.exportOf(id)
  const text = JSON.stringify(copy)
  expect(copy).toMatchObject({
    account: { id, name: 'Hal', email: 'hal@example.com' },
    signInProviders: [{ provider_id: 'credential' }],
    sessions: [{ ip_address: '203.0.113.7', user_agent: 'a browser' }],
    passkeys: [],
    keys: [{ name: 'a program', start: key.slice(0, 10) }],
  })
  const { password } = await its.tables.selectFrom('account').select('password').where('user_id', '=', id).executeTakeFirstOrThrow()
  const { token } = await its.tables.selectFrom('session').select('token').where('user_id', '=', id).executeTakeFirstOrThrow()
  for (const secret of [password ?? 'none', token, key, key.slice(12)]) expect(text).not.toContain(secret)
})

test('a deleted person leaves nothing behind and may come again', async () => {
  const id = await its.addPerson('Ivo')
  const browser = its.browser()
  await browser.signIn('Ivo')
  const { key } = await its.auth.createKey({ personId: id, name: 'a program', scopes: ['read'], days: 1 })
  await its.auth.recoverPassword('ivo@example.com')
  await its.auth.deletePerson(id, { by: ana })
  expect(await browser.actor()).toBeUndefined()
  expect(await its.auth.actorOf(new Headers({ 'x-api-key': key }))).toBeUndefined()
  await expect(its.auth.getPerson(id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(its.auth.deletePerson(id)).rejects.toMatchObject({ code: 'not-found' })
  const left = await Promise.all([
    its.tables.selectFrom('session').select('id').where('user_id', '=', id).execute(),
    its.tables.selectFrom('account').select('id').where('user_id', '=', id).execute(),
    its.tables.selectFrom('verification').select('id').where('value', '=', id).execute(),
    its.tables.selectFrom('api_key').select('id').where('reference_id', '=', id).execute(),
  ])
  expect(left).toEqual([[], [], [], []])
  expect(its.events.at(-1)).toMatchObject({ kind: 'person-deleted', personId: id, by: ana })
  expect(await its.addPerson('Ivo')).not.toBe(id)
})
