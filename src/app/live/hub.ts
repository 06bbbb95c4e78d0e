import { randomUUID } from 'node:crypto'
import { type ChangeNote, listenForChanges } from '../../store/live.ts'

/** One change as it is kept for those who were away for a moment. `id` grows; the first part names the run of the program. */
export type Change = ChangeNote & Readonly<{ id: string; at: number }>

export type Hub = Readonly<{
  /** What came after `lastId`, or `missed` when that cannot be told any more. */
  since: (lastId: string | undefined) => { missed: boolean; changes: readonly Change[] }
  /** The newest one there is. */
  last: () => string
  /** Called with each change; undefined: something may have been missed. Answers how to stop. */
  subscribe: (tell: (change: Change | undefined) => void) => () => void
  close: () => Promise<void>
}>

/** Kept for whoever reconnects: at some ten a second, a minute and a half. */
const KEPT = 1000

/** All changes of customers, of every process on this database, from one connection. */
export async function openHub(url: string): Promise<Hub> {
  const run = randomUUID().slice(0, 8)
  const listeners = new Set<(change: Change | undefined) => void>()
  let kept: Change[] = []
  let count = 0
  // Older than what is kept, or of before a gap, nobody can go on from.
  let first = 0
  const tell = (change: Change | undefined) => {
    for (const listener of listeners) listener(change)
  }
  const listener = await listenForChanges(url, {
    onNote: note => {
      const change = { ...note, id: `${run}-${++count}`, at: count }
      kept.push(change)
      if (kept.length > KEPT) {
        kept = kept.slice(-KEPT)
        first = (kept[0]?.at ?? count) - 1
      }
      tell(change)
    },
    onGap: () => {
      kept = []
      first = count
      tell(undefined)
    },
  })
  return {
    since: lastId => {
      if (lastId === undefined) return { missed: false, changes: [] }
      const [ofRun, text] = lastId.split('-')
      const at = Number(text)
      if (ofRun !== run || !Number.isInteger(at) || at < first || at > count) return { missed: true, changes: [] }
      return { missed: false, changes: kept.filter(change => change.at > at) }
    },
    last: () => `${run}-${count}`,
    subscribe: listen => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    close: listener.close,
  }
}
