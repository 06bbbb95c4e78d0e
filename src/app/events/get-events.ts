import type { EventQuery, TimelineEvent, TimelinePage } from '../../model/timeline-api.ts'
import { searchKey } from '../../store/customers.ts'
import { type EventFilter, findTimeline, peopleOnRecord, type TimelineRow } from '../../store/timeline.ts'
import type { Context } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import type { Actor } from '../policy.ts'
import { namesIn } from './names.ts'
import { reveal } from './reveal.ts'
import { summaryOf } from './summary.ts'

/** Sentences are made when they are read, so a text is looked for in so many events at once, and in so many for one answer. */
const SLICE = 200
const SCANNED = 2000

type Query = Pick<EventQuery, 'limit'> & Partial<EventQuery>
type Slice = Readonly<{
  events: readonly TimelineEvent[] /** The last event looked at, when there is more that way. */
  more: number | null
}>

/** What happened with a customer, newest first; what passes the filters, by pages both ways. */
export async function getEvents(context: Context, actor: Actor, customerId: string, query: Query): Promise<TimelinePage> {
  await visibleCustomer(context, actor, customerId)
  const { limit, before, after, around } = query
  const look = (way: 'older' | 'newer', than: number | undefined, wanted: number) =>
    sliceOf(context, customerId, query, { way, than, wanted })
  const people = (await peopleOnRecord(context.db, customerId)).map(({ id, name }) => ({ id, name }))
  if (around !== undefined) {
    const older = await look('older', around + 1, Math.ceil((limit + 1) / 2))
    const newer = await look('newer', around, Math.floor(limit / 2))
    return { events: [...newer.events.toReversed(), ...older.events], next: older.more, previous: newer.more, people }
  }
  if (after !== undefined) {
    const { events, more } = await look('newer', after, limit)
    return { events: events.toReversed(), next: after + 1, previous: more, people }
  }
  const { events, more } = await look('older', before, limit)
  return { events, next: more, previous: before === undefined ? null : before - 1, people }
}

/** Events next to a place that pass the filters, those nearest first. */
async function sliceOf(
  context: Context,
  customerId: string,
  query: Query,
  { way, than, wanted }: Readonly<{ way: 'older' | 'newer'; than: number | undefined; wanted: number }>,
): Promise<Slice> {
  const { q, limit: _limit, before: _before, after: _after, around: _around, ...filter } = query
  const text = q === undefined || q === '' ? null : searchKey(q)
  const events: TimelineEvent[] = []
  let at = than
  for (let scanned = 0; scanned < SCANNED; ) {
    // One more than wanted tells whether there is more.
    const size = text === null ? wanted + 1 : SLICE
    const rows = await findTimeline(context.db, customerId, filter satisfies EventFilter, { than: at, way, limit: size })
    for (const [index, event] of (await viewsOf(context, rows)).entries()) {
      if (text !== null && !isAbout(event, text)) {
        at = event.seq
        continue
      }
      if (events.length === wanted) return { events, more: at ?? null }
      events.push(event)
      at = event.seq
      if (text === null && index + 1 === wanted) return { events, more: rows.length > wanted ? at : null }
    }
    if (rows.length < size) return { events, more: null }
    scanned += rows.length
  }
  return { events, more: at ?? null }
}

async function viewsOf(context: Context, rows: readonly TimelineRow[]): Promise<TimelineEvent[]> {
  const revealed = await reveal(
    context.db,
    context,
    rows.map(row => row.body),
  )
  const names = await namesIn(context.db, revealed)
  return rows.map((row, index): TimelineEvent => {
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
      note: typeof data.note === 'string' ? data.note : null,
    }
  })
}

const isAbout = ({ summary, who }: TimelineEvent, text: string): boolean =>
  [...Object.values(summary), who].some(each => searchKey(each).includes(text))
