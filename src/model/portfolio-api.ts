import { z } from 'zod'
import { PORTFOLIO_ATTENTIONS, PORTFOLIO_GROUPS, PORTFOLIO_SORTS } from './choices.ts'
import { Day, Segment, type Text } from './words.ts'

/** What makes a priority, with its most points; docs/portfolio.md says how each is counted. They sum to 999. */
export const PRIORITY_PARTS = { lateness: 350, gate: 300, signals: 150, seats: 100, waiting: 99 } as const
export type PriorityPartId = keyof typeof PRIORITY_PARTS
// The keys of a literal are exactly its parts.
export const PRIORITY_PART_IDS = Object.keys(PRIORITY_PARTS) as readonly PriorityPartId[]
/** Whole points out of the most there are, and what they are for; a part that nothing is known of says so and has none. */
export type PriorityPart = Readonly<{ id: PriorityPartId; points: number; why: Text }>

export const CUSTOMER_SIGNALS = ['gain', 'drop', 'seats-added', 'feed-broken'] as const
/** What is new in the figures of a service since four weeks ago; `feed-broken`: figures came and do not come any more, or say nothing. */
export type SavedSignal = Readonly<{ service: string; kind: (typeof CUSTOMER_SIGNALS)[number] }>

/** A person's own word on the priority; gone the day after `until`. */
export type PriorityOverride = Readonly<{ priority: number; reason: string; by: string; at: string; until: Day }>

/** PUT /customers/:id/priority */
export const SetPriority = z.strictObject({
  priority: z.int().min(0).max(999),
  reason: z.string().trim().min(1).max(1000),
  /** The last day it holds: today at the earliest, a year from now at the latest. */
  until: Day,
})
export type SetPriority = z.infer<typeof SetPriority>

/** GET /customers/:id/priority */
export type PriorityView = Readonly<{
  customer: string
  /** What it is sorted by: the override while it holds. */
  priority: number
  computed: number
  parts: readonly (PriorityPart & Readonly<{ most: number }>)[]
  override: PriorityOverride | null
}>

/** What a portfolio, or a view of it, is narrowed to. */
const filters = {
  q: z.string().max(200).optional(),
  segment: Segment.optional(),
  phase: z.string().max(100).optional(),
  review: z.enum(['met', 'not-met', 'unknown']).optional(),
  attention: z.enum(PORTFOLIO_ATTENTIONS).optional(),
  owner: z.string().max(200).optional(),
  /** Only customers that the person who asks is assigned to. */
  mine: z.stringbool().optional(),
  group: z.enum(PORTFOLIO_GROUPS).optional(),
}

/** GET /portfolio — server-side filter, search, sort; `at` is the row number of the first row wanted. */
export const PortfolioQuery = z.object({
  ...filters,
  sort: z.enum(PORTFOLIO_SORTS).default('priority'),
  order: z.enum(['asc', 'desc']).default('desc'),
  at: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})
export type PortfolioQuery = z.infer<typeof PortfolioQuery>

/** How many customers of the query are in each group, in the order of the rows. `key` null: those without. */
export type PortfolioGroup = Readonly<{ key: string | null; name: string | null; count: number }>

/** POST and PUT of /saved-views: `search` is what stands in the address of the screen. */
export const SaveView = z.strictObject({
  screen: z.enum(['portfolio', 'today']),
  name: z.string().trim().min(1).max(80),
  shared: z.boolean().default(false),
  search: z.record(z.string().regex(/^[a-zA-Z]{1,30}$/), z.union([z.string().max(200), z.boolean(), z.number()])),
})
export type SaveView = z.infer<typeof SaveView>
export const ChangeView = SaveView.omit({ screen: true }).extend({ version: z.int().min(1) })
export type ChangeView = z.infer<typeof ChangeView>
/** PUT /saved-views/default — null: the screen opens as it comes. */
export const SetDefaultView = z.strictObject({ screen: z.enum(['portfolio', 'today']), view: z.uuid().nullable() })
export type SetDefaultView = z.infer<typeof SetDefaultView>

export type SavedView = Readonly<{
  id: string
  name: string
  /** Null: one's own. */
  by: string | null
  shared: boolean
  search: Readonly<Record<string, string | boolean | number>>
  version: number
}>
/** GET /saved-views?screen= */
export type SavedViews = Readonly<{ views: readonly SavedView[]; default: string | null }>
