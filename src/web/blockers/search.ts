import { flag, oneOf, searchOf, text } from '../ui/search.ts'

export const BlockersSearch = searchOf({ blocker: text })
export type BlockersSearch = ReturnType<typeof BlockersSearch>

/** The same words as the model's, which would bring the schema library with them. */
export const REPORT_STATES = ['open', 'overdue', 'resolved'] as const

export const BlockerReportSearch = searchOf({ q: text, state: oneOf(REPORT_STATES), service: text, reason: text, mine: flag })
export type BlockerReportSearch = ReturnType<typeof BlockerReportSearch>
