import { z } from 'zod'
import { PORTFOLIO_SORTS } from '../../model/api.ts'
import { Segment } from '../../model/words.ts'

export const REVIEWS = ['met', 'not-met', 'unknown'] as const
export const ATTENTIONS = ['due', 'stale', 'empty', 'warning', 'proposal'] as const

export const PortfolioSearch = z.object({
  q: z.string().optional().catch(undefined),
  segment: Segment.optional().catch(undefined),
  review: z.enum(REVIEWS).optional().catch(undefined),
  attention: z.enum(ATTENTIONS).optional().catch(undefined),
  /** Only customers that the reader is assigned to. */
  mine: z.literal(true).optional().catch(undefined),
  sort: z.enum(PORTFOLIO_SORTS).optional().catch(undefined),
  order: z.enum(['asc', 'desc']).optional().catch(undefined),
  /** The customer whose review gate is explained in the panel. */
  explain: z.string().optional().catch(undefined),
})
export type PortfolioSearch = z.infer<typeof PortfolioSearch>
