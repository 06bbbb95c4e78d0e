import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { readText, withUpload } from './body.ts'
import { problemOf, problemResponse } from './problem.ts'
import { CONNECTION_TIMES, type Listening, listen } from './server.ts'

/** Real sockets, and times short enough to wait for; what is counted is who was answered what, never how fast. */
const HOST = '127.0.0.1'
const TIMES = { ...CONNECTION_TIMES, headersMs: 200, requestMs: 2000, unreadMs: 200, checkMs: 50 }
const LIMIT_BYTES = 1000
const TEXT_MS = 300
const IDLE_MS = 150
const LARGE = 'x'.repeat(64 * 1024 * 1024)
const folder = mkdtempSync(join(tmpdir(), 'impulso-connections-'))
let server: Listening
/** What the application got to see whole. */
let received: string[]

beforeEach(async () => {
  received = []
  server = await listen(HOST, 0, TIMES)
  server.open(request => answer(request).catch(error => problemResponse(problemOf(error, 'request-1'))))
})
afterEach(() => server.stop(0))
afterAll(() => rmSync(folder, { recursive: true }))

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === '/large') return new Response(LARGE)
  const read = () =>
    pathname === '/upload'
      ? withUpload(request, folder, LIMIT_BYTES, async () => 'a file', IDLE_MS)
      : readText(request, LIMIT_BYTES, TEXT_MS)
  if (request.method !== 'GET') received.push(await read())
  return new Response('well\n')
}

type Sending = (socket: Socket) => void
const once =
  (text: string): Sending =>
  socket =>
    socket.write(text)
/** A byte at a time, for as long as it is let. */
const dripping =
  (begin: string, byte: string): Sending =>
  socket => {
    socket.write(begin)
    const drip = setInterval(() => socket.write(byte), 20)
    socket.on('close', () => clearInterval(drip))
  }

/** What comes back until the server hangs up. */
const talk = (send: Sending) =>
  new Promise<string>(done => {
    let text = ''
    const socket = connect(server.port, HOST, () => send(socket))
    socket.on('data', part => {
      text += part
    })
    // A server that hangs up while we still send resets the connection: the answer came before.
    socket.on('error', () => {})
    socket.on('close', () => done(text))
  })
const statusesOf = (text: string) => [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(match => Number(match[1]))
const statuses = async (send: Sending) => statusesOf(await talk(send))
const stillServes = async () => (await fetch(`http://${HOST}:${server.port}/`)).status

const POST = (path: string, headers: string) => `POST ${path} HTTP/1.1\r\nHost: ${HOST}\r\n${headers}\r\n`

test('forty connections that send a header byte by byte are all told 408, and others are served meanwhile', async () => {
  const slow = Array.from({ length: 40 }, () => statuses(dripping(`GET / HTTP/1.1\r\nHost: ${HOST}\r\nX-Slow: `, 'a')))
  expect(await stillServes()).toBe(200)
  expect(await Promise.all(slow)).toEqual(Array.from({ length: 40 }, () => [408]))
  expect(await stillServes()).toBe(200)
})

test('a connection that says nothing at all is closed', async () => {
  expect(await statuses(() => {})).toEqual([408])
})

test('a body that comes byte by byte is a 408 problem, and its connection ends', async () => {
  const text = await talk(dripping(POST('/', 'Content-Length: 900\r\n'), 'a'))
  expect(statusesOf(text)).toEqual([408])
  expect(text).toContain('connection: close')
  expect(text).toContain('"type":"urn:impulso:problem:timeout"')
  expect([received, await stillServes()]).toEqual([[], 200])
})

test('a chunked body that never ends is a 408 too', async () => {
  expect(await statuses(dripping(POST('/', 'Transfer-Encoding: chunked\r\n'), '1\r\na\r\n'))).toEqual([408])
  expect(received).toEqual([])
})

test('an upload may take longer than a text as long as something comes', async () => {
  const upload: Sending = socket => {
    socket.write(POST('/upload', 'Content-Length: 20\r\nConnection: close\r\n'))
    let count = 0
    const drip = setInterval(() => (++count <= 20 ? socket.write('a') : clearInterval(drip)), 20)
  }
  expect(await statuses(upload)).toEqual([200])
  expect(received).toEqual(['a file'])
})

test('an upload from which nothing more comes is a 408, and leaves no file', async () => {
  expect(await statuses(once(`${POST('/upload', 'Content-Length: 900\r\n')}some`))).toEqual([408])
  expect([received, readdirSync(folder)]).toEqual([[], []])
})

test('an upload that drips for ever meets the limit for the whole request', async () => {
  expect(await statuses(dripping(POST('/upload', 'Content-Length: 900\r\n'), 'a'))).toEqual([408])
  expect(received).toEqual([])
})

test.each(['/', '/upload'])('a body that is too large for %s is a 413, said beforehand or not', async path => {
  expect(await statuses(once(POST(path, `Content-Length: ${LIMIT_BYTES + 1}\r\n`)))).toEqual([413])
  const chunk = `258\r\n${'a'.repeat(600)}\r\n`
  expect(await statuses(once(POST(path, 'Transfer-Encoding: chunked\r\n') + chunk + chunk))).toEqual([413])
  expect([received, readdirSync(folder), await stillServes()]).toEqual([[], [], 200])
})

test('a length that is too short leaves a rest that is no request', async () => {
  expect(await statuses(once(`${POST('/', 'Content-Length: 2\r\n')}abcdef\r\n\r\n`))).toContain(400)
  expect(received).toEqual(['ab'])
})

test('a length that is too long is waited for in vain', async () => {
  expect(await statuses(once(`${POST('/', 'Content-Length: 900\r\n')}ab`))).toEqual([408])
  expect(received).toEqual([])
})

test.each([
  ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n'],
  ['two equal lengths', 'Content-Length: 2\r\nContent-Length: 2\r\n'],
  ['a length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n'],
  ['a list of lengths', 'Content-Length: 2, 2\r\n'],
  ['a negative length', 'Content-Length: -1\r\n'],
  ['a length with a sign', 'Content-Length: +2\r\n'],
  ['a length in hex', 'Content-Length: 0x2\r\n'],
  ['an endless length', `Content-Length: ${'9'.repeat(40)}\r\n`],
  ['chunks before something else', 'Transfer-Encoding: chunked, identity\r\n'],
  ['a space before the colon', 'Transfer-Encoding : chunked\r\n'],
  ['a folded header', 'X-A: b\r\n c: d\r\nContent-Length: 2\r\n'],
  ['a bare carriage return', 'X-A: b\rContent-Length: 2\r\n\r\n'],
])('%s: the request is refused, so that a proxy and we cannot read it as two', async (_, headers) => {
  const text = await talk(once(`${POST('/', headers)}ab${'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n'}`))
  expect(statusesOf(text)).toEqual([400])
  expect([received, await stillServes()]).toEqual([[], 200])
})

test.each([
  ['many headers', 'X-A: b\r\n'.repeat(200)],
  ['one large header', `X-A: ${'b'.repeat(20 * 1024)}\r\n`],
  ['a hundred thousand headers', 'X: \r\n'.repeat(100_000)],
])('%s are a 431', async (_, headers) => {
  expect(await statuses(once(POST('/', `${headers}Content-Length: 0\r\n`)))).toEqual([431])
  expect([received, await stillServes()]).toEqual([[], 200])
})

test('an answer that nobody takes is not kept for ever', async () => {
  const socket = connect(server.port, HOST)
  socket.on('error', () => {})
  socket.write(`GET /large HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`)
  let bytes = 0
  await new Promise<void>(done => {
    socket.once('data', part => {
      bytes += part.length
      socket.pause()
      setTimeout(() => {
        socket.on('data', rest => {
          bytes += rest.length
        })
        socket.resume()
      }, 1000)
    })
    socket.on('close', () => done())
  })
  expect(bytes).toBeLessThan(LARGE.length)
  expect(await stillServes()).toBe(200)
})

test('a second request over the same connection may take its time to be answered', async () => {
  server.open(async request => {
    if (request.url.endsWith('/slow')) await new Promise(done => setTimeout(done, TIMES.unreadMs * 3))
    return new Response('well\n')
  })
  const both: Sending = socket => {
    socket.write(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`)
    socket.once('data', () => socket.write(`GET /slow HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`))
  }
  expect(await statuses(both)).toEqual([200, 200])
})

test('whoever hangs up half-way is no fault of ours', async () => {
  const failures: unknown[] = []
  const { promise: seen, resolve: see } = Promise.withResolvers<void>()
  server.open(async request => {
    await readText(request, LIMIT_BYTES, 5000).catch(error => failures.push(error))
    see()
    return new Response('')
  })
  const socket = connect(server.port, HOST, () => {
    socket.write(`${POST('/', 'Content-Length: 900\r\n')}ab`)
    setTimeout(() => socket.destroy(), 50)
  })
  await seen
  expect(failures).toEqual([expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining('ended before') })])
})
