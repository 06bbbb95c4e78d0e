import type { UsageReport } from '../../model/usage.ts'
import type { Row } from '../../store/tables.ts'
import { COUNTS_SHAPES } from '../../usage/counts-reports.ts'
import { REPORT_SHAPES } from '../../usage/reports.ts'

type Import = Pick<Row<'usage_import'>, 'report' | 'refresh_date' | 'period_days' | 'rows_read' | 'sha256' | 'imported_at'>

/** Days over which somebody counts as active, when the report leaves the choice. */
export const WINDOW = 28

/** Files kept of each report: what counts, and the one before it, to read reports together again when an import is taken back. */
const GENERATIONS = 2

/**
 * Of imports of one report and refresh date the one that counts: over the longer period, then imported later (a correction). What says
 * "used within the period" instead of a day, and totals of a period, count with the period nearest the window. The rest is for files
 * imported at once, so that every order of them ends alike.
 */
export function outranks(a: Import, b: Import): boolean {
  const ranks = (each: Import): readonly (string | number)[] => [
    each.refresh_date ?? '',
    isBound(each.report) && each.period_days !== null ? -Math.abs(each.period_days - WINDOW) : (each.period_days ?? 0),
    Date.parse(each.imported_at),
    each.rows_read,
    each.sha256,
  ]
  const [left, right] = [ranks(a), ranks(b)]
  const at = left.findIndex((value, index) => value !== right[index])
  return at >= 0 && (left[at] ?? '') > (right[at] ?? '')
}

/** Reports that speak of their own period and no other: those of flags, and totals. */
const BOUND: ReadonlySet<string> = new Set<UsageReport>([
  ...REPORT_SHAPES.filter(shape => shape.boundToPeriod).map(shape => shape.report),
  ...COUNTS_SHAPES.filter(shape => shape.rowIs === 'period').map(shape => shape.report),
])
const isBound = (report: string | null) => report !== null && BOUND.has(report)

/** Days that the figures of an import count: a report that tells no days counts its own period. */
export const windowOf = ({ report, period_days }: Pick<Import, 'report' | 'period_days'>): number =>
  isBound(report) ? (period_days ?? WINDOW) : WINDOW

/** The imports that count, one per report and refresh date. One without a date has no rows; of those one per report. */
export function counting<T extends Import>(imports: readonly T[]): readonly T[] {
  const best = new Map<string, T>()
  for (const each of imports) {
    const key = `${each.report} ${each.refresh_date}`
    const other = best.get(key)
    if (!other || outranks(each, other)) best.set(key, each)
  }
  return [...best.values()]
}

/** Which files of a tenant stay: of each report the newest ones. */
export function generations<T extends Import>(imports: readonly T[]): { kept: readonly T[]; dropped: readonly T[] } {
  const of = new Map<string | null, T[]>()
  for (const each of imports) of.set(each.report, [...(of.get(each.report) ?? []), each])
  const kept = [...of.values()].flatMap(group => group.sort((a, b) => (outranks(a, b) ? -1 : 1)).slice(0, GENERATIONS))
  return { kept, dropped: imports.filter(each => !kept.includes(each)) }
}
