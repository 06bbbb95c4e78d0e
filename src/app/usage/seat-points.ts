import type { SeatPoint } from '../../forecast/series.ts'
import type { Denominator } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import type { UsagePart } from '../../store/forecasts.ts'
import { doubtedDays } from './doubt.ts'

/** Of what the active users of a service are a share; `kind` null: entitled seats where known, else assigned ones. */
export type Share = Readonly<{ kind: Denominator | null; seats: number | null }>

/** A tenant that a service is summed over, and the seats that it has now. */
export type Feed = Readonly<{ tenant: string; seatsNow: number | null }>

/** The tenants that a service is summed over: all but those that have no seats of it and no figure either. */
export const feedsOf = (
  tenants: readonly string[],
  seatsNow: ReadonlyMap<string, number>,
  hasFigure: (tenant: string) => boolean,
): readonly Feed[] =>
  tenants
    .filter(tenant => hasFigure(tenant) || seatsNow.get(tenant) !== 0)
    .map(tenant => ({ tenant, seatsNow: seatsNow.get(tenant) ?? null }))

/**
 * One point per day, summed over tenants: what charts, targets and forecasts are made from. Tenants report on different days, so each
 * counts with its last figure of the week before; a day for which one of them has none is left out: a sum with an unknown part is unknown.
 * Figures that are not believed count for nothing. Days before the seats were known are a share of those known now. `parts` of one service
 * in the order of their days.
 */
export function seatPoints(parts: readonly UsagePart[], feeds: readonly Feed[], share: Share): readonly SeatPoint[] {
  const seatsNow = new Map(feeds.map(feed => [feed.tenant, feed.seatsNow]))
  const doubts = new Map(feeds.map(({ tenant }) => [tenant, doubtedDays(parts.filter(part => part.tenant_id === tenant))]))
  const believed = parts
    .filter(part => doubts.get(part.tenant_id)?.has(part.day) === false)
    .map(part => ({ ...part, entitled: part.entitled ?? seatsNow.get(part.tenant_id) ?? null }))
  const last = new Map<string, UsagePart>()
  const points: SeatPoint[] = []
  for (const [at, part] of believed.entries()) {
    last.set(part.tenant_id, part)
    if (believed[at + 1]?.day === part.day) continue
    const present = [...last.values()].filter(each => each.day === part.day || daysBetween(each.day, part.day) < 7)
    if (present.length < feeds.length) continue
    points.push({ day: part.day, users: present.reduce((sum, each) => sum + each.active, 0), seats: seatsOf(present, share) })
  }
  return points
}

function seatsOf(parts: readonly UsagePart[], { kind, seats }: Share): number | null {
  switch (kind) {
    case 'custom':
      return seats
    case 'assigned':
      return sumOf(parts, 'assigned')
    case 'entitled':
      return sumOf(parts, 'entitled')
    case null:
      return sumOf(parts, 'entitled') ?? sumOf(parts, 'assigned')
  }
}

/** Null when one of them is not known. */
function sumOf(parts: readonly UsagePart[], of: 'assigned' | 'entitled'): number | null {
  let sum = 0
  for (const part of parts) {
    const seats = part[of]
    if (seats === null) return null
    sum += seats
  }
  return sum
}

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
