import type { Day } from '../../model/words.ts'
import { addWorkingDays, dayIn, type WorkingCalendar } from '../../model/working-calendar.ts'
import type { FoundRequest } from '../../store/expert-requests.ts'

/** Working days of the team of whoever asked (R8): until somebody says that they look into it, and until it is decided. */
const ACKNOWLEDGE_WITHIN = 1
const DECIDE_WITHIN = 5

/** By when something asked, handed on or answered now is looked into, and decided. */
export function deadlinesFrom(calendar: WorkingCalendar, now: Date): Readonly<{ acknowledge_by: Day; decide_by: Day }> {
  const today = dayIn(calendar.timeZone, now)
  return { acknowledge_by: addWorkingDays(calendar, today, ACKNOWLEDGE_WITHIN), decide_by: addWorkingDays(calendar, today, DECIDE_WITHIN) }
}

/** The day by which whoever it waits for should act; null when it waits for nobody. */
export function dueOf(row: Pick<FoundRequest, 'state' | 'acknowledged_at' | 'acknowledge_by' | 'decide_by'>): Day | null {
  if (row.state === 'needs-detail') return row.decide_by
  if (row.state !== 'open') return null
  return row.acknowledged_at === null ? row.acknowledge_by : row.decide_by
}

/** The day is over where the team is. */
export function isLate(row: Parameters<typeof dueOf>[0], calendar: WorkingCalendar, now: Date): boolean {
  const due = dueOf(row)
  return due !== null && dayIn(calendar.timeZone, now) > due
}
