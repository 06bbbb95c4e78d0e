import { AppError } from '../../model/errors.ts'
import type { SetReading, SuccessPlanView } from '../../model/success-plan-api.ts'
import type { Day } from '../../model/words.ts'
import { findReadingsOn, removeReadings, saveReadings, touchMetric } from '../../store/success-plan.ts'
import type { Row } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import { invalidField } from '../invalid-field.ts'
import type { Actor } from '../policy.ts'
import { type Changing, changePlan, refuseLostUpdate } from './change.ts'
import { getMetric } from './metrics.ts'

type At = Readonly<{ customerId: string; metric: string; day: Day }>

/**
 * The reading of a metric on a day, by hand or, with a personal key, by a program. Throws `conflict` when somebody else changed that day's
 * after `version`, and `invalid-input` for a metric that is read from usage and for a day to come.
 */
export const setReading = (
  context: Context,
  actor: Actor,
  { customerId, metric: id, day, value, note, version }: SetReading & At,
): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    const { metric, before } = await readingAt(changing, { customerId, metric: id, day })
    if (day > todayOf(context)) throw invalidField('day', `${day} is in the future`)
    if (before && before.value === value && before.note === note) return []
    refuseLostUpdate(changing, version ?? changing.before, before && metric, {
      theirs: before && { value: before.value, note: before.note },
      yours: { value, note },
      what: `the reading of ${day}`,
    })
    const key = { customer_id: customerId, metric_id: id, day }
    const source = actor.keyScopes ? 'api' : 'hand'
    await saveReadings(changing.trx, [{ ...key, value, note, source, recorded_by: actor.personId, recorded_at: changing.at }])
    await touchMetric(changing.trx, customerId, id, changing.version)
    return [{ kind: 'reading-set', data: { ...told(actor, metric, day), before: before?.value ?? null, after: value } }]
  })

/** Takes a reading back. */
export const removeReading = (
  context: Context,
  actor: Actor,
  { customerId, metric: id, day, version }: At & Readonly<{ version: number }>,
): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    const { metric, before } = await readingAt(changing, { customerId, metric: id, day })
    if (!before) throw new AppError('not-found', `the metric ${id} has no reading of ${day}`)
    const theirs = { value: before.value, note: before.note }
    refuseLostUpdate(changing, version, metric, { theirs, yours: null, what: `the reading of ${day}` })
    await removeReadings(changing.trx, [{ customer_id: customerId, metric_id: id, day }])
    await touchMetric(changing.trx, customerId, id, changing.version)
    return [{ kind: 'reading-removed', data: { ...told(actor, metric, day), before: before.value, after: null } }]
  })

async function readingAt(changing: Changing, { customerId, metric: id, day }: At) {
  const metric = await getMetric(changing, customerId, id)
  if (metric.removed_at !== null) throw new AppError('not-found', `the metric ${id} was removed`)
  if (metric.kind === 'usage') throw invalidField('metric', `"${metric.name}" is read from usage; it takes no readings`)
  const before = (await findReadingsOn(changing.trx, customerId, [day])).find(each => each.metric_id === id)
  return { metric, before }
}

const told = (actor: Actor, metric: Row<'metric'>, day: Day) => ({ metric: metric.id, name: personal(actor.personId, metric.name), day })
