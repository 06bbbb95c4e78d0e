import type { UsageProblem } from '../../model/usage.ts'
import type { Day } from '../../model/words.ts'
import type { NewestTold } from '../../store/usage-imports.ts'
import type { ReadFile } from '../../usage/read-usage.ts'

/** What a report says that hardly fits the one before it: told, and counted all the same (reference "usage reports" §11.4). */

const ROWS_PART = 0.3
const LICENCES_PART = 0.2
/** One or two people come and go anywhere. */
const LEAST = 2

/**
 * Warnings by name of file: a refresh date before one that is known, a number of rows or of licences far from that of the report before.
 * `before` has of each report the newest that was imported. Files are held against each other in the order of their days.
 */
export function qualityGates(files: readonly ReadFile[], before: readonly NewestTold[]): ReadonlyMap<string, readonly UsageProblem[]> {
  const newest = new Map(before.map(each => [each.report, each]))
  const found = new Map<string, readonly UsageProblem[]>()
  const dated = files.flatMap(file => (file.report === null || file.requestedDay !== undefined ? [] : (toldBy(file) ?? [])))
  for (const told of dated.sort((a, b) => (a.refresh_date < b.refresh_date ? -1 : a.refresh_date > b.refresh_date ? 1 : 0))) {
    const former = newest.get(told.report)
    if (former) found.set(told.file, gatesOf(told, former))
    if (!former || former.refresh_date <= told.refresh_date) newest.set(told.report, told)
  }
  return found
}

type Told = NewestTold & Readonly<{ file: string }>

function toldBy({ name, report, kind, period, refreshDate, rows, services, totals }: ReadFile): Told | undefined {
  if (report === null || refreshDate === null) return undefined
  const people = Object.entries(services).flatMap(([service, { assigned }]) => (assigned === null ? [] : [[service, assigned] as const]))
  const all = totals.flatMap(({ service, assigned }) => (assigned === null ? [] : [[service, assigned] as const]))
  const assigned = Object.fromEntries([...people, ...all])
  // A day that was read as one.
  return { file: name, report, kind, period_days: period, refresh_date: refreshDate as Day, rows_read: rows.read, assigned }
}

function gatesOf(told: Told, former: NewestTold): readonly UsageProblem[] {
  const warning = (code: string, message: string): UsageProblem => ({ code, severity: 'warning', message, file: told.file, line: null })
  if (told.refresh_date < former.refresh_date) {
    const message = `${told.report} of ${told.refresh_date}, and that of ${former.refresh_date} is known already: it counts for its own day, and what counts now stays`
    return [warning('refresh-date-backwards', message)]
  }
  // Rows of reports of counts are days, and their number follows from the period.
  const isLike = told.kind === 'people' && told.period_days === former.period_days
  const hasOtherRows = isLike && isFar(former.rows_read, told.rows_read, ROWS_PART)
  const message = `${told.report}: ${told.rows_read} rows, ${former.rows_read} in that of ${former.refresh_date}; some may be missing`
  const rows = hasOtherRows ? [warning('row-count-changed', message)] : []
  return [...rows, ...licencesChanged(told.assigned, former.assigned, told.file)]
}

/** A warning that names every service whose licences, assigned or bought, became far more or fewer; none for one that had none. */
export function licencesChanged(
  now: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
  file: string,
): readonly UsageProblem[] {
  const changed = Object.entries(now).flatMap(([service, count]) => {
    const former = before[service] ?? 0
    return former > 0 && isFar(former, count, LICENCES_PART) ? [`${service} ${former} → ${count}`] : []
  })
  if (changed.length === 0) return []
  const message = `licences changed by more than ${LICENCES_PART * 100} %: ${changed.join(', ')}; the percents change with them`
  return [{ code: 'licences-changed', severity: 'warning', message, file, line: null }]
}

const isFar = (before: number, now: number, part: number): boolean => Math.abs(now - before) > Math.max(LEAST, before * part)
