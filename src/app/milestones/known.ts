import { reachedOn } from '../../forecast/milestones.ts'
import { knownPoints, type SeatPoint } from '../../forecast/series.ts'
import { MILESTONES, type MilestoneId, USUAL_MILESTONES } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import type { Db } from '../../store/database.ts'
import { findServices, findTenantSeats, findUsageParts, findUsageUpTo } from '../../store/forecasts.ts'
import { findMilestones } from '../../store/milestones.ts'
import type { Row } from '../../store/tables.ts'
import { feedsOf, seatPoints } from '../usage/seat-points.ts'

export type Milestone = Readonly<{ id: MilestoneId; percent: number; targetDate: Day | null; isUsual: boolean }>

/** What forecasts of one service of a customer are made from. */
export type KnownService = Readonly<{
  customer: string
  service: string
  intended: boolean
  milestones: readonly Milestone[]
  /** In the order of their days, none after the day that was asked for. */
  points: readonly SeatPoint[]
}>

/** Services of these customers that are listed or reported on, with their figures up to a day. Five queries, however many customers. */
export async function loadServices(db: Db, customerIds: readonly string[], until: Day): Promise<readonly KnownService[]> {
  const [services, reporting, milestones, tenantSeats] = [
    await findServices(db, customerIds),
    await findUsageParts(db, customerIds),
    await findMilestones(db, customerIds),
    await findTenantSeats(db, customerIds),
  ]
  const parts = groupBy(await findUsageUpTo(db, customerIds, until))
  const listed = new Map(services.map(row => [keyOf(row), row]))
  const ownOf = groupBy(milestones)
  const tenantsOf = Map.groupBy(tenantSeats, row => row.customer_id)
  const reports = new Set(reporting.map(row => `${keyOf(row)} ${row.tenant_id}`))
  const rows = new Map([...services, ...reporting].map(row => [keyOf(row), { customer: row.customer_id, service: row.service }]))
  return [...rows].map(([key, { customer, service }]) => {
    const row = listed.get(key)
    const own = tenantsOf.get(customer) ?? []
    const seatsNow = new Map(
      own.flatMap(each => (each.service === service && each.seats !== null ? [[each.tenant_id, each.seats] as const] : [])),
    )
    const feeds = feedsOf([...new Set(own.map(each => each.tenant_id))], seatsNow, tenant => reports.has(`${key} ${tenant}`))
    return {
      customer,
      service,
      intended: row?.intended ?? false,
      milestones: milestonesOf(ownOf.get(key) ?? []),
      points: seatPoints(parts.get(key) ?? [], feeds, { kind: row?.denominator ?? null, seats: row?.custom_seats ?? null }),
    }
  })
}

/** The three milestones of a service: its own where there are any, else the usual ones. */
export const milestonesOf = (own: readonly Row<'milestone'>[]): readonly Milestone[] =>
  MILESTONES.map(id => {
    const row = own.find(each => each.id === id)
    return { id, percent: row?.percent ?? USUAL_MILESTONES[id], targetDate: row?.target_date ?? null, isUsual: row === undefined }
  })

/** Which milestones a service that the customer means to use has reached by its figures. */
export function milestonesReached({ customer, service, intended, milestones, points }: KnownService): readonly Row<'milestone_reached'>[] {
  if (!intended) return []
  const known = knownPoints(points)
  return milestones.flatMap(({ id, percent }) => {
    const on = reachedOn(known, percent)
    if (on === null) return []
    return [{ customer_id: customer, service, milestone: id, percent, reached_on: on, is_first_figure: on === known[0]?.day }]
  })
}

type OfService = Readonly<{ customer_id: string; service: string }>
const keyOf = ({ customer_id, service }: OfService): string => `${customer_id} ${service}`

function groupBy<Row extends OfService>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
