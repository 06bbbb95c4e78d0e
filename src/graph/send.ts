import { AppError } from '../model/errors.ts'
import { finding } from './findings.ts'
import { limitsOf } from './tries.ts'
import type { Failure, GraphParts } from './types.ts'

/** An answer whose body is still to be read, or dropped. */
export type Reply = Readonly<{
  kind: 'reply'
  status: number
  headers: Headers
  /** Gives the body part by part until `take` says stop; what `take` throws goes through. */
  read: (take: (part: Uint8Array) => 'go on' | 'stop' | Promise<'go on' | 'stop'>) => Promise<'whole' | 'stopped' | Unreached>
  drop: () => Promise<void>
}>
/** No answer, or one cut off. `isFinal`: our own guard refuses the address, so that asking again is of no use. */
export type Unreached = Readonly<{ kind: 'unreached'; isFinal: boolean; failure: Failure }>

/** One request, nothing followed, no cookies. The only timer is the one that gives up what has stalled. */
export async function send(parts: GraphParts, url: URL, init: RequestInit): Promise<Reply | Unreached> {
  const stall = watchStall(limitsOf(parts).stallMs)
  const unreached = (error: unknown): Unreached => {
    stall.end()
    return notReached(url, error, stall.hasStalled())
  }
  try {
    const response = await parts.fetch(url, { ...init, redirect: 'manual', credentials: 'omit', signal: stall.signal })
    stall.touch()
    return {
      kind: 'reply',
      status: response.status,
      headers: response.headers,
      read: take => readBody(response, take, stall).catch(error => (error instanceof Cut ? unreached(error.cause) : Promise.reject(error))),
      drop: async () => {
        stall.end()
        await response.body?.cancel().catch(() => undefined)
      },
    }
  } catch (error) {
    return unreached(error)
  }
}

/** The whole body as text, undefined when it is cut off or longer than `maxBytes`. */
export async function textOf(reply: Reply, maxBytes: number): Promise<string | undefined> {
  const parts: Uint8Array[] = []
  let bytes = 0
  const ended = await reply.read(part => {
    bytes += part.byteLength
    parts.push(part)
    return bytes > maxBytes ? 'stop' : 'go on'
  })
  return ended === 'whole' ? Buffer.concat(parts).toString('utf8') : undefined
}

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A request id of the service, should it look like one: it is shown and logged. */
export function requestIdOf(headers: Headers): string | undefined {
  const id = headers.get('request-id') ?? headers.get('x-ms-request-id')
  return id !== null && /^[\w-]{1,64}$/.test(id) ? id : undefined
}

type Stall = ReturnType<typeof watchStall>
function watchStall(ms: number) {
  const abort = new AbortController()
  let timer = setTimeout(() => abort.abort(), ms)
  return {
    signal: abort.signal,
    hasStalled: () => abort.signal.aborted,
    touch: () => {
      clearTimeout(timer)
      timer = setTimeout(() => abort.abort(), ms)
    },
    end: () => clearTimeout(timer),
  }
}

/** The connection broke while the body came; to be told from what the taker of the body throws. */
class Cut extends Error {
  override name = 'Cut'
}

async function readBody(response: Response, take: Parameters<Reply['read']>[0], stall: Stall): Promise<'whole' | 'stopped'> {
  const reader = response.body?.getReader()
  if (!reader) {
    stall.end()
    return 'whole'
  }
  try {
    for (;;) {
      const part = await reader.read().catch(error => Promise.reject(new Cut('cut off', { cause: error })))
      if (part.done) return 'whole'
      stall.touch()
      if ((await take(part.value)) === 'stop') return 'stopped'
    }
  } finally {
    stall.end()
    await reader.cancel().catch(() => undefined)
  }
}

/** In words, from the error's code: messages of `fetch` can quote addresses. */
function notReached(url: URL, error: unknown, hasStalled: boolean): Unreached {
  const chain: unknown[] = []
  for (let at = error; at instanceof Error; at = at.cause) chain.push(at)
  const refused = chain.some(each => each instanceof AppError && each.code === 'forbidden')
  if (refused) {
    return { kind: 'unreached', isFinal: true, failure: { state: 'unreachable', finding: finding('outgoing-refused', { host: url.host }) } }
  }
  const code = chain.map(each => (each instanceof Error && 'code' in each ? each.code : undefined)).find(each => typeof each === 'string')
  const why = hasStalled ? 'stalled' : /^[A-Z0-9_]{3,60}$/.test(`${code}`) ? `${code}` : 'connection lost'
  return {
    kind: 'unreached',
    isFinal: false,
    failure: { state: 'unreachable', finding: finding('service-unreachable', { why, host: url.host }) },
  }
}
