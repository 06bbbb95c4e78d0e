import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { AppError } from '../model/errors.ts'
import { type Refused, whyRefused } from './request-target.ts'

export type Listening = Readonly<{
  port: number
  /** From now on requests are answered by `fetch`; before, they are told that the portal is starting. */
  open: (fetch: (request: Request, env?: object) => Response | Promise<Response>) => void
  /** Takes no new requests, lets those under way finish, and cuts off what takes longer than `graceMs`. */
  stop: (graceMs: number) => Promise<void>
}>

/** How long a connection may be held without use. Whoever sends a byte now and then would otherwise hold as many as there are. */
export const CONNECTION_TIMES = {
  /** Browsers send their headers at once; this is for lines that lose packets. */
  headersMs: 15_000,
  /** An upload over a slow line takes its time; one that never ends must end some day. `body.ts` is stricter with each kind of body. */
  requestMs: 30 * 60 * 1000,
  /** Longer than the minute after which proxies drop an idle connection: who keeps it longer meets a closed one with a request in hand. */
  idleMs: 65_000,
  /** For a finished answer that nobody takes. */
  unreadMs: 60_000,
  /** How often the first two are looked at. */
  checkMs: 5_000,
} as const
export type ConnectionTimes = Readonly<Record<keyof typeof CONNECTION_TIMES, number>>

/** Node's own figure, said outright. A session cookie and what proxies add are some 2 KiB. */
const HEADER_BYTES = 16 * 1024

/** Takes the port at once, so that a busy one is told before anything else is done. Throws `unavailable`. */
export async function listen(host: string, port: number, times: ConnectionTimes = CONNECTION_TIMES): Promise<Listening> {
  let listener: (request: IncomingMessage, response: ServerResponse) => void = answerStarting
  const server = createServer(
    {
      headersTimeout: times.headersMs,
      requestTimeout: times.requestMs,
      keepAliveTimeout: times.idleMs,
      connectionsCheckingInterval: times.checkMs,
      maxHeaderSize: HEADER_BYTES,
      // Said outright: lenient parsing is how one request becomes two.
      insecureHTTPParser: false,
      requireHostHeader: true,
    },
    (request, response) => {
      // Not for the whole connection: an import may think for minutes before it answers.
      response.once('prefinish', () => response.setTimeout(times.unreadMs))
      const refused = whyRefused(request)
      if (refused) answerRefused(response, refused)
      else listener(request, response)
    },
  )
  // Node drops the headers above its limit without a word, and what we look for may be among them: `whyRefused` counts instead.
  server.maxHeadersCount = 0
  await new Promise<void>((done, fail) => {
    server.once('error', cause => fail(explain(cause, host, port)))
    server.listen(port, host, done)
  })
  return {
    // `address()` of a TCP server that listens is an object.
    port: (server.address() as AddressInfo).port,
    open: fetch => {
      listener = getRequestListener(fetch)
    },
    stop: graceMs => stop(server, graceMs),
  }
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise(done => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs)
    // A connection whose last answer has been sent would be kept for another request that we would not take.
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(cut)
      clearInterval(sweep)
      done()
    })
  })
}

function answerRefused(response: ServerResponse, { status, detail }: Refused): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(`${detail}\n`)
}

function answerStarting(request: IncomingMessage, response: ServerResponse): void {
  const wantsPage = request.headers.accept?.includes('text/html') ?? false
  const text = 'Impulso is starting … · O Impulso está iniciando …'
  response.writeHead(503, {
    'content-type': wantsPage ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'retry-after': '2',
    ...(wantsPage ? { refresh: '2' } : {}),
  })
  response.end(wantsPage ? `<!doctype html><title>Impulso</title><p>${text}</p>` : `${text}\n`)
}

function explain(cause: NodeJS.ErrnoException, host: string, port: number): Error {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} on ${host} is in use by another program; choose another one with PORT`,
    EACCES: `port ${port} on ${host} may only be taken by an administrator; choose one above 1023 with PORT`,
    EADDRNOTAVAIL: `${host} is not an address of this machine; set HOST to one that is`,
    ENOTFOUND: `${host} is not the name of this machine; set HOST to one that is`,
  }
  const reason = reasons[cause.code ?? '']
  return reason === undefined ? cause : new AppError('unavailable', reason, { cause })
}
