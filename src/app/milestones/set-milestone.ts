import { AppError } from '../../model/errors.ts'
import { MILESTONES, type MilestoneId, type SetMilestone, type TargetsView, USUAL_MILESTONES } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { findServices, findUsageParts, keepMilestonesReached } from '../../store/forecasts.ts'
import { addMilestoneChange, findMilestoneChanges, findMilestones, removeMilestone, saveMilestone } from '../../store/milestones.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomer } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { getTargets } from './get-targets.ts'
import { loadServices, type Milestone, milestonesOf, milestonesReached } from './known.ts'

type Target = Readonly<{ percent: number; targetDate: Day | null; reason: string | null }>
type At = Readonly<{ customerId: string; service: string; milestone: MilestoneId; version: number }>

/**
 * Sets what a milestone of a service is and when it is wanted. Throws `conflict` with both values when somebody else set it after
 * `version`, `invalid-input` for one that stands below an earlier milestone or above a later one.
 */
export function setMilestone(
  context: Context,
  actor: Actor,
  { percent, targetDate, reason, ...at }: SetMilestone & Omit<At, 'version'>,
): Promise<TargetsView> {
  return change(context, actor, at, { percent, targetDate, reason: reason === '' ? null : reason })
}

/** Back to the usual percent, without a date; how it was set before stays on record. */
export function clearMilestone(context: Context, actor: Actor, at: At): Promise<TargetsView> {
  return change(context, actor, at, null)
}

async function change(context: Context, actor: Actor, at: At, wanted: Target | null): Promise<TargetsView> {
  await context.db.transaction().execute(trx => changeIn(trx, context, actor, at, wanted))
  return getTargets(context, actor, at.customerId)
}

async function changeIn(trx: Trx, context: Context, actor: Actor, at: At, wanted: Target | null): Promise<void> {
  const { customerId, service, milestone } = at
  const { access } = await lockForChange(trx, context, actor, 'set-milestone', customerId)
  authorizeService(access, service)
  await refuseUnknownService(trx, customerId, service)
  const present = milestonesOf((await findMilestones(trx, [customerId])).filter(row => row.service === service))
  const changes = (await findMilestoneChanges(trx, customerId)).filter(each => each.service === service && each.milestone === milestone)
  // Of three milestones each is there.
  const before = present.find(each => each.id === milestone)!
  const after = wanted ?? { percent: USUAL_MILESTONES[milestone], targetDate: null, reason: null }
  const isSame = before.percent === after.percent && before.targetDate === after.targetDate && before.isUsual === (wanted === null)
  const isUsualAnyway = before.isUsual && after.percent === before.percent && after.targetDate === null
  if (isSame || isUsualAnyway) return
  const seq = changes[0]?.seq ?? 0
  refuseLostUpdate(at, seq, before, after, changes[0]?.name ?? null, actor)
  refuseDisorder(present, milestone, after.percent)
  await raiseVersion(trx, customerId)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const values = { percent: after.percent, target_date: after.targetDate }
  if (wanted === null) await removeMilestone(trx, at)
  else await saveMilestone(trx, { customer_id: customerId, service, id: milestone, ...values, version: seq + 1 })
  await addMilestoneChange(trx, {
    customer_id: customerId,
    service,
    milestone,
    seq: seq + 1,
    ...values,
    reason: after.reason,
    changed_by: actor.personId,
    changed_at: context.now().toISOString(),
  })
  if (before.percent !== after.percent) await lookUpReached(trx, context, at)
  const told = ({ percent, targetDate }: Pick<Target, 'percent' | 'targetDate'>) => ({ percent, targetDate })
  await recordCustomer(trx, context, actor, {
    customerId,
    kind: 'milestone-set',
    // A reason is free text and may name people.
    data: {
      service,
      milestone,
      ...told(after),
      before: told(before),
      after: { ...told(after), isUsual: wanted === null, reason: after.reason === null ? null : personal(actor.personId, after.reason) },
    },
  })
}

/** Another percent was reached on another day, or never. */
async function lookUpReached(trx: Trx, context: Context, { customerId, service }: At): Promise<void> {
  const services = await loadServices(trx, [customerId], todayOf(context))
  const reached = services.filter(each => each.service === service).flatMap(milestonesReached)
  await keepMilestonesReached(trx, { customerIds: [customerId], service }, reached)
}

async function refuseUnknownService(trx: Trx, customerId: string, service: string): Promise<void> {
  const rows = [...(await findServices(trx, [customerId])), ...(await findUsageParts(trx, [customerId]))]
  if (!rows.some(row => row.service === service)) throw new AppError('not-found', `customer ${customerId} has no service ${service}`)
}

function refuseLostUpdate(at: At, seq: number, before: Milestone, after: Target, by: string | null, actor: Actor): void {
  if (at.version > seq) throw new AppError('invalid-input', `version ${at.version} is not yet there`)
  if (at.version === seq) return
  const told = ({ percent, targetDate }: Pick<Target, 'percent' | 'targetDate'>, who: string | null) => ({ percent, targetDate, by: who })
  throw new AppError('conflict', 'somebody else set this milestone meanwhile', {
    details: { theirs: told(before, by), yours: told(after, actor.name), version: seq },
  })
}

/** Milestones come one after the other: none stands below the one before it. */
function refuseDisorder(present: readonly Milestone[], milestone: MilestoneId, percent: number): void {
  const place = MILESTONES.indexOf(milestone)
  for (const other of present) {
    const otherPlace = MILESTONES.indexOf(other.id)
    if (otherPlace < place && percent < other.percent)
      throw invalidField('percent', `${percent} % is below the ${other.percent} % of the milestone "${other.id}" before it`)
    if (otherPlace > place && percent > other.percent)
      throw invalidField('percent', `${percent} % is above the ${other.percent} % of the milestone "${other.id}" after it`)
  }
}
