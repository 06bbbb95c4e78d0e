import type { EventPage, EventView } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import { mergedInto } from '../../store/customer-changes.ts'
import { findEvents } from '../../store/events.ts'
import type { Context } from '../context.ts'
import { namesIn } from '../events/names.ts'
import { reveal } from '../events/reveal.ts'
import { summaryOf } from '../events/summary.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { visibleCustomer } from './visible.ts'

type Query = Readonly<{ customerId: string; from: string; limit: number; before?: number | undefined }>

/** What happened to a customer before it was merged into this one, newest first. Who sees the one may read it, whoever saw the other. */
export async function getMergedEvents(context: Context, actor: Actor, { customerId, from, limit, before }: Query): Promise<EventPage> {
  await visibleCustomer(context, actor, customerId)
  const { db } = context.as(SYSTEM)
  const merged = await mergedInto(db, customerId)
  if (!merged.some(each => each.id === from)) throw new AppError('not-found', `no customer ${from} was merged into ${customerId}`)
  const rows = await findEvents(db, from, limit + 1, before)
  const shown = rows.slice(0, limit)
  const revealed = await reveal(
    db,
    context,
    shown.map(row => row.body),
  )
  const names = await namesIn(db, revealed)
  const events = shown.map(({ seq, at, name, kind }, index): EventView => {
    // One for each row.
    const { data } = revealed[index]!
    const summary = summaryOf(kind, data, context.playbook, names)
    return { seq, at, who: name, kind, summary, before: data.before ?? null, after: data.after ?? null }
  })
  return { events, next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null }
}
