import { z } from 'zod'
import { type ITEM_STATES, ITEM_STATUSES, SEGMENTS, STATUS_REASONS } from './choices.ts'

/** BCP 47 tag of a playbook text or of the portal: `en`, `pt-BR`, … */
export type Locale = string

/** The same text in several languages. */
export type Text = Readonly<Record<Locale, string>>

/** Where something stands in a playbook; line and column count from 1. */
export type Place = Readonly<{ file: string; line: number; column: number }>

/** A day, `YYYY-MM-DD`, no time zone: usage reports and playbooks speak of whole UTC days. */
export const Day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date, YYYY-MM-DD')
  .refine(isRealDay, 'a day that exists')
  .brand<'Day'>()
export type Day = z.infer<typeof Day>

/** A moment as somebody sends it, in UTC. */
export const Moment = z.iso.datetime().refine(text => isRealDay(text.slice(0, 10)), 'a moment that exists')

/** Years that every part of the program can count with: PostgreSQL has no year 0, and ISO 8601 writes those after 9999 otherwise. */
const [FIRST, LAST] = ['0001-01-01', '9998-12-31']

function isRealDay(text: string): boolean {
  if (text < FIRST || text > LAST) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text
}

/** Kleene's three values. Unknown is never silently no. */
export type Truth = 'yes' | 'no' | 'unknown'

export const INITIATIVES = ['customer-health', 'rfa', 'targeting'] as const
export const Initiative = z.enum(INITIATIVES)
export type Initiative = z.infer<typeof Initiative>

export const Segment = z.enum(SEGMENTS)
export type Segment = z.infer<typeof Segment>

export const HANDSHAKES = ['none', 'offered', 'accepted', 'declined'] as const
export const PROGRAM_STATES = ['offered', 'agreed', 'declined'] as const
export const ACCELERATOR_STATES = ['proposed', 'accepted', 'rejected'] as const
/** The four outcomes of a success review (R6). */
export const OUTCOMES = ['business-value-discussion', 'activate-workloads', 'transition-to-csm', 'disengage'] as const
export const Outcome = z.enum(OUTCOMES)
export type Outcome = z.infer<typeof Outcome>

export const ItemStatus = z.enum(ITEM_STATUSES)
export type ItemStatus = z.infer<typeof ItemStatus>

export const StatusReason = z.enum(STATUS_REASONS)
export type StatusReason = z.infer<typeof StatusReason>

export type ItemState = (typeof ITEM_STATES)[number]

/** For a `switch` that must stay exhaustive. */
export function never(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`)
}
