import { REVIEW_COLUMNS, SEGMENTS } from '../../model/choices.ts'
import { flag, oneOf, searchOf, text } from '../ui/search.ts'

/** `column`: the one that is shown where there is room for one only. */
export const ReviewsSearch = searchOf({ q: text, segment: oneOf(SEGMENTS), mine: flag, column: oneOf(REVIEW_COLUMNS) })
export type ReviewsSearch = ReturnType<typeof ReviewsSearch>
