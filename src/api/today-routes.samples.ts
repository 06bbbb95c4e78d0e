import type { Sample } from './admin-routes.samples.ts'

/** One entry per route of `today-routes.ts`, for `routes.test.ts`. */
export const TODAY_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /today': {
    good: () => ({ path: '/today?whose=all&zone=America/Sao_Paulo&limit=10' }),
    bad: [{ path: '/today?whose=nobody' }, { path: '/today?zone=Mars/Olympus' }, { path: '/today?limit=0' }, { path: '/today?limit=201' }],
    missing: [],
  },
  'put /today/looked': {
    good: () => ({ path: '/today/looked', body: { at: '2026-11-21T09:00:00Z' } }),
    bad: [
      { path: '/today/looked', body: { at: 'yesterday' } },
      { path: '/today/looked', body: { at: '2026-11-22T09:00:00Z' } },
      { path: '/today/looked', body: { at: '2026-11-21T09:00:00Z', surprise: true } },
    ],
    missing: [],
  },
}
