import { findAssignments } from '../../store/assignments.ts'
import { lockCustomer, raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { endAdoption, findAdoptionOwners, findLostOwners } from '../../store/handshakes.ts'
import { type Context, todayOf } from '../context.ts'
import { recordCustomerEvents, type Told } from '../events/record.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { isManagerOf } from './csm.ts'
import { saveHandshakeFacts } from './handshake-facts.ts'

/**
 * Whoever is no longer the customer success manager of a service leads its adoption no more: nobody does then, which is a warning, and it
 * can be offered again. Answers what to put on record; with anything in it the plan has to be made anew. The customer is locked.
 */
export async function releaseAdoption(
  trx: Trx,
  context: Pick<Context, 'now'>,
  actor: Actor,
  { customerId, version }: Readonly<{ customerId: string; version: number }>,
): Promise<readonly Told[]> {
  const today = todayOf(context)
  const open = (await findAdoptionOwners(trx, customerId)).filter(each => each.until === null)
  if (open.length === 0) return []
  const assigned = await findAssignments(trx, customerId)
  const told: Told[] = []
  const lost = open.filter(each => !isManagerOf(assigned, each.person_id, each.service, today))
  if (lost.length > 0) await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  for (const { service, person_id } of lost) {
    await endAdoption(trx, { customerId, service, until: today })
    await saveHandshakeFacts(trx, context, actor, { customerId, service, version }, { handshake: 'none', owner: false })
    told.push({ kind: 'adoption-ended', data: { service, person: person_id } })
  }
  return told
}

/** The same at every customer where an assignment has run out. Answers how many customers. */
export async function releaseEnded(context: Context, isStopping: () => boolean = () => false): Promise<number> {
  const customers = await findLostOwners(context.db, todayOf(context))
  for (const customerId of customers) {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
    await context.db.transaction().execute(async trx => {
      if (!(await lockCustomer(trx, customerId))) return
      const version = await raiseVersion(trx, customerId)
      const told = await releaseAdoption(trx, context, SYSTEM, { customerId, version })
      if (told.length === 0) return
      await recordCustomerEvents(trx, context, SYSTEM, customerId, told)
      await recomputeOne(trx, context, customerId)
    })
  }
  return customers.length
}
