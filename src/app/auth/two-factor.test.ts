import { afterAll, beforeAll, expect, test } from 'vitest'
import { MOST_FAILURES } from './lock-out.ts'
import { type Browser, emailOf, PASSWORD, type TestAuth, testAuth, told } from './test-auth.ts'
import { codeOf } from './test-totp.ts'

let its: TestAuth
beforeAll(async () => {
  its = await testAuth()
})
afterAll(() => its.close())

type Enabled = { totpURI: string; backupCodes: string[] }

/** Somebody with an authenticator app, signed in. */
async function withTwoFactor(name: string): Promise<{ id: string; browser: Browser } & Enabled> {
  const id = await its.addPerson(name)
  const browser = its.browser()
  await browser.signIn(name)
  const enabled = (await (await browser.post('/two-factor/enable', { password: PASSWORD })).json()) as Enabled
  expect((await browser.post('/two-factor/verify-totp', { code: codeOf(enabled.totpURI) })).status).toBe(200)
  return { id, browser, ...enabled }
}
const wrongCode = (uri: string) => (codeOf(uri) === '000000' ? '000001' : '000000')
const challenged = async (name: string, browser = its.browser()) => {
  expect(await (await browser.signIn(name)).json()).toMatchObject({ twoFactorRedirect: true, twoFactorMethods: ['totp'] })
  return browser
}

test('with a second factor the password alone opens nothing, the code does', async () => {
  const { id, totpURI } = await withTwoFactor('Ana')
  expect(totpURI).toMatch(/^otpauth:\/\/totp\/Impulso:/)
  expect(await its.auth.getPerson(id)).toMatchObject({ hasTwoFactor: true })
  its.events.length = 0
  const browser = await challenged('Ana')
  expect(browser.cookie('impulso.session_token')).toBeUndefined()
  expect(browser.cookie('impulso.device')).toBeUndefined()
  expect(await browser.actor()).toBeUndefined()
  expect(its.events).toEqual([])
  expect(await told(await browser.post('/two-factor/verify-totp', { code: wrongCode(totpURI) }))).toEqual([401, 'INVALID_CODE'])
  expect(await browser.actor()).toBeUndefined()
  const answer = await browser.post('/two-factor/verify-totp', { code: codeOf(totpURI) })
  expect(answer.status).toBe(200)
  expect(await answer.text()).not.toContain('"token"')
  expect(await browser.actor()).toMatchObject({ id })
  await expect.poll(() => its.events.map(event => event.kind).sort()).toEqual(['sign-in-refused', 'signed-in'])
})

test('a backup code works once', async () => {
  const { backupCodes } = await withTwoFactor('Bea')
  expect(backupCodes.length).toBeGreaterThanOrEqual(8)
  const code = backupCodes[0]
  const first = await challenged('Bea')
  expect((await first.post('/two-factor/verify-backup-code', { code })).status).toBe(200)
  expect(await first.actor()).toBeDefined()
  const second = await challenged('Bea')
  expect((await second.post('/two-factor/verify-backup-code', { code })).status).toBe(401)
  expect(await second.actor()).toBeUndefined()
})

test('switching it on needs the password and a first code, switching it off the password', async () => {
  const id = await its.addPerson('Cai')
  const browser = its.browser()
  await browser.signIn('Cai')
  expect((await browser.post('/two-factor/enable', { password: 'not the password' })).status).toBe(400)
  const enabled = (await (await browser.post('/two-factor/enable', { password: PASSWORD })).json()) as Enabled
  expect(await its.auth.getPerson(id)).toMatchObject({ hasTwoFactor: false })
  expect((await its.browser().signIn('Cai')).status).toBe(200)
  const before = browser.headers
  await browser.post('/two-factor/verify-totp', { code: codeOf(enabled.totpURI) })
  expect(await its.auth.actorOf(before)).toBeUndefined()
  expect(await its.auth.waysInOf(id)).toMatchObject({ hasTwoFactor: true })
  expect((await browser.post('/two-factor/disable', { password: 'not the password' })).status).toBe(400)
  expect((await browser.post('/two-factor/disable', { password: PASSWORD })).status).toBe(200)
  expect(await (await its.browser().signIn('Cai')).json()).toMatchObject({ user: { email: emailOf('Cai') } })
  expect(its.events.filter(each => each.personId === id && each.kind.startsWith('two-factor')).map(each => each.kind)).toEqual([
    'two-factor-on',
    'two-factor-off',
  ])
})

test('secret and backup codes are not kept in the clear', async () => {
  const { id, totpURI, backupCodes } = await withTwoFactor('Dora')
  const row = JSON.stringify(await its.tables.selectFrom('two_factor').selectAll().where('user_id', '=', id).executeTakeFirstOrThrow())
  for (const secret of [new URL(totpURI).searchParams.get('secret') ?? '', ...backupCodes]) expect(row).not.toContain(secret)
})

test('guessing codes ends after five for one sign-in, and after ten for strangers together', async () => {
  const { totpURI, browser: known } = await withTwoFactor('Eva')
  const statuses: number[] = []
  for (let count = 0; count < 3 && !statuses.includes(429); count++) {
    const stranger = await challenged('Eva')
    for (let guess = 0; guess < 6; guess++)
      statuses.push((await stranger.post('/two-factor/verify-totp', { code: wrongCode(totpURI) })).status)
  }
  expect(statuses.filter(status => status === 401).length).toBeLessThanOrEqual(MOST_FAILURES)
  const stranger = await challenged('Eva')
  expect(await told(await stranger.post('/two-factor/verify-totp', { code: codeOf(totpURI) }))).toEqual([429, 'TOO_MANY_FAILURES'])
  expect((await stranger.post('/two-factor/verify-backup-code', { code: 'x' })).status).toBe(429)
  await known.post('/sign-out')
  await challenged('Eva', known)
  expect((await known.post('/two-factor/verify-totp', { code: codeOf(totpURI) })).status).toBe(200)
  expect(await known.actor()).toBeDefined()
})

test.each<[string, (value: string) => string]>([
  ['in quotes', value => `impulso.two_factor="${value}"`],
  ['with a space after its name', value => `impulso.two_factor =${value}`],
  ['with a tab after its name', value => `impulso.two_factor\t=${value}`],
  ['after one of the same name in quotes', value => `impulso.two_factor="x"; impulso.two_factor=${value}`],
  ['after something without a value', value => `x; impulso.two_factor=${value}`],
])('a cookie written %s gets no guess by what counts them', async (how, cookieOf) => {
  const name = `Kay${how.replaceAll(' ', '')}`
  const { totpURI } = await withTwoFactor(name)
  const challenge = async () => cookieOf((await challenged(name)).cookie('impulso.two_factor') ?? '')
  const send = async (cookie: string, code: string) => (await its.browser().post('/two-factor/verify-totp', { code }, { cookie })).status
  for (let round = 0; round < 2; round++) {
    const cookie = await challenge()
    for (let guess = 0; guess < MOST_FAILURES / 2; guess++) expect(await send(cookie, wrongCode(totpURI))).toBe(401)
  }
  // Counted, or not taken for the cookie at all: the right code opens nothing either way.
  expect([429, 401]).toContain(await send(await challenge(), codeOf(totpURI)))
})

test('a code signs in once, also for who tries it at the same moment', async () => {
  const { totpURI } = await withTwoFactor('Hal')
  const code = codeOf(totpURI)
  const both = [await challenged('Hal'), await challenged('Hal')]
  const answers = await Promise.all(both.map(browser => browser.post('/two-factor/verify-totp', { code })))
  expect(answers.map(answer => answer.status).sort()).toEqual([200, 401])
  const late = await challenged('Hal')
  expect(await told(await late.post('/two-factor/verify-totp', { code }))).toEqual([401, 'INVALID_CODE'])
})

test('a code without a password before it opens nothing', async () => {
  const { totpURI } = await withTwoFactor('Fia')
  const browser = its.browser()
  expect((await browser.post('/two-factor/verify-totp', { code: codeOf(totpURI) })).status).toBe(401)
  browser.setCookie('impulso.two_factor=2fa-forged.signature')
  expect((await browser.post('/two-factor/verify-totp', { code: codeOf(totpURI) })).status).toBe(401)
})

test('a forgotten password does not take the second factor away; whoever keeps the server can', async () => {
  const { id, totpURI } = await withTwoFactor('Gil')
  const reset = async (link: string, newPassword: string) =>
    (await its.browser().post('/reset-password', { token: new URL(link).searchParams.get('token'), newPassword })).status
  expect(await reset(await its.auth.recoverPassword(emailOf('Gil')), 'tijolo verde nuvem')).toBe(200)
  const browser = its.browser()
  expect(await (await browser.signIn('Gil', 'tijolo verde nuvem')).json()).toMatchObject({ twoFactorRedirect: true })
  expect((await browser.post('/two-factor/verify-totp', { code: codeOf(totpURI) })).status).toBe(200)
  expect(await reset(await its.auth.recoverPassword(emailOf('Gil'), { dropTwoFactor: true }), PASSWORD)).toBe(200)
  expect(await its.auth.waysInOf(id)).toMatchObject({ hasTwoFactor: false })
  const after = its.browser()
  await after.signIn('Gil')
  expect(await after.actor()).toBeDefined()
})
