import { searchOf, text } from '../ui/search.ts'

/** `note` is the one that a link meant; `subject` what the notes belong to. */
export const NotesSearch = searchOf({ note: text, subject: text })

export const FindSearch = searchOf({ q: text })
