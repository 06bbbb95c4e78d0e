import type { UsageView } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import type { SetDenominator } from '../../model/usage-api.ts'
import { findServices, raiseVersion, saveDenominator } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import type { Context } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { recordCustomer } from '../events/record.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { getUsage } from './get-usage.ts'

const SHOWN_DAYS = 540

/**
 * Somebody decides of what active users of a service are a share. Agreed seats take the place of bought ones in rules too; a share of
 * assigned seats is for showing, and rules keep to the bought ones. Throws `conflict` when the customer was changed after `version`.
 */
export async function setDenominator(
  context: Context,
  actor: Actor,
  input: SetDenominator & Readonly<{ customerId: string; service: string }>,
): Promise<UsageView> {
  await context.db.transaction().execute(trx => setIn(trx, context, actor, input))
  return getUsage(context, actor, input.customerId, { days: SHOWN_DAYS })
}

async function setIn(
  trx: Trx,
  context: Context,
  actor: Actor,
  input: SetDenominator & { customerId: string; service: string },
): Promise<void> {
  const { customerId, service, kind, seats } = input
  const { customer, access } = await lockForChange(trx, context, actor, 'set-fact', customerId)
  authorizeService(access, service)
  const row = (await findServices(trx, customerId)).find(each => each.service === service)
  if (!row) throw new AppError('invalid-input', `${customer.name} does not have the service "${service}"`)
  if (input.version > customer.version) throw new AppError('invalid-input', `version ${input.version} is not yet there`)
  const [before, after] = [
    { kind: row.denominator, seats: row.custom_seats },
    { kind, seats },
  ]
  if (before.kind === after.kind && before.seats === after.seats) return
  if (input.version < customer.version) {
    const details = { theirs: before, yours: after, version: customer.version }
    throw new AppError('conflict', `${customer.name} was changed meanwhile`, { details })
  }
  await saveDenominator(trx, { customerId, service, denominator: kind, seats })
  await recordCustomer(trx, context, actor, { customerId, kind: 'denominator-set', data: { service, before, after } })
  await raiseVersion(trx, customerId)
  await recomputeOne(trx, context, customerId)
}
