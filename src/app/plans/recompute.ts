import { decide } from '../../engine/decide.ts'
import { shownByData } from '../../engine/shown.ts'
import type { Plan } from '../../model/plan.ts'
import type { Playbook } from '../../model/playbook.ts'
import type { Day } from '../../model/words.ts'
import { lockCustomers } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { type Known, loadKnown } from '../../store/known.ts'
import { deleteOldPlanChanges, plansBefore } from '../../store/plan-changes.ts'
import { countOutdated, findOutdated, findPlan, openEngagements, type SavedPlan, savePlans } from '../../store/plans.ts'
import { weeklyUsage } from '../../store/usage.ts'
import { type Context, todayOf } from '../context.ts'
import { factsOf } from '../customers/sheet.ts'
import { tellPlanChanges } from '../notifications/tell-plan-changes.ts'
import { fellBack, type PlanChange, savePlanChanges } from './changes.ts'
import { REVIEW_GATE, summarise } from './summary.ts'
import { SIGNAL_WEEKS, seriesOf, signalsOf, type Weeks } from './weeks.ts'

const BATCH = 200
/** What changed in a plan is news for so long. */
const NEWS_DAYS = 90

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
  const points = await weeklyUsage(trx, customerIds, today, SIGNAL_WEEKS)
  const series = seriesOf(points, new Map(all.map(known => [known.customer.id, known.tenants.length])))
  const plans = all.map(known => planOf(known, playbook, today, series))
  const before = await plansBefore(trx, customerIds)
  const fallen = await fellBack(trx, plans, before)
  await savePlans(trx, plans)
  const changes = await savePlanChanges(trx, context, plans, before, fallen)
  const maintained = new Set(all.filter(isMaintained).map(known => known.customer.id))
  await tellPlanChanges(
    trx,
    context,
    changes.map(change => ({ ...change, kind: toldAs(change, maintained) })),
  )
  return new Map(all.map((known, index) => [known.customer.id, { plan: plans[index]!.plan, known }]))
}

/** After the review, looked after with the momentum plan. */
const isMaintained = ({ engagement, facts }: Known): boolean =>
  engagement?.state === 'complete' && facts.some(row => row.name === 'transition.maintenance')

/** People are told of usage under one name, whichever way it crossed its target; and of the review's gate where it falls in maintenance. */
function toldAs({ kind, subject, after, customer_id: customer }: PlanChange, maintained: ReadonlySet<string>): string {
  if (kind === 'usage-reached' || kind === 'usage-fell') return 'usage-crossed'
  return kind === 'gate-closed' && subject === REVIEW_GATE && after === 'not-met' && maintained.has(customer) ? 'gate-fell' : kind
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
export function planOf(known: Known, playbook: Playbook, today: Day, series: ReadonlyMap<string, Weeks> = new Map()): SavedPlan {
  const { facts, history } = factsOf(known, today)
  const services = [...new Set(known.usage.map(row => row.service))].sort()
  const plan = decide(playbook, facts, history, today, { proofs: false })
  return {
    customerId: known.customer.id,
    engagementId: known.engagement?.id ?? FIRST_ENGAGEMENT,
    plan,
    shown: shownByData(playbook, facts, history, today),
    summary: summarise(plan, known, facts, playbook, signalsOf(series, known.customer.id, services, today)),
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
    if (ids.length === 0) {
      await deleteOldPlanChanges(context.db, new Date(context.now().getTime() - NEWS_DAYS * 86_400_000).toISOString())
      return done
    }
    await context.db.transaction().execute(trx => recompute(trx, context, ids))
    after = ids.at(-1) ?? after
    done += ids.length
    options.onProgress?.(done, total)
  }
}
