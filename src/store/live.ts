import { sql } from 'kysely'
import pg from 'pg'
import type { Trx } from './database.ts'

const CHANNEL = 'impulso_changes'
/** PostgreSQL takes no payload of 8,000 bytes or more. */
const PAYLOAD_BYTES = 7000

/** What is told when a transaction ends: who changed which customers; `customers` null for more than fit. */
export type ChangeNote = Readonly<{ customers: readonly string[] | null; who: string; kind: string }>

/** Told to every listening process once the transaction is done, and never if it is not. */
export async function noteChange(trx: Trx, note: ChangeNote): Promise<void> {
  const whole = JSON.stringify(note)
  const payload = Buffer.byteLength(whole) <= PAYLOAD_BYTES ? whole : JSON.stringify({ ...note, customers: null })
  await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(trx)
}

export type Listener = Readonly<{ close: () => Promise<void> }>

/**
 * Listens on a connection of its own, and again after it broke; `onGap` says that something may have been missed. `url` is that of the
 * program's role.
 */
export async function listenForChanges(
  url: string,
  { onNote, onGap, retryMs = 2000 }: { onNote: (note: ChangeNote) => void; onGap: () => void; retryMs?: number },
): Promise<Listener> {
  let isClosed = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  const open = async () => {
    const next = new pg.Client({ connectionString: url, application_name: `impulso ${process.pid} live`, keepAlive: true })
    next.on('notification', ({ channel, payload }) => {
      // Only `noteChange` writes to this channel.
      if (channel === CHANNEL && payload) onNote(JSON.parse(payload) as ChangeNote)
    })
    next.on('error', () => {})
    next.on('end', () => {
      if (client !== next || isClosed) return
      client = undefined
      again()
    })
    client = next
    await next.connect()
    await next.query(`listen ${CHANNEL}`)
  }
  const again = () => {
    timer = setTimeout(() => {
      open().then(onGap, () => {
        client = undefined
        if (!isClosed) again()
      })
    }, retryMs)
    timer.unref()
  }
  await open()
  return {
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
