import { searchOf, text } from '../ui/search.ts'

/** The page's language is its own choice: one may read a Portuguese page in an English portal. */
export const PageSearch = searchOf({ language: text, q: text })
