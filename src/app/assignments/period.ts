import type { AssignmentView } from '../../model/admin-api.ts'
import type { Day } from '../../model/words.ts'

/** Both days belong to it; `until` null: without end. */
export type Period = Readonly<{ since: Day; until: Day | null }>

export const overlap = (a: Period, b: Period): boolean =>
  (a.until === null || b.since <= a.until) && (b.until === null || a.since <= b.until)

export const holdsOn = ({ since, until }: Period, day: Day): boolean => since <= day && (until === null || until >= day)

export const stateOn = (period: Period, day: Day): AssignmentView['state'] =>
  holdsOn(period, day) ? 'current' : period.since > day ? 'future' : 'ended'

/** The earlier of two last days. */
export const earlier = (a: Day | null, b: Day): Day => (a !== null && a < b ? a : b)
