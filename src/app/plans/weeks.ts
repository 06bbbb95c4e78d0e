import { dayAt, dayNumber } from '../../forecast/days.ts'
import { changeBetween, SEATS_ADDED } from '../../forecast/signals.ts'
import type { SavedSignal } from '../../model/portfolio-api.ts'
import type { Day } from '../../model/words.ts'
import type { WeekPoint } from '../../store/usage.ts'

/** By weeks before today; a week in which a tenant is silent has no figure. */
export type Weeks = ReadonlyMap<number, WeekPoint>
/** Weeks that signals look back: the newest figure may be two weeks old, and is compared with that of four weeks before. */
export const SIGNAL_WEEKS = 7

/** The weeks of each customer and service in which every tenant has a figure; keys are `customer service`. */
export function seriesOf(points: readonly WeekPoint[], tenantCounts: ReadonlyMap<string, number>): ReadonlyMap<string, Weeks> {
  const series = new Map<string, Map<number, WeekPoint>>()
  for (const point of points) {
    if (point.tenants < (tenantCounts.get(point.customer_id) ?? 1)) continue
    const key = `${point.customer_id} ${point.service}`
    const weeks = series.get(key) ?? new Map<number, WeekPoint>()
    weeks.set(point.week, point)
    series.set(key, weeks)
  }
  return series
}

/** What changed between the newest week with a figure and four weeks before it. */
export function signalOf(weeks: Weeks, today: Day): 'gain' | 'drop' | null {
  const { before, now } = compared(weeks)
  if (!now || !before || now.seats === null) return null
  const countOf = ({ week, active }: WeekPoint) => ({ day: dayAt(dayNumber(today) - 7 * week), users: active })
  return changeBetween(countOf(before), countOf(now), now.seats)
}

/** Everything that is new in the figures of a customer. */
export function signalsOf(series: ReadonlyMap<string, Weeks>, customerId: string, services: readonly string[], today: Day): SavedSignal[] {
  return services.flatMap(service => {
    const weeks = series.get(`${customerId} ${service}`)
    if (!weeks) return []
    const users = signalOf(weeks, today)
    const { before, now } = compared(weeks)
    const added = (now?.seats ?? 0) - (before?.seats ?? Number.POSITIVE_INFINITY)
    const isAdded = before?.seats != null && added >= Math.max(SEATS_ADDED.least, SEATS_ADDED.part * before.seats)
    return [...(users === null ? [] : [{ service, kind: users }]), ...(isAdded ? [{ service, kind: 'seats-added' as const }] : [])]
  })
}

function compared(weeks: Weeks): { before: WeekPoint | undefined; now: WeekPoint | undefined } {
  const now = [0, 1, 2].flatMap(week => weeks.get(week) ?? [])[0]
  return { now, before: now && weeks.get(now.week + 4) }
}
