import { AppError } from '../../model/errors.ts'
import type { SuccessPlanView } from '../../model/success-plan-api.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { type Known, loadKnown } from '../../store/known.ts'
import type { Context } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { recordCustomerEvents, type Told } from '../events/record.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { getSuccessPlan } from './get-success-plan.ts'

/** What a change is made with: the customer is locked, and the actor may change its success plan. */
export type Changing = Readonly<{
  trx: Trx
  context: Context
  actor: Actor
  known: Known
  /** The customer's version before, and the one that this change makes. */
  before: number
  version: number
  at: string
}>

/** Events to record; none when nothing changed. */
type Changed = readonly Told[]

/** One change of a success plan in one transaction; answers the plan as it is then. */
export async function changePlan(
  context: Context,
  actor: Actor,
  customerId: string,
  change: (changing: Changing) => Promise<Changed>,
): Promise<SuccessPlanView> {
  await context.db.transaction().execute(trx => changeIn(trx, context, actor, customerId, change))
  return getSuccessPlan(context, actor, customerId)
}

/** The same within a transaction; answers the numbers of the events. */
export async function changeIn(
  trx: Trx,
  context: Context,
  actor: Actor,
  customerId: string,
  change: (changing: Changing) => Promise<Changed>,
): Promise<readonly number[]> {
  const { customer, access } = await lockForChange(trx, context, actor, 'set-success-plan', customerId)
  // A success plan is of the customer as a whole.
  authorizeService(access, null)
  const [known] = await loadKnown(trx, [customerId])
  if (!known) throw new Error(`nothing is known of ${customerId}, which is locked`)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const before = customer.version
  const told = await change({ trx, context, actor, known, before, version: before + 1, at: context.now().toISOString() })
  if (told.length === 0) return []
  await raiseVersion(trx, customerId)
  const events = await recordCustomerEvents(trx, context, actor, customerId, told)
  await recomputeOne(trx, context, customerId)
  return events
}

/**
 * Throws `conflict` with both values when what is there was changed after the version that the screen showed; nothing is lost when both
 * say the same.
 */
export function refuseLostUpdate(
  { before }: Pick<Changing, 'before'>,
  given: number,
  row: Readonly<{ version: number }> | undefined,
  { theirs, yours, what }: Readonly<{ theirs: unknown; yours: unknown; what: string }>,
): void {
  if (given > before) throw new AppError('invalid-input', `version ${given} is not yet there`)
  if (row === undefined || row.version <= given) return
  throw new AppError('conflict', `${what} was changed meanwhile`, { details: { theirs, yours, version: before } })
}
