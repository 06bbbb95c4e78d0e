import { z } from 'zod'
import type { FoundPeople, MentionablePeople, NotesPage, NoteTemplates, NoteVersions, NoteView, SearchResults } from '../model/note-api.ts'
import type { TimelinePage } from '../model/timeline-api.ts'
import { Day } from '../model/words.ts'

const count = z.int().min(0)
const named = z.strictObject({ id: z.string(), name: z.string() })

const Note: z.ZodType<NoteView> = z.strictObject({
  id: z.string(),
  subject: z.string().nullable(),
  body: z.string(),
  mentions: z.array(named),
  by: z.string(),
  at: z.string(),
  changedAt: z.string(),
  version: count,
})
const Notes: z.ZodType<NotesPage> = z.strictObject({
  notes: z.array(Note),
  next: z.string().nullable(),
  contact: z.strictObject({ day: Day.nullable(), days: z.int().nullable(), isSilent: z.boolean() }),
})
const Mentionable: z.ZodType<MentionablePeople> = z.strictObject({ people: z.array(named) })
const Versions: z.ZodType<NoteVersions> = z.strictObject({
  versions: z.array(z.strictObject({ version: count, body: z.string(), by: z.string(), at: z.string() })),
})
const Templates: z.ZodType<NoteTemplates> = z.strictObject({
  templates: z.array(z.strictObject({ id: z.string(), title: z.string(), language: z.string(), body: z.string() })),
})
const Search: z.ZodType<SearchResults> = z.strictObject({
  results: z.array(
    z.strictObject({
      customer: named,
      note: z.string(),
      subject: z.string().nullable(),
      by: z.string(),
      at: z.string(),
      excerpt: z.array(z.strictObject({ text: z.string(), isMatch: z.boolean() })),
    }),
  ),
  next: z.string().nullable(),
})
const People: z.ZodType<FoundPeople> = z.strictObject({
  people: z.array(z.strictObject({ id: z.string(), name: z.string(), customers: count })),
})

const Timeline: z.ZodType<TimelinePage> = z.strictObject({
  events: z.array(
    z.strictObject({
      seq: z.int(),
      at: z.string(),
      who: z.string(),
      kind: z.string(),
      summary: z.record(z.string(), z.string()),
      before: z.unknown(),
      after: z.unknown(),
      note: z.string().nullable(),
    }),
  ),
  next: z.int().nullable(),
  previous: z.int().nullable(),
  people: z.array(named),
})

export const NOTE_ANSWERS = {
  Timeline,
  Note,
  Notes,
  MentionablePeople: Mentionable,
  NoteVersions: Versions,
  NoteTemplates: Templates,
  SearchResults: Search,
  FoundPeople: People,
} as const
