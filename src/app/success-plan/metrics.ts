import { AppError } from '../../model/errors.ts'
import type { SetMetric, SuccessPlanView } from '../../model/success-plan-api.ts'
import { searchKey } from '../../store/customers.ts'
import { findMetrics, findObjectives, saveMetrics } from '../../store/success-plan.ts'
import type { Row } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import { invalidField } from '../invalid-field.ts'
import type { Actor } from '../policy.ts'
import { type Changing, changePlan, refuseLostUpdate } from './change.ts'
import { checkService } from './objectives.ts'

type Of = Readonly<{ customerId: string }>
type At = Of & Readonly<{ metric: string }>

/** Adds a metric; its id is made from its name and keeps it. */
export const addMetric = (context: Context, actor: Actor, { customerId, version, ...input }: SetMetric & Of): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    refuseLostUpdate(changing, version, undefined, { theirs: null, yours: input, what: 'the plan' })
    await checkMetric(changing, input)
    const taken = new Set((await findMetrics(changing.trx, customerId)).map(each => each.id))
    const row = rowOf(changing, freeId(input.name, taken), input, undefined)
    await saveMetrics(changing.trx, [row])
    return [{ kind: 'metric-set', data: { metric: row.id, name: personal(actor.personId, row.name), before: null, after: told(row) } }]
  })

/**
 * Changes a metric, or brings back one that was removed. Throws `conflict` when somebody else changed it after `version`; `invalid-input`
 * when one with readings would be read from usage.
 */
export const setMetric = (
  context: Context,
  actor: Actor,
  { customerId, metric: id, version, ...input }: SetMetric & At,
): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    const before = await getMetric(changing, customerId, id)
    const row = rowOf(changing, id, input, before)
    if (before.removed_at === null && isSame(before, row)) return []
    refuseLostUpdate(changing, version, before, {
      theirs: before.removed_at === null ? inputOf(before) : null,
      yours: inputOf(row),
      what: 'the metric',
    })
    await checkMetric(changing, input)
    await saveMetrics(changing.trx, [row])
    const was = before.removed_at === null ? told(before) : null
    return [{ kind: 'metric-set', data: { metric: id, name: personal(actor.personId, row.name), before: was, after: told(row) } }]
  })

/** Takes a metric off the plan; its readings are kept for when it comes back. */
export const removeMetric = (
  context: Context,
  actor: Actor,
  { customerId, metric: id, version }: At & Readonly<{ version: number }>,
): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    const row = await getMetric(changing, customerId, id)
    if (row.removed_at !== null) return []
    refuseLostUpdate(changing, version, row, { theirs: inputOf(row), yours: null, what: 'the metric' })
    await saveMetrics(changing.trx, [{ ...row, removed_at: changing.at, version: changing.version }])
    return [{ kind: 'metric-removed', data: { metric: id, name: personal(actor.personId, row.name), before: told(row), after: null } }]
  })

export async function getMetric({ trx }: Pick<Changing, 'trx'>, customerId: string, id: string): Promise<Row<'metric'>> {
  const found = (await findMetrics(trx, customerId)).find(each => each.id === id)
  if (!found) throw new AppError('not-found', `customer ${customerId} has no metric ${id}`)
  return found
}

type Input = Omit<SetMetric, 'version'>

function rowOf({ known, version, context }: Changing, id: string, input: Input, before: Row<'metric'> | undefined): Row<'metric'> {
  const { objective, name, kind, service, unit, baseline, target, direction, targetDate } = input
  const isKept = before !== undefined && before.baseline === baseline
  const usual = baseline === null ? null : isKept ? before.baseline_on : todayOf(context)
  return {
    customer_id: known.customer.id,
    id,
    objective_id: objective,
    name,
    kind,
    service,
    unit: kind === 'usage' ? '%' : unit,
    baseline,
    baseline_on: input.baselineOn === undefined ? usual : input.baselineOn,
    target,
    direction,
    target_date: targetDate,
    removed_at: null,
    version,
  }
}

const inputOf = (row: Row<'metric'>): Input => ({
  objective: row.objective_id,
  name: row.name,
  kind: row.kind,
  service: row.service,
  unit: row.unit,
  baseline: row.baseline,
  baselineOn: row.baseline_on,
  target: row.target,
  direction: row.direction,
  targetDate: row.target_date,
})

const isSame = (a: Row<'metric'>, b: Row<'metric'>): boolean => JSON.stringify(inputOf(a)) === JSON.stringify(inputOf(b))

/** All but the name, which is free text. */
function told(row: Row<'metric'>): Readonly<Record<string, unknown>> {
  const { name: _, unit: __, ...rest } = inputOf(row)
  return rest
}

async function checkMetric(changing: Changing, { objective, service, baselineOn, targetDate }: Input): Promise<void> {
  checkService(changing, service)
  const objectives = objective === null ? [] : await findObjectives(changing.trx, changing.known.customer.id)
  if (objective !== null && !objectives.some(each => each.id === objective && each.removed_at === null))
    throw invalidField('objective', `the plan has no objective ${objective}`)
  if (baselineOn && baselineOn > todayOf(changing.context)) throw invalidField('baselineOn', `${baselineOn} is in the future`)
  if (baselineOn && targetDate && targetDate <= baselineOn) throw invalidField('targetDate', `${targetDate} is not after ${baselineOn}`)
}

/** `Tickets solved, %` as `tickets-solved`; numbered where that is taken. */
export function freeId(name: string, taken: ReadonlySet<string>): string {
  const plain = searchKey(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '')
  const base = plain === '' ? 'metric' : plain
  if (!taken.has(base)) return base
  for (let number = 2; ; number++) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`
}
