import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, type Dispatcher, getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { AppError } from '../../model/errors.ts'
import { type Allowed, parseAllowed, whyNotPublic } from './addresses.ts'
import { OUTGOING_LIMITS, type OutgoingLimits, withLimits } from './limits.ts'

export type Outgoing = Readonly<{
  /** Hosts that may be asked although they are not public: names, addresses, networks (IMPULSO_ALLOW_HOSTS). */
  allowHosts: readonly string[]
  limits?: OutgoingLimits
  /** How names become addresses; the system's way by default. Always asked for all of them. */
  resolve?: Resolve
}>

type Resolve = (
  host: string,
  options: dns.LookupAllOptions,
  answer: (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void,
) => void

/**
 * From now on no request of this process reaches an address that is not public, unless it is allowed: those of `fetch`, `WebSocket` and
 * everything else that goes through undici's global dispatcher, and those of node:http and node:https without an agent of their own.
 * Answers how to take the guard away again, for tests. Decision: docs/decisions/0031-outgoing-requests.md.
 */
export function guardOutgoing(outgoing: Outgoing): () => Promise<void> {
  const before = { dispatcher: getGlobalDispatcher(), http: http.globalAgent, https: https.globalAgent }
  const guarded = createDispatcher(outgoing)
  const gate = openGate(outgoing)
  setGlobalDispatcher(guarded)
  http.globalAgent = guardAgent(new http.Agent({ keepAlive: true, timeout: 5000 }), gate)
  https.globalAgent = guardAgent(new https.Agent({ keepAlive: true, timeout: 5000 }), gate)
  return async () => {
    setGlobalDispatcher(before.dispatcher)
    http.globalAgent.destroy()
    https.globalAgent.destroy()
    http.globalAgent = before.http
    https.globalAgent = before.https
    await guarded.destroy()
  }
}

/** A guarded way out with limits of its own, to be given to `fetch` as `dispatcher` where those for all do not fit. */
export function createDispatcher(outgoing: Outgoing): Dispatcher {
  const limits = outgoing.limits ?? OUTGOING_LIMITS
  const gate = openGate(outgoing)
  const connect = buildConnector({ timeout: limits.connectMs, lookup: gate.lookup })
  return new Agent({
    headersTimeout: limits.idleMs,
    bodyTimeout: limits.idleMs,
    connect: (options, done) => {
      const refusal = gate.refuseLiteral(options.hostname)
      if (refusal) done(refusal, null)
      else connect(options, done)
    },
  }).compose(withLimits(limits))
}

/** `fetch` by a guarded way out of its own, for what asks for other limits or other hosts than everybody. */
export function guardedFetch(outgoing: Outgoing): typeof fetch {
  const dispatcher = createDispatcher(outgoing)
  // Node's `fetch` takes it; the type it is declared with there is that of its own copy of the library.
  return (input, init) => fetch(input, { ...init, ...({ dispatcher } as object) })
}

/** The refusal behind an error of `fetch`, which says only "fetch failed" itself; undefined when it failed for another reason. */
export function refusalBehind(error: unknown): AppError | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof AppError) return at
  return undefined
}

type Gate = Readonly<{
  /** A refusal when the host is an address that may not be reached; names are judged by `lookup`. */
  refuseLiteral: (host: string) => AppError | undefined
  lookup: LookupFunction
}>

/** What is looked up once is what is judged and what is connected to: an answer that changes in between finds nobody asking. */
function openGate({ allowHosts, resolve = dns.lookup }: Outgoing): Gate {
  const allowed = parseAllowed(allowHosts)
  return {
    refuseLiteral: host => {
      const bare = host.replace(/^\[(.*)\]$/, '$1')
      return isIP(bare) === 0 ? undefined : refuse(allowed, bare, [bare])
    },
    lookup: (host, options, answer) => {
      resolve(host, { ...options, all: true }, (error, addresses) => {
        const refusal =
          error ??
          refuse(
            allowed,
            host,
            addresses.map(each => each.address),
          )
        const [first] = addresses ?? []
        if (refusal || !first) answer(refusal ?? new Error(`${host} has no address`), '', 0)
        else if (options.all) answer(null, addresses)
        else answer(null, first.address, first.family)
      })
    },
  }
}

/** A name with one refused address among others is refused: whoever mixes them hopes that we take the wrong one. */
function refuse(allowed: Allowed, host: string, addresses: readonly string[]): AppError | undefined {
  if (allowed.hasName(host)) return undefined
  for (const address of addresses) {
    const why = allowed.hasAddress(address) ? undefined : whyNotPublic(address)
    if (why === undefined) continue
    const what = address === host ? `${host} is ${why}` : `${host} is at ${address}, ${why}`
    return new AppError('forbidden', `${what}: it is not asked unless the setting IMPULSO_ALLOW_HOSTS names it`)
  }
  return undefined
}

function guardAgent<A extends http.Agent>(agent: A, gate: Gate): A {
  const connect = agent.createConnection.bind(agent)
  agent.createConnection = (options, done) => {
    const refusal = gate.refuseLiteral(options.host ?? 'localhost')
    if (!refusal) return connect({ ...options, lookup: gate.lookup }, done)
    // The agent hears of it as of a connection that failed; there is no socket to hand over.
    process.nextTick(() => done?.(refusal, undefined as never))
    return undefined
  }
  return agent
}
