import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { servePortal } from './portal.ts'
import { whyRefused } from './request-target.ts'
import { type Listening, listen } from './server.ts'

const HOST = '127.0.0.1'
const folder = mkdtempSync(join(tmpdir(), 'impulso-target-'))
let server: Listening
beforeAll(async () => {
  mkdirSync(join(folder, 'web', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'web', 'index.html'), 'the page')
  writeFileSync(join(folder, 'web', 'assets', 'a.js'), 'a script')
  writeFileSync(join(folder, 'web', '.hidden.txt'), 'a secret')
  writeFileSync(join(folder, 'secret.txt'), 'a secret')
  server = await listen(HOST, 0)
  const portal = servePortal(join(folder, 'web'))
  server.open(async request => (await portal(request)) ?? new Response('nothing', { status: 404 }))
})
afterAll(async () => {
  await server.stop(0)
  rmSync(folder, { recursive: true })
})

/** Sends the request line as it is; `fetch` would tidy it up. */
const ask = (target: string, headers = `Host: ${HOST}\r\n`) =>
  new Promise<{ status: number; text: string }>((done, fail) => {
    let text = ''
    const socket = connect(server.port, HOST, () => socket.write(`GET ${target} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`))
    socket.on('data', part => {
      text += part
    })
    socket.on('error', fail)
    socket.on('close', () => done({ status: Number(text.split(' ')[1]), text }))
  })

test.each([
  '/',
  '/customers/contoso',
  '/customers/contoso?tab=usage&q=%2F..%5C',
  '/assets/a.js',
  '/a%20b',
  '/.well-known',
  '/a..b/..c',
  '/api/v1/customers/x/items/a%2Fb%40teams',
])('GET %s is an ordinary request', async target => {
  expect((await ask(target)).status).toBeLessThan(405)
  expect(whyRefused({ url: target, rawHeaders: [] })).toBeUndefined()
})

test.each([
  ['/../secret.txt', 400],
  ['/assets/../../secret.txt', 400],
  ['/%2e%2e/secret.txt', 400],
  ['/.%2e/secret.txt', 400],
  ['/./secret.txt', 400],
  ['/assets/..', 400],
  ['/..%2fsecret.txt', 400],
  ['/..%2Fsecret.txt', 400],
  ['/assets%5c..%5c..%5csecret.txt', 400],
  ['/assets\\..\\secret.txt', 400],
  ['/secret.txt%00.js', 400],
  ['/a%0d%0aSet-Cookie:%20x', 400],
  ['/a%7f', 400],
  ['//evil.example/', 400],
  ['///etc/passwd', 400],
  ['http://evil.example/', 400],
  ['evil.example:443', 400],
  ['*', 400],
  ['/\u00e9', 400],
  [`/${'a'.repeat(8 * 1024)}`, 414],
  [`/?${'a'.repeat(8 * 1024)}`, 414],
  [`/${'a'.repeat(17 * 1024)}`, 431],
  // These are the portal's to answer: nothing is there.
  ['/%252e%252e%252fsecret.txt', 404],
  ['/..;/secret.txt', 404],
  ['/secret.txt', 404],
  ['/.hidden.txt', 404],
  ['/%', 200],
])('GET %s is answered %i and tells no secret', async (target, status) => {
  const answer = await ask(target)
  expect([answer.status, answer.text.includes('a secret')]).toEqual([status, false])
})

test('a request is for one host and has a bearable number of headers', async () => {
  const many = (count: number) => `Host: ${HOST}\r\n${'X-A: b\r\n'.repeat(count)}`
  expect((await ask('/', many(98))).status).toBe(200)
  expect((await ask('/', many(99))).status).toBe(431)
  expect((await ask('/', many(2000))).status).toBe(431)
  expect((await ask('/', `Host: ${HOST}\r\nhost: evil.example\r\n`)).status).toBe(400)
  expect((await ask('/', '')).status).toBe(400)
})
