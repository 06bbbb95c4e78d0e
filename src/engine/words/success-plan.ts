import type { MetricFacts } from '../../model/facts.ts'
import type { FactUsed } from '../../model/plan.ts'
import type { Text } from '../../model/words.ts'
import { daysAfter, daysBetween } from '../day-numbers.ts'
import { all } from '../kleene.ts'
import { phrase } from '../phrases.ts'
import { UNKNOWN, type Value } from '../value.ts'
import type { World } from '../world.ts'
import { type Change, used, type Why, type Words } from './word.ts'

/** A metric is met when its reading reaches the target, whichever way it should go. */
function isMet(metric: MetricFacts, world: World): Value {
  if (gapOf(metric, world) !== null || metric.current === undefined) return UNKNOWN
  return goesDown(metric) ? metric.current <= metric.target : metric.current >= metric.target
}

const goesDown = (metric: MetricFacts): boolean =>
  metric.direction !== undefined ? metric.direction === 'down' : metric.baseline !== undefined && metric.baseline > metric.target

/** Why a metric cannot be told; null = it can. */
export function gapOf(metric: MetricFacts, world: World): Why | null {
  if (metric.current === undefined) return 'missing'
  if (metric.asOf === undefined) return 'no-date'
  if (metric.asOf > world.today) return 'in-future'
  return daysBetween(metric.asOf, world.today) > maxAgeDays(metric, world) ? 'stale' : null
}

const maxAgeDays = (metric: MetricFacts, { thresholds }: World): number =>
  metric.usageOf === undefined ? thresholds.metricMaxAgeDays : thresholds.usageMaxAgeDays

export const METRIC: Words<MetricFacts> = {
  id: {
    read: metric => metric.id,
    evidence: (metric, world) => ({ facts: [used(world, 'metric.id', null, metric.id)], says: [] }),
  },
  met: {
    read: isMet,
    evidence: (metric, world) => ({ facts: [metricFact(metric, world)], says: [metricSay(metric, world)] }),
    changes: metricChanges,
  },
}

export const SUCCESS_PLAN: Words<null> = {
  metrics: {
    read: (_, world) => world.facts.metrics,
    evidence: (_, world) => ({ facts: [], says: world.facts.metrics.length === 0 ? [NO_METRICS] : [] }),
  },
  /** No metrics: the customer has nothing of its own to have reached. */
  allMet: {
    read: (_, world) => allMet(world),
    evidence: (_, world) => {
      const met = allMet(world)
      const why: Why | null = world.facts.metrics.length === 0 ? 'none-defined' : met === UNKNOWN ? 'undecided' : null
      const derived = used(world, 'successPlan.allMet', null, met === UNKNOWN ? null : met === true, { why })
      return {
        facts: [derived, ...world.facts.metrics.map(metric => metricFact(metric, world))],
        says: world.facts.metrics.length === 0 ? [NO_METRICS] : decisiveMetrics(world, met).map(metric => metricSay(metric, world)),
      }
    },
    changes: (_, world) => world.facts.metrics.flatMap(metric => metricChanges(metric, world)),
  },
}

const NO_METRICS = phrase('no metrics of its own are defined for the customer', 'não há métricas próprias definidas para o cliente')

function allMet(world: World): Value {
  return world.facts.metrics.length === 0 ? false : all(world.facts.metrics.map(metric => isMet(metric, world)))
}

const decisiveMetrics = (world: World, met: Value) => world.facts.metrics.filter(metric => isMet(metric, world) === met)

export function metricFact(metric: MetricFacts, world: World): FactUsed {
  const why = gapOf(metric, world)
  const path = `metrics.${metric.id}.current`
  return used(world, 'metric.current', path, why === null ? metric.current : null, { why, asOf: metric.asOf })
}

export function metricSay(metric: MetricFacts, world: World): Text {
  const gap = gapOf(metric, world)
  const parts = { name: metric.name, current: shown(metric), target: metric.target, asOf: metric.asOf ?? '' }
  if (gap === 'missing') return phrase('the metric “{name}” has no reading', 'a métrica “{name}” não tem leitura', parts)
  if (gap === 'no-date') return phrase('the reading of “{name}” has no date', 'a leitura de “{name}” não tem data', parts)
  if (gap === 'in-future') {
    return phrase('the reading of “{name}” is dated {asOf}, in the future', 'a leitura de “{name}” tem data futura, {asOf}', parts)
  }
  if (gap === 'stale') {
    const days = metric.asOf ? daysBetween(metric.asOf, world.today) : 0
    return phrase(
      'the reading of “{name}” is of {asOf}, {days} days old (limit {limit})',
      'a leitura de “{name}” é de {asOf}, há {days} dias (limite {limit})',
      { ...parts, days, limit: maxAgeDays(metric, world) },
    )
  }
  return isMet(metric, world) === true
    ? phrase('the metric “{name}” is met ({current}, target {target})', 'a métrica “{name}” foi atingida ({current}, meta {target})', parts)
    : phrase(
        'the metric “{name}” is not met ({current}, target {target})',
        'a métrica “{name}” não foi atingida ({current}, meta {target})',
        parts,
      )
}

/** With two decimals at most, rounded away from the target, so that what is not reached never looks reached. */
function shown(metric: MetricFacts): number {
  const hundredths = (metric.current ?? 0) * 100
  const whole = Math.round(hundredths)
  // 0.29 × 100 is 28.999999999999996.
  const rounded = Math.abs(hundredths - whole) < 1e-6 ? whole : goesDown(metric) ? Math.ceil(hundredths) : Math.floor(hundredths)
  return rounded / 100
}

function metricChanges(metric: MetricFacts, world: World): Change[] {
  const current = { fact: `metrics.${metric.id}.current`, from: metric.current ?? null }
  const gap = gapOf(metric, world)
  const asOf = { fact: `metrics.${metric.id}.asOf`, from: metric.asOf ?? null }
  const changes: Change[] = []
  if (metric.asOf === undefined || gap === 'in-future') changes.push({ ...asOf, to: world.today })
  if (gap === 'stale') changes.push({ ...asOf, to: daysAfter(world.today, -maxAgeDays(metric, world)) ?? null })
  const short = goesDown(metric) ? metric.target + 1 : metric.target - 1
  for (const to of [metric.target, short]) if (to !== metric.current) changes.push({ ...current, to })
  if (metric.current !== undefined) changes.push({ ...current, to: null })
  return changes
}
