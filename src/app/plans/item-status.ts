import type { PlanView, SetItemStatus } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import type { Plan } from '../../model/plan.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import { type Trx, violationOf } from '../../store/database.ts'
import { clearMark, findItem, saveMarks } from '../../store/items.ts'
import type { Context } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomer } from '../events/record.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { markOf, planView } from './get-plan.ts'
import { FIRST_ENGAGEMENT, recomputeOne, upToDate } from './recompute.ts'

export type SetStatus = SetItemStatus & Readonly<{ customerId: string; item: string }>
export type ClearStatus = Readonly<{ customerId: string; item: string; version: number }>

/** A person sets the status of an item. Throws `conflict` with both marks when somebody else set it after `version`. */
export function setItemStatus(context: Context, actor: Actor, input: SetStatus): Promise<PlanView> {
  const wanted = { status: input.status, reason: input.reason ?? null, note: input.note?.trim() || null }
  return change(context, actor, input, 'item-status-set', wanted)
}

/** Back to nothing set. */
export function clearItemStatus(context: Context, actor: Actor, input: ClearStatus): Promise<PlanView> {
  return change(context, actor, input, 'item-status-cleared', null)
}

type Wanted = Pick<Parameters<typeof saveMarks>[1][number], 'status' | 'reason' | 'note'> | null

async function change(context: Context, actor: Actor, input: ClearStatus, kind: string, wanted: Wanted): Promise<PlanView> {
  try {
    return await context.db.transaction().execute(trx => changeIn(trx, context, actor, input, kind, wanted))
  } catch (error) {
    if (violationOf(error)?.constraint !== 'engagement_complete') throw error
    throw new AppError('conflict', 'the engagement is complete: its review task stays complete', { cause: error })
  }
}

async function changeIn(trx: Trx, context: Context, actor: Actor, input: ClearStatus, kind: string, wanted: Wanted): Promise<PlanView> {
  const { customerId, item } = input
  const { customer, access } = await lockForChange(trx, context, actor, 'set-item', customerId)
  // The saved items may be of yesterday; the one in question may have come since.
  const opened = await upToDate(trx, context, customerId)
  const engagementId = opened.known.engagement?.id ?? FIRST_ENGAGEMENT
  const key = { customerId, engagementId, id: item }
  const found = await findItem(trx, key)
  if (!found) throw new AppError('not-found', `customer ${customerId} has no item ${item}`)
  authorizeService(access, found.service)
  const before = markOf(found)
  if (input.version > customer.version) throw new AppError('invalid-input', `version ${input.version} is not yet there`)
  if (found.version > input.version) {
    const yours = wanted && { ...wanted, by: actor.name, at: context.now().toISOString() }
    throw new AppError('conflict', 'somebody else set this item meanwhile', {
      details: { theirs: before, yours, version: customer.version },
    })
  }
  const isSame =
    before === null
      ? wanted === null
      : wanted !== null && (['status', 'reason', 'note'] as const).every(part => before[part] === wanted[part])
  const answer = (version: number, plan: Plan) => planView(trx, context, { customerId, version, engagementId, plan })
  if (isSame) return answer(customer.version, opened.plan)
  const version = await raiseVersion(trx, customerId)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const at = context.now().toISOString()
  const { process, step, task, service } = found
  if (wanted) await saveMarks(trx, [{ ...key, process, step, task, service, ...wanted, setBy: actor.personId, setAt: at, version }])
  else await clearMark(trx, key, version)
  const told = (mark: Wanted) => toldBy(actor, mark)
  await recordCustomer(trx, context, actor, { customerId, kind, data: { item, before: told(before), after: told(wanted) } })
  return answer(version, (await recomputeOne(trx, context, customerId)).plan)
}

/** A note is free text and may name people: it is on record for as long as the one who acts is known. */
const toldBy = ({ personId }: Actor, mark: Wanted) =>
  mark && { status: mark.status, reason: mark.reason, note: mark.note === null ? null : personal(personId, mark.note) }
