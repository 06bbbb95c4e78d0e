import type { EventPage, EventView } from '../../model/api.ts'
import { findEvents } from '../../store/events.ts'
import type { Context } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import type { Actor } from '../policy.ts'
import { namesIn } from './names.ts'
import { reveal } from './reveal.ts'
import { summaryOf } from './summary.ts'

/** What happened with a customer, newest first. */
export async function getEvents(
  context: Context,
  actor: Actor,
  customerId: string,
  { limit, before }: { limit: number; before?: number | undefined },
): Promise<EventPage> {
  await visibleCustomer(context, actor, customerId)
  const rows = await findEvents(context.db, customerId, limit + 1, before)
  const shown = rows.slice(0, limit)
  const revealed = await reveal(
    context.db,
    context,
    shown.map(row => row.body),
  )
  const names = await namesIn(context.db, revealed)
  const events = shown.map((row, index): EventView => {
    // One for each row.
    const { data } = revealed[index]!
    return {
      seq: row.seq,
      at: row.at,
      who: row.name,
      kind: row.kind,
      summary: summaryOf(row.kind, data, context.playbook, names),
      before: data.before ?? null,
      after: data.after ?? null,
    }
  })
  return { events, next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null }
}
