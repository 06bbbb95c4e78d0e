import { FactSheet, type Facts, type History, type Provenance, type ServiceFacts, splitSheet } from '../../model/facts.ts'
import type { Day } from '../../model/words.ts'
import type { Known } from '../../store/known.ts'
import type { Row } from '../../store/tables.ts'

export type SheetWithSources = Readonly<{ sheet: FactSheet; sources: Readonly<Record<string, Provenance>> }>

/** The two inputs of `decide` from what is recorded of a customer. */
export function factsOf(known: Known): { facts: Facts; history: History } {
  const { sheet, sources } = sheetOf(known)
  return splitSheet(sheet, sources)
}

/** The customer's rows as a facts sheet, with where each value comes from. */
export function sheetOf(known: Known): SheetWithSources {
  const sources: Record<string, Provenance> = {}
  const { customer } = known
  const fact = (name: string, path: string): unknown => {
    const row = known.facts.find(each => each.name === name && each.service === '')
    if (row) sources[path] = { source: row.source, asOf: row.as_of }
    return row?.value
  }
  const csm = { assigned: fact('csm.assigned', 'csm.assigned'), name: fact('csm.name', 'csm.name'), since: fact('csm.since', 'csm.since') }
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
    metrics: partsOf(known, 'metric.').map(({ key, row }) => {
      sources[`metrics.${key}`] = { source: row.source, asOf: row.as_of }
      return present({ id: key, ...(row.value as object), asOf: row.as_of ?? undefined })
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

/** Seats over all tenants; undefined when one of them is not known. As of the oldest. */
export function entitledOf(known: Known, service: string): { seats: number; source: string; asOf: Day } | undefined {
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
 * for saying yes and never no. As of the oldest part. Undefined without any report.
 */
export function usageOf(known: Known, service: string): { facts: NonNullable<ServiceFacts['usage']>; source: string } | undefined {
  const rows = known.usage.filter(row => row.service === service)
  if (rows.length === 0) return undefined
  const source = [...new Set(rows.flatMap(row => row.sources))].join(', ')
  const counted = rows.flatMap(row => (row.active === null ? [] : [{ active: row.active, asOf: row.as_of }]))
  const without = known.entitlements.filter(
    row => row.service === service && row.seats === 0 && !rows.some(each => each.tenant_id === row.tenant_id),
  )
  const dates = (from: readonly { asOf: Day | null }[]) => oldest(from.flatMap(each => each.asOf ?? []))
  if (counted.length === 0) return { source, facts: { rows: 0, ...dated(oldest(rows.flatMap(row => row.as_of ?? []))) } }
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
