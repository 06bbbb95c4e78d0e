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
  'segment',
  'seats',
  'due',
  'review',
  'teams',
  'exchange',
  'sharepoint',
  'onedrive',
] as const
