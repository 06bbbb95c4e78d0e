import { isNewCycle } from '../../engine/processes.ts'
import { AppError } from '../../model/errors.ts'
import type { BeginCycle, ReviewView } from '../../model/review-api.ts'
import { raiseVersion, savePeople, saveServices } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { saveFacts } from '../../store/facts.ts'
import type { Known } from '../../store/known.ts'
import { insertEngagement, keepFactsOf } from '../../store/reviews.ts'
import { type Context, todayOf } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomer } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { recomputeOne } from '../plans/recompute.ts'
import type { Actor } from '../policy.ts'
import { carryMomentum } from '../review-record/momentum.ts'
import { cyclePossible, getReview } from './get-review.ts'
import { lockEngagement, refuse } from './outcomes.ts'

/**
 * Facts that hold for one cycle: what was decided, confirmed, taken, asked and answered in it. What is known of the customer itself, its
 * services and who leads them goes on.
 */
const OF_A_CYCLE = ['transition.%', 'review.%', 'check.%', 'program.%', 'accelerator', 'survey.%'] as const

/**
 * R13: the next cycle, at kick-off, with the services it is about; the one before stays as it ended, and its facts with it. Throws
 * `conflict` while the engagement is open, `invalid-input` for a service that the playbook does not know or when a reason is missing.
 */
export async function beginCycle(context: Context, actor: Actor, input: BeginCycle & { customerId: string }): Promise<ReviewView> {
  const { customerId, reason } = input
  const { playbook } = context
  await context.db.transaction().execute(async trx => {
    const { known, plan, engagement } = await lockEngagement(trx, context, actor, 'take-transition', input)
    const possible = cyclePossible(playbook, plan, engagement)
    if (!possible.ok) throw refuse(possible.reason)
    if (possible.needsReason && reason === null) throw invalidField('reason', 'no outcome asks for another cycle: say why it begins')
    const services = [...new Set(input.services)]
    await intend(trx, context, known, services)
    await keepFactsOf(trx, { customerId, engagementId: engagement.id }, OF_A_CYCLE)
    const cycle = engagement.cycle + 1
    await insertEngagement(trx, {
      customer_id: customerId,
      id: String(cycle),
      cycle,
      playbook_hash: playbook.playbook.hash,
      overall_task: playbook.overall?.task ?? null,
      opened_at: context.now().toISOString(),
    })
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    const version = await raiseVersion(trx, customerId)
    await openAtKickoff(trx, context, actor, { customerId, version })
    const why = reason === null ? null : personal(actor.personId, reason)
    await recordCustomer(trx, context, actor, { customerId, kind: 'cycle-begun', data: { cycle, services, reason: why } })
    await carryMomentum(trx, context, actor, { customerId, from: engagement.id, to: String(cycle) })
    await recomputeOne(trx, context, customerId)
  })
  return getReview(context, actor, customerId)
}

/** The step that leads to another cycle is what opens its first process. */
async function openAtKickoff(trx: Trx, context: Context, actor: Actor, of: { customerId: string; version: number }): Promise<void> {
  const today = todayOf(context)
  const by = { source: 'portal', asOf: today, at: context.now().toISOString(), who: actor.personId }
  const steps = context.playbook.transitions.filter(each => isNewCycle(context.playbook, each.to))
  await saveFacts(
    trx,
    steps.map(({ to }) => ({ ...of, ...by, name: `transition.${to}`, service: '', value: { on: today } })),
  )
}

/** The services are intended from now on; of a new one nothing else is known. */
async function intend(trx: Trx, { playbook }: Context, { customer, services }: Known, wanted: readonly string[]): Promise<void> {
  const unknown = wanted.find(service => !playbook.services.some(each => each.id === service))
  if (unknown !== undefined) throw new AppError('invalid-input', `services: the playbook knows no service "${unknown}"`)
  await saveServices(
    trx,
    wanted.map(service => {
      const row = services.find(each => each.service === service)
      const activation = { is_activation_known: row?.is_activation_known ?? false, activated_on: row?.activated_on ?? null }
      return { customer_id: customer.id, service, intended: true, ...activation }
    }),
  )
}
