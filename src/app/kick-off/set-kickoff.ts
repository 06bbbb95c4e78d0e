import type { SetKickoff, SetServiceKickoff, SuccessPlanView } from '../../model/success-plan-api.ts'
import { findKickoff, findServiceKickoffs, saveKickoff, saveServiceKickoff } from '../../store/kick-off.ts'
import type { Row } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import type { Actor } from '../policy.ts'
import { changePlan, refuseLostUpdate } from '../success-plan/change.ts'
import { checkService } from '../success-plan/objectives.ts'

/** DIBS of a service: date, intent, business reason, success owner. Throws `conflict` when somebody else changed them after `version`. */
export const setServiceKickoff = (
  context: Context,
  actor: Actor,
  { customerId, service, version, ...input }: SetServiceKickoff & Readonly<{ customerId: string; service: string }>,
): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    checkService(changing, service)
    const row = (await findServiceKickoffs(changing.trx, customerId)).find(each => each.service === service)
    const before = row ? dibsOf(row) : NO_DIBS
    if (isSame(before, input)) return []
    refuseLostUpdate(changing, version, row, { theirs: before, yours: input, what: `the kick-off of ${service}` })
    await saveServiceKickoff(changing.trx, {
      customer_id: customerId,
      service,
      planned_on: input.plannedOn,
      intent: input.intent,
      business_reason: input.businessReason,
      success_owner: input.successOwner,
      version: changing.version,
    })
    const of = (dibs: typeof before) => {
      const { plannedOn, ...texts } = dibs
      return { plannedOn, ...sealed(actor, texts) }
    }
    return [{ kind: 'kickoff-service-set', data: { service, before: of(before), after: of(input) } }]
  })

/** SSAT: stakeholders, scenarios, awareness and training plans. Throws `conflict` when somebody else changed them after `version`. */
export const setKickoff = (
  context: Context,
  actor: Actor,
  { customerId, version, ...input }: SetKickoff & Readonly<{ customerId: string }>,
): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    const row = await findKickoff(changing.trx, customerId)
    const before = row ? ssatOf(row) : NO_SSAT
    if (isSame(before, input)) return []
    refuseLostUpdate(changing, version, row, { theirs: before, yours: input, what: 'the kick-off' })
    await saveKickoff(changing.trx, {
      customer_id: customerId,
      stakeholders: input.stakeholders,
      scenarios: input.scenarios,
      awareness_plan: input.awarenessPlan,
      training_plan: input.trainingPlan,
      changed_by: actor.personId,
      changed_at: changing.at,
      version: changing.version,
    })
    return [{ kind: 'kickoff-set', data: { before: sealed(actor, before), after: sealed(actor, input) } }]
  })

type Dibs = Omit<SetServiceKickoff, 'version'>
type Ssat = Omit<SetKickoff, 'version'>
const NO_DIBS: Dibs = { plannedOn: null, intent: null, businessReason: null, successOwner: null }
const NO_SSAT: Ssat = { stakeholders: null, scenarios: null, awarenessPlan: null, trainingPlan: null }

const dibsOf = (row: Row<'kickoff_service'>): Dibs => ({
  plannedOn: row.planned_on,
  intent: row.intent,
  businessReason: row.business_reason,
  successOwner: row.success_owner,
})

const ssatOf = (row: Row<'kickoff'>): Ssat => ({
  stakeholders: row.stakeholders,
  scenarios: row.scenarios,
  awarenessPlan: row.awareness_plan,
  trainingPlan: row.training_plan,
})

type Texts = Readonly<Record<string, string | null>>

const isSame = (a: Texts, b: Texts): boolean => Object.keys(a).every(name => a[name] === b[name])

/** Texts of a kick-off are free and name people. */
const sealed = ({ personId }: Actor, texts: Texts) =>
  Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, value === null ? null : personal(personId, value)]))
