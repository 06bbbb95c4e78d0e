import { type Facts, thresholdsFor } from '../../model/facts.ts'
import type { Playbook, Thresholds } from '../../model/playbook.ts'
import type { Denominator } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import type { Known } from '../../store/known.ts'
import type { SavedCell } from '../../store/tables.ts'
import { denominatorOf, entitledOf } from '../customers/sheet.ts'

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
  const figure = figureOf(known, service)
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

type Share = Readonly<{ percent: number | null; percentOf: Denominator | null }>

type Figure = Share &
  Readonly<{
    active: number | null
    assigned: number | null
    /** What the active users are a share of, and how many of those there are; null where that is not known. */
    of: Denominator | null
    seats: number | null
    asOf: Day | null
    hasEmpty: boolean
    isDoubted: boolean
  }>

/**
 * A service summed over tenants: a sum with an unknown part is unknown. Percents are for showing, rounded down to one decimal; there is
 * none of a figure that is doubted.
 */
export function figureOf(known: Known, service: string): Figure {
  const rows = known.usage.filter(row => row.service === service)
  const seatless = known.entitlements.filter(
    row => row.service === service && row.seats === 0 && !rows.some(each => each.tenant_id === row.tenant_id),
  )
  const isWhole = rows.length > 0 && rows.length + seatless.length >= known.tenants.length
  const sum = (of: (row: (typeof rows)[number]) => number | null) =>
    isWhole && rows.every(row => of(row) !== null) ? rows.reduce((total, row) => total + (of(row) ?? 0), 0) : null
  const active = sum(row => row.active)
  const assigned = sum(row => row.assigned)
  const isDoubted = rows.some(row => row.doubt !== null)
  const seats = { chosen: denominatorOf(known, service), entitled: entitledOf(known, service)?.seats ?? null, assigned }
  const asOf = rows.flatMap(row => row.as_of ?? []).sort()[0] ?? null
  const hasEmpty = rows.some(row => row.active === null)
  return { active, assigned, ...seatsOf(seats), ...shareOf(isDoubted ? null : active, seats), asOf, hasEmpty, isDoubted }
}

type SeatsToChoose = Readonly<{
  /** Null: nobody decided. */
  chosen: Denominator | null
  /** Bought, or agreed by hand where that was chosen. */
  entitled: number | null
  assigned: number | null
}>

/** What was chosen, known or not; else entitled seats when known, else assigned ones. */
function seatsOf({ chosen, entitled, assigned }: SeatsToChoose): { of: Denominator | null; seats: number | null } {
  if (chosen !== null) return { of: chosen, seats: chosen === 'assigned' ? assigned : entitled }
  if (entitled !== null) return { of: 'entitled', seats: entitled }
  return assigned === null ? { of: null, seats: null } : { of: 'assigned', seats: assigned }
}

/** The share of the seats, and of which. */
export function shareOf(active: number | null, choice: SeatsToChoose): Share {
  const { of, seats } = seatsOf(choice)
  if (active === null || seats === null || seats === 0) return { percent: null, percentOf: null }
  return { percent: Math.floor((active * 1000) / seats) / 10, percentOf: of }
}

/** `fresh` only for a whole sum that is neither too old nor from the future. */
export function qualityOf(
  figure: Pick<Figure, 'active' | 'hasEmpty' | 'isDoubted'>,
  hasReport: boolean,
  asOf: Day | null,
  thresholds: Thresholds,
  today: Day,
): SavedCell['quality'] {
  if (!hasReport) return 'none'
  if (figure.isDoubted) return 'suspect'
  if (figure.hasEmpty) return 'empty'
  if (figure.active === null) return 'none'
  return asOf !== null && asOf <= today && daysBetween(asOf, today) <= thresholds.usageMaxAgeDays ? 'fresh' : 'stale'
}

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
