import { searchOf, text } from '../ui/search.ts'

/** `engagement`: whose record is read; without one, the newest. */
export const ReviewSearch = searchOf({ engagement: text })
export type ReviewSearch = ReturnType<typeof ReviewSearch>
