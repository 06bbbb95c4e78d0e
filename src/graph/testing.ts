import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostsOf } from './clouds.ts'
import type { Budget, CloudHosts, Credential, GraphParts, GraphTarget } from './types.ts'

/** For tests of this room: small servers that answer as they are told, and a clock that stands still. */

export type Asked = Readonly<{ method: string; path: string; headers: IncomingHttpHeaders; body: string; at: number }>
export type Reply = Readonly<{
  status?: number
  headers?: Readonly<Record<string, string>>
  body?: string | Buffer
  /** The connection is cut after the body. */
  isCut?: boolean
  /** Nothing more comes after the body, and the connection stays. */
  isStalled?: boolean
}>

/** A real server on loopback; `asked` fills as requests come. */
export async function startServer(reply: (asked: Asked, count: number) => Reply, now: () => number = () => 0) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const body: Buffer[] = []
    for await (const part of request) body.push(part)
    const { method = '', url: path = '', headers } = request
    const one: Asked = { method, path, headers, body: Buffer.concat(body).toString(), at: now() }
    asked.push(one)
    const answer = reply(one, asked.length)
    response.sendDate = false
    response.writeHead(answer.status ?? 200, answer.headers)
    if (answer.isCut) response.write(answer.body ?? '', () => setTimeout(() => response.destroy(), 20))
    else if (answer.isStalled) response.write(answer.body ?? '')
    else response.end(answer.body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // A server that listens on a port has such an address.
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    asked,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

export const START = Date.parse('2026-11-21T10:00:00Z')

/** Time passes only by waiting. */
export function fakeClock(start = START) {
  let at = start
  const waits: number[] = []
  return {
    now: () => at,
    wait: async (ms: number) => {
      waits.push(ms)
      at += ms
    },
    waits,
    advance: (ms: number) => {
      at += ms
    },
  }
}

export const NO_BUDGET: Budget = { take: async () => ({ ok: true }) }

/** At most so many requests of one function in any ten minutes. */
export function slidingBudget(now: () => number, most = 14): Budget {
  const taken = new Map<string, number[]>()
  return {
    take: async fn => {
      const recent = (taken.get(fn) ?? []).filter(at => at > now() - 600_000)
      const [first] = recent
      if (first !== undefined && recent.length >= most) return { ok: false, at: first + 600_000 }
      taken.set(fn, [...recent, now()])
      return { ok: true }
    },
  }
}

export const DIRECTORY = '11111111-2222-4333-8444-555555555555'
export const SECRET: Credential = { kind: 'secret', secret: 'a secret that is not to be told' }

export function targetAt(url: string, { credential = SECRET, hosts = {} }: { credential?: Credential; hosts?: Partial<CloudHosts> } = {}) {
  const target: GraphTarget = {
    hosts: { ...hostsOf('simulator', url), ...hosts },
    directory: DIRECTORY,
    clientId: '99999999-2222-4333-8444-555555555555',
    credential,
  }
  return target
}

/** Parts around a clock; `logged` holds all that was logged, as text. */
export function partsOf(clock = fakeClock(), more: Partial<GraphParts> = {}) {
  const logged: string[] = []
  const parts: GraphParts = {
    fetch,
    now: clock.now,
    wait: clock.wait,
    random: () => 0.5,
    budget: NO_BUDGET,
    log: (message, details) => logged.push(`${message} ${JSON.stringify(details)}`),
    ...more,
  }
  return { parts, logged }
}

export const TOKEN = 'eyJ-a-token-not-to-be-told'
export const isTokenRequest = ({ path }: Asked) => path.endsWith('/oauth2/v2.0/token')
export const giveToken = (token = TOKEN, seconds = 3599): Reply =>
  json(200, { token_type: 'Bearer', expires_in: seconds, access_token: token })
export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
})
/** Usage reports wrap their errors into another one. */
export const wrapped = (status: number, code: string, message: string, headers: Record<string, string> = {}): Reply =>
  json(status, { error: { code: 'UnknownError', message: JSON.stringify({ error: { code, message } }) } }, headers)
export const refusedSignIn = (number: number, status = 401): Reply =>
  json(status, {
    error: 'invalid_client',
    error_description: `AADSTS${number}: about the application '${DIRECTORY}'. Trace ID: x`,
    error_codes: [number],
  })

/** As Graph sends it: a byte order mark, CRLF. */
export const REPORT = '\uFEFFReport Refresh Date,Exchange Active,Report Period\r\n2026-11-19,12,7\r\n'
export const csv = (body: string | Buffer = REPORT): Reply => ({ headers: { 'content-type': 'application/octet-stream' }, body })
