import { z } from 'zod'

const word = z.string().optional().catch(undefined)

/** `person` is the one in the panel, `id` of it. */
export const PeopleSearch = z.object({ q: word, person: word })
/** `mail` is the one in the panel. */
export const MailSearch = z.object({ mail: word })
/** `who` is the name that goes with `person`, so that a link shows it before anything is loaded. */
export const AuditSearch = z.object({ kind: word, person: word, who: word })
