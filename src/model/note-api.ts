import { z } from 'zod'
import type { Day } from './words.ts'

/** Engagement notes of a customer, and finding them. */

/** How long without a note or a held meeting a customer counts as silent, in days (E2 of the issue: "silent for 14 days"). */
export const SILENT_DAYS = 14

export const NoteId = z.uuid()
/** What a note belongs to: `item:…`, `meeting:…`, `blocker:…`. */
export const NoteSubject = z
  .string()
  .max(320)
  .regex(/^(item|meeting|blocker):./, 'item:, meeting: or blocker: and the id of it')
const body = z.string().trim().min(1).max(50_000)

/** POST /customers/:id/notes — people of `@Name` in the text are told, when they may see the customer. */
export const WriteNote = z.strictObject({ body, subject: NoteSubject.nullable().default(null) })
export type WriteNote = z.infer<typeof WriteNote>

/** PUT /customers/:id/notes/:note — a removed one comes back with it. 409 with both texts when somebody else changed it. */
export const ChangeNote = z.strictObject({
  body,
  /** The version the screen showed. */
  version: z.int().min(1),
})
export type ChangeNote = z.infer<typeof ChangeNote>

type Named = Readonly<{ id: string; name: string }>
export type NoteView = Readonly<{
  id: string
  subject: string | null
  /** Markdown. */
  body: string
  mentions: readonly Named[]
  by: string
  at: string
  changedAt: string
  version: number
}>

/** GET /customers/:id/notes, newest first. */
export type NotesPage = Readonly<{
  notes: readonly NoteView[]
  next: string | null
  /** Since when nothing was noted and no meeting was held; `day` null: never yet. */
  contact: Readonly<{ day: Day | null; days: number | null; isSilent: boolean }>
}>

/** GET /customers/:id/notes/people — who can be mentioned: those who may see the customer. */
export type MentionablePeople = Readonly<{ people: readonly Named[] }>

/** GET /customers/:id/notes/:note/versions, newest first. */
export type NoteVersions = Readonly<{
  versions: readonly Readonly<{ version: number; body: string; by: string; at: string }>[]
}>

/** GET /note-templates — texts to begin with, in the language asked for where there is one. */
export type NoteTemplates = Readonly<{ templates: readonly Readonly<{ id: string; title: string; language: string; body: string }>[] }>

/** `written-at` in milliseconds and the note's id. */
export const NoteCursor = z.string().regex(/^\d{1,15}~[0-9a-f-]{36}$/, 'the `next` of the page before')

/** GET /search */
export const SearchQuery = z.object({
  q: z.string().trim().min(2).max(200),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: NoteCursor.optional(),
})
export type SearchQuery = z.infer<typeof SearchQuery>

export type SearchResults = Readonly<{
  results: readonly Readonly<{
    customer: Named
    note: string
    subject: string | null
    by: string
    at: string
    /** A piece of the text around what was found. */
    excerpt: readonly Readonly<{ text: string; isMatch: boolean }>[]
  }>[]
  next: string | null
}>

/** GET /search/people — colleagues by name, among those assigned to customers that one may see. */
export const PeopleSearchQuery = z.object({ q: z.string().trim().max(100).default('') })
export type FoundPeople = Readonly<{ people: readonly Readonly<{ id: string; name: string; customers: number }>[] }>
