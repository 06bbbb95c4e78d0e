import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { MentionablePeople, NotesPage, NoteTemplates, NoteVersions, SearchResults } from '../../model/note-api.ts'
import { customerPath } from '../customer/queries.ts'
import { get } from '../ui/http.ts'

export const notesQuery = (customer: string, subject: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['customer', customer, 'notes', subject ?? null],
    queryFn: ({ pageParam, signal }) =>
      get<NotesPage>(customerPath(customer, 'notes'), { limit: 20, subject, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: NotesPage) => last.next,
  })

/** How long ago somebody was in touch. */
export const contactQuery = (customer: string) =>
  queryOptions({
    queryKey: ['customer', customer, 'contact'],
    queryFn: async ({ signal }) => (await get<NotesPage>(customerPath(customer, 'notes'), { limit: 1 }, signal)).contact,
  })

export const versionsQuery = (customer: string, note: string) =>
  queryOptions({
    queryKey: ['customer', customer, 'notes', note, 'versions'],
    queryFn: ({ signal }) => get<NoteVersions>(customerPath(customer, 'notes', note, 'versions'), {}, signal),
  })

export const mentionableQuery = (customer: string) =>
  queryOptions({
    queryKey: ['customer', customer, 'mentionable'],
    queryFn: ({ signal }) => get<MentionablePeople>(customerPath(customer, 'notes', 'people'), {}, signal),
  })

export const templatesQuery = queryOptions({
  queryKey: ['note-templates'],
  queryFn: ({ signal }) => get<NoteTemplates>('/note-templates', {}, signal),
})

export const searchQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['search', q],
    queryFn: ({ pageParam, signal }) => get<SearchResults>('/search', { q, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: SearchResults) => last.next,
  })
