import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SsoConfig } from './sso-config.ts'
import { emailOf, ORIGIN, type TestAuth, testAuth } from './test-auth.ts'
import { chooseAccount, comeBack, signInWithSso, startSso } from './test-walk.ts'
import { type OidcProvider, startOidcProvider } from './testing.ts'

const CLIENT = { clientId: 'impulso', clientSecret: 'a secret & of the client', redirectUris: [`${ORIGIN}/api/auth/callback/sso`] }
let provider: OidcProvider
let its: TestAuth
let sso: SsoConfig
beforeAll(async () => {
  provider = await startOidcProvider({ clients: [CLIENT], accounts: [] })
  sso = {
    name: 'Contoso',
    issuer: provider.issuer,
    clientId: CLIENT.clientId,
    clientSecret: CLIENT.clientSecret,
    groups: { admins: 'administrator', leads: 'lead', engineers: 'engineer' },
    groupsClaim: 'groups',
    defaultRight: null,
    scope: 'customers',
    onlySso: false,
  }
  its = await testAuth({ sso })
  await its.addPerson('Root', 'administrator')
})
afterAll(async () => {
  await its.close()
  await provider.close()
})

/** Somebody at the provider; the id and the address are made of the name. */
const atProvider = (name: string, groups?: readonly string[], more: object = {}) =>
  provider.save({ id: `sub-${name}`, name, email: emailOf(name), emailVerified: true, ...(groups ? { groups } : {}), ...more })
const come = async (name: string) => {
  const browser = its.browser()
  const to = await signInWithSso(browser, `sub-${name}`)
  return { browser, to, error: to.searchParams.get('error'), actor: await browser.actor() }
}

test('somebody new comes in with the highest right their groups give, and the store knows them', async () => {
  atProvider('Ana', ['engineers', 'everyone', 'leads'])
  const { to, actor } = await come('Ana')
  expect(`${to.pathname}${to.search}`).toBe('/')
  expect(actor).toMatchObject({ name: 'Ana', email: 'ana@example.com', right: 'lead', scope: 'customers', keyScopes: null })
  expect(its.people.filter(each => each.name === 'Ana')).toEqual([{ id: actor?.id, name: 'Ana' }])
  expect(its.events.filter(each => each.personId === actor?.id).map(each => each.kind)).toEqual(['person-added', 'signed-in'])
  expect(await its.auth.waysInOf(actor?.id ?? '')).toEqual({ hasPassword: false, hasTwoFactor: false, sso: 'made', passkeys: [] })
  const again = await come('Ana')
  expect(again.actor?.id).toBe(actor?.id)
})

test('without a group that counts one stays out, unless there is a default', async () => {
  atProvider('Bea', ['everyone'])
  expect(await come('Bea')).toMatchObject({ error: 'sso_not_allowed', actor: undefined })
  expect(await its.auth.findByEmail('bea@example.com')).toBeUndefined()
  const open = await testAuth({ sso: { ...sso, defaultRight: 'reader' } })
  const browser = open.browser()
  await signInWithSso(browser, 'sub-Bea')
  expect(await browser.actor()).toMatchObject({ right: 'reader' })
  await open.close()
})

test('the right follows the groups at each sign-in; out of all groups is out', async () => {
  atProvider('Cai', ['engineers'])
  expect((await come('Cai')).actor).toMatchObject({ right: 'engineer' })
  atProvider('Cai', ['leads'])
  const { actor } = await come('Cai')
  expect(actor).toMatchObject({ right: 'lead' })
  expect((await come('Cai')).actor).toEqual({ ...actor, sessionId: expect.any(String) })
  expect(its.events.filter(each => each.personId === actor?.id && each.told).map(each => [each.kind, each.told])).toEqual([
    ['person-added', { before: null, after: { right: 'engineer', scope: 'customers' } }],
    ['person-changed', { before: { right: 'engineer', scope: 'customers' }, after: { right: 'lead', scope: 'customers' } }],
  ])
  atProvider('Cai', [])
  expect(await come('Cai')).toMatchObject({ error: 'sso_not_allowed', actor: undefined })
})

test('an account made here is linked by a verified address and keeps its right where no group counts', async () => {
  const id = await its.addPerson('Dora', 'author')
  atProvider('Dora', ['everyone'])
  expect((await come('Dora')).actor).toMatchObject({ id, right: 'author', scope: 'all' })
  expect(await its.auth.waysInOf(id)).toMatchObject({ hasPassword: true, sso: 'linked' })
  atProvider('Dora', ['engineers'])
  expect((await come('Dora')).actor).toMatchObject({ id, right: 'engineer' })
  expect((await its.browser().signIn('Dora')).status).toBe(200)
})

test('an address that is not verified links nothing', async () => {
  const id = await its.addPerson('Eva', 'administrator')
  for (const more of [
    { emailVerified: false },
    { emailVerified: undefined },
    { email: undefined, claims: { preferred_username: emailOf('Eva') } },
  ]) {
    atProvider('Eva', ['admins'], more)
    expect(await come('Eva')).toMatchObject({ error: 'sso_email_not_verified', actor: undefined })
  }
  expect(await its.auth.waysInOf(id)).toMatchObject({ sso: 'none' })
  atProvider('Eva', ['admins'], { emailVerified: undefined, claims: { xms_edov: true } })
  expect((await come('Eva')).actor).toMatchObject({ id })
})

test('people are known by their id at the provider: a changed address is the same person, a taken over address is not', async () => {
  atProvider('Fia', ['engineers'])
  const first = (await come('Fia')).actor
  atProvider('Fia', ['engineers'], { email: 'fia.new@example.com' })
  expect((await come('Fia')).actor).toMatchObject({ id: first?.id, email: 'fia@example.com' })
  provider.save({ id: 'sub-somebody-else', name: 'Fia', email: emailOf('Fia'), emailVerified: false, groups: ['admins'] })
  const browser = its.browser()
  expect((await signInWithSso(browser, 'sub-somebody-else')).searchParams.get('error')).toBe('sso_email_not_verified')
  expect(await browser.actor()).toBeUndefined()
})

test('without an address one stays out; the user name takes its place where it is one', async () => {
  atProvider('Gil', ['engineers'], { email: undefined })
  expect(await come('Gil')).toMatchObject({ error: 'sso_no_email' })
  atProvider('Gil', ['engineers'], { email: undefined, claims: { preferred_username: 'gil@example.com' } })
  expect((await come('Gil')).actor).toMatchObject({ email: 'gil@example.com', right: 'engineer' })
})

test('somebody disabled stays out and the record says so', async () => {
  atProvider('Hal', ['engineers'])
  const { actor } = await come('Hal')
  await its.auth.changePerson(actor?.id ?? '', { disabled: true })
  expect(await come('Hal')).toMatchObject({ error: 'account_disabled', actor: undefined })
  expect(its.events.at(-1)).toMatchObject({ kind: 'sign-in-refused', personId: actor?.id })
})

test('too many groups for a token: the right stays as it was, somebody new stays out', async () => {
  const cut = { claims: { _claim_names: { groups: 'src1' } } }
  atProvider('Ivo', ['leads'])
  expect((await come('Ivo')).actor).toMatchObject({ right: 'lead' })
  atProvider('Ivo', undefined, cut)
  expect((await come('Ivo')).actor).toMatchObject({ right: 'lead' })
  atProvider('Jo', undefined, cut)
  expect(await come('Jo')).toMatchObject({ error: 'sso_too_many_groups' })
})

test('the last administrator does not lose the right to a group', async () => {
  const alone = await testAuth({ sso })
  await alone.addPerson('Kim', 'administrator')
  atProvider('Kim', ['engineers'])
  const browser = alone.browser()
  await signInWithSso(browser, 'sub-Kim')
  expect(await browser.actor()).toMatchObject({ right: 'administrator' })
  await alone.close()
})

test('a name from the provider that could write into the head of a mail is not used', async () => {
  provider.save({ id: 'sub-odd', name: 'Odd\r\nBcc: x@example.com', email: 'odd@example.com', emailVerified: true, groups: ['leads'] })
  const browser = its.browser()
  await signInWithSso(browser, 'sub-odd')
  expect(await browser.actor()).toMatchObject({ name: 'odd@example.com' })
})

test('somebody invited who comes with single sign-on has accepted', async () => {
  const id = await its.auth.invite({ email: emailOf('Lea'), name: 'Lea', right: 'author', scope: 'all' })
  atProvider('Lea')
  expect((await come('Lea')).actor).toMatchObject({ id, right: 'author' })
  expect(await its.auth.getPerson(id)).toMatchObject({ state: 'active' })
})

test('whoever has no password here gets no mail to make one', async () => {
  atProvider('Mia', ['engineers'])
  await come('Mia')
  its.mails.length = 0
  const answer = await its.browser().post('/request-password-reset', { email: emailOf('Mia') })
  const unknown = await its.browser().post('/request-password-reset', { email: emailOf('Nobody') })
  expect([answer.status, await answer.text()]).toEqual([unknown.status, await unknown.text()])
  await its.auth.settled()
  expect(its.mails).toEqual([])
})

test('the request carries PKCE, state and nonce, and asks for nothing a caller adds', async () => {
  const { url } = await startSso(its.browser())
  const asked = new URL(url).searchParams
  expect(asked.get('code_challenge_method')).toBe('S256')
  expect(asked.get('redirect_uri')).toBe(`${ORIGIN}/api/auth/callback/sso`)
  expect(asked.get('scope')).toBe('openid profile email')
  for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)?.length).toBeGreaterThanOrEqual(32)
  for (const more of [
    { scopes: ['admin'] },
    { idToken: { token: 'x' } },
    { additionalParams: { prompt: 'none' } },
    { requestSignUp: true },
    { loginHint: 'x' },
  ]) {
    expect(await startSso(its.browser(), more)).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' })
  }
})

test('the way back leads to the portal only', async () => {
  for (const callbackURL of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    expect((await startSso(its.browser(), { callbackURL })).status).toBe(403)
    expect((await startSso(its.browser(), { errorCallbackURL: callbackURL })).status).toBe(403)
  }
})

test('an answer is good once, for the browser that asked', async () => {
  atProvider('Ned', ['engineers'])
  const [asker, victim] = [its.browser(), its.browser()]
  const back = await chooseAccount((await startSso(asker)).url, 'sub-Ned')
  expect((await comeBack(victim, back)).searchParams.get('error')).toMatch(/state/)
  expect(await victim.actor()).toBeUndefined()
  const other = await chooseAccount((await startSso(asker)).url, 'sub-Ned')
  await comeBack(asker, other)
  expect(await asker.actor()).toBeDefined()
  await asker.post('/sign-out')
  await comeBack(asker, other)
  expect(await asker.actor()).toBeUndefined()
})

test('who leaves the provider comes back to the sign-in page', async () => {
  const browser = its.browser()
  const back = await chooseAccount((await startSso(browser)).url, '')
  const to = await comeBack(browser, back)
  expect([to.origin, to.pathname, to.searchParams.get('error')]).toEqual([ORIGIN, '/sign-in', 'access_denied'])
})

test('the tokens of the provider are not kept', async () => {
  const rows = await its.tables.selectFrom('account').selectAll().where('provider_id', '=', 'sso').execute()
  expect(rows.length).toBeGreaterThan(5)
  const kept = rows.flatMap(row => Object.entries(row).filter(([name, value]) => /token|password/.test(name) && value !== null))
  expect(kept).toEqual([])
})

test('a provider that is down is said to be, keeps nobody else out, and is asked again', async () => {
  const patient = await testAuth({ sso })
  await patient.addPerson('Ana')
  provider.setUp(false)
  expect(await startSso(patient.browser())).toMatchObject({ status: 503, code: 'SSO_UNAVAILABLE' })
  expect((await patient.browser().signIn('Ana')).status).toBe(200)
  provider.setUp(true)
  const browser = patient.browser()
  const back = await chooseAccount((await startSso(browser)).url, 'sub-Ana')
  provider.setUp(false)
  expect((await comeBack(browser, back)).searchParams.get('error')).toBe('invalid_code')
  provider.setUp(true)
  await patient.close()
})

test('where single sign-on is the only way, passwords are for administrators, and nobody sees who is one', async () => {
  const only = await testAuth({ sso: { ...sso, onlySso: true } })
  await only.addPerson('Root', 'administrator')
  await only.addPerson('Ana', 'lead')
  const hashes = only.hashCount()
  const wrong = await only.browser().signIn('Nobody')
  const lead = await only.browser().signIn('Ana')
  expect(only.hashCount()).toBe(hashes + 2)
  expect([lead.status, await lead.json()]).toEqual([wrong.status, await wrong.json()])
  expect((await only.browser().signIn('Root')).status).toBe(200)
  await only.browser().post('/request-password-reset', { email: emailOf('Ana') })
  await only.browser().post('/request-password-reset', { email: emailOf('Root') })
  await only.auth.settled()
  expect(only.mails.map(mail => mail.to)).toEqual([emailOf('Root')])
  await expect(only.auth.invite({ email: 'x@example.com', name: 'X', right: 'reader', scope: 'all' })).rejects.toMatchObject({
    code: 'conflict',
  })
  atProvider('Ana', ['leads'])
  const browser = only.browser()
  await signInWithSso(browser, 'sub-Ana')
  expect(await browser.actor()).toMatchObject({ name: 'Ana', right: 'lead' })
  await only.close()
})
