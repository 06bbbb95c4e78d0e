import type { ItemMark, PlanView } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import type { Plan } from '../../model/plan.ts'
import type { Db } from '../../store/database.ts'
import { findMarks } from '../../store/items.ts'
import { loadKnown } from '../../store/known.ts'
import { findPlan } from '../../store/plans.ts'
import type { Row } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import type { Actor } from '../policy.ts'
import { playbookView } from '../releases/playbook-view.ts'
import { FIRST_ENGAGEMENT, planOf } from './recompute.ts'

/**
 * Today's plan of a customer by the current release; made anew when the saved one is of another day or release, and then not saved: that
 * is for the job and for who changes the customer, and who asks may not be allowed to.
 */
export async function getPlan(context: Context, actor: Actor, customerId: string): Promise<PlanView> {
  const { customer } = await visibleCustomer(context, actor, customerId)
  const saved = await findPlan(context.db, customerId)
  const isCurrent = saved?.date === todayOf(context) && saved.playbook_hash === context.playbook.playbook.hash
  const plan = saved && isCurrent ? saved.content : await makePlan(context, customerId)
  return planView(context.db, context, {
    customerId,
    version: customer.version,
    engagementId: saved?.engagement_id ?? FIRST_ENGAGEMENT,
    plan,
  })
}

async function makePlan(context: Context, customerId: string): Promise<Plan> {
  const [known] = await loadKnown(context.db, [customerId])
  if (!known) throw new AppError('not-found', `there is no customer ${customerId}`)
  return planOf(known, context.playbook, todayOf(context)).plan
}

/** A plan with what people set on its items and the playbook to show it with. */
export async function planView(
  db: Db,
  context: Pick<Context, 'playbook'>,
  { customerId, version, engagementId, plan }: { customerId: string; version: number; engagementId: string; plan: Plan },
): Promise<PlanView> {
  const marks = await findMarks(db, customerId, engagementId)
  return {
    customer: customerId,
    version,
    plan,
    marks: Object.fromEntries(
      marks.map(row => [row.id, markOf(row)] as const).filter((each): each is [string, ItemMark] => each[1] !== null),
    ),
    playbook: playbookView(context.playbook),
  }
}

/** What a person set on an item; null = nothing. */
export const markOf = (row: (Row<'item'> & { by: string | null }) | undefined): ItemMark | null =>
  row && row.status !== null && row.set_at !== null
    ? { status: row.status, reason: row.reason, note: row.note, by: row.by ?? '', at: row.set_at }
    : null
