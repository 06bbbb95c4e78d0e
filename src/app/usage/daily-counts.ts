import { USAGE_REPORTS } from '../../model/usage.ts'
import type { Day } from '../../model/words.ts'
import type { Trx } from '../../store/database.ts'
import type { Row } from '../../store/tables.ts'
import {
  type Change,
  type CountFigure,
  saveUsageCounts,
  usableVersions,
  usageCountsBetween,
  usageCountsOfImport,
} from '../../store/usage-figures.ts'
import { importsBy, toldOfOneDay } from '../../store/usage-imports.ts'
import type { ReadFile } from '../../usage/read-usage.ts'
import { outranks } from './newest.ts'

type Import = Row<'usage_import'>
/** What one import says of people active on one day. */
export type Daily = Readonly<{ service: string; day: Day; active: number; atLeast: boolean; import: Import }>

export const dailyOf = ({ file, row }: Readonly<{ file: ReadFile; row: Import }>): readonly Daily[] =>
  // Days that were read as such.
  file.daily.map(({ service, day, active, atLeast }) => ({ service, day: day as Day, active, atLeast, import: row }))

/**
 * Of what several imports say of a day: a count over a lower bound, the tenant's own counts over counting licensed people, the report
 * that comes first in the catalogue, then the newer refresh date (days are restated). No order of imports gives another answer.
 */
function speaksFor(a: Daily, b: Daily): boolean {
  const ranks = ({ atLeast, import: { kind, report } }: Daily) => [
    Number(atLeast),
    Number(kind !== 'counts'),
    (USAGE_REPORTS as readonly (string | null)[]).indexOf(report),
  ]
  const [left, right] = [ranks(a), ranks(b)]
  const at = left.findIndex((value, index) => value !== right[index])
  return at >= 0 ? (left[at] ?? 0) < (right[at] ?? 0) : outranks(a.import, b.import)
}

const keyOf = ({ service, day }: Readonly<{ service: string; day: Day }>) => `${service} ${day}`

function bestOf(all: readonly Daily[]): ReadonlyMap<string, Daily> {
  const best = new Map<string, Daily>()
  for (const each of all) {
    const other = best.get(keyOf(each))
    if (!other || speaksFor(each, other)) best.set(keyOf(each), each)
  }
  return best
}

const figureOf = ({ service, day, active, atLeast, import: from }: Daily): CountFigure => ({
  service,
  day,
  active,
  atLeast,
  report: from.report ?? '',
  import: from.id,
})

/** Takes over what fresh imports say of days, where nothing better is known. Three statements, however many days. */
export async function settleCounts(trx: Trx, change: Change, fresh: readonly Daily[]): Promise<void> {
  if (fresh.length === 0) return
  const best = bestOf(fresh)
  const days = [...best.values()].map(each => each.day).sort()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return
  const there = await usageCountsBetween(trx, change, first, last)
  const imports = await importsOf(trx, change.customerId, there)
  const known = new Map(there.map(row => [keyOf(row), row]))
  const wins = (each: Daily): boolean => {
    const row = known.get(keyOf(each))
    const from = row?.import_id ? imports.get(row.import_id) : undefined
    return (
      !row || !from || speaksFor(each, { service: row.service, day: row.day, active: row.active, atLeast: row.is_at_least, import: from })
    )
  }
  await saveUsageCounts(trx, change, [...best.values()].filter(wins).map(figureOf))
}

const importsOf = async (trx: Trx, customerId: string, rows: readonly { import_id: string | null }[]) =>
  new Map((await importsBy(trx, customerId, [...new Set(rows.flatMap(row => row.import_id ?? []))])).map(row => [row.id, row]))

/**
 * Days that an import spoke for, without it: by the files of other imports that are kept (`again`), by imports of one day, and by what was
 * known before. A day of which nothing is left is unknown again.
 */
export async function withdrawCounts(trx: Trx, change: Change, importId: string, again: readonly Daily[]): Promise<void> {
  const owned = await usageCountsOfImport(trx, change, importId)
  if (owned.length === 0) return
  const days = [...new Set(owned.map(row => row.day))]
  const versions = await usableVersions(trx, change, 'daily', days)
  const imports = await importsOf(trx, change.customerId, versions)
  const former = versions.flatMap((row): Daily[] => {
    const from = row.import_id === null ? undefined : imports.get(row.import_id)
    return from ? [{ service: row.service, day: row.day, active: row.active, atLeast: false, import: from }] : []
  })
  const ofOneDay = (await toldOfOneDay(trx, change, days)).flatMap((row): Daily[] =>
    row.active === null || row.refresh_date === null
      ? []
      : [{ service: row.service, day: row.refresh_date, active: row.active, atLeast: false, import: row }],
  )
  // Files before what was once known: the first of equal rank stays.
  const best = bestOf([...again, ...ofOneDay, ...former])
  const base = new Map(versions.filter(row => row.import_id === null).map(row => [keyOf(row), row]))
  await saveUsageCounts(
    trx,
    change,
    owned.map(({ service, day, report }): CountFigure => {
      const found = best.get(keyOf({ service, day }))
      if (found) return figureOf(found)
      return { service, day, active: base.get(keyOf({ service, day }))?.active ?? null, atLeast: false, report, import: null }
    }),
  )
}
