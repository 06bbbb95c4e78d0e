import type { Row } from '../../store/tables.ts'

type Import = Row<'usage_import'>

/**
 * The import of each report that counts: the newest; of the same day the one over the longer period, then with more rows, then by its
 * content, so that every order of importing ends alike. A report without a date has no rows and counts only when there is no other.
 */
export function newestOfEach(before: readonly Import[], added: readonly Import[]): { kept: readonly Import[]; dropped: readonly Import[] } {
  const best = new Map<string | null, Import>()
  for (const each of [...before, ...added]) {
    const other = best.get(each.report)
    if (!other || ranksHigher(each, other)) best.set(each.report, each)
  }
  const kept = [...best.values()]
  return { kept, dropped: [...before, ...added].filter(each => !kept.includes(each)) }
}

function ranksHigher(a: Import, b: Import): boolean {
  const ranks = (each: Import): readonly (string | number)[] => [
    each.refresh_date ?? '',
    each.period_days ?? 0,
    each.rows_read,
    each.sha256,
  ]
  const [left, right] = [ranks(a), ranks(b)]
  const at = left.findIndex((value, index) => value !== right[index])
  return at >= 0 && (left[at] ?? '') > (right[at] ?? '')
}
