import { randomUUID } from 'node:crypto'
import type { CustomerHandshakes, OfferHandshakes } from '../../model/handshake-api.ts'
import type { Day } from '../../model/words.ts'
import { addWorkingDays, dayIn, type WorkingCalendar } from '../../model/working-calendar.ts'
import { findAssignments } from '../../store/assignments.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { addMessage, findAdoptionOwners, findHandshakes, insertHandshake } from '../../store/handshakes.ts'
import { findCalendar } from '../../store/work-calendar.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { notify } from '../notifications/notify.ts'
import { recomputeOne, upToDate } from '../plans/recompute.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { type Assigned, managersOf, type Named, standInsOf } from './csm.ts'
import { getCustomerHandshakes } from './get-handshakes.ts'
import { saveHandshakeFacts } from './handshake-facts.ts'
import { offerRefusal } from './offer-refusal.ts'
import { nameOfService, TOLD } from './sentences.ts'

/** Working days until a reminder (E2: five). */
const REMIND_AFTER = 5

/** The day a reminder is due for what is offered now. */
export const remindOn = (calendar: WorkingCalendar, now: Date): Day => addWorkingDays(calendar, dayIn(calendar.timeZone, now), REMIND_AFTER)

/**
 * Offers services to the customer success manager: all of them, or none. Throws `invalid-input` naming the service that cannot be offered
 * and why.
 */
export async function offerHandshakes(
  context: Context,
  actor: Actor,
  input: OfferHandshakes & { customerId: string },
): Promise<CustomerHandshakes> {
  await context.db.transaction().execute(trx => offerIn(trx, context, actor, input))
  return getCustomerHandshakes(context, actor, input.customerId)
}

async function offerIn(trx: Trx, context: Context, actor: Actor, input: OfferHandshakes & { customerId: string }): Promise<void> {
  const { customerId, message } = input
  const { customer, access } = await lockForChange(trx, context, actor, 'offer-handshake', customerId)
  const services = [...new Set(input.services)]
  for (const service of services) authorizeService(access, service)
  const assigned = await findAssignments(trx, customerId)
  const takers = await takersOf(trx, context, input, services, assigned)
  const version = await raiseVersion(trx, customerId)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const calendar = await findCalendar(trx, customer.team_id)
  const at = context.now().toISOString()
  const today = todayOf(context)
  const told = []
  for (const { service, taker } of takers) {
    const id = randomUUID()
    await insertHandshake(trx, {
      customer_id: customerId,
      id,
      service,
      state: 'offered',
      offered_by: actor.personId,
      offered_to: taker.id,
      offered_at: at,
      remind_on: remindOn(calendar, context.now()),
      version,
    })
    if (message !== null) {
      await addMessage(trx, { customer_id: customerId, handshake_id: id, body: message, written_by: actor.personId, written_at: at })
    }
    await saveHandshakeFacts(trx, context, actor, { customerId, service, version }, { handshake: 'offered' })
    const name = nameOfService(context.playbook, service)
    await notify(trx, context, {
      to: [taker.id, ...standInsOf(assigned, taker.id, service, today)],
      key: `handshake:${id}:offered`,
      kind: 'handshake-offered',
      customerId,
      path: inboxPath(id),
      summary: TOLD.offered({ customer: customer.name, service: name, person: actor.name }),
    })
    told.push({ kind: 'handshake-offered', data: { handshake: id, service, person: taker.id, version } })
  }
  await recordCustomerEvents(trx, context, actor, customerId, told)
  await recomputeOne(trx, context, customerId)
}

/** Where in the portal an open one is for whom it waits. */
export const inboxPath = (id: string): string => `/requests?box=inbox&handshake=${id}`
/** Where whoever offered it answers a question. */
export const outboxPath = (id: string): string => `/requests?box=outbox&handshake=${id}`

async function takersOf(
  trx: Trx,
  context: Context,
  { customerId, to }: OfferHandshakes & { customerId: string },
  services: readonly string[],
  assigned: readonly Assigned[],
): Promise<readonly { service: string; taker: Named }[]> {
  const { plan } = await upToDate(trx, context, customerId)
  const handshakes = await findHandshakes(trx, customerId)
  const owners = await findAdoptionOwners(trx, customerId)
  return services.map(service => {
    const managers = managersOf(assigned, service, todayOf(context))
    const asked = { plan, playbook: context.playbook, service, handshakes, owners, hasManager: managers.length > 0 }
    const reason = offerRefusal(asked)
    if (reason) throw invalidField('services', `${nameOfService(context.playbook, service).en}: ${reason.en}`)
    const taker = to === undefined ? managers[0] : managers.find(each => each.id === to)
    if (!taker) throw invalidField('to', `${to} is not a customer success manager of ${nameOfService(context.playbook, service).en} here`)
    return { service, taker }
  })
}
