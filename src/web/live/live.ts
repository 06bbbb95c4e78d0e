import type { QueryClient } from '@tanstack/react-query'
import type { SessionView } from '../../model/api.ts'
import { showToast } from '../ui/toasts.tsx'
import { noteChanged } from './changed.ts'

/** What the server tells of a change (`GET /changes`); the rest is said between the windows of one browser. */
type Told = (
  | { kind: 'change'; customers: readonly string[] | null; who: string; by: string | null }
  | { kind: 'reset' }
  | { kind: 'end' }
) & { id?: string }

/** One window of a browser holds the stream, the others hear from it. */
const NAME = 'impulso-live'
/** Changes often come several at a time: lists are read once for all of them. */
const GATHER_MS = 700

export type LiveWords = Readonly<{ changed: (name: string) => string; somebody: () => string }>

/**
 * Keeps what is shown as it is on the server: a change of somebody else makes the queries it concerns stale, and those in sight are read
 * anew where they stand. Answers how to stop. Without the browser's locks or channels nothing is live, and all else works.
 */
export function startLive(client: QueryClient, words: LiveWords): () => void {
  if (!('locks' in navigator) || !('BroadcastChannel' in globalThis)) return () => {}
  const channel = new BroadcastChannel(NAME)
  const stopping = new AbortController()
  const react = listener(client, words)
  // What is shown was read after the session: a change between that and the opening of the stream is told too.
  let last = client.getQueryData<SessionView>(['session'])?.changes ?? undefined
  const hear = (told: Told) => {
    last = told.id ?? last
    react(told)
  }
  channel.onmessage = ({ data }: MessageEvent<Told>) => hear(data)
  const say = (told: Told) => {
    hear(told)
    channel.postMessage(told)
  }
  navigator.locks
    .request(NAME, { signal: stopping.signal }, () => holdStream(say, last, stopping.signal))
    // Stopped while it waited for its turn.
    .catch(() => {})
  return () => {
    stopping.abort()
    channel.close()
  }
}

/** Until stopped, or the session is over. The browser itself reconnects and says what it heard last. */
function holdStream(say: (told: Told) => void, after: string | undefined, signal: AbortSignal): Promise<void> {
  return new Promise(done => {
    const source = new EventSource(`/api/v1/changes${after ? `?after=${encodeURIComponent(after)}` : ''}`)
    const close = () => {
      source.close()
      done()
    }
    source.addEventListener('change', ({ data, lastEventId }: MessageEvent<string>) =>
      // What it says has a kind too: that of the event.
      say({ ...JSON.parse(data), kind: 'change', id: lastEventId }),
    )
    source.addEventListener('reset', ({ lastEventId }: MessageEvent<string>) => say({ kind: 'reset', id: lastEventId }))
    source.addEventListener('end', () => {
      say({ kind: 'end' })
      close()
    })
    signal.addEventListener('abort', close)
    if (signal.aborted) close()
  })
}

function listener(client: QueryClient, words: LiveWords): (told: Told) => void {
  const concerned = new Set<string>()
  let isAll = false
  let isWaiting = false
  const read = () => {
    isWaiting = false
    const customers = new Set(concerned)
    const everything = isAll
    concerned.clear()
    isAll = false
    void client.invalidateQueries({
      predicate: ({ queryKey: [name, id] }) =>
        LISTS.has(String(name)) || (name === 'customer' && (everything || customers.has(String(id)))),
    })
  }
  return told => {
    if (told.kind === 'end') return void client.invalidateQueries({ queryKey: ['session'] })
    if (told.kind === 'reset' || told.customers === null) isAll = true
    else for (const id of told.customers) concerned.add(id)
    if (!isWaiting) setTimeout(read, GATHER_MS)
    isWaiting = true
    if (told.kind === 'change') sayWho(client, words, told)
  }
}

/** The program itself, which computes anew what people and reports changed. */
const PROGRAM = 'system'

/** Lists over customers that a change may move something in. */
const LISTS = new Set(['portfolio', 'reviews', 'today', 'meetings', 'handshakes', 'expert-requests', 'alerts', 'notifications'])

/**
 * What somebody else changed is marked where it stands. Where the person is at that customer, they hear of it too: what they were about to
 * save may be old.
 */
function sayWho(client: QueryClient, words: LiveWords, { customers, who, by }: Extract<Told, { kind: 'change' }>): void {
  if (client.getQueryData<SessionView>(['session'])?.person?.id === who || who === PROGRAM || !customers) return
  noteChanged(customers, by)
  const [, screen, open] = location.pathname.split('/')
  if (screen !== 'customers' || !open || !customers.includes(decodeURIComponent(open)) || document.visibilityState !== 'visible') return
  showToast({ intent: 'info', title: words.changed(by ?? words.somebody()) })
}
