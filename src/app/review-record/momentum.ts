import { randomUUID } from 'node:crypto'
import { AppError } from '../../model/errors.ts'
import { USUAL_MOMENTUM } from '../../model/review-record.ts'
import type { ReviewRecordView } from '../../model/review-record-api.ts'
import type { Trx } from '../../store/database.ts'
import { findReviewEntries, insertReviewEntries, moveMomentum } from '../../store/review-record.ts'
import type { Context } from '../context.ts'
import { type Recording, recordCustomer } from '../events/record.ts'
import type { Actor } from '../policy.ts'
import { refuseLostUpdate } from '../success-plan/change.ts'
import { changeRecord } from './change.ts'

/** Adds the usual parts of a momentum plan that it does not have yet, as planned, for nobody in particular and without a day. */
export const proposeMomentum = (
  context: Context,
  actor: Actor,
  { customerId, version }: Readonly<{ customerId: string; version: number }>,
): Promise<ReviewRecordView> =>
  changeRecord(context, actor, customerId, async changing => {
    const { trx, engagement, at } = changing
    refuseLostUpdate(changing, version, undefined, { theirs: null, yours: null, what: 'the momentum plan' })
    const present = await findReviewEntries(trx, { customerId, engagementId: engagement.id }, { left: false })
    const missing = USUAL_MOMENTUM.filter(kind => !present.some(each => each.list === 'momentum' && each.kind === kind))
    if (missing.length === 0) throw new AppError('conflict', 'the momentum plan has all the usual parts already')
    const added = missing.map(kind => ({ id: randomUUID(), kind }))
    await insertReviewEntries(
      trx,
      added.map(({ id, kind }) => ({
        customer_id: customerId,
        id,
        engagement_id: engagement.id,
        list: 'momentum',
        kind,
        state: 'planned',
        made_at: at,
        version: changing.version,
      })),
    )
    return [{ kind: 'review-momentum-proposed', data: { engagement: engagement.id, added, count: added.length } }]
  })

/**
 * The momentum plan lives on after its review (R3): what is in it becomes that of the next engagement, with all it says. For whoever opens
 * that, in the same transaction and with the customer locked; the event stands in the record, the customer's version is the caller's to
 * raise. Answers how many parts there are.
 */
export async function carryMomentum(
  trx: Trx,
  context: Recording,
  actor: Pick<Actor, 'personId' | 'name' | 'address'>,
  { customerId, from, to }: Readonly<{ customerId: string; from: string; to: string }>,
): Promise<number> {
  const count = await moveMomentum(trx, { customerId, from, to })
  if (count > 0)
    await recordCustomer(trx, context, actor, { customerId, kind: 'review-momentum-carried', data: { before: from, after: to, count } })
  return count
}
