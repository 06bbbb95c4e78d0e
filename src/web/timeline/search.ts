import { EVENT_GROUPS } from '../../model/event-groups.ts'
import { oneOf, searchOf, text } from '../ui/search.ts'

const day = (written: unknown) => (typeof written === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(written) ? written : undefined)
const seq = (written: unknown) => (typeof written === 'number' && Number.isInteger(written) && written > 0 ? written : undefined)

/** `event` is the number of the one that is open; `merged` the customer whose history is read instead, merged into this one. */
export const TimelineSearch = searchOf({
  event: seq,
  merged: text,
  q: text,
  group: oneOf(EVENT_GROUPS),
  person: text,
  service: text,
  from: day,
  until: day,
})
export type TimelineSearch = ReturnType<typeof TimelineSearch>
