import { z } from 'zod'

/** The page's language is its own choice: one may read a Portuguese page in an English portal. */
export const PageSearch = z.object({
  language: z.string().optional().catch(undefined),
  q: z.string().optional().catch(undefined),
})
