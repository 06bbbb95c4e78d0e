import type { UsageReading } from '../../model/usage.ts'
import type { Day } from '../../model/words.ts'
import type { Trx } from '../../store/database.ts'
import type { NewRow, Row } from '../../store/tables.ts'
import { findCurrent, replaceCurrent, seatsOf } from '../../store/usage.ts'
import {
  type Change,
  type DayFigure,
  newestWithoutImport,
  saveUsageDays,
  usableVersions,
  usageDaysOn,
  usageDaysSince,
} from '../../store/usage-figures.ts'
import { findUnions, insertUnions, standingOfTotals, type ToldRow, toldOf } from '../../store/usage-imports.ts'
import { readUsage } from '../../usage/read-usage.ts'
import type { Context } from '../context.ts'
import { DOUBT_WITHIN_DAYS, doubtOf } from './doubt.ts'
import { WINDOW, windowOf } from './newest.ts'
import { type Figure, figuresOf, keyOf, missingUnions, reportsOf, type Together, type Told, type Union } from './work-out.ts'

type Import = Row<'usage_import'>
type Current = Row<'usage_current'>

export type Settling = Readonly<{
  trx: Trx
  context: Context
  change: Change
  /** Days whose figures may be other ones now. */
  days: readonly Day[]
  /** The file of an import; undefined when it is gone. */
  pathOf: (row: Import) => string | undefined
  /** Files that were read together just now. */
  together?: Readonly<{ reading: UsageReading; imports: readonly Import[] }> | undefined
}>

/**
 * Works out the rolling figures of a tenant on these days, and what counts now, from the imports that were not taken back. The number of
 * statements does not depend on the number of files, services or days.
 */
export async function settleFigures(asked: Settling): Promise<void> {
  const { trx, change } = asked
  const standing = await standingOfTotals(trx, change)
  const days = [...new Set([...asked.days, ...standing.flatMap(each => each.unsettled)])]
  const settling = { ...asked, days }
  const told = (await toldOf(trx, change, days)).map(toTold)
  const known = (await findUnions(trx, change, daysIn(told))).map(toUnion)
  const unions = [...known, ...(await readUnions(settling, told, known))]
  const peopleSince = new Map(standing.flatMap(({ service, since }) => (since === null ? [] : [[service, since] as const])))
  const figures = figuresOf(told, unions).filter(each => isOfPeople(each) || each.day < (peopleSince.get(each.service) ?? AFTER_ALL))
  await saveDays(settling, figures)
  await saveCurrent(settling, told, figures)
}

/** Later than every day. */
const AFTER_ALL = '9999-12-31'
/** Not a total, which counts other people over another period: the two make no one series. */
const isOfPeople = ({ from }: Figure): boolean => from.some(row => row.kind === 'people')

const toTold = (row: ToldRow): Told => {
  const { service, active, assigned, active_unlicensed, as_of, ...from } = row
  return { import: from, service, active, assigned, activeUnlicensed: active_unlicensed, day: as_of }
}
const toUnion = (row: Row<'usage_union'>): Union => ({
  service: row.service,
  day: row.day,
  imports: row.import_ids,
  active: row.active,
  assigned: row.assigned,
  activeUnlicensed: row.active_unlicensed,
  window: row.window_days,
})
const daysIn = (told: readonly Told[]): readonly Day[] => [...new Set(told.flatMap(each => each.day ?? []))]

/** Reads the reports together that speak of one service and day and were not read together before, where their files are still there. */
async function readUnions(settling: Settling, told: readonly Told[], known: readonly Union[]): Promise<readonly Union[]> {
  const { trx, change, days, pathOf } = settling
  const wanted = missingUnions(told, known).filter(each => days.includes(each.day) && each.imports.every(row => pathOf(row) !== undefined))
  const read: Union[] = []
  for (const day of new Set(wanted.map(each => each.day))) {
    const ofDay = wanted.filter(each => each.day === day)
    const reading = (await readJustNow(settling, ofDay)) ?? (await readAgain(settling, ofDay))
    for (const { service, imports } of ofDay) {
      const usage = reading.services[service]
      if (usage?.active == null || usage.asOf !== day) continue
      read.push({
        service,
        day,
        imports: keyOf(imports).split(','),
        active: usage.active,
        assigned: usage.assigned,
        activeUnlicensed: usage.activeUnlicensed,
        window: usage.window ?? WINDOW,
      })
    }
  }
  const key = { customer_id: change.customerId, tenant_id: change.tenantId }
  await insertUnions(
    trx,
    read.map(({ service, day, imports, active, assigned, activeUnlicensed, window }) => ({
      ...key,
      service,
      day,
      import_ids: imports,
      active,
      assigned,
      active_unlicensed: activeUnlicensed,
      window_days: window,
    })),
  )
  return read
}

/** The reading of this very import, when it had all files that belong together and of each service no other of that day. */
function readJustNow({ together }: Settling, wanted: readonly Together[]): UsageReading | undefined {
  if (!together) return undefined
  const { reading, imports } = together
  const isWhole = wanted.every(({ service, day, imports: parts }) => {
    const usage = reading.services[service]
    const ofDay = imports.filter(
      row => row.refresh_date === day && (usage?.source as readonly (string | null)[] | undefined)?.includes(row.report),
    )
    return usage?.asOf === day && keyOf(ofDay) === keyOf(parts)
  })
  return isWhole ? reading : undefined
}

async function readAgain({ context, pathOf }: Settling, wanted: readonly Together[]): Promise<UsageReading> {
  const imports = new Map(wanted.flatMap(each => each.imports).map(row => [row.id, row]))
  const files = [...imports.values()].flatMap(row => {
    const path = pathOf(row)
    return path === undefined ? [] : [{ path, name: `${row.file} (${row.id})` }]
  })
  return readUsage(files, { window: WINDOW, tempFolder: context.temp })
}

async function saveDays({ trx, change, days }: Settling, figures: readonly Figure[]): Promise<void> {
  const there = await usageDaysOn(trx, change, days)
  const seats = await seatsOf(trx, change)
  const ofDays = figures.filter(each => days.includes(each.day))
  const has = new Set(ofDays.map(each => `${each.service} ${each.day}`))
  // What no import speaks of any more; figures that never came from one stay.
  const left = there.filter(row => row.import_id !== null && !has.has(`${row.service} ${row.day}`))
  const former = left.length === 0 ? [] : await usableVersions(trx, change, 'rolling', [...new Set(left.map(row => row.day))])
  const wanted = ofDays.map(
    (each): DayFigure => ({
      service: each.service,
      day: each.day,
      active: each.active,
      assigned: each.assigned,
      activeUnlicensed: each.activeUnlicensed,
      entitled: seats.get(each.service) ?? null,
      window: each.window,
      import: each.from[0]?.id ?? null,
    }),
  )
  const taken = left.map(({ service, day }): DayFigure => {
    const base = former.find(row => row.import_id === null && row.service === service && row.day === day)
    const figure = { active: base?.active ?? null, assigned: base?.assigned ?? null, activeUnlicensed: base?.active_unlicensed ?? null }
    return { service, day, ...figure, entitled: base?.entitled ?? null, window: WINDOW, import: null }
  })
  await saveUsageDays(trx, change, [...wanted, ...taken])
}

async function saveCurrent({ trx, change }: Settling, told: readonly Told[], figures: readonly Figure[]): Promise<void> {
  const before = await findCurrent(trx, change)
  const rows = new Map<string, Omit<NewRow<'usage_current'>, 'customer_id' | 'tenant_id'>>()
  for (const [service, figure] of newestOf(figures)) rows.set(service, currentOf(figure))
  for (const { service, active, import: from } of told) if (active === null && !rows.has(service)) rows.set(service, emptyOf(service, from))
  // The demo's figures have no file to be read again; a report of the same service and of no earlier day replaces them.
  const isBase = (old: Current) => old.import_ids.length === 0 && reportsOfCatalogue(old)
  for (const old of before.filter(isBase)) if ((rows.get(old.service)?.as_of ?? '') < (old.as_of ?? '')) rows.set(old.service, old)
  if (change.why === 'withdrawn') await restoreBase(trx, change, before, rows)
  await markDoubts(trx, change, rows)
  await replaceCurrent(trx, change, before, [...rows.values()].map(withoutKey))
}

const withoutKey = (row: Omit<NewRow<'usage_current'>, 'customer_id' | 'tenant_id'>) => {
  // A row that stays as it was brings its key along.
  const { customer_id: _customer, tenant_id: _tenant, ...rest } = row as NewRow<'usage_current'>
  return rest
}

/** Not of a report: told by the demo. */
const reportsOfCatalogue = ({ sources }: Current) => sources.length > 0 && sources.every(source => source === DEMO)
const DEMO = 'demo'

/** Of each service the newest figure; no total is newer than one of people. */
function newestOf(figures: readonly Figure[]): ReadonlyMap<string, Figure> {
  const newest = new Map<string, Figure>()
  for (const each of figures) if (each.day > (newest.get(each.service)?.day ?? '')) newest.set(each.service, each)
  return newest
}

const currentOf = (figure: Figure) => ({
  service: figure.service,
  active: figure.active,
  assigned: figure.assigned,
  active_unlicensed: figure.activeUnlicensed,
  as_of: figure.day,
  window_days: figure.window,
  sources: [...reportsOf(figure.from)],
  is_concealed: figure.from.some(row => row.is_concealed),
  import_ids: keyOf(figure.from).split(','),
})

const emptyOf = (service: string, from: Import) => ({
  service,
  active: null,
  assigned: null,
  active_unlicensed: null,
  as_of: null,
  window_days: windowOf(from),
  sources: [...reportsOf([from])],
  is_concealed: from.is_concealed,
  import_ids: [from.id],
})

/** What was known without an import, and that an import taken back had replaced. */
async function restoreBase(
  trx: Trx,
  change: Change,
  before: readonly Current[],
  rows: Map<string, Omit<NewRow<'usage_current'>, 'customer_id' | 'tenant_id'>>,
): Promise<void> {
  for (const base of await newestWithoutImport(trx, change)) {
    const { service, active, assigned, active_unlicensed, day: as_of, window_days } = base
    if ((rows.get(service)?.as_of ?? '') >= as_of) continue
    const is_concealed = before.find(old => old.service === service)?.is_concealed ?? false
    rows.set(service, { service, active, assigned, active_unlicensed, as_of, window_days, sources: [DEMO], is_concealed, import_ids: [] })
  }
}

async function markDoubts(
  trx: Trx,
  change: Change,
  rows: Map<string, Omit<NewRow<'usage_current'>, 'customer_id' | 'tenant_id'>>,
): Promise<void> {
  const zeros = [...rows.values()].filter(row => row.active === 0 && row.as_of !== null)
  const since = zeros.map(row => row.as_of ?? '').sort()[0]
  if (since === undefined) return
  // A few refresh dates of zero may lie between.
  const points = await usageDaysSince(
    trx,
    change,
    zeros.map(row => row.service),
    daysBefore(since, 2 * DOUBT_WITHIN_DAYS),
  )
  for (const row of zeros) rows.set(row.service, { ...row, doubt: doubtOf(points.filter(point => point.service === row.service)) })
}

// Cut from an ISO date, so a day.
const daysBefore = (day: string, count: number): Day => new Date(Date.parse(day) - count * 86_400_000).toISOString().slice(0, 10) as Day
