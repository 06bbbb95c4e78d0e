import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { AppError } from '../model/errors.ts'
import { hostsOf } from './clouds.ts'
import { openGraph } from './graph.ts'
import {
  type Asked,
  csv,
  DIRECTORY,
  fakeClock,
  giveToken,
  isTokenRequest,
  json,
  partsOf,
  REPORT,
  type Reply,
  START,
  startServer,
  TOKEN,
  targetAt,
  wrapped,
} from './testing.ts'
import type { CloudHosts, GraphParts } from './types.ts'

const REQUEST = { report: 'getOffice365ActiveUserDetail', period: 'D30' } as const
const SIGNATURE = 'sig-not-to-be-told'
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'impulso-graph-'))
})
afterAll(() => rm(folder, { recursive: true }))
const servers: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
  for (const left of await readdir(folder)) await rm(join(folder, left))
})

type Answers = (asked: Asked, count: number) => Reply
type Scene = Readonly<{ graph: Answers; files?: Answers; more?: Partial<GraphParts>; hosts?: Partial<CloudHosts> }>

/** Graph and the sign-in service on one server, downloads on another: two origins, as outside. */
async function scene({ graph, files = () => csv(), more = {}, hosts = {} }: Scene) {
  const clock = fakeClock()
  let graphCount = 0
  const downloads = await startServer(files, clock.now)
  const service = await startServer(asked => {
    if (isTokenRequest(asked)) return giveToken(`${TOKEN}-${service.asked.filter(isTokenRequest).length}`)
    graphCount++
    return graph(asked, graphCount)
  }, clock.now)
  servers.push(service, downloads)
  linkTo = downloads.url
  const { parts, logged } = partsOf(clock, more)
  const target = targetAt(service.url, { hosts: { downloads: [downloads.host], ...hosts } })
  const opened = openGraph(target, parts)
  const path = join(folder, 'report.csv')
  return {
    clock,
    graph: opened,
    path,
    downloads: downloads.asked,
    /** Requests to Graph, those for tokens left out. */
    asked: () => service.asked.filter(each => !isTokenRequest(each)),
    tokens: () => service.asked.filter(isTokenRequest).length,
    logged,
    report: (request: Parameters<typeof opened.report>[0] = REQUEST) => opened.report(request, path),
  }
}
let linkTo = ''
const link = (): Reply => ({ status: 302, headers: { location: `${linkTo}/file?sig=${SIGNATURE}`, 'request-id': 'req-1' } })
const oops = (status: number, headers: Record<string, string> = {}): Reply => ({ status, headers })

test('a report comes by a link, byte for byte, and the token does not go to where the link leads', async () => {
  const { report, path, asked, downloads } = await scene({ graph: link })
  expect(await report()).toEqual({ state: 'file', bytes: Buffer.byteLength(REPORT) })
  expect(await readFile(path, 'utf8')).toBe(REPORT)
  expect(asked().map(each => each.path)).toEqual(["/v1.0/reports/getOffice365ActiveUserDetail(period='D30')"])
  expect(asked()[0]?.headers.authorization).toBe(`Bearer ${TOKEN}-1`)
  expect(downloads).toHaveLength(1)
  expect(downloads[0]?.headers).not.toHaveProperty('authorization')
  expect(downloads[0]?.headers).not.toHaveProperty('cookie')
  expect(JSON.stringify(downloads[0])).not.toContain(TOKEN)
  expect(await readdir(folder)).toEqual(['report.csv'])
})

test('a report may also come at once, as those of Copilot do', async () => {
  const { report, path, asked, downloads } = await scene({ graph: () => csv() })
  expect(await report({ report: 'getMicrosoft365CopilotUsageUserDetail', period: 'D30' })).toMatchObject({ state: 'file' })
  expect(await readFile(path, 'utf8')).toBe(REPORT)
  expect(asked()[0]?.path).toBe("/v1.0/copilot/reports/getMicrosoft365CopilotUsageUserDetail(period='D30')")
  expect(downloads).toHaveLength(0)
})

test.each([
  [{ report: 'getOffice365ActiveUserDetail', day: '2026-11-01' }, '/v1.0/reports/getOffice365ActiveUserDetail(date=2026-11-01)'],
  [{ report: 'getOffice365ActivationsUserDetail' }, '/v1.0/reports/getOffice365ActivationsUserDetail'],
])('asked for: %o', async (request, path) => {
  const { report, asked } = await scene({ graph: link })
  await report(request)
  expect(asked()[0]?.path).toBe(path)
})

test('national clouds are asked under beta, and not at all for what they do not have', async () => {
  const { cloud, version } = hostsOf('gcc-high', null)
  // The addresses stay those of the server of this test; links over plain http are the simulator's alone.
  const { report, asked, tokens } = await scene({ graph: () => csv(), hosts: { cloud, version } })
  expect(await report({ report: 'getM365AppUserDetail', period: 'D30' })).toMatchObject({ state: 'not-offered' })
  expect([asked().length, tokens()]).toEqual([0, 0])
  expect(await report()).toMatchObject({ state: 'file' })
  expect(asked()[0]?.path).toBe("/beta/reports/getOffice365ActiveUserDetail(period='D30')")
})

test('what would be part of an address and is no report is a mistake of ours', async () => {
  const { report, asked } = await scene({ graph: link })
  await expect(report({ report: '../users' })).rejects.toThrow('not a report request')
  await expect(report({ report: 'getX', period: "D7')/x" })).rejects.toThrow('not a report request')
  await expect(report({ report: 'getX', period: 'D7', day: '2026-11-01' })).rejects.toThrow('not a report request')
  expect(asked()).toHaveLength(0)
})

test.each([403, 404, 410])('a link that has expired (%i) is asked for anew at Graph, not tried again', async status => {
  const { report, path, asked, downloads } = await scene({ graph: link, files: (_, count) => (count === 1 ? oops(status) : csv()) })
  expect(await report()).toMatchObject({ state: 'file' })
  expect(await readFile(path, 'utf8')).toBe(REPORT)
  expect([asked().length, downloads.length]).toEqual([2, 2])
})

test('a link that never works ends in words, after so many tries', async () => {
  const { report, asked } = await scene({ graph: link, files: () => oops(403) })
  expect(await report()).toMatchObject({ state: 'unreachable', finding: { code: 'download-failed' } })
  expect(asked()).toHaveLength(5)
  expect(await readdir(folder)).toEqual([])
})

const LONG = REPORT + '2026-11-19,12,7\r\n'.repeat(20_000)
test.each<[string, Reply]>([
  ['shorter than said', { headers: { 'content-length': '100000' }, body: REPORT, isCut: true }],
  ['cut off in the middle', { body: LONG.slice(0, 200_000), isCut: true }],
  ['ending within a line', { body: LONG.slice(0, -5) }],
  ['empty', { body: '' }],
])('a body %s is noticed and asked for again', async (_name, broken) => {
  const { report, path, asked } = await scene({ graph: link, files: (_, count) => (count === 1 ? broken : csv(LONG)) })
  expect(await report()).toEqual({ state: 'file', bytes: Buffer.byteLength(LONG) })
  expect(await readFile(path, 'utf8')).toBe(LONG)
  expect(asked()).toHaveLength(2)
  const never = await scene({ graph: link, files: () => broken })
  expect(await never.report()).toMatchObject({
    state: 'failed',
    finding: { code: _name === 'empty' ? 'download-not-csv' : 'download-truncated' },
  })
  expect(await readdir(folder)).toEqual(['report.csv'])
})

test.each<[string, Reply]>([
  ['a page', { headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html>\n<html lang="en">, please log in</html>\n' }],
  ['a page called CSV', { headers: { 'content-type': 'application/octet-stream' }, body: '\r\n  <html>,</html>\n' }],
  ['an error in JSON', json(200, { error: { code: 'UnknownError', message: '' } })],
  ['rows in JSON', json(200, { value: [{ a: 1, b: 2 }] })],
  ['bytes', { body: Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x2c, 0x0a]) }],
])('%s instead of a report is not kept: asked again, then told in words', async (_name, other) => {
  const { report, path } = await scene({ graph: (_, count) => (count === 1 ? other : link()) })
  expect(await report()).toMatchObject({ state: 'file' })
  expect(await readFile(path, 'utf8')).toBe(REPORT)
  await rm(path)
  const never = await scene({ graph: link, files: () => other })
  expect(await never.report()).toMatchObject({ state: 'failed', finding: { code: 'download-not-csv' } })
  expect(never.asked()).toHaveLength(5)
  expect(await readdir(folder)).toEqual([])
})

test('a body shorter than was said is noticed even where the connection tells nothing', async () => {
  let links = 0
  const short: typeof fetch = (input, init) => {
    if (!String(input).includes('/file')) return fetch(input, init)
    links++
    return Promise.resolve(new Response(REPORT, { headers: { 'content-length': `${Buffer.byteLength(REPORT) + 100}` } }))
  }
  const { report } = await scene({ graph: link, more: { fetch: short } })
  expect(await report()).toMatchObject({ state: 'failed', finding: { code: 'download-truncated' } })
  expect(links).toBe(5)
})

test('a report goes to the disk as it comes: never more than a few parts of it are held', async () => {
  const row = '2026-11-19,12,7\r\n'
  const part = Buffer.from(row.repeat(4096))
  let pulled = 0
  let mostHeld = 0
  const body = new ReadableStream<Uint8Array>({
    pull: async controller => {
      const written = pulled === 0 ? 0 : (await stat(join(folder, 'report.csv.part'))).size
      mostHeld = Math.max(mostHeld, pulled * part.length - written)
      if (pulled++ < 500) controller.enqueue(part)
      else controller.close()
    },
  })
  const slow: typeof fetch = (input, init) => (String(input).includes('/file') ? Promise.resolve(new Response(body)) : fetch(input, init))
  const { report } = await scene({ graph: link, more: { fetch: slow } })
  expect(await report()).toEqual({ state: 'file', bytes: 500 * part.length })
  expect(mostHeld).toBeLessThanOrEqual(4 * part.length)
})

test('a report of headers alone is a report', async () => {
  const { report } = await scene({ graph: link, files: () => csv('\uFEFFReport Refresh Date,User Principal Name\r\n') })
  expect(await report()).toMatchObject({ state: 'file' })
})

test('what is longer than the limit is not kept, and not asked for again', async () => {
  const { report, asked } = await scene({ graph: link, files: () => csv(LONG), more: { limits: { maxBytes: 100_000 } } })
  expect(await report()).toMatchObject({
    state: 'failed',
    finding: { code: 'download-too-large', text: { en: expect.stringContaining('100,000') } },
  })
  expect(asked()).toHaveLength(1)
  expect(await readdir(folder)).toEqual([])
})

test('a transfer that stalls is given up and begun again', async () => {
  const files: Answers = (_, count) => (count === 1 ? { body: LONG.slice(0, 50_000), isStalled: true } : csv())
  const { report, asked } = await scene({ graph: link, files, more: { limits: { stallMs: 300 } } })
  expect(await report()).toMatchObject({ state: 'file' })
  expect(asked()).toHaveLength(2)
})

test('a link that leads elsewhere is refused, unasked', async () => {
  const other = await startServer(() => csv())
  servers.push(other)
  const { report, asked, logged } = await scene({
    graph: () => ({ status: 302, headers: { location: `${other.url}/x?sig=${SIGNATURE}` } }),
  })
  const answer = await report()
  expect(answer).toMatchObject({
    state: 'failed',
    finding: { code: 'download-elsewhere', text: { en: expect.stringContaining(other.host) } },
  })
  expect([asked().length, other.asked.length]).toEqual([1, 0])
  expect(JSON.stringify(answer) + logged.join()).not.toContain(SIGNATURE)
})

test('a download does not redirect any further', async () => {
  const other = await startServer(() => csv())
  servers.push(other)
  const { report } = await scene({ graph: link, files: () => ({ status: 302, headers: { location: other.url } }) })
  expect(await report()).toMatchObject({ state: 'unreachable', finding: { code: 'download-failed' } })
  expect(other.asked).toHaveLength(0)
})

test('a token that ended is renewed once', async () => {
  const { report, tokens, asked } = await scene({
    graph: (_, count) => (count === 1 ? json(401, { error: { code: 'InvalidAuthenticationToken' } }) : link()),
  })
  expect(await report()).toMatchObject({ state: 'file' })
  expect(tokens()).toBe(2)
  expect(asked().map(each => each.headers.authorization)).toEqual([`Bearer ${TOKEN}-1`, `Bearer ${TOKEN}-2`])
  const never = await scene({ graph: () => json(401, { error: { code: 'InvalidAuthenticationToken' } }) })
  expect(await never.report()).toMatchObject({ state: 'needs-consent', finding: { code: 'token-not-accepted' } })
  expect([never.tokens(), never.asked().length]).toEqual([2, 2])
})

const segment = json(400, { error: { code: 'BadRequest', message: "Resource not found for the segment 'getX'." } })
test.each<[string, Reply, string, string, number]>([
  ['permission not consented', wrapped(403, 'S2SUnauthorized', 'Invalid permission.'), 'needs-consent', 'reports-permission-missing', 1],
  [
    'forbidden otherwise',
    json(403, { error: { code: 'Authorization_RequestDenied', message: 'x' } }),
    'needs-consent',
    'reports-permission-missing',
    1,
  ],
  [
    'an incident of the service',
    json(403, { error: { code: 'MissingCredentials', message: 'Valid Authorization header is needed.' } }),
    'unreachable',
    'service-unavailable',
    5,
  ],
  ['no data yet', wrapped(404, 'UnknownTenantId', `We do not recognize this tenant ID ${DIRECTORY}`), 'not-ready', 'not-ready', 1],
  ['no data yet, not wrapped', json(404, { error: { code: 'UnknownTenantId', message: DIRECTORY } }), 'not-ready', 'not-ready', 1],
  ['not there', json(404, { error: { code: 'ResourceNotFound', message: DIRECTORY } }), 'refused', 'request-refused', 1],
  ['unknown path, at both addresses', segment, 'not-offered', 'not-offered', 2],
  ['a bad request', json(400, { error: { code: 'BadRequest', message: DIRECTORY } }), 'refused', 'request-refused', 1],
  ['an error of the service', wrapped(500, 'UnknownError', ''), 'unreachable', 'service-unavailable', 5],
  ['an error without a body', oops(503), 'unreachable', 'service-unavailable', 5],
  ['a gateway that waited', oops(504), 'unreachable', 'service-unavailable', 5],
  ['a redirect to nowhere', oops(302), 'unreachable', 'download-failed', 5],
  ['an error that is a page', { status: 418, body: '<html>' }, 'refused', 'request-refused', 1],
])('%s: its state, its words, its number of requests', async (_name, reply, state, code, requests) => {
  const { report, asked, logged } = await scene({ graph: () => ({ ...reply, headers: { ...reply.headers, 'request-id': 'req-7' } }) })
  const answer = await report()
  expect(answer).toMatchObject({ state, finding: { code, ...(code === 'not-offered' ? {} : { requestId: 'req-7' }) } })
  expect(asked()).toHaveLength(requests)
  expect(JSON.stringify(answer) + logged.join()).not.toContain(DIRECTORY)
})

test('a day too far back is told as such', async () => {
  const reply = wrapped(400, 'InvalidArgument', 'Invalid date value specified: 2026-10-01. Only support data for the past 28 days.')
  const { report } = await scene({ graph: () => reply })
  const answer = await report({ report: 'getOffice365ActiveUserDetail', day: '2026-10-01' })
  expect(answer).toMatchObject({
    state: 'refused',
    finding: { code: 'day-out-of-range', text: { en: expect.stringContaining('2026-10-01') } },
  })
})

test('a report that has moved is found at its other address, and asked for there from then on', async () => {
  const { report, asked } = await scene({ graph: ({ path }) => (path.startsWith('/v1.0/copilot') ? segment : csv()) })
  const copilot = { report: 'getMicrosoft365CopilotUsageUserDetail', period: 'D30' }
  expect(await report(copilot)).toMatchObject({ state: 'file' })
  expect(await report(copilot)).toMatchObject({ state: 'file' })
  const other = "/beta/reports/getMicrosoft365CopilotUsageUserDetail(period='D30')?$format=text/csv"
  expect(asked().map(each => each.path)).toEqual([
    "/v1.0/copilot/reports/getMicrosoft365CopilotUsageUserDetail(period='D30')",
    other,
    other,
  ])
})

test('waits: Retry-After as it says, else doubling with jitter; nothing is asked meanwhile', async () => {
  const answers = [oops(503), oops(429, { 'retry-after': '7' }), oops(500), oops(502, { 'retry-after': '3' })]
  const { report, clock, asked } = await scene({ graph: (_, count) => answers[count - 1] ?? link() })
  expect(await report()).toMatchObject({ state: 'file' })
  expect(clock.waits).toEqual([1000, 7000, 4000, 3000])
  expect(asked().map(each => each.at - START)).toEqual([0, 1000, 8000, 12_000, 15_000])
})

test('throttled without a word: half a minute at least; what does not fit into a minute in all goes back to the caller', async () => {
  const { report, clock, asked } = await scene({ graph: () => oops(429) })
  // With chance at one half: 30 s + half of 30 s waited out, then 30 s + half of 60 s is too long.
  expect(await report()).toEqual({ state: 'later', at: START + 45_000 + 60_000, why: 'throttled' })
  expect(clock.waits).toEqual([45_000])
  expect(asked()).toHaveLength(2)
})

test.each([
  ['300', 300_000],
  ['Sat, 21 Nov 2026 10:10:00 GMT', 600_000],
  ['864000', 3_600_000],
])('a Retry-After of %s goes back to the caller at once', async (text, ms) => {
  for (const status of [429, 503]) {
    const { report, asked, clock } = await scene({ graph: () => oops(status, { 'retry-after': text }) })
    expect(await report()).toEqual({ state: 'later', at: START + ms, why: 'throttled' })
    expect([asked().length, clock.waits.length]).toEqual([1, 0])
  }
})

test('throttled with short waits for ever: a bounded number of tries, then later', async () => {
  const { report, asked } = await scene({ graph: () => oops(429, { 'retry-after': '1' }) })
  expect(await report()).toEqual({ state: 'later', at: START + 5000, why: 'throttled' })
  expect(asked()).toHaveLength(5)
})

test('every request of a report, a repeated one too, is taken from the budget; without leave none goes out', async () => {
  const taken: string[] = []
  const budget = {
    take: async (fn: string) => {
      taken.push(fn)
      return taken.length > 3 ? ({ ok: false, at: START + 99_000 } as const) : ({ ok: true } as const)
    },
  }
  const { report, asked, clock } = await scene({ graph: () => oops(500), more: { budget } })
  expect(await report()).toEqual({ state: 'later', at: START + 99_000, why: 'budget' })
  expect(taken).toEqual(Array(4).fill('getOffice365ActiveUserDetail'))
  expect(asked()).toHaveLength(3)
  expect(clock.waits).toEqual([1000, 2000, 4000])
})

test('nobody there: tried again, then told by the code of the error, without addresses', async () => {
  let tries = 0
  const lost: typeof fetch = (input, init) => {
    if (String(input).includes('/reports/')) {
      tries++
      return Promise.reject(new TypeError(`fetch failed ${input}`, { cause: Object.assign(new Error(`${input}`), { code: 'ECONNRESET' }) }))
    }
    return fetch(input, init)
  }
  const { report, logged } = await scene({ graph: link, more: { fetch: lost } })
  const answer = await report()
  expect(answer).toMatchObject({
    state: 'unreachable',
    finding: { code: 'service-unreachable', text: { en: expect.stringContaining('ECONNRESET') } },
  })
  expect(tries).toBe(5)
  expect(JSON.stringify(answer) + logged.join()).not.toContain('/reports/')
})

test('an address that our own guard refuses is not tried again', async () => {
  let tries = 0
  const guarded: typeof fetch = () => {
    tries++
    return Promise.reject(new TypeError('fetch failed', { cause: new AppError('forbidden', 'not public') }))
  }
  const { report } = await scene({ graph: link, more: { fetch: guarded } })
  const answer = await report()
  expect(answer).toMatchObject({
    state: 'unreachable',
    finding: { code: 'outgoing-refused', remedy: { en: expect.stringContaining('IMPULSO_ALLOW_HOSTS') } },
  })
  expect(tries).toBe(1)
})

test('a disk that fails is no fault of the service: thrown, and nothing asked again', async () => {
  const { graph, asked } = await scene({ graph: link })
  await expect(graph.report(REQUEST, join(folder, 'missing', 'report.csv'))).rejects.toThrow('ENOENT')
  expect(asked()).toHaveLength(1)
})

test('logged are functions, states and request ids; never tokens, signatures, secrets or the directory', async () => {
  const { report, logged, asked } = await scene({
    graph: (_, count) => (count === 1 ? wrapped(500, 'X', DIRECTORY, { 'request-id': 'req-1' }) : link()),
    files: (_, count) => (count === 1 ? oops(403) : csv()),
  })
  await report()
  const text = logged.join('\n')
  expect(text).toContain('getOffice365ActiveUserDetail')
  expect(text).toContain('req-1')
  expect(text).toContain(`${asked()[0]?.headers['client-request-id']}`)
  for (const secret of [TOKEN, SIGNATURE, DIRECTORY, 'not to be told', '99999999-']) expect(text).not.toContain(secret)
})
