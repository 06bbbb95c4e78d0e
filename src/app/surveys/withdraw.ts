import { AppError } from '../../model/errors.ts'
import type { CustomerSurvey } from '../../model/survey-api.ts'
import { raiseVersion } from '../../store/customers.ts'
import { endInvitations, findInvitation } from '../../store/surveys.ts'
import type { Context } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { recordCustomer } from '../events/record.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { getCustomerSurvey } from './get-survey.ts'

/** Takes an invitation back: its link leads nowhere any more. Throws `not-found`, and `conflict` for one that has ended. */
export async function withdrawInvitation(
  context: Context,
  actor: Actor,
  { customerId, invitation: id }: Readonly<{ customerId: string; invitation: string }>,
): Promise<CustomerSurvey> {
  await context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'send-survey', customerId)
    authorizeService(access, null)
    const row = await findInvitation(trx, customerId, id)
    if (!row) throw new AppError('not-found', `customer ${customerId} has no survey invitation ${id}`)
    const at = context.now().toISOString()
    const [ended] = await endInvitations(trx, [{ customer_id: customerId, id, contact_id: row.contact_id, because: 'by-hand' }], at)
    if (!ended) throw new AppError('conflict', `the invitation has ended already: ${row.state}`, { details: { state: row.state } })
    const data = { contact: row.contact_id, because: 'by-hand', version: await raiseVersion(trx, customerId) }
    await recordCustomer(trx, context, actor, { customerId, kind: 'survey-withdrawn', data })
  })
  return getCustomerSurvey(context, actor, customerId)
}
