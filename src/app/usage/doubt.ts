import type { UsageDoubt } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'

/** A sudden zero is doubted when as many were active before: below that, everybody may well have stopped. */
export const DOUBT_FROM_ACTIVE = 10
/** Days between the first zero and the figure before it: what is older says little about now. */
export const DOUBT_WITHIN_DAYS = 60
/** Refresh dates in a row that say zero, the first among them, after which it is believed. */
const BELIEVED_AT = 3

type Point = Readonly<{ day: Day; active: number }>

/**
 * Days of a tenant whose zero is not believed. Nobody active where many were is a fault of the report far more often than the truth; when
 * the second later report says so as well, all of them are believed. Points in the order of their days.
 */
export function doubtedDays(points: readonly Point[]): ReadonlySet<Day> {
  const doubted = new Set<Day>()
  let before: Point | undefined
  let zeros: Point[] = []
  const judge = () => {
    if (before && isSudden(before, zeros)) for (const { day } of zeros) doubted.add(day)
    zeros = []
  }
  for (const point of points) {
    if (point.active === 0) zeros.push(point)
    else {
      judge()
      before = point
    }
  }
  judge()
  return doubted
}

function isSudden(before: Point, zeros: readonly Point[]): boolean {
  const [first] = zeros
  if (!first || zeros.length >= BELIEVED_AT || before.active < DOUBT_FROM_ACTIVE) return false
  return Date.parse(first.day) - Date.parse(before.day) <= DOUBT_WITHIN_DAYS * 86_400_000
}

/** Why the newest of these figures is not believed; null when it is. Newest first. */
export function doubtOf(points: readonly Point[]): UsageDoubt | null {
  const [newest] = points
  return newest && doubtedDays([...points].reverse()).has(newest.day) ? 'sudden-zero' : null
}
