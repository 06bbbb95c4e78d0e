import type { ownersOf } from '../../store/notifications.ts'

type Owners = Awaited<ReturnType<typeof ownersOf>>

/** Of those who stand first at customers: whom something of this customer concerns, and, when it is of a service, of this service. */
export const concerned = (owners: Owners, customerId: string, service: string | null): readonly string[] =>
  owners
    .filter(each => each.customer_id === customerId && (each.service === null || service === null || each.service === service))
    .map(each => each.person_id)
