import { z } from 'zod'
import { type Day, type ItemStatus, Moment, type Text } from './words.ts'

/** `mine`: what I do, and what nobody in particular does at customers of mine; `team`: at customers of my teams and mine; `all` I may see. */
export const TODAY_WHOSE = ['mine', 'team', 'all'] as const
export const TODAY_KINDS = [
  'item',
  'follow-up',
  'review-entry',
  'gate-opened',
  'gate-closed',
  'usage-reached',
  'usage-fell',
  'item-regressed',
  'blocker-due',
  'handshake-waiting',
  'expert-waiting',
] as const

/** GET /today */
export const TodayQuery = z.object({
  whose: z.enum(TODAY_WHOSE).default('mine'),
  /** IANA time zone of the one who asks: a meeting is today where they are. */
  zone: z
    .string()
    .max(60)
    .regex(/^[A-Za-z0-9_+\-/]+$/, 'a time zone such as Europe/Lisbon')
    .default('UTC'),
  /** Rows of each part. */
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type TodayQuery = z.infer<typeof TodayQuery>

/** PUT /today/looked — the moment up to which the changes were shown. */
export const SetLooked = z.strictObject({ at: Moment })
export type SetLooked = z.infer<typeof SetLooked>

export type TodayRow = Readonly<{
  /** The same for the same occasion. */
  id: string
  kind: (typeof TODAY_KINDS)[number]
  customer: Readonly<{ id: string; name: string }>
  /** What the explanation is of: `item:…`, `gate:…`; null: nothing computed. */
  subject: string | null
  task: string | null
  title: Text
  role: Text | null
  service: string | null
  why: Text
  due: Day | null
  /** When it came about; of changes. */
  at: string | null
  mandatory: boolean | null
  status: ItemStatus | null
  assignee: string | null
  /** Where in the portal it is. */
  path: string
}>

export type TodayPart = Readonly<{ rows: readonly TodayRow[]; total: number }>
export type TodayMeeting = Readonly<{
  id: string
  customer: Readonly<{ id: string; name: string }>
  title: string
  startsAt: string
  endsAt: string
  location: string | null
}>

export type TodayView = Readonly<{
  today: Day
  /** Mandatory and past its day. */
  overdue: TodayPart
  /** Until the seventh day from today, and what is late without being mandatory. */
  week: TodayPart
  changed: TodayPart
  meetings: readonly TodayMeeting[]
  /** Since when changes are shown: the last look, or a week ago for the first. */
  since: string
  /** The moment this was read at: what `looked` is set to. */
  readAt: string
}>
