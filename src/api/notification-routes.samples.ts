import type { Sample } from './admin-routes.samples.ts'

const telling = { ways: { mention: 'digest' }, digestHour: 7, quiet: { from: '20:00', until: '07:00' } }
const path = '/me/preferences'

/** One entry per route of `notification-routes.ts`, for `routes.test.ts`. */
export const NOTIFICATION_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /notifications': {
    good: () => ({ path: '/notifications?unseen=true' }),
    bad: [{ path: '/notifications?before=yesterday' }, { path: '/notifications?unseen=maybe' }],
    missing: [],
  },
  'get /notifications/unseen': { good: () => ({ path: '/notifications/unseen' }), bad: [], missing: [] },
  'post /notifications/seen': {
    good: () => ({ path: '/notifications/seen', body: { until: '2026-11-21T08:00:00Z' } }),
    bad: [
      { path: '/notifications/seen', body: {} },
      { path: '/notifications/seen', body: { ids: [] } },
      { path: '/notifications/seen', body: { ids: ['x'] } },
      { path: '/notifications/seen', body: { until: 'now' } },
    ],
    missing: [],
  },
  'get /me/preferences': { good: () => ({ path }), bad: [], missing: [] },
  'put /me/preferences': {
    good: () => ({
      path,
      body: { timeZone: 'America/Sao_Paulo', formats: 'pt-BR', singleKeys: false, telling, planFilters: { state: 'due' } },
    }),
    bad: [
      { path, body: { timeZone: 'Mars/Olympus' } },
      { path, body: { timeZone: '+03:00' } },
      { path, body: { formats: 'x' } },
      { path, body: { telling: { ...telling, digestHour: 24 } } },
      { path, body: { planFilters: { state: 'gone' } } },
      { path, body: { telling: { ...telling, quiet: { from: '07:00', until: '07:00' } } } },
      { path, body: { telling: { ...telling, ways: { gossip: 'digest' } } } },
      { path, body: { surprise: true } },
    ],
    missing: [],
  },
}
