import type { MetricFacts } from '../../model/facts.ts'
import type { Day } from '../../model/words.ts'
import type { Row } from '../../store/tables.ts'

type MetricRows = Readonly<{
  metric: Row<'metric'>
  reading: Readonly<{ customer_id: string; metric_id: string; day: Day; value: number }> | undefined
}>

/** Metrics of a facts sheet as rows. A value without a day could never count, and is left out. */
export const metricRows = (customerId: string, metrics: readonly MetricFacts[]): readonly MetricRows[] =>
  metrics.map(({ id, name, baseline, target, current, asOf, direction, usageOf }) => ({
    metric: {
      customer_id: customerId,
      id,
      objective_id: null,
      name,
      kind: usageOf === undefined ? 'own' : 'usage',
      service: usageOf ?? null,
      unit: null,
      baseline: baseline ?? null,
      baseline_on: null,
      target,
      // What is meant when a sheet leaves it out, where baseline and target do not tell.
      direction: direction ?? (baseline === target ? 'up' : null),
      target_date: null,
      removed_at: null,
      version: 0,
    },
    reading:
      current === undefined || asOf === undefined || usageOf !== undefined
        ? undefined
        : { customer_id: customerId, metric_id: id, day: asOf, value: current },
  }))
