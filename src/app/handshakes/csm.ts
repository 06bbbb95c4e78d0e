import type { Day } from '../../model/words.ts'
import type { Row } from '../../store/tables.ts'
import { holdsOn } from '../assignments/period.ts'

export const CSM_ROLE = 'customer-success-manager'

/** Who works for the customer, with the name. */
export type Assigned = Pick<Row<'assignment'>, 'person_id' | 'role' | 'service' | 'is_primary' | 'since' | 'until' | 'covers'> &
  Readonly<{ person: string }>
export type Named = Readonly<{ id: string; name: string }>

/**
 * The customer success managers of a service on a day, whom it may be offered to: who is there for this service first, then the primary.
 * Who stands in is one of them only where nobody is whom they stand in for.
 */
export function managersOf(assigned: readonly Assigned[], service: string, today: Day): readonly Named[] {
  const there = csmsOf(assigned, service, today)
  const own = there.filter(each => each.covers === null)
  const ranked = (own.length > 0 ? own : there).toSorted(
    (a, b) => Number(b.service !== null) - Number(a.service !== null) || Number(b.is_primary) - Number(a.is_primary),
  )
  return [...new Map(ranked.map(each => [each.person_id, { id: each.person_id, name: each.person }])).values()]
}

/** Those who stand in for a customer success manager on a day, by id. */
export const standInsOf = (assigned: readonly Assigned[], personId: string, service: string, today: Day): readonly string[] => [
  ...new Set(
    csmsOf(assigned, service, today)
      .filter(each => each.covers === personId)
      .map(each => each.person_id),
  ),
]

/** Whether somebody still is a customer success manager of the service. */
export const isManagerOf = (assigned: readonly Assigned[], personId: string, service: string, today: Day): boolean =>
  csmsOf(assigned, service, today).some(each => each.person_id === personId)

const csmsOf = (assigned: readonly Assigned[], service: string, today: Day) =>
  assigned.filter(each => each.role === CSM_ROLE && (each.service === null || each.service === service) && holdsOn(each, today))
