import type { Contacts } from '../model/customer-api.ts'
import type { ReviewRecordView } from '../model/review-record-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { Sent, TestApi } from './testing.ts'

const HERE = '/customers/contoso'
const NOBODY = '/customers/nobody'
const RECORD = `${HERE}/review-record`
const NONE = '00000000-0000-4000-8000-000000000000'

const talk = { intent: 'sustaining', achievements: 'Meetings without travel', scenarios: ['Frontline'] }
const texts = { experience: 'Ask the community first', reducedSupport: 'Fewer meetings', reducedSupportWhy: 'It runs well' }
const step = { list: 'step', what: 'Train the trainers' }
const gap = { list: 'gap', kind: 'benefits', what: 'Why chat?', service: 'teams', approach: 'Show it' }
const part = { list: 'momentum', kind: 'other', what: 'Newsletter', state: 'planned', resources: [] }

let made = 0

async function ask<T>(api: TestApi, method: string, sent: Sent): Promise<T> {
  const response = await api.send(method, sent, 'administrator')
  if (!response.ok) throw new Error(await response.text())
  // The tests hold each answer against its schema.
  return (await response.json()) as T
}

const withVersion = async (api: TestApi, path: string, body: object): Promise<Sent> => ({
  path,
  body: { ...body, version: await api.version() },
})

async function newEntry(api: TestApi): Promise<string> {
  const what = `Step ${++made}`
  const { entries } = await ask<ReviewRecordView>(api, 'post', await withVersion(api, `${RECORD}/entries`, { ...step, what }))
  return entries.find(each => each.what === what)?.id ?? ''
}

async function newContact(api: TestApi): Promise<string> {
  const email = `review-${++made}@example.org`
  const body = { name: `Contact ${made}`, email }
  const { contacts } = await ask<Contacts>(api, 'post', { path: `${HERE}/contacts`, body })
  return contacts.find(each => each.email === email)?.id ?? ''
}

/** One entry per route of `review-record-routes.ts`, for `routes.test.ts`. */
export const REVIEW_RECORD_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/review-record': {
    good: () => ({ path: RECORD }),
    bad: [{ path: `${RECORD}?engagement=One!` }, { path: '/customers/Con_toso/review-record' }],
    missing: [{ path: `${NOBODY}/review-record` }, { path: `${RECORD}?engagement=99` }],
  },
  'put /customers/:id/review-record/talk': {
    good: api => withVersion(api, `${RECORD}/talk`, { ...talk, achievements: `Meetings ${++made}` }),
    bad: [
      { path: `${RECORD}/talk`, body: talk },
      { path: `${RECORD}/talk`, body: { ...talk, intent: 'leaving', version: 0 } },
      { path: `${RECORD}/talk`, body: { ...talk, scenarios: [' '], version: 0 } },
      { path: `${RECORD}/talk`, body: { ...talk, version: 999999 } },
    ],
    missing: [{ path: `${NOBODY}/review-record/talk`, body: { ...talk, version: 0 } }],
  },
  'put /customers/:id/review-record/expectations': {
    good: api => withVersion(api, `${RECORD}/expectations`, { ...texts, experience: `Ask ${++made}` }),
    bad: [
      { path: `${RECORD}/expectations`, body: texts },
      { path: `${RECORD}/expectations`, body: { ...texts, experience: 'x'.repeat(8001), version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/review-record/expectations`, body: { ...texts, version: 0 } }],
  },
  'post /customers/:id/review-record/entries': {
    good: api => withVersion(api, `${RECORD}/entries`, { ...gap, what: `Gap ${++made}` }),
    bad: [
      { path: `${RECORD}/entries`, body: gap },
      { path: `${RECORD}/entries`, body: { ...gap, kind: 'other', version: 0 } },
      { path: `${RECORD}/entries`, body: { ...gap, service: 'fax', version: 0 } },
      { path: `${RECORD}/entries`, body: { ...step, owner: { person: 'nobody' }, version: 0 } },
      { path: `${RECORD}/entries`, body: { ...step, owner: { contact: NONE }, version: 0 } },
      { path: `${RECORD}/entries`, body: { ...step, kind: 'benefits', version: 0 } },
      { path: `${RECORD}/entries`, body: { ...part, what: null, version: 0 } },
      { path: `${RECORD}/entries`, body: { ...part, state: 'not-needed', version: 0 } },
      { path: `${RECORD}/entries`, body: { ...part, resources: [{ title: 'x', url: 'javascript:alert(1)' }], version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/review-record/entries`, body: { ...step, version: 0 } }],
  },
  'put /customers/:id/review-record/entries/:entry': {
    good: async api => withVersion(api, `${RECORD}/entries/${await newEntry(api)}`, { ...step, what: `Other ${++made}` }),
    bad: [
      { path: `${RECORD}/entries/first`, body: { ...step, version: 0 } },
      { path: `${RECORD}/entries/${NONE}`, body: { ...step, what: '', version: 0 } },
    ],
    missing: [
      { path: `${RECORD}/entries/${NONE}`, body: { ...step, version: 0 } },
      { path: `${NOBODY}/review-record/entries/${NONE}`, body: { ...step, version: 0 } },
    ],
  },
  'delete /customers/:id/review-record/entries/:entry': {
    good: async api => {
      const id = await newEntry(api)
      return { path: `${RECORD}/entries/${id}?version=${await api.version()}` }
    },
    bad: [{ path: `${RECORD}/entries/${NONE}` }],
    missing: [{ path: `${RECORD}/entries/${NONE}?version=0` }, { path: `${NOBODY}/review-record/entries/${NONE}?version=0` }],
  },
  'post /customers/:id/review-record/usual-momentum': {
    good: async api => {
      const { entries } = await ask<ReviewRecordView>(api, 'get', { path: RECORD })
      for (const { id } of entries.filter(each => each.list === 'momentum'))
        await ask(api, 'delete', { path: `${RECORD}/entries/${id}?version=${await api.version()}` })
      return withVersion(api, `${RECORD}/usual-momentum`, {})
    },
    bad: [
      { path: `${RECORD}/usual-momentum`, body: {} },
      { path: `${RECORD}/usual-momentum`, body: { version: 999999 } },
    ],
    missing: [{ path: `${NOBODY}/review-record/usual-momentum`, body: { version: 0 } }],
  },
  'post /customers/:id/review-record/letters': {
    good: async api => {
      await newEntry(api)
      return withVersion(api, `${RECORD}/letters`, { contacts: [await newContact(api)] })
    },
    bad: [
      { path: `${RECORD}/letters`, body: { contacts: [], version: 0 } },
      { path: `${RECORD}/letters`, body: { contacts: ['ana'], version: 0 } },
      { path: `${RECORD}/letters`, body: { contacts: [NONE, NONE], version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/review-record/letters`, body: { contacts: [NONE], version: 0 } }],
  },
}
