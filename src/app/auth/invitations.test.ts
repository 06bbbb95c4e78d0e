import { afterAll, beforeAll, expect, test } from 'vitest'
import { RESETS_PER_HOUR } from './lock-out.ts'
import { emailOf, ORIGIN, PASSWORD, type TestAuth, testAuth, told } from './test-auth.ts'

let its: TestAuth
let ana: string
beforeAll(async () => {
  its = await testAuth()
  ana = await its.addPerson('Ana', 'administrator')
})
afterAll(() => its.close())

const inviteOne = async (name: string) => {
  its.mails.length = 0
  const id = await its.auth.invite({ email: emailOf(name), name, right: 'engineer', scope: 'team', locale: 'pt-BR' }, { by: ana })
  return { id, mail: its.mails[0], token: tokenOf(its.mails[0]?.url) }
}
const tokenOf = (url: string | undefined) => new URL(url ?? 'x:').searchParams.get('token') ?? ''
const askReset = async (name: string) => {
  its.mails.length = 0
  const response = await its.browser().post('/request-password-reset', { email: emailOf(name) })
  return { response, text: await response.text() }
}
const resetToken = async (name: string) => {
  await askReset(name)
  await expect.poll(() => its.mails.length).toBe(1)
  return tokenOf(its.mails[0]?.url)
}
const letTimePass = (hours: number) =>
  its.tables
    .updateTable('verification')
    .set({ expires_at: new Date(Date.now() + (1 - hours) * 3600_000) })
    .execute()

test('an invitation is a mail with a link to the main address; whoever opens it chooses a password and is in', async () => {
  const { id, mail, token } = await inviteOne('Bea')
  expect(mail).toMatchObject({ kind: 'invitation', to: 'bea@example.com', personId: id, locale: 'pt-BR' })
  expect(mail?.url).toBe(`${ORIGIN}/invitation?token=${token}`)
  expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16)
  expect(await its.auth.getPerson(id)).toMatchObject({ state: 'invited', right: 'engineer', scope: 'team' })
  expect(its.people.at(-1)).toEqual({ id, name: 'Bea' })
  expect(await its.auth.findInvitation(token)).toEqual({ name: 'Bea', email: 'bea@example.com' })
  const { personId, deviceCookie } = await its.auth.acceptInvitation(token, PASSWORD)
  expect(personId).toBe(id)
  expect(deviceCookie).toMatch(/^impulso\.device=.*HttpOnly/)
  expect((await its.browser().signIn('Bea')).status).toBe(200)
  expect(await its.auth.getPerson(id)).toMatchObject({ state: 'active' })
  expect(its.events.filter(each => each.personId === id).map(each => [each.kind, each.by])).toEqual([
    ['invited', ana],
    ['invitation-accepted', id],
    ['signed-in', id],
  ])
})

test('whoever is invited cannot sign in before they accept', async () => {
  const { id } = await inviteOne('Mia')
  expect((await its.browser().signIn('Mia')).status).toBe(401)
  expect(await its.auth.waysInOf(id)).toEqual({ hasPassword: false, hasTwoFactor: false, sso: 'none', passkeys: [] })
})

test('an invitation opens once, for seven days, and not after another was sent', async () => {
  const { id, token } = await inviteOne('Cai')
  await its.auth.resendInvitation(id)
  const second = tokenOf(its.mails[1]?.url)
  expect(new Set(its.mails.map(each => each.key)).size).toBe(2)
  await expect(its.auth.acceptInvitation(token, PASSWORD)).rejects.toMatchObject({ code: 'not-found' })
  const both = await Promise.allSettled([its.auth.acceptInvitation(second, PASSWORD), its.auth.acceptInvitation(second, PASSWORD)])
  expect(both.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(its.auth.resendInvitation(id)).rejects.toMatchObject({ code: 'conflict' })
  const late = await inviteOne('Dora')
  const row = await its.tables.selectFrom('verification').select('expires_at').where('value', '=', late.id).executeTakeFirstOrThrow()
  expect(Math.round((row.expires_at.getTime() - Date.now()) / 3600_000)).toBe(7 * 24)
  await letTimePass(2)
  expect(await its.auth.findInvitation(late.token)).toBeUndefined()
  await expect(its.auth.acceptInvitation(late.token, PASSWORD)).rejects.toMatchObject({ code: 'not-found' })
})

test('an address with an account is not invited, and the uninvited have no link', async () => {
  const again = { email: 'ANA@example.com', name: 'Ana', right: 'reader', scope: 'all' } as const
  await expect(its.auth.invite(again)).rejects.toMatchObject({ code: 'conflict' })
  for (const token of ['', 'x', 'a'.repeat(43)])
    await expect(its.auth.acceptInvitation(token, PASSWORD)).rejects.toMatchObject({ code: 'not-found' })
})

test('links are kept as hashes: who reads the table opens nothing', async () => {
  const invitation = await inviteOne('Eva')
  await its.addPerson('Fia')
  const reset = await resetToken('Fia')
  const rows = await its.tables.selectFrom('verification').selectAll().execute()
  for (const token of [invitation.token, reset]) expect(JSON.stringify(rows)).not.toContain(token)
  for (const { identifier } of rows) {
    expect((await its.browser().post('/reset-password', { token: identifier, newPassword: PASSWORD })).status).toBe(400)
    await expect(its.auth.acceptInvitation(identifier, PASSWORD)).rejects.toMatchObject({ code: 'not-found' })
  }
})

test('a link for one thing does not open the other', async () => {
  const invitation = await inviteOne('Gil')
  expect(await told(await its.browser().post('/reset-password', { token: invitation.token, newPassword: PASSWORD }))).toEqual([
    400,
    'INVALID_TOKEN',
  ])
  const reset = await resetToken('Ana')
  await expect(its.auth.acceptInvitation(reset, PASSWORD)).rejects.toMatchObject({ code: 'not-found' })
})

test('asking for a new password says the same for every address and hashes nothing for any', async () => {
  await its.addPerson('Hal')
  const before = its.hashCount()
  const known = await askReset('Hal')
  await expect.poll(() => its.mails.length).toBe(1)
  const unknown = await askReset('Nobody')
  const invited = await askReset('Eva')
  expect([unknown.response.status, unknown.text]).toEqual([known.response.status, known.text])
  expect([invited.response.status, invited.text]).toEqual([known.response.status, known.text])
  expect(its.hashCount()).toBe(before)
  await its.auth.settled()
  expect(its.mails).toEqual([])
})

test('a link for a new password works once, for an hour, and ends every session', async () => {
  const id = await its.addPerson('Ivo')
  const browser = its.browser()
  await browser.signIn('Ivo')
  const token = await resetToken('Ivo')
  expect(its.mails[0]).toMatchObject({ kind: 'password-reset', to: 'ivo@example.com', personId: id, url: `${ORIGIN}/reset?token=${token}` })
  expect(token.length * Math.log2(62)).toBeGreaterThan(128)
  const body = { token, newPassword: 'tijolo verde nuvem' }
  const both = await Promise.all([its.browser().post('/reset-password', body), its.browser().post('/reset-password', body)])
  expect(both.map(each => each.status).sort()).toEqual([200, 400])
  expect(await browser.actor()).toBeUndefined()
  expect((await its.browser().signIn('Ivo')).status).toBe(401)
  expect((await its.browser().signIn('Ivo', 'tijolo verde nuvem')).status).toBe(200)
  expect(its.events.filter(each => each.personId === id && each.kind === 'password-changed')).toHaveLength(1)
  const late = await resetToken('Ivo')
  await letTimePass(2)
  expect(await told(await its.browser().post('/reset-password', { token: late, newPassword: PASSWORD }))).toEqual([400, 'INVALID_TOKEN'])
})

test('links lead to the main address, whatever host a request names', async () => {
  await its.addPerson('Jo')
  its.mails.length = 0
  await its
    .browser()
    .post('/request-password-reset', { email: emailOf('Jo') }, { host: 'evil.example', 'x-forwarded-host': 'evil.example' })
  await expect.poll(() => its.mails.length).toBe(1)
  expect(new URL(its.mails[0]?.url ?? '').origin).toBe(ORIGIN)
})

test('the same occasion has one key, so that its mail is sent once', async () => {
  await its.addPerson('Kim')
  await resetToken('Kim')
  const first = its.mails[0]?.key
  await resetToken('Kim')
  expect(its.mails[0]?.key).not.toBe(first)
  expect(first).toMatch(/^password-reset:[\w-]+$/)
  expect(first).not.toContain(tokenOf(its.mails[0]?.url))
})

test('nobody gets more than five such mails an hour, whoever asks for them', async () => {
  await its.addPerson('Ned')
  its.mails.length = 0
  const answers = new Set<string>()
  for (let count = 0; count < RESETS_PER_HOUR + 3; count++) {
    const answer = await its.browser().post('/request-password-reset', { email: emailOf('Ned') })
    answers.add(`${answer.status} ${await answer.text()}`)
  }
  await expect.poll(() => its.mails.length).toBe(RESETS_PER_HOUR)
  expect(answers.size).toBe(1)
  for (const mail of its.mails.slice(0, 1)) {
    expect((await its.browser().post('/reset-password', { token: tokenOf(mail.url), newPassword: 'tijolo verde nuvem' })).status).toBe(200)
  }
})

test('a mail that cannot be queued does not change the answer', async () => {
  const broken = await testAuth({
    sendMail: async () => {
      throw new Error('the queue is full')
    },
  })
  await broken.addPerson('Ana')
  const answers = []
  for (const name of ['Ana', 'Nobody'])
    answers.push(await (await broken.browser().post('/request-password-reset', { email: emailOf(name) })).text())
  expect(answers[0]).toBe(answers[1])
  await expect.poll(() => broken.said.join()).toContain('the queue is full')
  await broken.close()
})

test('whoever keeps the server gets the last administrator back in', async () => {
  const id = await its.addPerson('Lea')
  const link = new URL(await its.auth.recoverPassword('LEA@example.com'))
  expect(`${link.origin}${link.pathname}`).toBe(`${ORIGIN}/reset`)
  const body = { token: link.searchParams.get('token'), newPassword: 'tijolo verde nuvem' }
  expect((await its.browser().post('/reset-password', body)).status).toBe(200)
  expect((await its.browser().post('/reset-password', body)).status).toBe(400)
  expect((await its.browser().signIn('Lea', 'tijolo verde nuvem')).status).toBe(200)
  await expect(its.auth.recoverPassword('nobody@example.com')).rejects.toMatchObject({ code: 'not-found' })
  await its.auth.changePerson(id, { disabled: true })
  await expect(its.auth.recoverPassword('lea@example.com')).rejects.toMatchObject({ code: 'conflict' })
})
