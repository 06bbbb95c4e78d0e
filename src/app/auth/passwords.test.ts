import { afterAll, beforeAll, expect, test } from 'vitest'
import { weaknessOf } from './passwords.ts'
import { emailOf, PASSWORD, type TestAuth, testAuth, told } from './test-auth.ts'

let its: TestAuth
beforeAll(async () => {
  its = await testAuth()
  await its.addPerson('Ana')
})
afterAll(() => its.close())

const ABOUT = ['Ana Larquist', 'ana.larquist@northwind.example']

test.each([
  ['short', 'PASSWORD_TOO_SHORT', null],
  ['x'.repeat(257), 'PASSWORD_TOO_LONG', null],
  ['password123', 'PASSWORD_TOO_WEAK', 'common'],
  ['Senha123456', 'PASSWORD_TOO_WEAK', 'common'],
  ['qwertyuiop', 'PASSWORD_TOO_WEAK', 'common'],
  ['aaaaaaaaaaaa', 'PASSWORD_TOO_WEAK', 'pattern'],
  ['abcdefghij'.repeat(20), 'PASSWORD_TOO_WEAK', 'pattern'],
  ['Ana.Larquist', 'PASSWORD_TOO_WEAK', 'personal'],
  ['ana.larquist@northwind.example', 'PASSWORD_TOO_WEAK', 'personal'],
  ['larquist2026', 'PASSWORD_TOO_WEAK', null],
])('%s is refused with %s', async (password, code, hint) => {
  const weakness = await weaknessOf(password, ABOUT)
  expect(weakness).toMatchObject({ code })
  if (hint) expect(weakness?.hint).toBe(hint)
  expect(weakness?.message).toMatch(/^[A-Z].*\.$/)
})

test.each([PASSWORD, 'tijolo verde nuvem', 'Tr0ub4dor&3-zqx', 'não sei o que dizer hoje', 'x1!Kq9#vLm2$'])('%s is good', async password => {
  expect(await weaknessOf(password, ABOUT)).toBeUndefined()
})

test.each([
  ['rita.souza1', ['Rita S. Souza', 'rita@example.com']],
  ['RitaSouza99', ['Rita S. Souza', 'rita@example.com']],
  ['souza_rita_example', ['Rita S. Souza', 'rita@example.com']],
  ['JoaoExample#1', ['João Conceição', 'joao.c@example.com']],
])('%s is made of what others know of its owner', async (password, about) => {
  expect(await weaknessOf(password, about)).toMatchObject({ code: 'PASSWORD_TOO_WEAK', hint: 'personal' })
})

test('a name in a password is no fault when what is beside it holds', async () => {
  expect(await weaknessOf('rita tijolo verde nuvem', ['Rita S. Souza', 'rita@example.com'])).toBeUndefined()
})

test('a weak password is refused wherever one is set, and nothing is hashed for it', async () => {
  const person = { email: 'b@example.com', name: 'Bea', right: 'reader' } as const
  const browser = its.browser()
  await browser.signIn('Ana')
  await browser.post('/request-password-reset', { email: emailOf('Ana') })
  await expect.poll(() => its.mails.length).toBe(1)
  const token = its.mails[0]?.url.split('token=')[1] ?? ''
  await its.auth.invite({ email: 'cai@example.com', name: 'Cai', right: 'reader', scope: 'all' })
  const invitation = its.mails[1]?.url.split('token=')[1] ?? ''
  const before = its.hashCount()
  await expect(its.auth.addPerson({ ...person, password: 'password123' })).rejects.toMatchObject({
    code: 'invalid-input',
    details: [{ path: 'password', code: 'PASSWORD_TOO_WEAK', hint: 'common' }],
  })
  await expect(its.auth.acceptInvitation(invitation, 'password123')).rejects.toMatchObject({ code: 'invalid-input' })
  expect(await told(await browser.post('/change-password', { currentPassword: PASSWORD, newPassword: 'ana@example.com' }))).toEqual([
    400,
    'PASSWORD_TOO_WEAK',
  ])
  expect(await told(await browser.post('/reset-password', { newPassword: 'password123', token }))).toEqual([400, 'PASSWORD_TOO_WEAK'])
  expect(its.hashCount()).toBe(before)
  expect(await its.auth.findByEmail('b@example.com')).toBeUndefined()
  // The links are still good: a weak password does not use them up.
  expect((await browser.post('/reset-password', { newPassword: 'tijolo verde nuvem', token })).status).toBe(200)
  expect(await its.auth.acceptInvitation(invitation, PASSWORD)).toMatchObject({ personId: expect.any(String) })
})

test('only demo accounts may have a password that is printed', async () => {
  const person = { email: 'demo@demo.example', name: 'Demo', right: 'reader', password: 'impulsodemo' } as const
  await expect(its.auth.addPerson({ ...person, name: 'Impulsodemo' })).rejects.toMatchObject({ code: 'invalid-input' })
  const id = await its.auth.addPerson({ ...person, isDemo: true })
  expect(await its.auth.getPerson(id)).toMatchObject({ isDemo: true })
})

test('an address has one account', async () => {
  const person = { email: 'ANA@example.com', name: 'Ana', right: 'reader', password: PASSWORD } as const
  await expect(its.auth.addPerson(person)).rejects.toMatchObject({ code: 'conflict' })
})

test('a changed password ends the other sessions when asked to, and is told', async () => {
  const id = await its.addPerson('Dora')
  const [here, there] = [its.browser(), its.browser()]
  await here.signIn('Dora')
  await there.signIn('Dora')
  const change = { currentPassword: PASSWORD, newPassword: 'tijolo verde nuvem', revokeOtherSessions: true }
  expect((await here.post('/change-password', { ...change, currentPassword: 'not the password' })).status).toBe(400)
  expect((await here.post('/change-password', change)).status).toBe(200)
  expect(await here.actor()).toBeDefined()
  expect(await there.actor()).toBeUndefined()
  expect((await there.signIn('Dora')).status).toBe(401)
  expect(its.events.filter(event => event.kind === 'password-changed' && event.personId === id)).toHaveLength(1)
})
