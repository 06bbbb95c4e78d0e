import { percentOf } from '../../forecast/series.ts'
import type { UsageSeries } from '../../model/api.ts'
import { type Facts, thresholdsFor } from '../../model/facts.ts'
import type { Playbook } from '../../model/playbook.ts'
import { USAGE_REPORTS } from '../../model/usage.ts'
import type { FigureSource, MissingPart, UsageCorrection } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import type { Known } from '../../store/known.ts'
import type { Row, SavedCell } from '../../store/tables.ts'
import type { CountRow } from '../../store/usage-figures.ts'
import { boughtSeats, denominatorOf, factsOf } from '../customers/sheet.ts'
import { cellsOf, figureOf } from '../plans/cells.ts'
import { type Feed, feedsOf, seatPoints } from './seat-points.ts'

type Point = Row<'usage_day'>
type Version = Row<'usage_version'>

export type UsageParts = Readonly<{
  known: Known
  today: Day
  playbook: Playbook
  /** By service, day and tenant, oldest first. */
  points: readonly Point[]
  counts: readonly CountRow[]
  /** Newest first. */
  versions: readonly Version[]
  activations: readonly Row<'usage_activation'>[]
  imports: ReadonlyMap<string, Row<'usage_import'>>
}>

/** Corrections told of one service. */
const MOST_CORRECTIONS = 200
/** Activations are of its products. */
const APPS = 'office-proplus'

/** Usage of each service listed for the customer or reported on, in the playbook's order. */
export function seriesOf(parts: UsageParts): UsageSeries[] {
  const { known, playbook, today } = parts
  const { facts } = factsOf(known, today)
  const [points, counts, versions] = [byService(parts.points), byService(parts.counts), byService(parts.versions)]
  return cellsOf(known, facts, playbook, today).map(cell =>
    serviceSeries(cell, facts, {
      ...parts,
      points: points.get(cell.service) ?? [],
      counts: counts.get(cell.service) ?? [],
      versions: versions.get(cell.service) ?? [],
    }),
  )
}

function serviceSeries(cell: SavedCell, facts: Facts, parts: UsageParts): UsageSeries {
  const { known, playbook, points, versions } = parts
  const { service } = cell
  const listed = facts.services[service]
  const rows = known.usage.filter(row => row.service === service)
  const figure = figureOf(known, service)
  const feeds = feedsIn(known, service)
  const corrections = correctionsOf(points, parts.counts, versions)
  const sources = new Set(rows.flatMap(row => row.sources))
  return {
    service,
    intended: cell.intended,
    activatedOn: listed?.activatedOn ?? null,
    entitled: boughtSeats(known, service)?.seats ?? null,
    target: listed?.threshold ?? thresholdsFor(playbook.playbook.thresholds, facts.thresholds).activeUsagePercent,
    quality: cell.quality,
    concealed: cell.concealed,
    current: {
      active: figure.active,
      assigned: figure.assigned,
      activeUnlicensed: sumOf(rows.map(row => row.active_unlicensed)),
      percent: cell.percent,
      percentOf: cell.percentOf,
      asOf: cell.asOf,
      source: [...USAGE_REPORTS.filter(report => sources.delete(report)), ...sources],
    },
    points: pointsOf(parts, service, feeds, corrections),
    windowDays: rows[0]?.window_days ?? null,
    denominator: { kind: figure.of, seats: figure.seats, chosen: denominatorOf(known, service) !== null },
    daily: dailyOf(parts.counts, feeds.length),
    corrections: corrections.slice(0, MOST_CORRECTIONS),
    sources: rows.flatMap(row => sourcesOf(row, parts.imports)),
    missing: missingOf(known, service),
    activations: service === APPS ? parts.activations.map(activationOf) : [],
  }
}

const activationOf = ({ tenant_id, product, assigned, activated, as_of }: Row<'usage_activation'>) => ({
  tenant: tenant_id,
  product,
  assigned,
  activated,
  asOf: as_of,
})

/** Null with a part that is not known, or without any. */
const sumOf = (values: readonly (number | null)[]): number | null =>
  values.length === 0 || values.includes(null) ? null : values.reduce<number>((sum, each) => sum + (each ?? 0), 0)

/** The tenants that the service is summed over. */
function feedsIn(known: Known, service: string): readonly Feed[] {
  const seatsNow = new Map(known.entitlements.filter(row => row.service === service).map(row => [row.tenant_id, row.seats]))
  const reporting = new Set(known.usage.filter(row => row.service === service).map(row => row.tenant_id))
  return feedsOf(
    known.tenants.map(tenant => tenant.id),
    seatsNow,
    tenant => reporting.has(tenant),
  )
}

/** Points with their share, and whether they were corrected since they were first told. */
function pointsOf(
  { known, points }: UsageParts,
  service: string,
  feeds: readonly Feed[],
  corrections: readonly UsageCorrection[],
): UsageSeries['points'] {
  const agreed = known.services.find(row => row.service === service)?.custom_seats ?? null
  const corrected = new Set(corrections.filter(each => each.measure === 'rolling').map(each => each.day))
  return seatPoints(points, feeds, { kind: denominatorOf(known, service), seats: agreed }).map(({ day, users, seats }) => ({
    day,
    active: users,
    percent: seats === null || seats === 0 ? null : percentOf({ day, users, seats }),
    restated: corrected.has(day),
  }))
}

/** A day that a tenant with counts lacks is left out; where a tenant has no counts at all, the sum is a lower bound. */
function dailyOf(counts: readonly CountRow[], feeds: number): UsageSeries['daily'] {
  const tenants = new Set(counts.map(row => row.tenant_id)).size
  const days = new Map<Day, CountRow[]>()
  for (const row of counts) days.set(row.day, [...(days.get(row.day) ?? []), row])
  return [...days]
    .filter(([, parts]) => parts.length === tenants)
    .map(([day, parts]) => ({
      day,
      active: parts.reduce((sum, part) => sum + part.active, 0),
      atLeast: tenants < feeds || parts.some(part => part.is_at_least),
    }))
}

/** What was said of days before, newest first; a version that another number of active users never followed is none. */
function correctionsOf(points: readonly Point[], counts: readonly CountRow[], versions: readonly Version[]): readonly UsageCorrection[] {
  const current = new Map<string, number>()
  for (const row of points) current.set(keyOf({ ...row, measure: 'rolling' }), row.active)
  for (const row of counts) current.set(keyOf({ ...row, measure: 'daily' }), row.active)
  const nextOf = new Map<string, { since: string; active: number }>()
  const made: UsageCorrection[] = []
  for (const version of versions) {
    const key = keyOf(version)
    const next = nextOf.get(key)
    const after = next ? (next.since === version.known_until ? next.active : null) : (current.get(key) ?? null)
    nextOf.set(key, { since: version.known_since, active: version.active })
    if (after === version.active) continue
    const { day, tenant_id: tenant, measure, active: before, known_until: at, why } = version
    made.push({ day, tenant, measure, before, after, at, why })
  }
  return made
}
const keyOf = ({ tenant_id, day, measure }: Pick<Version, 'tenant_id' | 'day' | 'measure'>) => `${tenant_id} ${day} ${measure}`

function sourcesOf(row: Row<'usage_current'>, imports: UsageParts['imports']): readonly FigureSource[] {
  const { as_of: to, window_days: days } = row
  const window = to === null ? null : { from: dayBefore(to, days - 1), to, days }
  const shared = { tenant: row.tenant_id, refreshDate: to, window, concealed: row.is_concealed }
  const known = row.import_ids.flatMap(id => imports.get(id) ?? [])
  if (known.length === 0) {
    const [report = null] = row.sources
    const origin = report === 'demo' ? ('demo' as const) : null
    return [{ ...shared, import: null, report, file: null, sha256: null, rows: null, importedAt: null, origin }]
  }
  return known.map(from => ({
    ...shared,
    import: from.id,
    report: from.report,
    file: from.file,
    sha256: from.sha256,
    concealed: from.is_concealed,
    rows: { read: from.rows_read, rejected: from.rows_rejected, deleted: from.rows_deleted, duplicates: from.rows_duplicate },
    importedAt: from.imported_at,
    origin: from.origin,
  }))
}

/** What each tenant lacks for the customer's sum to be whole; one without seats of the service lacks nothing. */
function missingOf(known: Known, service: string): readonly MissingPart[] {
  const seats = new Map(known.entitlements.filter(row => row.service === service).map(row => [row.tenant_id, row.seats]))
  const isOfSeats = denominatorOf(known, service) === null || denominatorOf(known, service) === 'entitled'
  return known.tenants.flatMap((tenant): MissingPart[] => {
    const row = known.usage.find(each => each.service === service && each.tenant_id === tenant.id)
    const lacks = (why: MissingPart['why']) => [{ tenant: tenant.id, why }]
    if (!row) return seats.get(tenant.id) === 0 ? [] : lacks('no-report')
    if (row.active === null) return lacks('no-rows')
    if (row.doubt !== null) return lacks(row.doubt)
    return isOfSeats && seats.size > 0 && !seats.has(tenant.id) ? lacks('no-seats') : []
  })
}

function byService<T extends { service: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.service)
    if (group) group.push(row)
    else groups.set(row.service, [row])
  }
  return groups
}

const DAY_MS = 86_400_000
// Cut from an ISO date, so a day.
const dayBefore = (day: Day, count: number): Day => new Date(Date.parse(day) - count * DAY_MS).toISOString().slice(0, 10) as Day
