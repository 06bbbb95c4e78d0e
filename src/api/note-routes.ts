import { z } from 'zod'
import { getMentionable } from '../app/notes/mentionable.ts'
import { getNoteTemplates } from '../app/notes/note-templates.ts'
import { changeNote, getNotes, getNoteVersions, removeNote, writeNote } from '../app/notes/notes.ts'
import { rightsTo } from '../app/policy.ts'
import { findPeople, search } from '../app/search/search.ts'
import { CustomerId } from '../model/api.ts'
import { ChangeNote, NoteCursor, NoteId, NoteSubject, PeopleSearchQuery, SearchQuery, WriteNote } from '../model/note-api.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const note = customer.extend({ note: NoteId })

/** Engagement notes, and finding them and people. */
export const NOTE_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/notes',
    summary: 'Notes of a customer, newest first, and how long ago somebody was in touch',
    rights: rightsTo('see-customer'),
    params: customer,
    query: z.object({
      subject: NoteSubject.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(20),
      cursor: NoteCursor.optional(),
    }),
    answer: 'Notes',
    run: ({ context, actor, params, query }) => getNotes(context.app, actor, params.id, query),
  }),
  route({
    method: 'post',
    path: '/customers/:id/notes',
    summary: 'Write a note in Markdown; people mentioned as @Name are told',
    rights: rightsTo('write-note'),
    params: customer,
    body: WriteNote,
    answer: 'Note',
    run: ({ context, actor, params, body }) => writeNote(context.app, context.auth, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'get',
    path: '/customers/:id/notes/people',
    summary: 'Who can be mentioned: those who may see the customer',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'MentionablePeople',
    run: ({ context, actor, params }) => getMentionable(context.app, context.auth, actor, params.id),
  }),
  route({
    method: 'put',
    path: '/customers/:id/notes/:note',
    summary: 'Change a note; the former text stays as a version, a removed note comes back',
    rights: rightsTo('write-note'),
    params: note,
    body: ChangeNote,
    answer: 'Note',
    run: ({ context, actor, params, body }) =>
      changeNote(context.app, context.auth, actor, { ...body, customerId: params.id, note: params.note }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/notes/:note',
    summary: 'Remove a note; its versions and the record stay',
    rights: rightsTo('write-note'),
    params: note,
    query: z.object({ version: z.coerce.number('the version of the note the screen showed').int().min(1) }),
    answer: 'Note',
    run: ({ context, actor, params, query }) =>
      removeNote(context.app, actor, { customerId: params.id, note: params.note, version: query.version }),
  }),
  route({
    method: 'get',
    path: '/customers/:id/notes/:note/versions',
    summary: 'How a note read before, newest first',
    rights: rightsTo('see-customer'),
    params: note,
    answer: 'NoteVersions',
    run: ({ context, actor, params }) => getNoteVersions(context.app, actor, { customerId: params.id, note: params.note }),
  }),
  route({
    method: 'get',
    path: '/note-templates',
    summary: 'Texts to begin a note with',
    rights: rightsTo('see-customer'),
    answer: 'NoteTemplates',
    run: ({ context, actor }) => getNoteTemplates(context.app, actor),
  }),
  route({
    method: 'get',
    path: '/search',
    summary: 'Notes of all customers one may see that hold these words, newest first',
    rights: rightsTo('see-customer'),
    query: SearchQuery,
    answer: 'SearchResults',
    run: ({ context, actor, query }) => search(context.app, actor, query),
  }),
  route({
    method: 'get',
    path: '/search/people',
    summary: 'Colleagues by name, of the customers one may see',
    rights: rightsTo('see-customer'),
    query: PeopleSearchQuery,
    answer: 'FoundPeople',
    run: ({ context, actor, query }) => findPeople(context.app, actor, query.q),
  }),
]
