import { afterAll, beforeAll, expect, test } from 'vitest'
import { MOST_FAILURES, WINDOW_SECONDS } from './lock-out.ts'
import { type Browser, emailOf, PASSWORD, type TestAuth, testAuth, told } from './test-auth.ts'

let its: TestAuth
beforeAll(async () => {
  its = await testAuth()
})
afterAll(() => its.close())

/** Somebody at many addresses who does not know the password. */
async function guess(name: string, times = MOST_FAILURES): Promise<number[]> {
  const statuses: number[] = []
  for (let count = 0; count < times; count++) statuses.push((await its.browser().signIn(name, 'wrong horse staple')).status)
  return statuses
}
const wait = (seconds: number) =>
  its.tables
    .updateTable('sign_in_failure')
    .set(eb => ({ expire: eb('expire', '-', String(seconds * 1000)) }))
    .execute()
const isIn = async (browser: Browser) => (await browser.actor()) !== undefined

test('after ten wrong passwords strangers are refused, also with the right one, for a quarter of an hour', async () => {
  await its.addPerson('Ana')
  expect(new Set(await guess('Ana'))).toEqual(new Set([401]))
  const hashes = its.hashCount()
  const refused = await its.browser().signIn('Ana')
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(WINDOW_SECONDS)
  expect(await told(refused)).toEqual([429, 'TOO_MANY_FAILURES'])
  expect(its.hashCount()).toBe(hashes)
  await wait(WINDOW_SECONDS)
  expect((await its.browser().signIn('Ana')).status).toBe(200)
})

test('an address without an account is refused after the same number, with the same words', async () => {
  await its.addPerson('Bea')
  const known = [...(await guess('Bea')), await told(await its.browser().signIn('Bea'))]
  const unknown = [...(await guess('Nobody')), await told(await its.browser().signIn('Nobody'))]
  expect(unknown).toEqual(known)
})

test('the lock-out is told once, of accounts that exist', async () => {
  const id = await its.addPerson('Cai')
  its.events.length = 0
  await guess('Cai', MOST_FAILURES + 3)
  await guess('Nobody2', MOST_FAILURES + 1)
  await expect.poll(() => its.events.length).toBe(MOST_FAILURES + 1)
  expect(its.events.filter(event => event.kind === 'locked-out').map(event => event.personId)).toEqual([id])
})

test('many guesses at once count like many one by one', async () => {
  await its.addPerson('Dora')
  const answers = await Promise.all(Array.from({ length: 25 }, () => its.browser().signIn('Dora', 'wrong horse staple')))
  const statuses = answers.map(answer => answer.status)
  expect(statuses.filter(status => status === 401)).toHaveLength(MOST_FAILURES)
  expect(statuses.filter(status => status === 429)).toHaveLength(25 - MOST_FAILURES)
})

test('a browser in which the owner has signed in before is not kept out by strangers', async () => {
  await its.addPerson('Eva')
  const known = its.browser()
  await known.signIn('Eva')
  await known.post('/sign-out')
  await guess('Eva', MOST_FAILURES + 5)
  expect((await its.browser().signIn('Eva')).status).toBe(429)
  expect((await known.signIn('Eva')).status).toBe(200)
  expect(await isIn(known)).toBe(true)
})

test('a known browser has ten guesses of its own, and they keep nobody else out', async () => {
  await its.addPerson('Fia')
  const known = its.browser()
  await known.signIn('Fia')
  for (let count = 0; count < MOST_FAILURES; count++) expect((await known.signIn('Fia', 'wrong horse staple')).status).toBe(401)
  expect((await known.signIn('Fia')).status).toBe(429)
  expect((await its.browser().signIn('Fia')).status).toBe(200)
})

test('a device cookie is good for its account only, until it ends, and not when it was changed', async () => {
  await its.addPerson('Gil')
  await its.addPerson('Hal')
  const gil = its.browser()
  const response = await gil.signIn('Gil')
  expect(response.headers.getSetCookie().find(each => each.startsWith('impulso.device='))).toMatch(/HttpOnly; SameSite=Lax/)
  const cookie = gil.cookie('impulso.device') ?? ''
  expect(cookie).not.toContain('gil')
  await guess('Hal')
  expect((await gil.signIn('Hal')).status).toBe(429)
  await guess('Gil')
  const [account, device, until, signature] = cookie.split('.')
  for (const forged of [
    `${account}.${device}.9999999999.${signature}`,
    `${account}.other.${until}.${signature}`,
    `${account}.${device}.${until}.x`,
    '',
    '...',
  ]) {
    const browser = its.browser()
    browser.setCookie(`impulso.device=${forged}`)
    expect((await browser.signIn('Gil')).status).toBe(429)
  }
  const copy = its.browser()
  copy.setCookie(`impulso.device=${cookie}`)
  expect((await copy.signIn('Gil')).status).toBe(200)
})

test('whoever got hold of a session has ten guesses at the password too, wherever it is asked again, and the owner is not kept out', async () => {
  const id = await its.addPerson('Jan')
  const owner = its.browser()
  await owner.signIn('Jan')
  // The session without the cookie that knows the device, from many addresses.
  const stolen = () => {
    const browser = its.browser()
    browser.setCookie(`impulso.session_token=${owner.cookie('impulso.session_token')}`)
    return browser
  }
  const wrong = 'wrong horse staple'
  const asks = [
    ['/two-factor/enable', { password: wrong }],
    ['/two-factor/disable', { password: wrong }],
    ['/change-password', { currentPassword: wrong, newPassword: 'tijolo verde nuvem' }],
    // Tells whoever has no second factor so, without a look at the password.
    ['/two-factor/generate-backup-codes', { password: wrong }],
  ] as const
  its.events.length = 0
  for (let count = 0; count < MOST_FAILURES; count++) {
    const [path, body] = asks[count % 3]!
    expect((await stolen().post(path, body)).status).toBe(400)
  }
  for (const [path, body] of asks) expect(await told(await stolen().post(path, body))).toEqual([429, 'TOO_MANY_FAILURES'])
  await expect.poll(() => its.events.map(event => [event.kind, event.personId])).toEqual([['locked-out', id]])
  expect((await owner.post('/two-factor/enable', { password: PASSWORD })).status).toBe(200)
  expect((await its.browser().signIn('Jan')).status).toBe(200)
})

test('whoever is kept out gets in with the mail that sets a new password', async () => {
  await its.addPerson('Ivo')
  await guess('Ivo')
  const browser = its.browser()
  expect((await browser.signIn('Ivo')).status).toBe(429)
  its.mails.length = 0
  await browser.post('/request-password-reset', { email: emailOf('Ivo') })
  await expect.poll(() => its.mails.length).toBe(1)
  const token = its.mails[0]?.url.split('token=')[1]
  expect((await browser.post('/reset-password', { token, newPassword: 'tijolo verde nuvem' })).status).toBe(200)
  expect((await browser.signIn('Ivo', 'tijolo verde nuvem')).status).toBe(200)
  expect((await its.browser().signIn('Ivo', PASSWORD)).status).toBe(429)
})

test('what counts failures keeps no address and no name', async () => {
  const { rows } = await its.tables
    .selectFrom('sign_in_failure')
    .select('key')
    .execute()
    .then(found => ({ rows: found.map(row => row.key) }))
  expect(rows.length).toBeGreaterThan(5)
  for (const key of rows.filter(each => !each.startsWith('mail:')))
    expect(key).toMatch(/^failure:(password|code|confirmation):[\w-]{43}:(stranger|[\w-]{22})$/)
})
