import { searchOf, text } from '../ui/search.ts'

/** Most ids are numbers, and as such they stand in an address without quotes. */
const engagement = (written: unknown): string | number | undefined =>
  typeof written === 'number' ? written : /^\d{1,15}$/.test(text(written) ?? '') ? Number(written) : text(written)

/** `engagement`: whose record is read; without one, the newest. */
export const ReviewSearch = searchOf({ engagement })
export type ReviewSearch = ReturnType<typeof ReviewSearch>
