import { createHash } from 'node:crypto'
import type { SeatIntent } from '../../../model/success.ts'
import type { Day } from '../../../model/words.ts'
import type { BulkRow } from '../../../store/bulk.ts'
import { daysBefore } from '../days.ts'
import type { DemoCustomer } from '../generate.ts'
import { DEMO_RECORDER } from '../people.ts'
import type { DemoRows } from '../rows.ts'
import type { Story } from '../stories.ts'

/** Metrics that only the success plan knows, not the facts sheet, begin with this. */
export const PLAN_METRIC = 'plan-'

/** Days ago that a success plan was agreed, from which progress is expected, and days until its target date. */
const AGREED_AGO = 120
const DUE_IN = 60
/** Days ago of readings before the newest, and how much of the way to it was done. */
const EARLIER = [
  { ago: 96, share: 0.1 },
  { ago: 68, share: 0.35 },
  { ago: 40, share: 0.7 },
] as const

/** The review gate of these stories is not met anyhow, so that metrics on the way change nothing of what they tell. */
const WITH_MORE_METRICS: readonly Story['id'][] = ['metrics-not-met', 'gate-not-met']

type Part = Readonly<{ intent: SeatIntent; percent: number; reason: string | null; note: string | null }>
/** Ways to split seats; what is left over by rounding falls to the first part. `hadPercent`: of today's seats, how many there were then. */
const SPLITS: readonly Readonly<{ hadPercent: number; parts: readonly Part[] }>[] = [
  {
    hadPercent: 100,
    parts: [
      { intent: 'in-progress', percent: 55, reason: null, note: null },
      { intent: 'blocked', percent: 25, reason: 'training', note: 'Two regions have had no training yet' },
      { intent: 'no-intent', percent: 20, reason: 'spare', note: null },
    ],
  },
  {
    hadPercent: 100,
    parts: [
      { intent: 'in-progress', percent: 70, reason: null, note: null },
      { intent: 'duplicate', percent: 5, reason: 'second-account', note: null },
      { intent: 'unknown', percent: 25, reason: null, note: null },
    ],
  },
  {
    hadPercent: 90,
    parts: [
      { intent: 'in-progress', percent: 80, reason: null, note: null },
      { intent: 'no-intent', percent: 20, reason: 'frontline', note: null },
    ],
  },
]

/** Objectives with metrics on the way, seats that are split, and kick-offs captured whole, in part or not at all. */
export function addSuccessPlan(rows: DemoRows, customer: DemoCustomer, today: Day): void {
  addObjectives(rows, customer, today)
  const turn = createHash('sha256').update(`success ${customer.sheet.customer.id}`).digest().readUInt8(0)
  addSeats(rows, customer, today, turn)
  addKickoff(rows, customer, today, turn)
}

function addObjectives(rows: DemoRows, customer: DemoCustomer, today: Day): void {
  const { sheet, manager, story } = customer
  const { id } = sheet.customer
  const hasMore = WITH_MORE_METRICS.includes(story)
  if (sheet.metrics.length === 0 && !hasMore) return
  const objective = (title: string, description: string, service: string | null, position: number) => {
    const objectiveId = idOf(id, title)
    const target_date = daysBefore(today, -DUE_IN)
    const row = { customer_id: id, id: objectiveId, title, description, service, owner_id: manager.id, target_date, position }
    rows.objective.push({ ...row, removed_at: null, version: 0 })
    return objectiveId
  }
  if (sheet.metrics.length > 0) {
    const title = 'Everyday work gets easier'
    const work = objective(title, 'Agreed with the sponsor at the kick-off: what people notice in their day.', null, 1)
    const isOf = (metric: BulkRow<'metric'>) => metric.customer_id === id
    rows.metric = rows.metric.map(metric =>
      isOf(metric) ? { ...metric, objective_id: work, baseline_on: daysBefore(today, AGREED_AGO) } : metric,
    )
    for (const { id: metric, baseline, current, asOf } of sheet.metrics) {
      if (baseline === undefined || current === undefined || asOf === undefined) continue
      for (const { ago, share } of EARLIER) {
        const day = daysBefore(today, ago)
        if (day < asOf) addReading(rows, id, metric, day, Math.round(baseline + (current - baseline) * share))
      }
    }
  }
  if (hasMore) addMore(rows, customer, { today, objective })
}

type Objective = (title: string, description: string, service: string | null, position: number) => string

/** A metric read from usage, one on track, one that has not moved, and one that belongs to no objective. */
function addMore(rows: DemoRows, { sheet }: DemoCustomer, { today, objective }: Readonly<{ today: Day; objective: Objective }>): void {
  const { id } = sheet.customer
  const [service] = Object.entries(sheet.services).find(([, each]) => each.intended && each.activatedOn && each.entitled) ?? []
  const agreed = daysBefore(today, AGREED_AGO)
  const metric = (name: string, more: Partial<BulkRow<'metric'>>) => {
    const metricId = `${PLAN_METRIC}${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`
    rows.metric.push({
      ...{ customer_id: id, id: metricId, objective_id: null, name, kind: 'own', service: null, unit: null, baseline: 0 },
      ...{ baseline_on: agreed, target: 100, direction: null, target_date: null, removed_at: null, version: 0, ...more },
    })
    return metricId
  }
  if (service !== undefined) {
    const use = objective('Most people use what they have', 'Every month more people than the month before.', service, 2)
    metric('Active usage', { objective_id: use, kind: 'usage', service, unit: '%', target: 75 })
    const teams = metric('Departments trained', { objective_id: use, target: 24, unit: 'departments' })
    for (const [index, value] of [2, 7, 12].entries()) addReading(rows, id, teams, daysBefore(today, EARLIER[index]?.ago ?? 0), value)
    addReading(rows, id, teams, daysBefore(today, 6), 18)
  }
  const survey = metric('People content with support', { baseline: 62, baseline_on: daysBefore(today, 5), target: 80, unit: '%' })
  addReading(rows, id, survey, daysBefore(today, 5), 62)
}

const addReading = (rows: DemoRows, customer_id: string, metric_id: string, day: Day, value: number): void => {
  const recorded = { source: 'demo', note: null, recorded_by: DEMO_RECORDER.id, recorded_at: `${day}T12:00:00.000Z` }
  rows.metric_reading.push({ customer_id, metric_id, day, value, ...recorded })
}

/** Of every other customer, the first service whose seats are known. */
function addSeats(rows: DemoRows, { sheet, manager, story }: DemoCustomer, today: Day, turn: number): void {
  const [service, facts] = Object.entries(sheet.services).find(([, each]) => each.intended && (each.entitled ?? 0) >= 100) ?? []
  const split = SPLITS[turn % SPLITS.length]
  if (service === undefined || !facts?.entitled || !split || (turn % 2 === 1 && !WITH_MORE_METRICS.includes(story))) return
  const key = { customer_id: sheet.customer.id, service }
  const seats = Math.floor((facts.entitled * split.hadPercent) / 100)
  const as_of = daysBefore(today, 20)
  const counts = split.parts.map(part => Math.floor((seats * part.percent) / 100))
  const left = seats - counts.reduce((sum, count) => sum + count, 0)
  rows.seat_split.push({ ...key, seats, as_of, changed_by: manager.id, changed_at: `${as_of}T10:00:00.000Z`, version: 0 })
  for (const [index, { intent, reason, note }] of split.parts.entries()) {
    const count = (counts[index] ?? 0) + (index === 0 ? left : 0)
    // Of the list that ships.
    const reason_version = reason === null ? null : 0
    rows.seat_intent.push({ ...key, position: index + 1, intent, seats: count, reason, reason_version, note })
  }
}

/** Of three customers one has all of DIBS and SSAT, one a part, one nothing. */
function addKickoff(rows: DemoRows, { sheet, manager }: DemoCustomer, today: Day, turn: number): void {
  const { id } = sheet.customer
  const part = turn % 3
  const isWhole = part === 0
  if (part === 2) return
  const services = Object.entries(sheet.services).filter(([, each]) => each.intended)
  for (const [index, [service]] of services.entries()) {
    if (!isWhole && index > 1) break
    rows.kickoff_service.push({
      ...{ customer_id: id, service, planned_on: daysBefore(today, 30 * (index + 1)), version: 0 },
      intent: 'Everybody with a seat, one region after the other',
      business_reason: isWhole || index === 0 ? 'People are in more than one place and need one way to work' : null,
      success_owner: isWhole ? 'Demo contact Bruna' : null,
    })
  }
  rows.kickoff.push({
    customer_id: id,
    stakeholders: 'Sponsor: the chief information officer. Works council and help desk are told first.',
    scenarios: 'Meetings without travel; files in one place; questions answered in the open',
    awareness_plan: isWhole ? 'A page on the intranet, a mail each fortnight, posters in the canteens' : null,
    training_plan: isWhole ? 'Half an hour live for each team, recordings for those who missed it' : null,
    changed_by: manager.id,
    changed_at: `${daysBefore(today, 40)}T10:00:00.000Z`,
    version: 0,
  })
}

/** The same on every machine. */
function idOf(customer: string, title: string): string {
  const hex = createHash('sha256').update(`objective ${customer} ${title}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
