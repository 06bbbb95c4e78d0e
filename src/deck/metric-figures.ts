import { METRIC } from '../engine/words/success-plan.ts'
import type { MetricFacts } from '../model/facts.ts'
import type { Day, Truth } from '../model/words.ts'
import { oneLine } from './clean.ts'
import type { Teller } from './teller.ts'

/** One success metric of the customer, in words. A reading that is missing or too old is unknown. */
export type MetricFigure = Readonly<{
  name: string
  baseline: string | null
  target: string
  current: string | null
  asOf: Day | null
  isMet: Truth
  reason: string
}>

/** In the customer's order. Leaves its numbers for the last slide. */
export function metricFigures(teller: Teller): readonly MetricFigure[] {
  return teller.world.facts.metrics.map(metric => metricFigure(teller, metric))
}

function metricFigure({ world, words, formats, figure, sourceOf, reason }: Teller, metric: MetricFacts): MetricFigure {
  const met = METRIC.met?.read(metric, world)
  const { facts, says } = METRIC.met?.evidence(metric, world) ?? { facts: [], says: [] }
  const [reading] = facts
  const name = oneLine(metric.name)
  const current = typeof reading?.value === 'number' ? formats.amount(reading.value, goesDown(metric) ? 'ceil' : 'floor') : null
  const leave = (key: 'column.baseline' | 'column.target' | 'column.current', value: string, asOf: Day | null, source: string) =>
    figure({ what: words('sources.metric', { name, what: words(key) }), value, source, asOf })
  const plan = words('sources.ownPlan')
  const baseline = metric.baseline === undefined ? null : formats.amount(metric.baseline)
  const target = formats.amount(metric.target)
  if (baseline !== null) leave('column.baseline', baseline, null, plan)
  leave('column.target', target, null, plan)
  const asOf = metric.asOf !== undefined && metric.asOf <= world.today ? metric.asOf : null
  if (current !== null) leave('column.current', current, asOf, sourceOf(`metrics.${metric.id}.current`).source)
  return {
    name,
    baseline,
    target,
    current,
    asOf,
    isMet: met === true ? 'yes' : met === false ? 'no' : 'unknown',
    reason: reason(says),
  }
}

const goesDown = (metric: MetricFacts): boolean =>
  metric.direction !== undefined ? metric.direction === 'down' : metric.baseline !== undefined && metric.baseline > metric.target
