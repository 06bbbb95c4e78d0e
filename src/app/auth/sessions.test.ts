import { afterAll, beforeAll, expect, test } from 'vitest'
import { emailOf, type TestAuth, testAuth, told } from './test-auth.ts'

let its: TestAuth
beforeAll(async () => {
  its = await testAuth()
})
afterAll(() => its.close())

const DAY = 24 * 3600_000
const age = (userId: string, days: { begun: number; extended?: number; ends: number }) =>
  its.tables
    .updateTable('session')
    .set({
      created_at: new Date(Date.now() - days.begun * DAY),
      updated_at: new Date(Date.now() - (days.extended ?? days.begun) * DAY),
      expires_at: new Date(Date.now() + days.ends * DAY),
    })
    .where('user_id', '=', userId)
    .execute()

test('a person sees where they are signed in, without what would let others in', async () => {
  const id = await its.addPerson('Ana')
  const [here, there] = [its.browser('203.0.113.1'), its.browser('203.0.113.2')]
  await there.signIn('Ana')
  await here.signIn('Ana')
  const current = await here.actor()
  const sessions = await its.auth.listSessions(id, current?.sessionId)
  expect(sessions.map(each => [each.address, each.agent, each.isCurrent])).toEqual([
    ['203.0.113.1', 'a browser', true],
    ['203.0.113.2', 'a browser', false],
  ])
  const token = here.cookie('impulso.session_token')?.split('.')[0] ?? ''
  expect(JSON.stringify(sessions)).not.toContain(token)
  expect(Object.keys(sessions[0] ?? {}).sort()).toEqual(['address', 'agent', 'createdAt', 'expiresAt', 'id', 'isCurrent', 'lastSeenAt'])
})

test('a session that is revoked is nobody at once; those of others cannot be', async () => {
  const id = await its.addPerson('Bea')
  const other = await its.addPerson('Cai')
  const [here, there] = [its.browser(), its.browser()]
  await here.signIn('Bea')
  await there.signIn('Bea')
  const [kept, revoked] = [await here.actor(), await there.actor()]
  expect(await its.auth.revokeSession(other, revoked?.sessionId ?? '')).toBe(false)
  expect(await there.actor()).toBeDefined()
  expect(await its.auth.revokeSession(id, revoked?.sessionId ?? '')).toBe(true)
  expect(await there.actor()).toBeUndefined()
  await there.signIn('Bea')
  expect(await its.auth.revokeOthers(id, kept?.sessionId ?? '')).toBe(1)
  expect([await here.actor(), await there.actor()].map(Boolean)).toEqual([true, false])
  expect(await its.auth.revokeAll(id)).toBe(1)
  expect(await here.actor()).toBeUndefined()
  expect(its.events.filter(event => event.kind === 'session-revoked')).toHaveLength(3)
})

test('signing in makes a new token, whatever cookie came along, and ends the session before', async () => {
  const id = await its.addPerson('Dora')
  await its.addPerson('Eva')
  const browser = its.browser()
  const planted = 'impulso.session_token=planted.by-somebody-else'
  browser.setCookie(planted)
  await browser.signIn('Dora')
  const first = browser.cookie('impulso.session_token')
  expect(first).not.toContain('planted')
  const before = browser.headers
  await browser.signIn('Dora')
  expect(browser.cookie('impulso.session_token')).not.toBe(first)
  expect(await its.auth.actorOf(before)).toBeUndefined()
  expect(await its.auth.listSessions(id)).toHaveLength(1)
  await browser.signIn('Eva')
  expect(await browser.actor()).toMatchObject({ name: 'Eva' })
  expect(await its.auth.listSessions(id)).toHaveLength(0)
})

test('a session goes on while it is used, for thirty days at most', async () => {
  const id = await its.addPerson('Fia')
  const browser = its.browser()
  const response = await browser.signIn('Fia')
  expect(response.headers.getSetCookie().find(each => each.startsWith('impulso.session_token'))).toContain(`Max-Age=${30 * 24 * 3600}`)
  await age(id, { begun: 6, ends: 1 })
  expect(await browser.actor()).toBeDefined()
  const [extended] = await its.auth.listSessions(id)
  expect(Date.parse(extended?.expiresAt ?? '') - Date.now()).toBeGreaterThan(6 * DAY)
  await age(id, { begun: 30, extended: 0, ends: 7 })
  expect(await browser.actor()).toBeUndefined()
  expect(await its.auth.listSessions(id)).toHaveLength(0)
})

test('the library does not know a session after thirty days either', async () => {
  const id = await its.addPerson('Gil')
  const browser = its.browser()
  await browser.signIn('Gil')
  await age(id, { begun: 30, extended: 0, ends: 7 })
  expect(await (await browser.get('/get-session')).json()).toBeNull()
})

test('a session not used for a week is over', async () => {
  const id = await its.addPerson('Hal')
  const browser = its.browser()
  await browser.signIn('Hal')
  await age(id, { begun: 8, ends: -1 })
  expect(await browser.actor()).toBeUndefined()
})

test('changing how one signs in needs a session of the last hour', async () => {
  const id = await its.addPerson('Ivo')
  const browser = its.browser()
  await browser.signIn('Ivo')
  const actor = await browser.actor()
  if (!actor) throw new Error('Ivo has just signed in')
  expect(await its.auth.isFresh(actor)).toBe(true)
  expect((await browser.get('/passkey/generate-register-options')).status).toBe(200)
  await age(id, { begun: 1, ends: 6 })
  expect(await its.auth.isFresh(actor)).toBe(false)
  expect(await told(await browser.get('/passkey/generate-register-options'))).toEqual([403, 'SESSION_NOT_FRESH'])
  expect(await told(await browser.post('/passkey/delete-passkey', { id: 'x' }))).toEqual([403, 'SESSION_NOT_FRESH'])
})

test('whoever is disabled is nobody at once, by every way in, until enabled again', async () => {
  const id = await its.addPerson('Jo')
  const browser = its.browser()
  await browser.signIn('Jo')
  const { key } = await its.auth.createKey({ personId: id, name: 'a program', scopes: ['read'], days: 1 })
  const byKey = new Headers({ 'x-api-key': key })
  expect(await its.auth.actorOf(byKey)).toBeDefined()
  await its.auth.changePerson(id, { disabled: true })
  expect([await browser.actor(), await its.auth.actorOf(byKey)]).toEqual([undefined, undefined])
  expect(await its.auth.listSessions(id)).toEqual([])
  const wrong = await its.browser().signIn('Nobody')
  const disabled = await its.browser().signIn('Jo')
  expect([disabled.status, await disabled.json()]).toEqual([wrong.status, await wrong.json()])
  its.mails.length = 0
  await its.browser().post('/request-password-reset', { email: emailOf('Jo') })
  await its.auth.settled()
  await its.auth.changePerson(id, { disabled: false })
  expect((await its.browser().signIn('Jo')).status).toBe(200)
  expect(its.mails).toEqual([])
})

test('what has ended is deleted', async () => {
  const id = await its.addPerson('Kim')
  await its.browser().signIn('Kim')
  await age(id, { begun: 8, ends: -1 })
  await its.auth.createKey({ personId: id, name: 'old', scopes: ['read'], days: 1 })
  await its.tables
    .updateTable('api_key')
    .set({ expires_at: new Date(0) })
    .where('reference_id', '=', id)
    .execute()
  await its.browser().signIn('Kim', 'wrong horse staple')
  const later = new Date(Date.now() + 2 * 3600_000)
  const counts = await its.auth.purge(later)
  expect(counts).toMatchObject({ keys: 1 })
  expect(counts.sessions).toBeGreaterThanOrEqual(1)
  expect(counts.failures).toBeGreaterThanOrEqual(1)
  expect(counts.addresses).toBeGreaterThanOrEqual(1)
  expect(await its.auth.listSessions(id)).toEqual([])
  expect(await its.auth.purge(later)).toEqual({ sessions: 0, verifications: 0, keys: 0, failures: 0, addresses: 0 })
})
