import { knownPoints, percentOf } from '../../forecast/series.ts'
import { thresholdsFor } from '../../model/facts.ts'
import { type MetricView, type ReadingView, STANDINGS, type Standing, type SuccessPlanView } from '../../model/success-plan-api.ts'
import type { Day } from '../../model/words.ts'
import { type Known, type KnownMetric, loadKnown } from '../../store/known.ts'
import { findObjectives, findReadings, firstReadings, type Objective, type Reading } from '../../store/success-plan.ts'
import { type Context, todayOf } from '../context.ts'
import { readingOf } from '../customers/sheet.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { kickoffView } from '../kick-off/kickoff-view.ts'
import { reasonsFor } from '../lists/reasons.ts'
import { loadServices } from '../milestones/known.ts'
import type { Actor } from '../policy.ts'
import { seatsView } from './seats-view.ts'
import { directionOf, standingOf, standingOfAll } from './standing.ts'
import { listPlanTemplates } from './templates.ts'

/** Readings of a metric that are shown. */
const MOST_READINGS = 60

/** The success plan as it stands today: objectives in their order, each with its metrics; seats, and what the kick-off captured. */
export async function getSuccessPlan(context: Context, actor: Actor, customerId: string): Promise<SuccessPlanView> {
  await visibleCustomer(context, actor, customerId)
  const { db, playbook } = context
  const today = todayOf(context)
  const [known] = await loadKnown(db, [customerId])
  // Whoever archives a customer meanwhile leaves nothing to show.
  if (!known) return getSuccessPlan(context, actor, customerId)
  const objectives = (await findObjectives(db, customerId)).filter(each => each.removed_at === null)
  const metrics = await metricViews(context, known, objectives, today)
  const of = (objective: string | null) => metrics.filter(each => each.objective === objective)
  const views = objectives.map(row => objectiveView(row, of(row.id)))
  return {
    customer: customerId,
    version: known.customer.version,
    today,
    objectives: views,
    metrics: of(null),
    counts: countsOf(metrics.map(each => each.standing)),
    seats: await seatsView(db, playbook, known),
    reasons: await reasonsFor(db, 'seats'),
    kickoff: await kickoffView(db, playbook, known),
    templates: await listPlanTemplates(db),
  }
}

const objectiveView = (row: Objective, metrics: readonly MetricView[]): SuccessPlanView['objectives'][number] => ({
  id: row.id,
  title: row.title,
  description: row.description,
  service: row.service,
  owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner ?? row.owner_id },
  targetDate: row.target_date,
  standing: standingOfAll(metrics.map(each => each.standing)),
  metrics,
})

const countsOf = (standings: readonly Standing[]): SuccessPlanView['counts'] =>
  // One entry for each state there is.
  Object.fromEntries(STANDINGS.map(state => [state, standings.filter(each => each.state === state).length])) as SuccessPlanView['counts']

async function metricViews(context: Context, known: Known, objectives: readonly Objective[], today: Day): Promise<readonly MetricView[]> {
  if (known.metrics.length === 0) return []
  const customerId = known.customer.id
  const own = Map.groupBy(await findReadings(context.db, customerId, MOST_READINGS), row => row.metric_id)
  const first = await firstReadings(context.db, customerId)
  const hasUsage = known.metrics.some(({ metric }) => metric.kind === 'usage')
  const services = hasUsage ? await loadServices(context.db, [customerId], today) : []
  const thresholds = thresholdsFor(context.playbook.playbook.thresholds, known.customer.thresholds)
  return known.metrics.map(each => {
    const { metric } = each
    const objective = objectives.find(row => row.id === metric.objective_id)
    const readings =
      metric.kind === 'usage'
        ? usageReadings(services.find(row => row.service === metric.service)?.points ?? [])
        : (own.get(metric.id) ?? []).map(readingView)
    const startsOn = metric.baseline_on ?? (metric.kind === 'own' ? (first.get(metric.id) ?? null) : null)
    const maxAgeDays = metric.kind === 'usage' ? thresholds.usageMaxAgeDays : thresholds.metricMaxAgeDays
    return metricView(known, each, { objective, readings, startsOn, maxAgeDays, today })
  })
}

type Beside = Readonly<{
  objective: Objective | undefined
  readings: readonly ReadingView[]
  startsOn: Day | null
  maxAgeDays: number
  today: Day
}>

function metricView(known: Known, each: KnownMetric, { objective, readings, startsOn, maxAgeDays, today }: Beside): MetricView {
  const { metric } = each
  const value = readingOf(known, each)
  const direction = directionOf(metric)
  const targetDate = metric.target_date ?? objective?.target_date ?? null
  const { name, kind, service, unit, baseline, target } = metric
  const reading = value ? { value: value.value, asOf: value.asOf } : null
  return {
    id: metric.id,
    objective: objective?.id ?? null,
    name,
    kind,
    service,
    unit,
    baseline,
    baselineOn: metric.baseline_on,
    target,
    direction,
    isDirectionSet: metric.direction !== null,
    targetDate: metric.target_date,
    effectiveDate: targetDate,
    current: value ? { value: value.value, asOf: value.asOf, from: value.source } : null,
    standing: standingOf({ baseline, startsOn, target, direction, targetDate, reading, maxAgeDays }, today),
    readings,
  }
}

const readingView = ({ day, value, source, note, by }: Reading): ReadingView => ({ day, value, source, note, by })

/** One a week, counted back from the newest. */
function usageReadings(points: Parameters<typeof knownPoints>[0]): readonly ReadingView[] {
  const known = knownPoints(points)
  const newest = known.at(-1)
  if (!newest) return []
  const weekOf = (day: Day) => Math.floor((Date.parse(newest.day) - Date.parse(day)) / (7 * 86_400_000))
  const weeks = new Map(known.map(point => [weekOf(point.day), point]))
  return [...weeks.values()]
    .slice(-MOST_READINGS)
    .map(point => ({ day: point.day, value: percentOf(point), source: 'usage', note: null, by: null }))
}
