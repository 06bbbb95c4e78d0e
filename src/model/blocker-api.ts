import { z } from 'zod'
import type { UsageQuality, WriteAccess } from './api.ts'
import type { EvidenceView } from './decision-api.ts'
import type { Reason } from './success-plan-api.ts'
import type { Denominator } from './usage-api.ts'
import { Day, type Text } from './words.ts'

/** Use of a service on one day, as it was known then. `sources` are reports; empty: there was none. */
export type BlockerFigure = Readonly<{
  service: string
  percent: number | null
  percentOf: Denominator | null
  active: number | null
  asOf: Day | null
  sources: readonly string[]
  quality: UsageQuality
}>

const ServiceId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'the id of a service')
const text = (longest: number) => z.string().trim().min(1).max(longest)
const unique = (list: readonly string[]) => new Set(list).size === list.length

const Content = z.strictObject({
  title: text(200),
  /** Empty: the customer as a whole. */
  services: z.array(ServiceId).max(50).refine(unique, 'each service once'),
  /** Items of the plan that wait for it. */
  items: z.array(text(300)).max(50).refine(unique, 'each item once'),
  /** Of the list of reasons. */
  reason: z.string().min(1).max(63),
  /** Null: nobody knows how many. */
  seats: z.int().min(0).max(100_000_000).nullable(),
  /** A person by id. */
  owner: z.string().min(1).max(200).nullable(),
  nextAction: text(1000).nullable(),
  nextActionOn: Day.nullable(),
})
const needsAction = (input: { nextAction: string | null; nextActionOn: Day | null }) =>
  input.nextActionOn === null || input.nextAction !== null
const ACTION_FIRST = { path: ['nextAction'], message: 'a date needs to say what is done on it' }

/** POST /customers/:id/blockers */
export const AddBlocker = Content.refine(needsAction, ACTION_FIRST)
export type AddBlocker = z.infer<typeof AddBlocker>

/** The version of the blocker that the screen showed. */
const version = z.int().min(1)

/** PUT /customers/:id/blockers/:blocker — all of it; 409 with both when somebody else changed it. */
export const ChangeBlocker = Content.extend({ version }).refine(needsAction, ACTION_FIRST)
export type ChangeBlocker = z.infer<typeof ChangeBlocker>

/** POST /customers/:id/blockers/:blocker/resolution */
export const ResolveBlocker = z.strictObject({ resolution: text(2000), version })
export type ResolveBlocker = z.infer<typeof ResolveBlocker>

type Named = Readonly<{ id: string; name: string }>

export type BlockerView = Readonly<{
  id: string
  title: string
  services: readonly string[]
  items: readonly string[]
  /** What the reason was called when it was given. */
  reason: Readonly<{ id: string; text: Text }>
  seats: number | null
  owner: Named | null
  nextAction: string | null
  nextActionOn: Day | null
  /** The next action's day is over and the blocker is open. */
  isOverdue: boolean
  openedBy: string
  openedAt: string
  remindedOn: Day | null
  escalated: Readonly<{ at: string; to: string | null }> | null
  resolved: Readonly<{ by: string; at: string; resolution: string }> | null
  /** Each service of the blocker: when it was opened, when resolved, and now. */
  usage: readonly Readonly<{
    service: string
    opened: BlockerFigure | null
    resolved: BlockerFigure | null
    now: BlockerFigure
    /** Percentage points since it was opened, and since it was resolved; null where one of both is not known or is a share of other seats. */
    sinceOpened: number | null
    sinceResolved: number | null
  }>[]
  /** Links and files, oldest first. */
  evidence: readonly EvidenceView[]
  version: number
}>

/** GET /customers/:id/blockers — open ones first, those due soonest at the top, then resolved ones, newest first. */
export type BlockersView = Readonly<{
  customer: string
  today: Day
  blockers: readonly BlockerView[]
  /** To choose from. */
  reasons: readonly Reason[]
  owners: readonly Named[]
  canSet: WriteAccess
  canAddEvidence: WriteAccess
}>

export const BLOCKER_STATES = ['open', 'overdue', 'resolved'] as const

/** GET /blockers — of all customers that one may see. */
export const BlockerQuery = z.object({
  q: z.string().max(200).optional(),
  state: z.enum(BLOCKER_STATES).default('open'),
  service: ServiceId.optional(),
  reason: z.string().min(1).max(63).optional(),
  /** Those that the person who asks owns. */
  mine: z.stringbool().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})
export type BlockerQuery = z.infer<typeof BlockerQuery>

export type BlockerRow = Readonly<{
  customer: string
  customerName: string
  id: string
  title: string
  services: readonly string[]
  reason: Readonly<{ id: string; text: Text }>
  seats: number | null
  owner: string | null
  nextAction: string | null
  nextActionOn: Day | null
  isOverdue: boolean
  openedOn: Day
  escalatedOn: Day | null
  resolvedOn: Day | null
}>

export type BlockerReport = Readonly<{
  rows: readonly BlockerRow[]
  next: string | null
  total: number
  /** Seats of those blockers that say how many, and how many do not. */
  seats: number
  withoutSeats: number
  /** Most first; those without a blocker are left out. */
  byReason: readonly Readonly<{ reason: string; count: number }>[]
  /** Every reason that was ever given, for the filter. */
  reasons: readonly Reason[]
}>
