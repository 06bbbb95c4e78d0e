import { USAGE_REPORTS } from '../../model/usage.ts'
import type { Day } from '../../model/words.ts'
import type { Row } from '../../store/tables.ts'
import { counting, windowOf } from './newest.ts'

type Import = Row<'usage_import'>

/** What one import alone says of a service. `active` null: it has no rows, which is not a zero. */
export type Told = Readonly<{
  import: Import
  service: string
  active: number | null
  assigned: number | null
  activeUnlicensed: number | null
  day: Day | null
}>

/** What several imports of one refresh date, read together, say of a service. `imports` are ids, sorted. */
export type Union = Readonly<{
  service: string
  day: Day
  imports: readonly string[]
  active: number
  assigned: number | null
  activeUnlicensed: number | null
  window: number
}>

/** The figure of a service on a day, and the imports it comes from. */
export type Figure = Omit<Union, 'imports'> & Readonly<{ from: readonly Import[] }>

/** What is asked of files once more: people of these imports, read together. */
export type Together = Readonly<{ service: string; day: Day; imports: readonly Import[] }>

/**
 * The figures of a tenant per service and day, from the imports that were not taken back: per report and day the one that counts, several
 * reports of one day as they were read together. Where that reading is missing (a file is gone) each part is a lower bound and the
 * greatest stands. A total of the service over all people stands where no report of people speaks. The order of imports does not matter.
 */
export function figuresOf(told: readonly Told[], unions: readonly Union[]): readonly Figure[] {
  return groupsOf(told).flatMap(({ service, day, parts }) => {
    const ids = new Set(parts.map(part => part.import.id))
    const byId = new Map(parts.map(part => [part.import.id, part.import]))
    const alone = parts.map(part => ({ ...aloneOf(part), from: [part.import] }))
    const together = unions
      .filter(union => union.service === service && union.day === day && union.imports.every(id => ids.has(id)))
      // Each id is one of the group's.
      .map(({ imports, ...union }) => ({ ...union, from: imports.map(id => byId.get(id)!) }))
    const whole = together.find(union => union.from.length === parts.length)
    const [best] = whole ? [whole] : [...together, ...alone].sort(greater)
    return best ? [best] : []
  })
}

/** Readings that `figuresOf` would like and does not have: several imports speak of one service and day. */
export const missingUnions = (told: readonly Told[], unions: readonly Union[]): readonly Together[] =>
  groupsOf(told).flatMap(({ service, day, parts }) => {
    const imports = parts.map(part => part.import)
    if (imports.length < 2 || imports.some(each => each.kind !== 'people')) return []
    const key = keyOf(imports)
    const isThere = unions.some(union => union.service === service && union.day === day && union.imports.join() === key)
    return isThere ? [] : [{ service, day, imports }]
  })

/** Ids in their order, as one text. */
export const keyOf = (imports: readonly Readonly<{ id: string }>[]): string =>
  imports
    .map(each => each.id)
    .sort()
    .join()

/** The parts that speak for each service and day: reports of people that fit together, else a total. */
function groupsOf(told: readonly Told[]): readonly { service: string; day: Day; parts: readonly Told[] }[] {
  const counted = new Set(counting([...new Map(told.map(each => [each.import.id, each.import])).values()]).map(each => each.id))
  const groups = new Map<string, { service: string; day: Day; parts: Told[] }>()
  for (const each of told) {
    if (each.active === null || each.day === null || !counted.has(each.import.id)) continue
    const key = `${each.service} ${each.day}`
    const group = groups.get(key) ?? { service: each.service, day: each.day, parts: [] }
    group.parts.push(each)
    groups.set(key, group)
  }
  return [...groups.values()].map(group => ({ ...group, parts: fitting(group.parts) }))
}

/** Names and pseudonyms never match, and counts match nobody: the parts that are like the best one, which knows licences. */
function fitting(parts: readonly Told[]): readonly Told[] {
  const people = told(parts.filter(part => part.import.kind === 'people'))
  if (people.length === 0) return parts.slice(0, 1)
  const place = ({ import: { report } }: Told) => (USAGE_REPORTS as readonly (string | null)[]).indexOf(report)
  const rank = (part: Told) => (part.assigned === null ? 1000 : 0) + place(part)
  const best = [...people].sort((a, b) => rank(a) - rank(b))[0]
  return people.filter(part => part.import.is_concealed === best?.import.is_concealed)
}

/** What was told in a report, where anything was: what the demo made up stands behind it. */
function told(parts: readonly Told[]): readonly Told[] {
  const real = parts.filter(part => part.import.origin !== 'demo')
  return real.length > 0 ? real : parts
}

// Only those with an active figure and a day come here.
const aloneOf = (part: Told) => ({
  service: part.service,
  day: part.day as Day,
  active: part.active ?? 0,
  assigned: part.assigned,
  activeUnlicensed: part.activeUnlicensed,
  window: windowOf(part.import),
})

/** The reading of more reports says more; else the greater figure, then the one that knows licences. */
const greater = (a: Figure, b: Figure): number =>
  b.active - a.active ||
  b.from.length - a.from.length ||
  Number(b.assigned !== null) - Number(a.assigned !== null) ||
  (b.assigned ?? 0) - (a.assigned ?? 0) ||
  (keyOf(a.from) < keyOf(b.from) ? -1 : 1)

/** The sources of a figure, in the order of the catalogue. */
export function reportsOf(imports: readonly Import[]): readonly string[] {
  // What the demo made up never was a report.
  const reports = new Set(imports.flatMap(each => (each.origin === 'demo' ? [each.origin] : (each.report ?? []))))
  return [...USAGE_REPORTS.filter(report => reports.delete(report)), ...[...reports].sort()]
}
