import { randomUUID } from 'node:crypto'
import type { Plan } from '../../model/plan.ts'
import type { Trx } from '../../store/database.ts'
import { doneByData, insertPlanChanges, type PlanBefore, saveDataSays, setRegressed } from '../../store/plan-changes.ts'
import type { SavedPlan } from '../../store/plans.ts'
import type { Row, SavedCell } from '../../store/tables.ts'
import type { Context } from '../context.ts'

export const PLAN_CHANGES = ['gate-opened', 'gate-closed', 'usage-reached', 'usage-fell', 'item-regressed'] as const
export type PlanChangeKind = (typeof PLAN_CHANGES)[number]
export type PlanChange = Row<'plan_change'> & Readonly<{ kind: PlanChangeKind }>

/**
 * What new plans say otherwise than the saved ones, kept for whoever looks later. Comes after the plans are saved; `before` was read ahead
 * of that, with what `fellBack` found.
 */
export async function savePlanChanges(
  trx: Trx,
  { now }: Pick<Context, 'now'>,
  plans: readonly SavedPlan[],
  before: ReadonlyMap<string, PlanBefore>,
  fallen: ReadonlyMap<string, readonly string[]>,
): Promise<readonly PlanChange[]> {
  const at = now().toISOString()
  const changes: PlanChange[] = []
  await saveDataSays(
    trx,
    plans.flatMap(saved => dataSays(saved, before.get(saved.customerId)?.said ?? {})),
  )
  for (const saved of plans) {
    const { customerId, plan } = saved
    const then = before.get(customerId)
    if (!then) continue
    const items = fallen.get(customerId) ?? []
    const heldAgain = then.regressed.filter(id => holdsAgain(saved, id))
    await setRegressed(trx, customerId, items, plan.date)
    await setRegressed(trx, customerId, heldAgain, null)
    const told = [
      ...gateChanges(plan, then),
      ...usageChanges(saved.summary.services, then.services),
      ...items.map(id => ({
        kind: 'item-regressed' as const,
        subject: id,
        service: id.split('@')[1] ?? null,
        before: 'done',
        // Done still, if by the word of a person; by the data it is due.
        after: 'due',
      })),
    ]
    changes.push(...told.map(change => ({ customer_id: customerId, id: randomUUID(), at, ...change })))
  }
  await insertPlanChanges(trx, changes)
  return changes
}

/** Nothing is known to be against it any more: untouched, an alert closes itself. *Unknown* leaves one of a person's word open. */
function holdsAgain({ plan, shown }: SavedPlan, item: string): boolean {
  const says = shown[item]
  return says === undefined ? statesOf(plan).get(item) !== 'due' : says === 'yes'
}

/** What to remember of each item: *unknown* takes nothing back that was known. */
const dataSays = ({ customerId, engagementId, shown }: SavedPlan, said: PlanBefore['said']) =>
  Object.entries(shown).map(([id, says]) => ({ customerId, engagementId, id, says: says === 'unknown' ? (said[id] ?? says) : says }))

/**
 * Items that are no longer what they were, by customer: done by the data and due again, or set complete by a person while the data did not
 * speak against it, and now it does. A status that a person took back is no such thing, nor what the data spoke against from the start.
 * Before saving.
 */
export async function fellBack(
  trx: Trx,
  plans: readonly SavedPlan[],
  before: ReadonlyMap<string, PlanBefore>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const fallen = new Map<string, readonly string[]>()
  for (const { customerId, plan, shown } of plans) {
    const states = statesOf(plan)
    const said = before.get(customerId)?.said ?? {}
    const spokenAgainst = Object.keys(said).filter(id => said[id] !== 'no' && shown[id] === 'no')
    if (spokenAgainst.length > 0) fallen.set(customerId, spokenAgainst)
    const maybe = (before.get(customerId)?.done ?? []).filter(id => states.get(id) === 'due')
    if (maybe.length === 0) continue
    const byData = await doneByData(trx, customerId, maybe)
    fallen.set(customerId, [...spokenAgainst, ...maybe.filter(id => byData.has(id))])
  }
  return fallen
}

const statesOf = (plan: Plan) =>
  new Map(plan.processes.flatMap(process => process.steps.flatMap(step => step.items.map(item => [item.id, item.state] as const))))

type Told = Readonly<Pick<PlanChange, 'kind' | 'subject' | 'service' | 'before' | 'after'>>

const gateChanges = (plan: Plan, { gates }: PlanBefore): Told[] =>
  plan.gates.flatMap(({ id, state }) => {
    const then = gates[id]
    if (then === undefined || then === state || (state !== 'met' && then !== 'met')) return []
    return [{ kind: state === 'met' ? 'gate-opened' : 'gate-closed', subject: id, service: null, before: then, after: state }]
  })

/** Only of two figures that both count: what could not be told before is no news. */
function usageChanges(now: readonly SavedCell[], before: readonly SavedCell[]): Told[] {
  return now.flatMap(cell => {
    const then = before.find(each => each.service === cell.service)
    if (!then || !cell.intended || cell.quality !== 'fresh' || then.quality !== 'fresh') return []
    if (cell.percent === null || then.percent === null) return []
    const [was, is] = [then.percent >= then.target, cell.percent >= cell.target]
    if (was === is) return []
    const { service } = cell
    return [
      { kind: is ? 'usage-reached' : 'usage-fell', subject: service, service, before: String(then.percent), after: String(cell.percent) },
    ]
  })
}
