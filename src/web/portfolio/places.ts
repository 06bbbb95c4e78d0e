import type { PortfolioGroup } from '../../model/portfolio-api.ts'

/** A line of the grid: a heading, or a customer by its number among all. */
export type Place = Readonly<{ group: PortfolioGroup; row?: undefined }> | Readonly<{ row: number; group?: undefined }>

/** What stands in each line when every group has a heading of its own. Groups are few, lines many: the way down is by groups. */
export function placeAt(line: number, groups: readonly PortfolioGroup[] | null): Place {
  let before = 0
  for (const [index, group] of (groups ?? []).entries()) {
    const heading = before + index
    if (line === heading) return { group }
    if (line <= heading + group.count) return { row: line - index - 1 }
    before += group.count
  }
  return { row: line - (groups?.length ?? 0) }
}

/** The customers by number that lines from one to another show. */
export function rowsBetween(from: number, to: number, groups: readonly PortfolioGroup[] | null): { from: number; to: number } {
  const numbers = [placeAt(from, groups), placeAt(from + 1, groups), placeAt(to - 1, groups), placeAt(to, groups)].flatMap(
    place => place.row ?? [],
  )
  return { from: Math.max(0, Math.min(...numbers)), to: Math.max(0, ...numbers) }
}
