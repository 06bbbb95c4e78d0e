import type { AccessRight, SessionView } from '../model/api.ts'
import type { CustomerExpertRequests, Expertise } from '../model/expert-request-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { Sent, TestApi } from './testing.ts'

const HERE = '/customers/contoso/expert-requests'
const NOBODY = '/customers/nobody/expert-requests'
const NO_REQUEST = '/expert-requests/00000000-0000-4000-8000-000000000000'
const ASKED = { skill: 'security', service: 'teams', language: 'pt', region: 'europe', seats: 120, purpose: 'Guests.' }
const KNOWN = { skills: ['security'], services: ['teams'], languages: ['pt'], regions: ['europe'], atOnce: 3 }

async function ask<Answer>(api: TestApi, method: string, sent: Sent, as: AccessRight = 'administrator'): Promise<Answer> {
  const response = await api.send(method, sent, as)
  if (!response.ok) throw new Error(`${method} ${sent.path}: ${await response.text()}`)
  // The tests hold each answer against its schema.
  return (await response.json()) as Answer
}

const personOf = async (api: TestApi, as: AccessRight): Promise<string> =>
  (await ask<SessionView>(api, 'get', { path: '/session' }, as)).person?.id ?? ''

/** Whoever asks may be asked as an expert. Answers their id, and the version of what is said of them. */
async function expert(api: TestApi, as: AccessRight): Promise<{ id: string; version: number }> {
  const id = await personOf(api, as)
  const path = `/people/${id}/expertise`
  const { version, isExpert } = await ask<Expertise>(api, 'get', { path })
  if (!isExpert) await ask(api, 'put', { path, body: { ...KNOWN, isExpert: true, version } })
  return { id, version: isExpert ? version : version + 1 }
}

/** A request that whoever asks may answer. */
async function asked(api: TestApi, as: AccessRight, by: AccessRight = 'administrator') {
  // Who may not answer is no expert.
  const { id } = await expert(api, as === 'author' || as === 'reader' ? 'administrator' : as)
  const { requests } = await ask<CustomerExpertRequests>(api, 'post', { path: HERE, body: { ...ASKED, expert: id } }, by)
  // Made just now, by the highest version of the customer.
  const [newest] = requests.toSorted((a, b) => b.version - a.version)
  if (!newest) throw new Error('nothing was asked for')
  return { path: `/expert-requests/${newest.id}`, version: newest.version }
}

/** One entry per route of `expert-request-routes.ts`, for `routes.test.ts`. */
export const EXPERT_REQUEST_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /expert-requests': {
    good: () => ({ path: '/expert-requests?box=all&state=any&service=teams&skill=security&q=con&limit=10&cursor=0' }),
    bad: [
      { path: '/expert-requests?box=mine' },
      { path: '/expert-requests?state=old' },
      { path: '/expert-requests?skill=juggling' },
      { path: '/expert-requests?limit=0' },
      { path: '/expert-requests?cursor=x' },
    ],
    missing: [],
  },
  'get /expert-requests/load': { good: () => ({ path: '/expert-requests/load' }), bad: [], missing: [] },
  'get /experts': {
    good: () => ({ path: '/experts?skill=security&service=teams&language=pt&region=europe' }),
    bad: [{ path: '/experts' }, { path: '/experts?skill=juggling' }, { path: '/experts?skill=security&language=tlh' }],
    missing: [],
  },
  'get /customers/:id/expert-requests': {
    good: () => ({ path: HERE }),
    bad: [{ path: '/customers/Con_toso/expert-requests' }],
    missing: [{ path: NOBODY }],
  },
  'post /customers/:id/expert-requests': {
    good: async (api, as) => ({ path: HERE, body: { ...ASKED, expert: (await expert(api, as)).id } }),
    bad: [
      { path: HERE, body: { ...ASKED, purpose: ' ' } },
      { path: HERE, body: { ...ASKED, skill: 'juggling' } },
      { path: HERE, body: { ...ASKED, service: 'no-such' } },
      { path: HERE, body: { ...ASKED, seats: -1 } },
      { path: HERE, body: { ...ASKED, wantedOn: '2020-01-01' } },
      { path: HERE, body: { ...ASKED, expert: 'nobody' } },
      { path: HERE, body: { ...ASKED, surprise: true } },
    ],
    missing: [{ path: NOBODY, body: ASKED }],
  },
  'post /expert-requests/:request/answer': {
    good: async (api, as) => {
      const { path, version } = await asked(api, as)
      return { path: `${path}/answer`, body: { answer: 'acknowledge', version } }
    },
    bad: [
      { path: '/expert-requests/1/answer', body: { answer: 'accept', version: 0 } },
      { path: `${NO_REQUEST}/answer`, body: { answer: 'maybe', version: 0 } },
      { path: `${NO_REQUEST}/answer`, body: { answer: 'decline', version: 0 } },
      { path: `${NO_REQUEST}/answer`, body: { answer: 'done', note: ' ', version: 0 } },
    ],
    missing: [{ path: `${NO_REQUEST}/answer`, body: { answer: 'accept', version: 0 } }],
  },
  'post /expert-requests/:request/messages': {
    good: async (api, as) => {
      const { path, version } = await asked(api, as)
      return { path: `${path}/messages`, body: { body: 'Which guests?', version } }
    },
    bad: [{ path: `${NO_REQUEST}/messages`, body: { body: '', version: 0 } }],
    missing: [{ path: `${NO_REQUEST}/messages`, body: { body: 'Which guests?', version: 0 } }],
  },
  'post /expert-requests/:request/expert': {
    good: async (api, as) => {
      const { path, version } = await asked(api, as)
      return { path: `${path}/expert`, body: { expert: null, message: 'To whoever has time.', version } }
    },
    bad: [{ path: `${NO_REQUEST}/expert`, body: { version: 0 } }],
    missing: [{ path: `${NO_REQUEST}/expert`, body: { expert: null, version: 0 } }],
  },
  'post /expert-requests/:request/withdrawal': {
    good: async (api, as) => {
      // Whoever asked withdraws.
      const { path, version } = await asked(api, as, as === 'author' || as === 'reader' ? 'administrator' : as)
      return { path: `${path}/withdrawal`, body: { version } }
    },
    bad: [{ path: `${NO_REQUEST}/withdrawal`, body: {} }],
    missing: [{ path: `${NO_REQUEST}/withdrawal`, body: { version: 0 } }],
  },
  'get /me/expertise': { good: () => ({ path: '/me/expertise' }), bad: [], missing: [] },
  'put /me/expertise': {
    good: async (api, as) => ({ path: '/me/expertise', body: { ...KNOWN, version: (await expert(api, as)).version } }),
    bad: [
      { path: '/me/expertise', body: { skills: ['juggling'], version: 0 } },
      { path: '/me/expertise', body: { services: ['no-such'], version: 0 } },
      { path: '/me/expertise', body: { atOnce: 0, version: 0 } },
      { path: '/me/expertise', body: {} },
    ],
    missing: [],
  },
  'get /people/:person/expertise': {
    good: async (api, as) => ({ path: `/people/${await personOf(api, as)}/expertise` }),
    bad: [],
    missing: [{ path: '/people/nobody/expertise' }],
  },
  'put /people/:person/expertise': {
    good: async (api, as) => {
      const { id, version } = await expert(api, as)
      return { path: `/people/${id}/expertise`, body: { ...KNOWN, isExpert: true, version } }
    },
    bad: [{ path: '/people/nobody/expertise', body: { regions: ['atlantis'], version: 0 } }],
    missing: [{ path: '/people/nobody/expertise', body: { version: 0 } }],
  },
}
