import { searchOf, text } from '../ui/search.ts'

/** `person` is the one in the panel, `id` of it. */
export const PeopleSearch = searchOf({ q: text, person: text })
/** `mail` is the one in the panel. */
export const MailSearch = searchOf({ mail: text })
/** `who` is the name that goes with `person`, so that a link shows it before anything is loaded. */
export const AuditSearch = searchOf({ kind: text, person: text, who: text })
/** `part` is the one shown: import, assign, changes or archived. */
export const CustomersSearch = searchOf({ part: text })
/** `list` is the one shown: reasons, notes or plans. */
export const ListsSearch = searchOf({ list: text })
/** `state` of a connection. Which there are is not said here: the words for it come with the schema library. */
export const ConnectionsSearch = searchOf({ q: text, state: text })
