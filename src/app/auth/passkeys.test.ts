import { afterAll, beforeAll, expect, test } from 'vitest'
import { passkeyHost } from './library.ts'
import { MOST_FAILURES } from './lock-out.ts'
import { type Browser, ORIGIN, type TestAuth, testAuth, told } from './test-auth.ts'
import { Authenticator } from './test-authenticator.ts'

let its: TestAuth
beforeAll(async () => {
  its = await testAuth()
})
afterAll(() => its.close())

type RegisterOptions = { challenge: string; rp: { id: string }; authenticatorSelection: unknown }
type SignInOptions = { challenge: string; rpId: string; userVerification: string; allowCredentials?: unknown }
const registerOptions = async (browser: Browser) =>
  (await (await browser.get('/passkey/generate-register-options')).json()) as RegisterOptions
const signInOptions = async (browser: Browser) =>
  (await (await browser.get('/passkey/generate-authenticate-options')).json()) as SignInOptions

/** Somebody who has added a passkey. */
async function withPasskey(name: string) {
  const id = await its.addPerson(name)
  const browser = its.browser()
  await browser.signIn(name)
  const passkey = new Authenticator()
  const response = passkey.register(await registerOptions(browser), ORIGIN)
  const added = await browser.post('/passkey/verify-registration', { response, name: 'A laptop' })
  expect(added.status).toBe(200)
  return { id, browser, passkey, added: (await added.json()) as { id: string } }
}
const use = async (passkey: Authenticator, browser = its.browser(), { origin = ORIGIN, isUnlocked = true } = {}) => {
  const response = passkey.authenticate(await signInOptions(browser), origin, { isUnlocked })
  return { browser, answer: await browser.post('/passkey/verify-authentication', { response }), response }
}

test('a passkey signs in without an address or a password', async () => {
  const { id, passkey } = await withPasskey('Ana')
  const { browser, answer } = await use(passkey)
  expect(answer.status).toBe(200)
  expect(await answer.text()).not.toContain('"token"')
  expect(await browser.actor()).toMatchObject({ id, keyScopes: null })
  expect(await its.auth.waysInOf(id)).toMatchObject({ passkeys: [{ name: 'A laptop' }] })
  expect(its.events.filter(each => each.personId === id).map(each => each.kind)).toEqual(['signed-in', 'passkey-added', 'signed-in'])
})

test('what is asked of the browser: a key it can find by itself, on a device it unlocks', async () => {
  const browser = its.browser()
  const options = await signInOptions(browser)
  expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
  expect(options.allowCredentials).toBeUndefined()
  await its.addPerson('Bea')
  await browser.signIn('Bea')
  expect((await registerOptions(browser)).authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' })
})

test('both names of this machine may use it, another site may not', async () => {
  const { passkey } = await withPasskey('Cai')
  expect((await use(passkey, its.browser(), { origin: 'http://127.0.0.1:4100' })).answer.status).toBe(200)
  expect((await use(passkey, its.browser(), { origin: 'https://evil.example' })).answer.status).toBe(400)
})

test('a passkey on a device that was not unlocked is refused', async () => {
  const { passkey } = await withPasskey('Dora')
  const { browser, answer } = await use(passkey, its.browser(), { isUnlocked: false })
  expect(await told(answer)).toEqual([401, 'USER_NOT_VERIFIED'])
  expect(await browser.actor()).toBeUndefined()
})

test('an answer works once, in the browser that asked, and only for the key it names', async () => {
  const { passkey } = await withPasskey('Eva')
  const { browser, response } = await use(passkey)
  await browser.post('/sign-out')
  expect((await browser.post('/passkey/verify-authentication', { response })).status).toBe(400)
  expect((await its.browser().post('/passkey/verify-authentication', { response })).status).toBe(400)
  expect((await use(new Authenticator())).answer.status).toBe(401)
  const other = new Authenticator()
  other.id.set(passkey.id)
  other.authenticate({ challenge: '', rpId: '' }, ORIGIN)
  expect((await use(other)).answer.status).toBe(401)
})

test('nobody adds a passkey for somebody else or without a session, nor takes one away', async () => {
  const eva = await withPasskey('Fia')
  const gil = await withPasskey('Gil')
  expect((await its.browser().get('/passkey/generate-register-options')).status).toBe(401)
  const options = await registerOptions(eva.browser)
  const response = new Authenticator().register(options, ORIGIN)
  expect((await gil.browser.post('/passkey/verify-registration', { response })).status).toBe(400)
  expect((await gil.browser.post('/passkey/delete-passkey', { id: eva.added.id })).status).toBe(401)
  expect((await gil.browser.post('/passkey/update-passkey', { id: eva.added.id, name: 'mine' })).status).toBe(401)
  expect(await its.auth.waysInOf(eva.id)).toMatchObject({ passkeys: [{ name: 'A laptop' }] })
})

test('a passkey that was taken away opens nothing', async () => {
  const { id, browser, passkey, added } = await withPasskey('Hal')
  expect((await browser.post('/passkey/delete-passkey', { id: added.id })).status).toBe(200)
  expect((await use(passkey)).answer.status).toBe(401)
  expect(its.events.at(-1)).toMatchObject({ kind: 'passkey-removed', personId: id })
})

test('strangers who guess passwords do not keep a passkey out; being disabled does', async () => {
  const { id, passkey } = await withPasskey('Ivo')
  for (let count = 0; count <= MOST_FAILURES; count++) await its.browser().signIn('Ivo', 'wrong horse staple')
  expect((await its.browser().signIn('Ivo')).status).toBe(429)
  const { browser } = await use(passkey)
  expect(await browser.actor()).toMatchObject({ id })
  await its.auth.changePerson(id, { disabled: true })
  expect(await browser.actor()).toBeUndefined()
  expect((await use(passkey)).answer.status).toBe(401)
})

test.each([
  [['https://impulso.example.com', 'http://127.0.0.1:4100'], 'impulso.example.com'],
  [['http://127.0.0.1:4100', 'http://localhost:4100'], 'localhost'],
  [['http://192.168.0.10:4100'], 'localhost'],
  [['http://[::1]:4100', 'http://portal:4100'], 'portal'],
])('passkeys of %j belong to %s', (origins, host) => {
  expect(passkeyHost(origins)).toBe(host)
})
