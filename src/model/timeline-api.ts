import { z } from 'zod'
import type { EventView } from './api.ts'
import { EVENT_GROUPS } from './event-groups.ts'
import { Day } from './words.ts'

/** GET /customers/:id/events — of `before`, `after` and `around` at most one counts, in the order around, after, before. */
export const EventQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Older than this one. */
  before: z.coerce.number().int().min(1).optional(),
  /** Newer than this one, those next to it. */
  after: z.coerce.number().int().min(1).optional(),
  /** This one with those before and after it. */
  around: z.coerce.number().int().min(1).optional(),
  group: z.enum(EVENT_GROUPS).optional(),
  /** Who did it, by id. */
  person: z.string().max(100).optional(),
  service: z.string().max(100).optional(),
  /** Whole UTC days, both included. */
  from: Day.optional(),
  until: Day.optional(),
  /** In the sentence, in either language, or in the name of who did it. */
  q: z.string().trim().max(200).optional(),
})
export type EventQuery = z.infer<typeof EventQuery>

export type TimelineEvent = EventView & Readonly<{ /** The note it speaks of. */ note: string | null }>
export type TimelinePage = Readonly<{
  /** Newest first. */
  events: readonly TimelineEvent[]
  /** `before` of the next older page. */
  next: number | null
  /** `after` of the next newer page. */
  previous: number | null
  /** Everybody on this customer's record, to choose by. */
  people: readonly Readonly<{ id: string; name: string }>[]
}>
