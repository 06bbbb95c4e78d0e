import { z } from 'zod'
import { ITEM_STATES } from '../../model/words.ts'

/** `explain` is `kind:id`: `gate:review`, `item:…`, `check:…`. */
export const CustomerSearch = z.object({ explain: z.string().optional().catch(undefined) })

export const PlanSearch = z.object({
  q: z.string().optional().catch(undefined),
  service: z.string().optional().catch(undefined),
  state: z.enum(ITEM_STATES).optional().catch(undefined),
})
export type PlanSearch = z.infer<typeof PlanSearch>
