import { decide } from '../../engine/decide.ts'
import type { Plan } from '../../model/plan.ts'
import type { Playbook } from '../../model/playbook.ts'
import type { Day } from '../../model/words.ts'
import { lockCustomers } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { type Known, loadKnown } from '../../store/known.ts'
import { countOutdated, findOutdated, findPlan, openEngagements, type SavedPlan, savePlans } from '../../store/plans.ts'
import { type Context, todayOf } from '../context.ts'
import { factsOf } from '../customers/sheet.ts'
import { summarise } from './summary.ts'

const BATCH = 200

/** The id of a customer's first engagement. */
export const FIRST_ENGAGEMENT = '1'

/** Decides anew for these customers and saves what changed; answers the plans by customer. */
export async function recompute(
  trx: Trx,
  context: Pick<Context, 'now' | 'playbook'>,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, { plan: Plan; known: Known }>> {
  const today = todayOf(context)
  const { playbook } = context
  // Whoever changes a customer meanwhile waits: an older plan must not be saved over a newer one.
  await lockCustomers(trx, customerIds)
  const first = { id: FIRST_ENGAGEMENT, hash: playbook.playbook.hash, overallTask: playbook.overall?.task ?? null }
  await openEngagements(trx, customerIds, { ...first, at: context.now().toISOString() })
  const all = await loadKnown(trx, customerIds)
  const plans = all.map(known => planOf(known, playbook, today))
  await savePlans(trx, plans)
  return new Map(all.map((known, index) => [known.customer.id, { plan: plans[index]!.plan, known }]))
}

/** What is known of one locked customer, its plan being of today and of the current release: made anew only when it is not. */
export async function upToDate(
  trx: Trx,
  context: Pick<Context, 'now' | 'playbook'>,
  customerId: string,
): Promise<{ plan: Plan; known: Known }> {
  const saved = await findPlan(trx, customerId)
  if (saved?.date === todayOf(context) && saved.playbook_hash === context.playbook.playbook.hash) {
    const [known] = await loadKnown(trx, [customerId])
    if (known) return { plan: saved.content, known }
  }
  return recomputeOne(trx, context, customerId)
}

/** Decides anew for one customer. */
export async function recomputeOne(
  trx: Trx,
  context: Pick<Context, 'now' | 'playbook'>,
  customerId: string,
): Promise<{ plan: Plan; known: Known }> {
  const made = (await recompute(trx, context, [customerId])).get(customerId)
  if (!made) throw new Error(`no plan was made for ${customerId}`)
  return made
}

/** The plan of a customer as it is saved: without proofs, which `explain` makes anew. */
export function planOf(known: Known, playbook: Playbook, today: Day): SavedPlan {
  const { facts, history } = factsOf(known)
  const plan = decide(playbook, facts, history, today, { proofs: false })
  return {
    customerId: known.customer.id,
    engagementId: known.engagement?.id ?? FIRST_ENGAGEMENT,
    plan,
    summary: summarise(plan, known, facts, playbook),
  }
}

/**
 * Brings every plan that is of another day or another release up to date, a batch per transaction, so that a cut-off run goes on where
 * it stopped. Answers how many were made.
 */
export async function recomputeAll(
  context: Context,
  options: { onProgress?: (done: number, total: number) => void } = {},
): Promise<number> {
  const { hash } = context.playbook.playbook
  const total = await countOutdated(context.db, todayOf(context), hash)
  let done = 0
  let after = ''
  for (;;) {
    const ids = await findOutdated(context.db, todayOf(context), hash, after, BATCH)
    if (ids.length === 0) return done
    await context.db.transaction().execute(trx => recompute(trx, context, ids))
    after = ids.at(-1) ?? after
    done += ids.length
    options.onProgress?.(done, total)
  }
}
