import { PORTFOLIO_SORTS, SEGMENTS } from '../../model/choices.ts'
import { flag, oneOf, searchOf, text } from '../ui/search.ts'

export const REVIEWS = ['met', 'not-met', 'unknown'] as const
export const ATTENTIONS = ['due', 'stale', 'empty', 'warning', 'proposal'] as const

export const PortfolioSearch = searchOf({
  q: text,
  segment: oneOf(SEGMENTS),
  review: oneOf(REVIEWS),
  attention: oneOf(ATTENTIONS),
  /** Only customers that the reader is assigned to. */
  mine: flag,
  sort: oneOf(PORTFOLIO_SORTS),
  order: oneOf(['asc', 'desc']),
  /** The customer whose review gate is explained in the panel. */
  explain: text,
})
export type PortfolioSearch = ReturnType<typeof PortfolioSearch>
