import { flag, oneOf, searchOf, text } from '../ui/search.ts'

export const MEETING_VIEWS = ['list', 'month', 'overdue'] as const
export const KINDS = ['internal', 'customer', 'vendor'] as const

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/
const matching = (pattern: RegExp) => (written: unknown) => {
  const found = text(written)
  return found !== undefined && pattern.test(found) ? found : undefined
}

/** `from` is the first day of the list, `month` the one the calendar shows; without them today. */
export const MeetingsSearch = searchOf({
  view: oneOf(MEETING_VIEWS),
  from: matching(DAY),
  month: matching(MONTH),
  kind: oneOf(KINDS),
  mine: flag,
  q: text,
})
export type MeetingsSearch = ReturnType<typeof MeetingsSearch>

/** The meeting that is open on the customer's tab, or that one comes to plan. */
export const CustomerMeetingsSearch = searchOf({ meeting: text, plan: oneOf(['review']) })
