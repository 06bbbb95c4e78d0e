import type { AddFollowUp, ItemsView } from '../../model/item-api.ts'
import type { Context } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { getItems } from '../plans/item-view.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { addFollowUp } from './add-follow-up.ts'

/** A person adds a follow-up that nothing asked for. */
export async function addFollowUpByHand(
  context: Context,
  actor: Actor,
  { customerId, ...input }: AddFollowUp & Readonly<{ customerId: string }>,
): Promise<ItemsView> {
  await context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'set-item', customerId)
    authorizeService(access, input.service)
    await addFollowUp(trx, context, actor, { ...input, customerId, madeFor: null })
  })
  return getItems(context, actor, customerId)
}
