import type { CustomerView } from '../../model/api.ts'
import { loadKnown } from '../../store/known.ts'
import { nextMeeting } from '../../store/meetings.ts'
import { findPlan } from '../../store/plans.ts'
import { type Context, todayOf } from '../context.ts'
import { type Actor, writeAccess } from '../policy.ts'
import { sheetOf } from './sheet.ts'
import { visibleCustomer } from './visible.ts'

/** Who the customer is and what may be done with it. */
export async function getCustomer(context: Context, actor: Actor, id: string): Promise<CustomerView> {
  const { customer, ties } = await visibleCustomer(context, actor, id)
  const [known] = await loadKnown(context.db, [id])
  const plan = await findPlan(context.db, id)
  const phase = context.playbook.phases.find(each => each.id === plan?.phase)
  const meeting = await nextMeeting(context.db, id, context.now().toISOString())
  const csm = known ? sheetOf(known, todayOf(context)).sheet.csm : undefined
  return {
    id: customer.id,
    name: customer.name,
    segment: customer.segment,
    seats: plan?.seats ?? null,
    owner: customer.owner,
    phase: phase?.name ?? null,
    nextMeeting: meeting ? { id: meeting.id, at: meeting.starts_at } : null,
    csm: { assigned: csm?.assigned ?? null, name: csm?.name ?? null, since: csm?.since ?? null },
    tenants: (known?.tenants ?? []).map(tenant => {
      const usage = known?.usage.filter(row => row.tenant_id === tenant.id) ?? []
      return {
        id: tenant.id,
        name: tenant.name,
        concealed: usage.some(row => row.is_concealed),
        refreshDate: usage.flatMap(row => row.as_of ?? []).sort()[0] ?? null,
      }
    }),
    team: customer.team_id === null ? null : { id: customer.team_id, name: customer.team ?? customer.team_id },
    canWrite: writeAccess(actor, 'set-item', ties),
    canSetFacts: writeAccess(actor, 'set-fact', ties),
    canImport: writeAccess(actor, 'import-usage', ties),
    canConnect: writeAccess(actor, 'connect-tenant', ties),
    canSetTargets: writeAccess(actor, 'set-milestone', ties),
    ties: ties.assignments,
    version: customer.version,
  }
}
