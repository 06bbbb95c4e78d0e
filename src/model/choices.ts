import type { ItemStatus } from './words.ts'

/**
 * Lists that screens show or read addresses with. They stand apart from the schemas made of them, because the first screens need the
 * lists only, and the schema library is a tenth of all that is loaded until then.
 */

/** What a customer is to us commercially; rules may read it. */
export const SEGMENTS = ['enterprise', 'corporate', 'small-business', 'education', 'public-sector', 'nonprofit'] as const

/** What a person sets on an item. */
export const ITEM_STATUSES = [
  'not-started',
  'in-progress',
  'complete',
  'not-required',
  'paused',
  'deferred',
  'warning',
  'blocked',
  'cancelled',
] as const

/** Why an item is not moving or not needed. */
export const STATUS_REASONS = ['customer', 'technical-customer', 'technical-vendor', 'business', 'pending-remediation', 'other'] as const

/** Statuses that need a reason. */
export const REASONED_STATUSES: readonly ItemStatus[] = ['not-required', 'paused', 'deferred', 'warning', 'blocked', 'cancelled']

/** What `decide` says of an item (design §5). */
export const ITEM_STATES = ['due', 'waiting', 'done', 'not-applicable', 'suppressed', 'unknown'] as const

export const PORTFOLIO_SORTS = [
  'name',
  'priority',
  'review',
  'due',
  'late',
  'nextDue',
  'unknown',
  'warnings',
  'proposals',
  'blockers',
  'regressed',
  'lastNote',
  'meeting',
  'phase',
  'overall',
  'signals',
  'figures',
  'segment',
  'seats',
  'owner',
  'csm',
  'team',
  'exchange',
  'outlook-mobile',
  'teams',
  'sharepoint',
  'onedrive',
  'yammer',
  'office-proplus',
] as const

/** What a customer of the portfolio may be narrowed to; `silent`: no note and no held meeting for 14 days. */
export const PORTFOLIO_ATTENTIONS = [
  'due',
  'late',
  'blocked',
  'regressed',
  'silent',
  'warning',
  'proposal',
  'signal',
  'stale',
  'empty',
  'overridden',
] as const

export const PORTFOLIO_GROUPS = ['owner', 'phase', 'segment'] as const

/** How far a customer is on the way to what its success review agrees; each is in the last one that is true of it. */
export const REVIEW_COLUMNS = ['not-ready', 'cannot-tell', 'ready', 'scheduled', 'held', 'outcome'] as const
