import { PORTFOLIO_ATTENTIONS, PORTFOLIO_GROUPS, PORTFOLIO_SORTS, SEGMENTS } from '../../model/choices.ts'
import { flag, oneOf, searchOf, text } from '../ui/search.ts'

export const REVIEWS = ['met', 'not-met', 'unknown'] as const
/** Which columns are shown beside the customer's name; without one, those of a first look. */
export const COLUMN_SETS = ['adoption', 'work', 'assignments', 'reviews', 'quality'] as const

export const PortfolioSearch = searchOf({
  q: text,
  segment: oneOf(SEGMENTS),
  review: oneOf(REVIEWS),
  attention: oneOf(PORTFOLIO_ATTENTIONS),
  /** Name or id of who owns them. */
  owner: text,
  /** Only customers that the reader is assigned to. */
  mine: flag,
  sort: oneOf(PORTFOLIO_SORTS),
  order: oneOf(['asc', 'desc']),
  /** The customer whose review gate is explained in the panel. */
  explain: text,
  /** Small charts of one service instead of the table. */
  view: oneOf(['charts']),
  service: text,
  phase: text,
  columns: oneOf(COLUMN_SETS),
  group: oneOf(PORTFOLIO_GROUPS),
  /** The customer whose priority is explained in the panel. */
  priority: text,
})
export type PortfolioSearch = ReturnType<typeof PortfolioSearch>
