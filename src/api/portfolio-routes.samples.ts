import type { AccessRight } from '../model/api.ts'
import type { SavedViews } from '../model/portfolio-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { TestApi } from './testing.ts'

const HERE = '/customers/contoso'
const NOBODY = '/customers/nobody'
const ABSENT = '00000000-0000-4000-8000-000000000000'
const priority = { priority: 950, reason: 'the sponsor leaves', until: '2026-12-31' }
const view = { screen: 'portfolio', name: 'Late ones', search: { attention: 'late' } }
const changed = { name: 'Changed', search: { q: 'con' }, version: 1 }

let made = 0
/** A view of whoever asks; a new one each time. */
async function viewOf(api: TestApi, as: AccessRight): Promise<string> {
  const name = `View ${++made}`
  const response = await api.send('post', { path: '/saved-views', body: { ...view, name } }, as)
  // The tests hold each answer against its schema.
  const { views } = (await response.json()) as SavedViews
  return views.find(each => each.name === name)?.id ?? ABSENT
}

/** One entry per route of `portfolio-routes.ts`, for `routes.test.ts`. */
export const PORTFOLIO_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/priority': {
    good: () => ({ path: `${HERE}/priority` }),
    bad: [{ path: '/customers/Con_toso/priority' }],
    missing: [{ path: `${NOBODY}/priority` }],
  },
  'put /customers/:id/priority': {
    good: () => ({ path: `${HERE}/priority`, body: priority }),
    bad: [
      { path: `${HERE}/priority`, body: { ...priority, priority: 1000 } },
      { path: `${HERE}/priority`, body: { ...priority, reason: ' ' } },
      { path: `${HERE}/priority`, body: { ...priority, until: '2026-11-20' } },
      { path: `${HERE}/priority`, body: { ...priority, until: '2028-01-01' } },
      { path: `${HERE}/priority`, body: { ...priority, surprise: true } },
    ],
    missing: [{ path: `${NOBODY}/priority`, body: priority }],
  },
  'delete /customers/:id/priority': {
    good: () => ({ path: `${HERE}/priority` }),
    bad: [{ path: '/customers/Con_toso/priority' }],
    missing: [{ path: `${NOBODY}/priority` }],
  },
  'get /saved-views': {
    good: () => ({ path: '/saved-views?screen=portfolio' }),
    bad: [{ path: '/saved-views?screen=cellar' }],
    missing: [],
  },
  'post /saved-views': {
    good: () => ({ path: '/saved-views', body: { ...view, name: `View ${++made}` } }),
    bad: [
      { path: '/saved-views', body: { ...view, name: ' ' } },
      { path: '/saved-views', body: { ...view, search: { 'x y': 'z' } } },
      { path: '/saved-views', body: { ...view, surprise: true } },
    ],
    missing: [],
  },
  'put /saved-views/default': {
    good: () => ({ path: '/saved-views/default', body: { screen: 'portfolio', view: null } }),
    bad: [{ path: '/saved-views/default', body: { screen: 'portfolio', view: 'first' } }],
    missing: [{ path: '/saved-views/default', body: { screen: 'portfolio', view: ABSENT } }],
  },
  'put /saved-views/:view': {
    good: async (api, as = 'administrator') => ({
      path: `/saved-views/${await viewOf(api, as)}`,
      body: { ...changed, name: `Changed ${++made}` },
    }),
    bad: [
      { path: '/saved-views/first', body: changed },
      { path: `/saved-views/${ABSENT}`, body: { ...changed, name: '' } },
    ],
    missing: [{ path: `/saved-views/${ABSENT}`, body: changed }],
  },
  'delete /saved-views/:view': {
    good: async (api, as = 'administrator') => ({ path: `/saved-views/${await viewOf(api, as)}` }),
    bad: [{ path: '/saved-views/first' }],
    missing: [{ path: `/saved-views/${ABSENT}` }],
  },
}
