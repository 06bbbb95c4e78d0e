import { ITEM_STATES, ITEM_STATUSES } from '../../model/choices.ts'
import { oneOf, searchOf, text } from '../ui/search.ts'

/** `explain` is `kind:id`: `gate:review`, `item:…`, `check:…`; `change` is what one comes to change of the customer itself. */
export const CustomerSearch = searchOf({ explain: text, change: oneOf(['services']) })

/** `item` is the row a link means: an item, or `follow-up:…`. */
export const PlanSearch = searchOf({
  q: text,
  service: text,
  state: oneOf(ITEM_STATES),
  role: text,
  status: oneOf(ITEM_STATUSES),
  item: text,
})
export type PlanSearch = ReturnType<typeof PlanSearch>
