import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { SignedIn } from '../app/auth/types.ts'
import type { Change, Hub } from '../app/live/hub.ts'
import { seenChange } from '../app/live/seen-changes.ts'
import { type Actor, authorize } from '../app/policy.ts'
import { AppError } from '../model/errors.ts'
import type { ApiContext } from './context.ts'
import { refuseForeignReader } from './security.ts'

/** Streams one session may have open: a browser shares one among its windows, and holds a second while it goes over. */
const PER_SESSION = 4
/** Streams of this process: each holds a connection. */
const IN_ALL = 2000
/** Proxies drop a silent connection after a minute; this is also how long an ended session still hears. */
const BEAT_MS = 25_000
/** Changes kept for a reader who is slower than they come; beyond, it is told to read everything anew. */
const BACKLOG = 200

type Options = Readonly<{
  hub: Hub
  beatMs?: number
  actorOf: (person: SignedIn) => Actor
  /** Counts the request with all others of whoever asks; throws `too-many`. */
  count?: (c: Context, person: SignedIn | undefined) => Promise<void>
}>

/**
 * `GET /changes`: server-sent events of what others change at customers one may see. `change` names customers and who; `reset`: something
 * was missed, read anew; `end`: the session is over. Goes on after `Last-Event-ID`, or at first after `after`, as `GET /session` told it.
 */
export function liveRoute(context: ApiContext, { hub, beatMs = BEAT_MS, actorOf, count = async () => {} }: Options): Hono {
  const open = new Map<string, number>()
  let inAll = 0
  const route = new Hono()
  route.get('/', async c => {
    refuseForeignReader(c.req.raw)
    const person = await context.auth.actorOf(c.req.raw.headers)
    await count(c, person)
    if (!person) throw new AppError('unauthenticated', 'sign in first')
    const actor = actorOf(person)
    authorize(actor, 'see-customer')
    const mine = open.get(person.sessionId) ?? 0
    if (mine >= PER_SESSION || inAll >= IN_ALL) throw new AppError('too-many', 'too many open streams of changes; close one of them')
    open.set(person.sessionId, mine + 1)
    inAll++
    const release = () => {
      inAll--
      const left = (open.get(person.sessionId) ?? 1) - 1
      if (left > 0) open.set(person.sessionId, left)
      else open.delete(person.sessionId)
    }
    c.header('cache-control', 'no-store')
    c.header('x-accel-buffering', 'no')
    return tell(c, { context, hub, beatMs, actor, release })
  })
  return route
}

type Telling = Readonly<{ context: ApiContext; hub: Hub; beatMs: number; actor: Actor; release: () => void }>

const tell = (c: Context, { context, hub, beatMs, actor, release }: Telling): Response =>
  streamSSE(c, async stream => {
    const own = context.app.as(actor)
    const waiting: (Change | 'reset')[] = []
    let wake = () => {}
    const unsubscribe = hub.subscribe(change => {
      if (waiting.length >= BACKLOG) waiting.splice(0, waiting.length, 'reset')
      else waiting.push(change ?? 'reset')
      wake()
    })
    stream.onAbort(() => wake())
    try {
      const { missed, changes } = hub.since(c.req.header('last-event-id') ?? c.req.query('after'))
      waiting.unshift(...(missed ? (['reset'] as const) : changes))
      await stream.writeSSE({ event: 'open', data: '{}', id: hub.last() })
      // By the clock, not when it is silent: where changes never stop, an ended session would hear for ever.
      let due = performance.now() + beatMs
      while (!stream.aborted) {
        if (performance.now() >= due) {
          const still = await context.auth.actorOf(c.req.raw.headers)
          // A right or a scope that changed is another actor: the browser comes back as that one.
          if (!still || still.id !== actor.personId || still.right !== actor.right || still.scope !== actor.scope) {
            await stream.writeSSE({ event: still ? 'again' : 'end', data: '{}' })
            return
          }
          await stream.writeSSE({ event: 'beat', data: '{}' })
          due = performance.now() + beatMs
          continue
        }
        const next = waiting.shift()
        if (next === 'reset') {
          await stream.writeSSE({ event: 'reset', data: '{}', id: hub.last() })
        } else if (next) {
          const seen = await seenChange(own, actor, next)
          if (seen) await stream.writeSSE({ event: 'change', data: JSON.stringify(seen), id: next.id })
        } else {
          await pause(Math.max(0, due - performance.now()), woken => {
            wake = woken
          })
        }
      }
    } finally {
      unsubscribe()
      release()
    }
  })

/** Until woken, or the time is over. */
const pause = (ms: number, onWake: (woken: () => void) => void): Promise<void> =>
  new Promise(done => {
    const timer = setTimeout(done, ms)
    onWake(() => {
      clearTimeout(timer)
      done()
    })
  })
