import { PORTFOLIO_SORTS } from '../../model/choices.ts'

export type SortKey = (typeof PORTFOLIO_SORTS)[number]

/** Columns the server can sort by; services are added by their own id. */
const SORTS: ReadonlySet<string> = new Set(PORTFOLIO_SORTS)
export const sortOf = (column: string): SortKey | undefined => (SORTS.has(column) ? (column as SortKey) : undefined) // as the set has just said
