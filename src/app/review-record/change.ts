import { AppError } from '../../model/errors.ts'
import type { ReviewRecordView } from '../../model/review-record-api.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { findEngagement } from '../../store/follow-ups.ts'
import type { Row } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { recordCustomerEvents, type Told } from '../events/record.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { getReviewRecord } from './get-review-record.ts'

/** What a change is made with: the customer is locked, and the actor may change its review. */
export type Changing = Readonly<{
  trx: Trx
  context: Context
  actor: Actor
  customer: Row<'customer'>
  /** The newest. */
  engagement: Row<'engagement'>
  /** The customer's version before, and the one that this change makes. */
  before: number
  version: number
  at: string
}>

/** One change of a review's record in one transaction; events to record, none when nothing changed. Answers the record as it is then. */
export async function changeRecord(
  context: Context,
  actor: Actor,
  customerId: string,
  change: (changing: Changing) => Promise<readonly Told[]>,
): Promise<ReviewRecordView> {
  await context.db.transaction().execute(async trx => {
    const { customer, access } = await lockForChange(trx, context, actor, 'set-review', customerId)
    // A review is of the customer as a whole.
    authorizeService(access, null)
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    const engagement = await engagementOf(trx, context, customerId)
    const before = customer.version
    const told = await change({
      trx,
      context,
      actor,
      customer,
      engagement,
      before,
      version: before + 1,
      at: context.now().toISOString(),
    })
    if (told.length === 0) return
    await raiseVersion(trx, customerId)
    await recordCustomerEvents(trx, context, actor, customerId, told)
  })
  return getReviewRecord(context, actor, customerId)
}

/** The first plan of a customer opens its first engagement. */
async function engagementOf(trx: Trx, context: Context, customerId: string): Promise<Row<'engagement'>> {
  const found = await findEngagement(trx, customerId)
  if (found) return found
  await recomputeOne(trx, context, customerId)
  const made = await findEngagement(trx, customerId)
  if (!made) throw new Error(`the plan of ${customerId} opened no engagement`)
  return made
}

/** Throws `conflict` when the engagement is over: its review stays as it was. */
export function refuseOver({ engagement }: Pick<Changing, 'engagement'>): void {
  if (engagement.state === 'open') return
  throw new AppError('conflict', `engagement ${engagement.cycle} is over; its review is only read`)
}
