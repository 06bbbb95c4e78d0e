import type { ArchiveCustomer, ArchivedCustomers, CustomerDetails } from '../../model/customer-api.ts'
import { AppError } from '../../model/errors.ts'
import { archivedCustomers, lockAnyCustomer, setArchived } from '../../store/customer-changes.ts'
import { namesOf, raiseVersion } from '../../store/customers.ts'
import type { Context } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomer } from '../events/record.ts'
import { reveal } from '../events/reveal.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { type Actor, authorize } from '../policy.ts'
import { getDetails } from './details.ts'
import { lockForChange } from './visible.ts'

/** Puts a customer away with a reason: lists and jobs leave it out, its record stays. Answers the archived ones. */
export async function archiveCustomer(
  context: Context,
  actor: Actor,
  { customerId, reason, version }: ArchiveCustomer & { customerId: string },
): Promise<ArchivedCustomers> {
  await context.db.transaction().execute(async trx => {
    const { customer } = await lockForChange(trx, context, actor, 'manage-customers', customerId)
    if (version > customer.version) throw new AppError('invalid-input', `version ${version} is not yet there`)
    if (version < customer.version) {
      throw new AppError('conflict', 'somebody worked on this customer meanwhile', { details: { version: customer.version } })
    }
    await setArchived(trx, customerId, { at: context.now().toISOString() })
    const made = await raiseVersion(trx, customerId)
    const data = { version: made, before: false, after: true, reason: personal(actor.personId, reason) }
    await recordCustomer(trx, context, actor, { customerId, kind: 'customer-archived', data })
  })
  return getArchived(context, actor, { limit: 100 })
}

/** Brings an archived customer back. Throws `conflict` for one that was merged: what it had is elsewhere. */
export async function returnCustomer(context: Context, actor: Actor, customerId: string): Promise<CustomerDetails> {
  authorize(actor, 'manage-customers')
  await context.db.transaction().execute(async trx => {
    const row = await lockAnyCustomer(trx, customerId)
    if (!row || row.archived_at === null) throw new AppError('not-found', `there is no archived customer ${customerId}`)
    if (row.merged_into !== null) throw new AppError('conflict', `${row.name} was merged into ${row.merged_into} and cannot come back`)
    await setArchived(trx, customerId, { at: null })
    const version = await raiseVersion(trx, customerId)
    await recordCustomer(trx, context, actor, { customerId, kind: 'customer-returned', data: { version, before: true, after: false } })
    await recomputeOne(trx, context, customerId)
  })
  return getDetails(context, actor, customerId)
}

/** Archived customers, the newest first, each with why and by whom. */
export async function getArchived(
  context: Context,
  actor: Actor,
  query: Readonly<{ q?: string | undefined; limit: number }>,
): Promise<ArchivedCustomers> {
  authorize(actor, 'manage-customers')
  const rows = await archivedCustomers(context.db, query)
  const bodies = rows.flatMap(row => row.body ?? [])
  // Only this program writes events.
  const who = bodies.map(body => (JSON.parse(body) as { who: string }).who)
  const told = new Map((await reveal(context.db, context, bodies)).map((each, index) => [bodies[index], { ...each, who: who[index] }]))
  const names = await namesOf(context.db, who)
  return {
    customers: rows.map(row => {
      const event = row.body === null ? undefined : told.get(row.body)
      const { reason, file } = event?.data ?? {}
      return {
        id: row.id,
        name: row.name,
        // The query asks for archived ones.
        archivedAt: row.archived_at ?? '',
        reason: typeof reason === 'string' ? reason : null,
        undoneFile: typeof file === 'string' ? file : null,
        by: event?.who === undefined ? null : (names.get(event.who) ?? event.who),
        mergedInto: row.merged_into === null ? null : { id: row.merged_into, name: row.merged_name ?? row.merged_into },
      }
    }),
  }
}
