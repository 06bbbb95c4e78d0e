import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAuthDatabase } from '../../store/auth-database.ts'
import { endpointOf } from './endpoints.ts'
import { buildLibrary } from './library.ts'
import { countedHashing } from './passwords.ts'
import { ORIGIN, type TestAuth, testAuth, told } from './test-auth.ts'

let its: TestAuth
beforeAll(async () => {
  its = await testAuth()
  await its.addPerson('Ana')
})
afterAll(() => its.close())

/** What may be asked. Whoever adds a line here has decided that everybody on the network may ask it. */
const REACHABLE = [
  'POST /change-password',
  'POST /passkey/delete-passkey',
  'GET /passkey/generate-authenticate-options',
  'GET /passkey/generate-register-options',
  'GET /passkey/list-user-passkeys',
  'POST /passkey/update-passkey',
  'POST /passkey/verify-authentication',
  'POST /passkey/verify-registration',
  'GET /get-session',
  'POST /request-password-reset',
  'POST /reset-password',
  'POST /sign-in/email',
  'POST /sign-in/social',
  'POST /sign-out',
  'POST /two-factor/disable',
  'POST /two-factor/enable',
  'POST /two-factor/generate-backup-codes',
  'POST /two-factor/verify-backup-code',
  'POST /two-factor/verify-totp',
  'POST /update-user',
]

/** Every endpoint this version of the library and its plugins has. */
async function endpointsOfTheLibrary(): Promise<string[]> {
  const database = openAuthDatabase(its.database.urls.auth)
  const options = { databaseUrl: '', secret: 'a secret of at least thirty-two characters', origins: [ORIGIN] }
  const nothing = async () => {}
  const library = buildLibrary({ options, database, hashing: countedHashing(() => {}), provider: null, sendReset: nothing, later: nothing })
  // The library types each endpoint by its own input; of all of them only path and method are read.
  const endpoints = Object.values(library.api) as unknown as { path?: string; options: { method?: string | string[] } }[]
  await library.$context
  await database.close()
  return endpoints.flatMap(({ path, options: { method = 'GET' } }) => (path ? [method].flat().map(each => `${each} ${path}`) : []))
}

test('of all endpoints of the library only those listed are reachable', async () => {
  const all = await endpointsOfTheLibrary()
  expect(all.length).toBeGreaterThan(40)
  const reachable = all.filter(name => {
    const [method = '', path = ''] = name.split(' ')
    return endpointOf(new Request(`${ORIGIN}/api/auth${path}`, { method })) !== undefined
  })
  expect(reachable.sort()).toEqual([...REACHABLE].sort())
})

test.each([
  'POST /sign-up/email',
  'GET /list-sessions',
  'POST /revoke-session',
  'POST /revoke-sessions',
  'POST /revoke-other-sessions',
  'POST /change-email',
  'POST /delete-user',
  'GET /delete-user/callback',
  'POST /set-password',
  'POST /verify-password',
  'POST /api-key/create',
  'GET /api-key/list',
  'POST /api-key/update',
  'POST /api-key/delete',
  'POST /api-key/verify',
  'POST /link-social',
  'POST /unlink-account',
  'GET /list-accounts',
  'GET /account-info',
  'POST /get-access-token',
  'POST /refresh-token',
  'POST /send-verification-email',
  'GET /verify-email',
  'POST /update-session',
  'POST /two-factor/send-otp',
  'POST /two-factor/verify-otp',
  'POST /two-factor/get-totp-uri',
  'GET /reset-password/abc',
  'GET /callback/google',
  'GET /error',
  'GET /ok',
  'GET /sign-in/email',
  'PUT /update-user',
  'DELETE /get-session',
  'POST /sign-in/email/',
  'POST //sign-in/email',
  'POST /./sign-up/email',
  'POST /sign-in%2Femail',
  'POST /SIGN-IN/email',
  'POST /__proto__',
  'GET /constructor',
  'GET ',
])('%s is answered like something that is not there', async name => {
  const browser = its.browser()
  await browser.signIn('Ana')
  const [method = '', path = ''] = name.split(' ')
  expect((await browser.send(method, path, method === 'GET' ? undefined : {})).status).toBe(404)
})

test('without a provider there is no single sign-on to ask for', async () => {
  expect((await its.browser().post('/sign-in/social', { provider: 'sso', callbackURL: '/' })).status).toBe(404)
  expect((await its.browser().get('/callback/sso?code=1&state=2')).status).toBe(404)
})

test.each([
  ['/sign-in/email', { email: 'ana@example.com', password: 'x', callbackURL: 'https://evil.example' }],
  ['/reset-password', { newPassword: 'x', token: 'y', userId: 'z' }],
  ['/request-password-reset', { email: 'ana@example.com', redirectTo: 'https://evil.example' }],
  ['/two-factor/verify-totp', { code: '1', trustDevice: true }],
  ['/two-factor/verify-backup-code', { code: '1', disableSession: true }],
  ['/passkey/verify-registration', { response: {}, createSession: true }],
  ['/sign-out', { callbackURL: 'https://evil.example' }],
])('%s takes no field that is not listed', async (path, body) => {
  expect(await told(await its.browser().post(path, body))).toEqual([400, 'UNKNOWN_FIELD'])
})

test('nothing is taken from the address: a reset link’s token there would pass by the look at the password, and leave no event', async () => {
  await its.addPerson('Bea')
  const browser = its.browser()
  await browser.post('/request-password-reset', { email: 'bea@example.com' })
  await expect.poll(() => its.mails.length).toBe(1)
  const token = its.mails[0]?.url.split('token=')[1] ?? ''
  expect(await told(await browser.post(`/reset-password?token=${token}`, { newPassword: 'password123' }))).toEqual([400, 'UNKNOWN_FIELD'])
  expect((await browser.signIn('Bea', 'password123')).status).toBe(401)
  expect((await browser.send('GET', '/get-session?disableCookieCache=true')).status).toBe(400)
  expect((await browser.post('/reset-password', { newPassword: 'tijolo verde nuvem', token })).status).toBe(200)
})

test('text that the database cannot keep is refused, not stumbled over', async () => {
  const browser = its.browser()
  await browser.signIn('Ana')
  expect(await told(await browser.post('/update-user', { name: 'A\u0000na' }))).toEqual([400, 'INVALID_BODY'])
  expect((await browser.get('/callback/sso?code=1&state=%00')).status).toBe(404)
  browser.setCookie('impulso.two_factor=%00.%00')
  browser.setCookie('impulso.device=%00')
  browser.setCookie('impulso.session_token=%00.%00')
  expect((await browser.post('/two-factor/verify-totp', { code: '1' })).status).toBe(401)
  expect((await browser.signIn('Ana')).status).toBe(200)
})

test.each(['[]', '"text"', 'null', '{', 'a=b'])('a body of %s is refused', async body => {
  expect(await told(await its.browser().post('/sign-in/email', body))).toEqual([400, 'INVALID_BODY'])
})
