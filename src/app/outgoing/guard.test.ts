import { readdirSync, readFileSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { genericOAuth } from 'better-auth/plugins'
import { request } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { guardOutgoing, type Outgoing, refusalBehind } from './guard.ts'
import { OUTGOING_LIMITS } from './limits.ts'

/** A server on this machine, as those that nobody outside should reach through us. It counts who comes. */
let connections = 0
let answer: (request: IncomingMessage, response: ServerResponse) => void
const inside = http.createServer((request, response) => answer(request, response)).on('connection', () => connections++)
let port = 0
let release: (() => Promise<void>) | undefined

beforeAll(async () => {
  await new Promise<void>(done => inside.listen(0, '127.0.0.1', done))
  port = (inside.address() as AddressInfo).port
})
afterAll(() => {
  inside.closeAllConnections()
  inside.close()
})
beforeEach(() => {
  connections = 0
  answer = (_, response) => response.end('inside')
})
afterEach(async () => {
  await release?.()
  release = undefined
})

const guard = (outgoing: Partial<Outgoing> = {}) => {
  release = guardOutgoing({ allowHosts: [], ...outgoing })
}
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )
const messageOf = async (work: Promise<unknown>) => refusalBehind(await failureOf(work))?.message
const resolvesTo = (...addresses: string[]): NonNullable<Outgoing['resolve']> =>
  vi.fn((_host, _options, done) => {
    done(
      null,
      addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  })

test('without the guard, a request reaches this machine', async () => {
  expect([await (await fetch(`http://127.0.0.1:${port}/`)).text(), connections]).toEqual(['inside', 1])
})

test.each([
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '[::1]',
  '[::]',
  '[::ffff:7f00:1]',
  '[::ffff:127.0.0.1]',
  '0',
  '①②⑦.0.0.1',
])('this machine, spelled %s, is not reached', async host => {
  guard()
  expect(await messageOf(fetch(`http://${host}:${port}/`))).toContain('IMPULSO_ALLOW_HOSTS')
  expect(connections).toBe(0)
})

test('a refusal names the host, its address, what is wrong with it and the setting', async () => {
  guard({ resolve: resolvesTo('10.1.2.3') })
  expect(await messageOf(fetch('https://idp.example/.well-known/openid-configuration'))).toBe(
    'idp.example is at 10.1.2.3, a private address: it is not asked unless the setting IMPULSO_ALLOW_HOSTS names it',
  )
  expect(await messageOf(fetch('http://169.254.169.254/latest/meta-data/'))).toBe(
    '169.254.169.254 is the address at which a cloud tells its machines their secrets: it is not asked unless the setting IMPULSO_ALLOW_HOSTS names it',
  )
})

test.each(['localhost', 'LOCALHOST'])('the name %s is judged by where it leads', async host => {
  guard()
  expect(await messageOf(fetch(`http://${host}:${port}/`))).toContain('loopback')
  expect(connections).toBe(0)
})

test('a name with a public address and a private one is refused', async () => {
  guard({ resolve: resolvesTo('8.8.8.8', '127.0.0.1') })
  expect(await messageOf(fetch(`http://mixed.example:${port}/`))).toContain('127.0.0.1')
  expect(connections).toBe(0)
})

test('a name is looked up once, so a second answer cannot lead elsewhere', async () => {
  const answers = ['127.0.0.1', '169.254.169.254']
  const resolve = vi.fn<NonNullable<Outgoing['resolve']>>((_host, _options, done) =>
    done(null, [{ address: answers.shift() ?? '', family: 4 }]),
  )
  guard({ resolve, allowHosts: ['127.0.0.1'] })
  expect(await (await fetch(`http://rebound.example:${port}/`)).text()).toBe('inside')
  expect([resolve.mock.calls.length, connections]).toEqual([1, 1])
})

test('a redirect from an allowed host to one that is not is not followed', async () => {
  answer = (_, response) => response.writeHead(302, { location: `http://127.0.0.2:${port}/secret` }).end()
  guard({ allowHosts: ['127.0.0.1'] })
  expect(await messageOf(fetch(`http://127.0.0.1:${port}/`))).toContain('127.0.0.2')
  expect(connections).toBe(1)
})

test.each(['localhost', '127.0.0.1', '127.0.0.0/8'])('IMPULSO_ALLOW_HOSTS=%s lets through', async entry => {
  guard({ allowHosts: [entry], resolve: resolvesTo('127.0.0.1') })
  expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe('inside')
})

test.each(['ftp', 'file', 'gopher', 'unix', 'ws'])('fetch does not speak %s', async scheme => {
  guard()
  expect(await failureOf(fetch(`${scheme}://127.0.0.1:${port}/`))).toBeInstanceOf(TypeError)
  expect(connections).toBe(0)
})

test('whoever else asks is guarded too: undici, node:http, node:https, WebSocket', async () => {
  guard()
  const nodeRequest = (module: typeof http | typeof https, url: string) =>
    new Promise((done, fail) => module.get(url, done).on('error', fail))
  expect(await messageOf(request(`http://127.0.0.1:${port}/`))).toContain('loopback')
  expect(await messageOf(nodeRequest(http, `http://127.0.0.1:${port}/`))).toContain('loopback')
  expect(await messageOf(nodeRequest(http, `http://localhost:${port}/`))).toContain('loopback')
  expect(await messageOf(nodeRequest(https, `https://[::ffff:7f00:1]:${port}/`))).toContain('loopback')
  await new Promise(done => new WebSocket(`ws://127.0.0.1:${port}/`).addEventListener('error', done))
  expect(connections).toBe(0)
})

test('the sign-in library asks through the guard: metadata of a provider inside is not read', async () => {
  const discoveryUrl = `http://127.0.0.1:${port}/.well-known/openid-configuration`
  const signIn = () =>
    betterAuth({
      baseURL: 'http://localhost:4100',
      secret: 'a secret of at least thirty-two characters',
      database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
      telemetry: { enabled: false },
      logger: { disabled: true },
      plugins: [genericOAuth({ config: [{ providerId: 'inside', clientId: 'a', clientSecret: 'b', discoveryUrl }] })],
    }).handler(
      new Request('http://localhost:4100/api/auth/sign-in/oauth2', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'http://localhost:4100' },
        body: JSON.stringify({ providerId: 'inside', callbackURL: '/' }),
      }),
    )
  guard()
  const refused = await signIn()
  expect([refused.status >= 400, connections]).toEqual([true, 0])
  await release?.()
  // The same request is one that goes out, where it may.
  answer = (_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({ issuer: 'http://inside', authorization_endpoint: 'http://inside/auth', token_endpoint: 'http://inside/token' }),
    )
  }
  guard({ allowHosts: ['127.0.0.1'] })
  await signIn()
  expect(connections).toBe(1)
})

const small = { ...OUTGOING_LIMITS, answerBytes: 100, totalMs: 200, idleMs: 5000 }
const read = async () => (await fetch(`http://127.0.0.1:${port}/`)).text()

test('an answer that is too long is cut off, whether it says so or not', async () => {
  guard({ allowHosts: ['127.0.0.1'], limits: small })
  answer = (_, response) => response.end('x'.repeat(100))
  expect(await read()).toHaveLength(100)
  answer = (_, response) => response.end('x'.repeat(101))
  expect(await messageOf(read())).toContain('more than 100 bytes')
  answer = (_, response) => {
    response.write('x'.repeat(60))
    setImmediate(() => response.end('x'.repeat(60)))
  }
  expect(await messageOf(read())).toContain('more than 100 bytes')
})

test('answers are asked for uncompressed, and one that is small only on the line is refused', async () => {
  guard({ allowHosts: ['127.0.0.1'], limits: small })
  let asked: unknown
  answer = (request, response) => {
    asked = request.headers['accept-encoding']
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(10_000)))
  }
  expect(await messageOf(read())).toContain('compressed')
  expect(asked).toBe('identity')
})

test('an answer that drips for ever ends', async () => {
  guard({ allowHosts: ['127.0.0.1'], limits: small })
  let drip: NodeJS.Timeout | undefined
  answer = (_, response) => {
    response.writeHead(200)
    drip = setInterval(() => response.write('x'), 20)
  }
  expect(await messageOf(read())).toContain('did not finish its answer')
  clearInterval(drip)
})

test('no source takes a way of its own', () => {
  const own = /\bfrom 'undici'|\bdispatcher:|\bnew (?:https?\.)?Agent\(|\bcreateDispatcher\(/
  const files = ['api', 'app', 'cli', 'store', 'usage'].flatMap(room =>
    readdirSync(join('src', room), { recursive: true, encoding: 'utf8' }).map(name => join('src', room, name)),
  )
  const found = files.filter(name => /(?<!\.test)\.ts$/.test(name) && own.test(readFileSync(name, 'utf8')))
  expect(found.toSorted()).toEqual(['src/app/outgoing/guard.ts', 'src/app/outgoing/limits.ts'])
})
