import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SsoConfig } from '../../app/auth/sso-config.ts'
import { emailOf, ORIGIN, PASSWORD, type TestAuth, testAuth } from '../../app/auth/test-auth.ts'
import { comeBack, startSso } from '../../app/auth/test-walk.ts'
import { guardOutgoing } from '../../app/outgoing/guard.ts'
import { type TestApi, testApi } from '../testing.ts'

describe('who has an account', () => {
  let its: TestAuth
  beforeAll(async () => {
    its = await testAuth()
    await its.addPerson('Ana')
    const disabled = await its.addPerson('Dora')
    // Somebody else must be left who administers.
    await its.addPerson('Root', 'administrator')
    await its.auth.changePerson(disabled, { disabled: true })
    await its.auth.invite({ email: emailOf('Ivo'), name: 'Ivo', right: 'reader', scope: 'all' })
  })
  afterAll(() => its.close())

  const answerOf = async (path: string, body: unknown) => {
    const before = its.hashCount()
    const response = await its.browser().post(path, body)
    const headers = [...response.headers.keys()].filter(name => name !== 'set-cookie').sort()
    return { status: response.status, text: await response.text(), headers, hashes: its.hashCount() - before }
  }

  test.each(['Dora', 'Ivo', 'Nobody', 'NOBODY', "o'hara"])(
    '%s costs the same number of password hashes as a wrong password, and is told the same',
    async name => {
      const known = await answerOf('/sign-in/email', { email: emailOf('Ana'), password: 'wrong horse staple' })
      expect(await answerOf('/sign-in/email', { email: emailOf(name), password: 'wrong horse staple' })).toEqual(known)
      expect(known.hashes).toBe(1)
    },
  )

  test('a disabled person with the right password is told nothing else', async () => {
    const wrong = await answerOf('/sign-in/email', { email: emailOf('Ana'), password: 'wrong horse staple' })
    const { status, text } = await answerOf('/sign-in/email', { email: emailOf('Dora'), password: PASSWORD })
    expect([status, JSON.parse(text)]).toEqual([wrong.status, JSON.parse(wrong.text)])
  })

  test.each(['Dora', 'Ivo', 'Nobody'])('asking for a new password says of %s what it says of everybody', async name => {
    expect(await answerOf('/request-password-reset', { email: emailOf(name) })).toEqual(
      await answerOf('/request-password-reset', { email: emailOf('Ana') }),
    )
  })
})

describe('an invitation', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await testApi()
  })
  afterAll(() => api.close())

  test.each(['none', 'a'.repeat(43), '../x', '%00', "' or 1=1 --"])('that is not there tells nobody from another: %j', async token => {
    const answers: unknown[] = []
    for (const [path, body] of [
      ['/invitation', { token }],
      ['/invitation', { token: 'b'.repeat(43) }],
    ] as const) {
      const response = await api.send('post', { path, body }, null)
      const { requestId: _, ...problem } = (await response.json()) as Record<string, unknown>
      answers.push([response.status, problem])
    }
    expect(answers[0]).toEqual(answers[1])
  })

  test.each([
    'a@example.com\r\nBcc: b@example.com',
    'a@example.com%0d%0aBcc:b@example.com',
    'a@example.com, b@example.com',
    '"a\nb"@example.com',
    'a b@example.com',
    '<a@example.com>',
    'a@example.com;b@example.com',
    '=?utf-8?q?a=0d=0aBcc:b?=@example.com',
  ])('goes to one address and carries no head of its own: %j', async email => {
    const response = await api.send(
      'post',
      { path: '/people', body: { email, name: 'New', right: 'reader', scope: 'all' } },
      'administrator',
    )
    expect(response.status).toBe(400)
  })

  test.each(['New\r\nBcc: b@example.com', 'New\nX', 'New\u2028X', '\u0000', 'New\u0085X'])('is for a name of one line: %j', async name => {
    const body = { email: 'new@example.org', name, right: 'reader', scope: 'all' }
    expect((await api.send('post', { path: '/people', body }, 'administrator')).status).toBe(400)
  })
})

/** The provider is let through by its name, `localhost`; 127.0.0.1 stands for what is inside the network. */
describe('a provider of single sign-on that points inside', () => {
  let visits: string[] = []
  let discovery: Record<string, unknown>
  let redirect: string | null = null
  const outside = createServer((request, response) => {
    visits.push(`outside ${request.url}`)
    if (redirect !== null) response.writeHead(302, { location: redirect }).end()
    else
      response.end(
        JSON.stringify(
          request.url === '/.well-known/openid-configuration' ? discovery : { id_token: 'x', access_token: 'x', token_type: 'Bearer' },
        ),
      )
  })
  const inside = createServer((request, response) => {
    visits.push(`inside ${request.url}`)
    response.end('{}')
  })
  let issuer: string
  let secret: string
  let release: (() => Promise<void>) | undefined
  beforeAll(async () => {
    await new Promise<void>(done => outside.listen(0, '127.0.0.1', done))
    await new Promise<void>(done => inside.listen(0, '127.0.0.1', done))
    issuer = `http://localhost:${(outside.address() as AddressInfo).port}`
    secret = `http://127.0.0.1:${(inside.address() as AddressInfo).port}`
    discovery = { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` }
  })
  afterEach(async () => {
    await release?.()
    release = undefined
    redirect = null
    visits = []
  })
  afterAll(() => {
    for (const server of [outside, inside]) {
      server.closeAllConnections()
      server.close()
    }
  })
  const sso = (more: Partial<SsoConfig> = {}): SsoConfig => ({
    name: 'Contoso',
    issuer,
    clientId: 'impulso',
    clientSecret: 'secret',
    groups: {},
    groupsClaim: 'groups',
    defaultRight: 'reader',
    scope: 'all',
    onlySso: false,
    ...more,
  })
  async function begin(config: SsoConfig, allowHosts: readonly string[]) {
    const its = await testAuth({ sso: config })
    release = guardOutgoing({ allowHosts: [...allowHosts] })
    try {
      const browser = its.browser()
      const started = await startSso(browser)
      if (started.status !== 200) return { code: started.code, actor: undefined }
      const state = new URL(started.url).searchParams.get('state')
      await comeBack(browser, new URL(`${ORIGIN}/api/auth/callback/sso?code=c&state=${state}`))
      return { code: 'came back', actor: await browser.actor() }
    } finally {
      await its.close()
    }
  }

  test.each([
    'http://169.254.169.254',
    'http://[fd00:ec2::254]',
    'http://10.0.0.1',
    'http://[::1]',
    'http://0.0.0.0',
    'http://2130706433',
    'http://0x7f.1',
  ])('is not asked what it is: %s', async where => {
    expect(await begin(sso({ issuer: where }), [])).toEqual({ code: 'SSO_UNAVAILABLE', actor: undefined })
    expect(visits).toEqual([])
  })

  test('by a name that leads to this machine is not asked', async () => {
    expect(await begin(sso(), [])).toEqual({
      code: 'SSO_UNAVAILABLE',
      actor: undefined,
    })
    expect(visits).toEqual([])
  })

  test('by a redirect is not followed', async () => {
    redirect = `${secret}/.well-known/openid-configuration`
    expect((await begin(sso(), ['localhost'])).code).toBe('SSO_UNAVAILABLE')
    expect(visits.filter(visit => visit.startsWith('inside'))).toEqual([])
    expect(visits.length).toBeGreaterThan(0)
  })

  test.each(['token_endpoint', 'jwks_uri', 'userinfo_endpoint', 'authorization_endpoint'])(
    'with its %s gets nothing asked there',
    async field => {
      const good = discovery
      discovery = { ...good, [field]: `${secret}/${field}` }
      try {
        expect((await begin(sso(), ['localhost'])).actor).toBeUndefined()
        expect(visits.filter(visit => visit.startsWith('inside'))).toEqual([])
        expect(visits).toContain('outside /.well-known/openid-configuration')
      } finally {
        discovery = good
      }
    },
  )
})
