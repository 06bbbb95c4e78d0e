import type { Sample } from './admin-routes.samples.ts'

const SHARED_BAD = ['team=No_Team', 'segment=huge', 'owner=']
const both = (path: string, good: string, bad: readonly string[]): Readonly<Record<string, Sample>> => ({
  [`get ${path}`]: {
    good: () => ({ path: `${path}?${good}&limit=10&cursor=0` }),
    bad: [...SHARED_BAD, ...bad, 'limit=0', 'cursor=abc'].map(query => ({ path: `${path}?${query}` })),
    missing: [],
  },
  [`get ${path}/export`]: {
    good: () => ({ path: `${path}/export?${good}` }),
    bad: [...SHARED_BAD, ...bad].map(query => ({ path: `${path}/export?${query}` })),
    missing: [],
  },
})

/** One entry per route of `report-routes.ts`, for `routes.test.ts`. */
export const REPORT_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /reports/filters': { good: () => ({ path: '/reports/filters' }), bad: [], missing: [] },
  ...both('/reports/milestones', 'service=teams&milestone=first&months=6&owner=rita', ['months=5', 'milestone=half', 'service=Te_ams']),
  ...both('/reports/at-risk', 'reason=silent&segment=enterprise', ['reason=bad-mood']),
  ...both('/reports/silent', 'howLong=never&team=north', ['howLong=ages']),
  ...both('/reports/past-due', 'reason=blocked&date=target&service=teams', ['reason=because', 'date=yesterday']),
  ...both('/reports/handshakes', 'late=true&service=teams', ['late=perhaps']),
  'get /load/export': { good: () => ({ path: '/load/export' }), bad: [], missing: [] },
}
