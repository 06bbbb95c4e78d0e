import { FactSheet, type Facts, type History, type Provenance, type ServiceFacts, splitSheet } from '../../model/facts.ts'
import type { Denominator } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import type { Known, KnownMetric } from '../../store/known.ts'
import type { Row } from '../../store/tables.ts'
import { holdsOn } from '../assignments/period.ts'

export type SheetWithSources = Readonly<{ sheet: FactSheet; sources: Readonly<Record<string, Provenance>> }>

/** The two inputs of `decide` from what is recorded of a customer. */
export function factsOf(known: Known, today: Day): { facts: Facts; history: History } {
  const { sheet, sources } = sheetOf(known, today)
  return splitSheet(sheet, sources)
}

/** The customer's rows as a facts sheet of a day, with where each value comes from. */
export function sheetOf(known: Known, today: Day): SheetWithSources {
  const sources: Record<string, Provenance> = {}
  const { customer } = known
  const fact = (name: string, path: string): unknown => {
    const row = known.facts.find(each => each.name === name && each.service === '')
    if (row) sources[path] = { source: row.source, asOf: row.as_of }
    return row?.value
  }
  const told = {
    assigned: fact('csm.assigned', 'csm.assigned'),
    name: fact('csm.name', 'csm.name'),
    since: fact('csm.since', 'csm.since'),
  }
  const csm = told.assigned === true ? told : (assignedCsm(known, today, sources) ?? told)
  const sheet = FactSheet.parse({
    customer: present({
      id: customer.id,
      name: customer.name,
      segment: customer.segment ?? undefined,
      initiatives: customer.initiatives,
      assignedOn: customer.assigned_on ?? undefined,
    }),
    csm: Object.values(csm).some(value => value !== undefined) ? present(csm) : undefined,
    thresholds: customer.thresholds,
    services: Object.fromEntries(known.services.map(row => [row.service, serviceOf(known, row, sources)])),
    metrics: known.metrics.map(each => {
      const value = readingOf(known, each)
      if (value) sources[`metrics.${each.metric.id}`] = { source: value.source, asOf: value.asOf }
      return metricOf(each.metric, value)
    }),
    programs: present({ 'onedrive-adoption': fact('program.onedrive-adoption', 'programs.onedrive-adoption') }),
    accelerators: Object.fromEntries(
      known.facts
        .filter(row => row.name === 'accelerator')
        .map(row => {
          sources[`accelerators.${row.service}`] = { source: row.source, asOf: row.as_of }
          return [row.service, row.value]
        }),
    ),
    review: present({
      meetingHeldOn: fact('review.meetingHeldOn', 'review.meetingHeldOn'),
      outcomes: known.outcomes.map(row => row.outcome),
      wantsMore: fact('review.wantsMore', 'review.wantsMore'),
      wantsUsageReports: fact('review.wantsUsageReports', 'review.wantsUsageReports'),
      readyForMaintenance: fact('review.readyForMaintenance', 'review.readyForMaintenance'),
    }),
    history: present({ measuringSuccessDiscussed: fact('history.measuringSuccessDiscussed', 'history.measuringSuccessDiscussed') }),
    survey: present({ completed: fact('survey.completed', 'survey.completed') }),
    transitions: partsOf(known, 'transition.').map(({ key, row }) => ({ to: key, ...(row.value as object) })),
    checks: partsOf(known, 'check.').map(({ key, row }) => ({ id: key, ...(row.value as object) })),
    tasks: known.marks.flatMap(row => (row.task === null ? [] : [{ id: row.task, ...markOf(row) }])),
    steps: known.marks.flatMap(row => (row.task === null ? [{ step: `${row.process}/${row.step}`, ...markOf(row) }] : [])),
  })
  return { sheet, sources }
}

/**
 * The customer success manager by who is assigned on the day (E2): the primary before others, who stands in only where nobody is. Nobody
 * any more is `assigned: false`; undefined where nobody ever was, and only a fact can tell.
 */
function assignedCsm({ csms }: Known, today: Day, sources: Record<string, Provenance>) {
  if (csms.length === 0) return undefined
  const there = csms.filter(each => holdsOn(each, today))
  const csm = there.find(each => each.covers === null) ?? there[0]
  const source: Provenance = { source: 'assignment', asOf: csm?.since ?? null }
  for (const part of csm ? ['assigned', 'name', 'since'] : ['assigned']) sources[`csm.${part}`] = source
  return { assigned: csm !== undefined, name: csm?.name, since: csm?.since }
}

function serviceOf(known: Known, row: Row<'customer_service'>, sources: Record<string, Provenance>): Record<string, unknown> {
  const { service } = row
  const path = `services.${service}`
  const own = (name: string): unknown => {
    const found = known.facts.find(each => each.name === `service.${name}` && each.service === service)
    if (found) sources[`${path}.${name}`] = { source: found.source, asOf: found.as_of }
    return found?.value
  }
  const owner = own('owner')
  const usage = usageOf(known, service)
  if (usage) sources[`${path}.usage`] = { source: usage.source, asOf: usage.facts.asOf ?? null }
  const entitled = entitledOf(known, service)
  if (entitled) sources[`${path}.entitled`] = { source: entitled.source, asOf: entitled.asOf }
  return present({
    intended: row.intended,
    entitled: entitled?.seats,
    activatedOn: row.is_activation_known ? row.activated_on : undefined,
    usage: usage?.facts,
    threshold: own('threshold'),
    handshake: own('handshake'),
    owner: owner === false ? null : owner,
  })
}

export type MetricValue = Readonly<{ value: number; asOf: Day; source: string }>

/**
 * The present value of a metric: its newest reading, or, of one of active usage, the active users as a percent of the seats that rules count
 * with. Undefined when it is not known.
 */
export function readingOf(known: Known, { metric, reading }: KnownMetric): MetricValue | undefined {
  if (metric.kind === 'own') return reading && { value: reading.value, asOf: reading.day, source: reading.source }
  const service = metric.service ?? ''
  const usage = usageOf(known, service)
  const seats = entitledOf(known, service)?.seats
  if (usage?.facts.active === undefined || usage.facts.asOf === undefined || !seats) return undefined
  return { value: (100 * usage.facts.active) / seats, asOf: usage.facts.asOf, source: usage.source }
}

const metricOf = (metric: KnownMetric['metric'], value: MetricValue | undefined) =>
  present({
    id: metric.id,
    name: metric.name,
    baseline: metric.baseline ?? undefined,
    target: metric.target,
    direction: metric.direction ?? undefined,
    usageOf: metric.kind === 'usage' ? metric.service : undefined,
    current: value?.value,
    asOf: value?.asOf,
  })

type Seats = Readonly<{ seats: number; source: string; asOf: Day | null }>

/** Of what somebody decided that the active users of the service are a share; null: nobody did. */
export const denominatorOf = (known: Known, service: string): Denominator | null =>
  known.services.find(row => row.service === service)?.denominator ?? null

/** Seats that rules count with: those agreed by hand where somebody did, else those bought. */
export function entitledOf(known: Known, service: string): Seats | undefined {
  const custom = known.services.find(row => row.service === service)?.custom_seats ?? null
  return custom === null ? boughtSeats(known, service) : { seats: custom, source: 'custom', asOf: null }
}

/** Seats bought over all tenants; undefined when one of them is not known. As of the oldest. */
export function boughtSeats(known: Known, service: string): Seats | undefined {
  const rows = known.entitlements.filter(row => row.service === service)
  const [first] = rows
  if (!first || rows.length < known.tenants.length) return undefined
  return {
    seats: rows.reduce((sum, row) => sum + row.seats, 0),
    source: [...new Set(rows.map(row => row.source))].join(', '),
    asOf: oldest(rows.map(row => row.as_of)) ?? first.as_of,
  }
}

/**
 * Active users over all tenants. One without seats of the service counts for nothing; one without figures makes the sum a lower bound,
 * for saying yes and never no, and so does one whose figure is doubted. As of the oldest part. Undefined without any report.
 */
export function usageOf(known: Known, service: string): { facts: NonNullable<ServiceFacts['usage']>; source: string } | undefined {
  const rows = known.usage.filter(row => row.service === service)
  if (rows.length === 0) return undefined
  const source = [...new Set(rows.flatMap(row => row.sources))].join(', ')
  const counted = rows.flatMap(row => (row.active === null || row.doubt !== null ? [] : [{ active: row.active, asOf: row.as_of }]))
  const without = known.entitlements.filter(
    row => row.service === service && row.seats === 0 && !rows.some(each => each.tenant_id === row.tenant_id),
  )
  const dates = (from: readonly { asOf: Day | null }[]) => oldest(from.flatMap(each => each.asOf ?? []))
  if (counted.length === 0) {
    const [doubted] = rows.filter(row => row.doubt !== null)
    return {
      source,
      facts: { ...(doubted?.doubt ? { doubt: doubted.doubt } : { rows: 0 }), ...dated(oldest(rows.flatMap(row => row.as_of ?? []))) },
    }
  }
  const sum = counted.reduce((total, each) => total + each.active, 0)
  const isWhole = counted.length + without.length >= known.tenants.length
  return { source, facts: { ...(isWhole ? { active: sum } : { activeAtLeast: sum }), ...dated(dates(counted)) } }
}

const dated = (asOf: Day | undefined) => (asOf === undefined ? {} : { asOf })

const oldest = (days: readonly Day[]): Day | undefined => [...days].sort()[0]

const markOf = (row: Known['marks'][number]) =>
  present({
    service: row.service,
    status: row.status,
    reason: row.reason ?? undefined,
    note: row.note ?? undefined,
    by: row.by ?? undefined,
    on: row.set_at?.slice(0, 10),
  })

const partsOf = (known: Known, prefix: string) =>
  known.facts.filter(row => row.name.startsWith(prefix)).map(row => ({ key: row.name.slice(prefix.length), row }))

/** Without the keys whose value is undefined: absent means unknown. */
const present = (value: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined))
