import type { Playbook } from '../../model/playbook.ts'
import { DIBS, type KickoffView, SSAT } from '../../model/success-plan-api.ts'
import type { Db } from '../../store/database.ts'
import { findKickoff, findServiceKickoffs } from '../../store/kick-off.ts'
import type { Known } from '../../store/known.ts'

/** Fixed in contracts.md. */
const PROCESS = 'conduct-customer-kickoff'

/** What was captured at the kick-off, and what is missing; services in the playbook's order. */
export async function kickoffView(db: Db, playbook: Playbook, known: Known): Promise<KickoffView> {
  const [whole, services] = [await findKickoff(db, known.customer.id), await findServiceKickoffs(db, known.customer.id)]
  const ssat = {
    stakeholders: whole?.stakeholders ?? null,
    scenarios: whole?.scenarios ?? null,
    awarenessPlan: whole?.awareness_plan ?? null,
    trainingPlan: whole?.training_plan ?? null,
  }
  return {
    services: inOrder(known, playbook).map(({ service, intended }) => {
      const row = services.find(each => each.service === service)
      const dibs = {
        plannedOn: row?.planned_on ?? null,
        intent: row?.intent ?? null,
        businessReason: row?.business_reason ?? null,
        successOwner: row?.success_owner ?? null,
      }
      // Nothing has to be agreed on a service that the customer does not mean to use.
      return { service, intended, ...dibs, missing: intended ? DIBS.filter(part => dibs[part] === null) : [] }
    }),
    ...ssat,
    missing: SSAT.filter(part => ssat[part] === null),
    lacksMetrics: known.metrics.length === 0,
    process: playbook.processes.some(each => each.id === PROCESS) ? PROCESS : null,
  }
}

/** Services of the customer, in the playbook's order. */
export function inOrder(known: Known, playbook: Playbook): Known['services'] {
  const order = new Map(playbook.services.map((service, index) => [service.id, index]))
  const place = (service: string) => order.get(service) ?? order.size
  return [...known.services].sort((a, b) => place(a.service) - place(b.service) || (a.service < b.service ? -1 : 1))
}
