import type { NoteView } from '../model/note-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { TestApi } from './testing.ts'

const HERE = '/customers/contoso/notes'
const NOBODY = '/customers/nobody/notes'
const NONE = '00000000-0000-4000-8000-000000000000'

let made = 0
async function newNote(api: TestApi): Promise<string> {
  const response = await api.send('post', { path: HERE, body: { body: `A call ${++made}` } }, 'administrator')
  // The tests hold each answer against its schema.
  return ((await response.json()) as NoteView).id
}

/** One entry per route of `note-routes.ts`, for `routes.test.ts`. */
export const NOTE_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/notes': {
    good: () => ({ path: `${HERE}?limit=5&subject=item:a` }),
    bad: [{ path: `${HERE}?limit=0` }, { path: `${HERE}?cursor=abc` }, { path: `${HERE}?subject=thing:1` }],
    missing: [{ path: NOBODY }],
  },
  'post /customers/:id/notes': {
    good: () => ({ path: HERE, body: { body: 'A call', subject: 'item:a/b@teams' } }),
    bad: [
      { path: HERE, body: { body: '  ' } },
      { path: HERE, body: { body: 'x', subject: 'nothing' } },
      { path: HERE, body: { body: 'x'.repeat(50_001) } },
      { path: HERE, body: { body: 'x', surprise: true } },
    ],
    missing: [{ path: NOBODY, body: { body: 'x' } }],
  },
  'get /customers/:id/notes/people': {
    good: () => ({ path: `${HERE}/people` }),
    bad: [{ path: '/customers/Con_toso/notes/people' }],
    missing: [{ path: `${NOBODY}/people` }],
  },
  'put /customers/:id/notes/:note': {
    good: async api => ({ path: `${HERE}/${await newNote(api)}`, body: { body: 'Another text', version: 1 } }),
    bad: [
      { path: `${HERE}/one`, body: { body: 'x', version: 1 } },
      { path: `${HERE}/${NONE}`, body: { body: 'x' } },
      { path: `${HERE}/${NONE}`, body: { body: '', version: 1 } },
    ],
    missing: [
      { path: `${HERE}/${NONE}`, body: { body: 'x', version: 1 } },
      { path: `${NOBODY}/${NONE}`, body: { body: 'x', version: 1 } },
    ],
  },
  'delete /customers/:id/notes/:note': {
    good: async api => ({ path: `${HERE}/${await newNote(api)}?version=1` }),
    bad: [{ path: `${HERE}/${NONE}` }, { path: `${HERE}/${NONE}?version=new` }],
    missing: [{ path: `${HERE}/${NONE}?version=1` }, { path: `${NOBODY}/${NONE}?version=1` }],
  },
  'get /customers/:id/notes/:note/versions': {
    good: async api => ({ path: `${HERE}/${await newNote(api)}/versions` }),
    bad: [{ path: `${HERE}/one/versions` }],
    missing: [{ path: `${HERE}/${NONE}/versions` }, { path: `${NOBODY}/${NONE}/versions` }],
  },
  'get /note-templates': { good: () => ({ path: '/note-templates' }), bad: [], missing: [] },
  'get /search': {
    good: () => ({ path: '/search?q=call&limit=5' }),
    bad: [
      { path: '/search' },
      { path: '/search?q=x' },
      { path: '/search?q=!!!' },
      { path: '/search?q=call&limit=0' },
      { path: '/search?q=call&cursor=1' },
    ],
    missing: [],
  },
  'get /search/people': {
    good: () => ({ path: '/search/people?q=o' }),
    bad: [{ path: `/search/people?q=${'x'.repeat(101)}` }],
    missing: [],
  },
}
