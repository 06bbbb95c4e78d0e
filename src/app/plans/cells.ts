import { type Facts, thresholdsFor } from '../../model/facts.ts'
import type { Playbook, Thresholds } from '../../model/playbook.ts'
import type { Day } from '../../model/words.ts'
import type { Known } from '../../store/known.ts'
import type { SavedCell } from '../../store/tables.ts'

/** The portfolio's cells of a customer: each service listed for it or reported on, in the playbook's order. */
export function cellsOf(known: Known, facts: Facts, playbook: Playbook, today: Day): readonly SavedCell[] {
  const thresholds = thresholdsFor(playbook.playbook.thresholds, facts.thresholds)
  const order = new Map(playbook.services.map((service, index) => [service.id, index]))
  const place = (service: string) => order.get(service) ?? order.size
  const services = new Set([...Object.keys(facts.services), ...known.usage.map(row => row.service)])
  return [...services]
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(service => cellOf(service, known, facts, thresholds, today))
}

function cellOf(service: string, known: Known, facts: Facts, thresholds: Thresholds, today: Day): SavedCell {
  const listed = facts.services[service]
  const rows = known.usage.filter(row => row.service === service)
  const figure = figureOf(known, service, listed?.entitled ?? null)
  const asOf = listed?.usage?.asOf ?? figure.asOf
  return {
    service,
    intended: listed?.intended ?? false,
    activated: listed?.activatedOn === undefined ? null : listed.activatedOn !== null && listed.activatedOn <= today,
    percent: figure.percent,
    percentOf: figure.percentOf,
    target: listed?.threshold ?? thresholds.activeUsagePercent,
    asOf,
    quality: qualityOf(figure, rows.length > 0, asOf, thresholds, today),
    concealed: rows.some(row => row.is_concealed),
  }
}

type Figure = Readonly<{
  active: number | null
  assigned: number | null
  percent: number | null
  percentOf: 'entitled' | 'assigned' | null
  asOf: Day | null
  hasEmpty: boolean
}>

/** A service summed over tenants: a sum with an unknown part is unknown. Percents are for showing, rounded down to one decimal. */
export function figureOf(known: Known, service: string, entitled: number | null): Figure {
  const rows = known.usage.filter(row => row.service === service)
  const seatless = known.entitlements.filter(
    row => row.service === service && row.seats === 0 && !rows.some(each => each.tenant_id === row.tenant_id),
  )
  const isWhole = rows.length > 0 && rows.length + seatless.length >= known.tenants.length
  const sum = (of: (row: (typeof rows)[number]) => number | null) =>
    isWhole && rows.every(row => of(row) !== null) ? rows.reduce((total, row) => total + (of(row) ?? 0), 0) : null
  const active = sum(row => row.active)
  const assigned = sum(row => row.assigned)
  const asOf = rows.flatMap(row => row.as_of ?? []).sort()[0] ?? null
  return { active, assigned, ...shareOf(active, entitled, assigned), asOf, hasEmpty: rows.some(row => row.active === null) }
}

/** Of entitled seats when known, else of assigned ones; says which. */
export function shareOf(active: number | null, entitled: number | null, assigned: number | null): Pick<Figure, 'percent' | 'percentOf'> {
  const seats = entitled ?? assigned
  if (active === null || seats === null || seats === 0) return { percent: null, percentOf: null }
  return { percent: Math.floor((active * 1000) / seats) / 10, percentOf: entitled === null ? 'assigned' : 'entitled' }
}

/** `fresh` only for a whole sum that is neither too old nor from the future. */
export function qualityOf(
  figure: Pick<Figure, 'active' | 'hasEmpty'>,
  hasReport: boolean,
  asOf: Day | null,
  thresholds: Thresholds,
  today: Day,
): SavedCell['quality'] {
  if (!hasReport) return 'none'
  if (figure.hasEmpty) return 'empty'
  if (figure.active === null) return 'none'
  return asOf !== null && asOf <= today && daysBetween(asOf, today) <= thresholds.usageMaxAgeDays ? 'fresh' : 'stale'
}

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
