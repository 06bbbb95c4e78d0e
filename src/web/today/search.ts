import { oneOf, searchOf, text } from '../ui/search.ts'

export const WHOSE = ['team', 'all'] as const

/** `explain` is `customer subject`: which customer's, and of what. */
export const TodaySearch = searchOf({ whose: oneOf(WHOSE), explain: text })
export type TodaySearch = ReturnType<typeof TodaySearch>
