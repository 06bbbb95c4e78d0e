import { ITEM_STATES } from '../../model/choices.ts'
import { oneOf, searchOf, text } from '../ui/search.ts'

/** `explain` is `kind:id`: `gate:review`, `item:…`, `check:…`. */
export const CustomerSearch = searchOf({ explain: text })

export const PlanSearch = searchOf({ q: text, service: text, state: oneOf(ITEM_STATES) })
export type PlanSearch = ReturnType<typeof PlanSearch>
