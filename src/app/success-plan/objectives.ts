import { randomUUID } from 'node:crypto'
import { AppError } from '../../model/errors.ts'
import type { SetObjective, SetObjectiveOrder, SuccessPlanView } from '../../model/success-plan-api.ts'
import { namesOf } from '../../store/customers.ts'
import { findObjectives, type Objective, saveObjectives } from '../../store/success-plan.ts'
import type { Context } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import { invalidField } from '../invalid-field.ts'
import type { Actor } from '../policy.ts'
import { type Changing, changePlan, refuseLostUpdate } from './change.ts'

type Of = Readonly<{ customerId: string }>
type At = Of & Readonly<{ objective: string }>

/** Adds an objective at the end. */
export const addObjective = (
  context: Context,
  actor: Actor,
  { customerId, version, ...input }: SetObjective & Of,
): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    refuseLostUpdate(changing, version, undefined, { theirs: null, yours: input, what: 'the plan' })
    await checkObjective(changing, input)
    const objectives = await findObjectives(changing.trx, customerId)
    const id = randomUUID()
    const position = Math.max(0, ...objectives.map(each => each.position)) + 1
    await saveObjectives(changing.trx, [{ ...rowOf(changing, id, input), position }])
    return [{ kind: 'objective-set', data: { objective: id, before: null, after: told(changing, input) } }]
  })

/** Changes an objective, or brings back one that was removed. Throws `conflict` when somebody else changed it after `version`. */
export const setObjective = (
  context: Context,
  actor: Actor,
  { customerId, objective, version, ...input }: SetObjective & At,
): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    const row = await getObjective(changing, customerId, objective)
    const before = inputOf(row)
    if (row.removed_at === null && isSame(before, input)) return []
    refuseLostUpdate(changing, version, row, {
      theirs: row.removed_at === null ? { ...before, owner: row.owner } : null,
      yours: { ...input, owner: input.owner && (await nameOf(changing, input.owner)) },
      what: 'the objective',
    })
    await checkObjective(changing, input)
    await saveObjectives(changing.trx, [{ ...rowOf(changing, objective, input), position: row.position }])
    const was = row.removed_at === null ? told(changing, before) : null
    return [{ kind: 'objective-set', data: { objective, before: was, after: told(changing, input) } }]
  })

/** Takes an objective off the plan; its metrics stay. Throws `conflict` when somebody else changed it after `version`. */
export const removeObjective = (
  context: Context,
  actor: Actor,
  { customerId, objective, version }: At & Readonly<{ version: number }>,
): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    const { owner, ...row } = await getObjective(changing, customerId, objective)
    if (row.removed_at !== null) return []
    refuseLostUpdate(changing, version, row, { theirs: { ...inputOf(row), owner }, yours: null, what: 'the objective' })
    await saveObjectives(changing.trx, [{ ...row, removed_at: changing.at, version: changing.version }])
    return [{ kind: 'objective-removed', data: { objective, before: told(changing, inputOf(row)), after: null } }]
  })

/** Puts the objectives in an order, first to last. Throws `invalid-input` unless it names each of them once, `conflict` when there are others since. */
export const orderObjectives = (
  context: Context,
  actor: Actor,
  { customerId, order, version }: SetObjectiveOrder & Of,
): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    const objectives = (await findObjectives(changing.trx, customerId)).filter(each => each.removed_at === null)
    const before = objectives.map(each => each.id)
    if (before.join() === order.join()) return []
    if (version > changing.before) throw new AppError('invalid-input', `version ${version} is not yet there`)
    if (new Set(order).size !== order.length || order.length !== before.length || order.some(id => !before.includes(id))) {
      if (version === changing.before) throw invalidField('order', 'names each objective of the plan once')
      const details = { theirs: before, yours: order, version: changing.before }
      throw new AppError('conflict', 'the plan has other objectives meanwhile', { details })
    }
    // The order has no version of its own, and neither objective says anything else for it.
    const moved = objectives.map(({ owner: _, ...row }) => ({ ...row, position: order.indexOf(row.id) + 1 }))
    await saveObjectives(changing.trx, moved)
    return [{ kind: 'objectives-ordered', data: { before, after: order } }]
  })

type Input = Omit<SetObjective, 'version'>

async function getObjective({ trx }: Changing, customerId: string, id: string): Promise<Objective> {
  const found = (await findObjectives(trx, customerId)).find(each => each.id === id)
  if (!found) throw new AppError('not-found', `customer ${customerId} has no objective ${id}`)
  return found
}

const inputOf = (row: Omit<Objective, 'owner'>): Input => ({
  title: row.title,
  description: row.description,
  service: row.service,
  owner: row.owner_id,
  targetDate: row.target_date,
})

const isSame = (a: Input, b: Input): boolean =>
  a.title === b.title && a.description === b.description && a.service === b.service && a.owner === b.owner && a.targetDate === b.targetDate

const rowOf = ({ known, version }: Changing, id: string, input: Input) => ({
  customer_id: known.customer.id,
  id,
  title: input.title,
  description: input.description,
  service: input.service,
  owner_id: input.owner,
  target_date: input.targetDate,
  removed_at: null,
  version,
})

/** Texts are free and may name people. */
const told = ({ actor }: Changing, { title, description, service, owner, targetDate }: Input) => ({
  title: personal(actor.personId, title),
  description: description === null ? null : personal(actor.personId, description),
  service,
  owner: owner === null ? null : { person: owner },
  targetDate,
})

const nameOf = async ({ trx }: Changing, id: string) => (await namesOf(trx, [id])).get(id) ?? id

async function checkObjective(changing: Changing, { service, owner }: Input): Promise<void> {
  checkService(changing, service)
  if (owner !== null && !(await namesOf(changing.trx, [owner])).has(owner)) throw invalidField('owner', `there is no person ${owner}`)
}

/** Throws `invalid-input` for a service that the customer does not have. */
export function checkService({ known }: Pick<Changing, 'known'>, service: string | null): void {
  if (service !== null && !known.services.some(each => each.service === service))
    throw invalidField('service', `${known.customer.name} does not have the service "${service}"`)
}
