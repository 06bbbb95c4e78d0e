import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { AppError } from '../model/errors.ts'

export type Listening = Readonly<{
  port: number
  /** From now on requests are answered by `fetch`; before, they are told that the portal is starting. */
  open: (fetch: (request: Request, env?: object) => Response | Promise<Response>) => void
  /** Takes no new requests, lets those under way finish, and cuts off what takes longer than `graceMs`. */
  stop: (graceMs: number) => Promise<void>
}>

/** An upload over a slow line takes its time; one that never ends must end some day. */
const LONGEST_REQUEST_MS = 30 * 60 * 1000

/** Takes the port at once, so that a busy one is told before anything else is done. Throws `unavailable`. */
export async function listen(host: string, port: number): Promise<Listening> {
  let listener: (request: IncomingMessage, response: ServerResponse) => void = answerStarting
  const server = createServer({ requestTimeout: LONGEST_REQUEST_MS }, (request, response) => listener(request, response))
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
