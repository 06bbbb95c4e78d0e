import { z } from 'zod'
import { REASONED_STATUSES } from './choices.ts'
import { Day, ItemStatus, StatusReason, type Text } from './words.ts'

/** What people do with items and follow-ups beyond the status of one: whose they are, by when, and several at once. */

/** Follow-ups stand beside items under ids that begin so. */
export const FOLLOW_UP = 'follow-up:'
/** How many open items and follow-ups of one person are many: a warning above it, never a refusal. Ours; as many as fill four weeks. */
export const LOAD_CAP = 40

const PersonId = z.string().min(1).max(100)
const StatusPart = z
  .strictObject({ status: ItemStatus, reason: StatusReason.nullable().default(null), note: z.string().max(4000).nullable().default(null) })
  .refine(input => !REASONED_STATUSES.includes(input.status) || input.reason !== null, {
    path: ['reason'],
    message: 'a reason is needed for this status',
  })

export const ItemChange = z
  .strictObject({
    /** An item's id, or `follow-up:` and the id of one. */
    item: z.string().min(1).max(300),
    /** Null takes it away. Absent parts stay as they are. */
    status: StatusPart.nullable().optional(),
    /** A person by id; null: nobody. */
    assignee: PersonId.nullable().optional(),
    /** Instead of the playbook's day; null: the playbook's again. */
    due: Day.nullable().optional(),
    /** Why another day, for the record. */
    dueReason: z.string().trim().max(1000).optional(),
    /** What the data no longer shows is done all the same. */
    stillDone: z.literal(true).optional(),
    /** Of follow-ups only. */
    title: z.string().trim().min(1).max(300).optional(),
    /** Of follow-ups only, and only without a status, which brings a note of its own. */
    note: z.string().max(4000).nullable().optional(),
  })
  .refine(change => Object.keys(change).length > 1, 'say what is to change')
  .refine(change => change.note === undefined || change.status === undefined, { path: ['note'], message: 'the note goes with the status' })
export type ItemChange = z.infer<typeof ItemChange>

/** POST /customers/:id/items — all of them or none. */
export const ChangeItems = z.strictObject({
  changes: z
    .array(ItemChange)
    .min(1)
    .max(200)
    .refine(changes => new Set(changes.map(each => each.item)).size === changes.length, 'each item once'),
  /** The customer version the screen showed. */
  version: z.int().min(0),
})
export type ChangeItems = z.infer<typeof ChangeItems>

/** POST /customers/:id/follow-ups */
export const AddFollowUp = z.strictObject({
  title: z.string().trim().min(1).max(300),
  service: z.string().max(100).nullable().default(null),
  assignee: PersonId.nullable().default(null),
  due: Day.nullable().default(null),
  note: z.string().max(4000).nullable().default(null),
})
export type AddFollowUp = z.infer<typeof AddFollowUp>

type Named = Readonly<{ id: string; name: string }>

/** What a person can set, as it is; of an item as of a follow-up. */
export type ItemValues = Readonly<{
  status: ItemStatus | null
  reason: StatusReason | null
  note: string | null
  assignee: Named | null
  due: Day | null
  /** Of follow-ups; null: the playbook's. */
  title: string | null
}>

/** 409 on a lost update, as `details`: what stands now and by whom, and what was wanted. */
export type ItemConflicts = Readonly<{
  conflicts: readonly Readonly<{ item: string; theirs: ItemValues; by: string | null; at: string | null }>[]
  version: number
}>
/** 403 or 400, as `details`: which of several cannot be changed, and why. */
export type ItemRefusals = Readonly<{ refusals: readonly Readonly<{ item: string; reason: Text }>[] }>

export type FollowUpView = Readonly<{
  /** `follow-up:` and the id. */
  id: string
  title: string
  service: string | null
  /** `meeting:…`, `blocker:…`, `accelerator:…`; null: by hand. */
  madeFor: string | null
  assignee: Named | null
  due: Day | null
  status: ItemStatus
  reason: StatusReason | null
  note: string | null
  by: string
  at: string
  closedAt: string | null
  /** Made in an engagement that is over, and still open. */
  isEarlier: boolean
}>

/** GET /customers/:id/items */
export type ItemsView = Readonly<{
  customer: string
  version: number
  /** Items with something beyond a status, by id. */
  items: Readonly<Record<string, Readonly<{ assignee: Named | null; due: Day | null; regressedOn: Day | null }>>>
  followUps: readonly FollowUpView[]
  /** Who may be given something: assigned today, with their roles here and what they have open everywhere the one who asks may see. */
  people: readonly Readonly<{ id: string; name: string; roles: readonly string[]; open: number }>[]
  loadCap: number
  /** To choose days by: the next ones that are arranged, soonest first. */
  meetings: readonly Readonly<{ id: string; title: string; day: Day }>[]
}>

export const ITEM_WARNINGS = ['other-role', 'over-load'] as const
export type ItemWarning = Readonly<{ item: string; code: (typeof ITEM_WARNINGS)[number]; person: string; open: number | null }>

export type ItemsChanged = Readonly<{
  items: ItemsView
  warnings: readonly ItemWarning[]
  /** Sent back as `changes`, this takes all of it back. */
  undo: readonly ItemChange[]
}>

/** GET /load — everybody who has open work or customers, of what the one who asks may see. */
export type LoadView = Readonly<{
  cap: number
  people: readonly Readonly<{
    id: string
    name: string
    open: number
    overdue: number
    /** Due today or on the six days after it, as on Today. */
    dueSoon: number
    /** Customers the person is assigned to today, in whatever role, and those they own. */
    assigned: number
    owned: number
    /** Where the open work is, the most first. */
    customers: readonly Readonly<{ id: string; name: string; open: number; overdue: number; dueSoon: number }>[]
  }>[]
}>
