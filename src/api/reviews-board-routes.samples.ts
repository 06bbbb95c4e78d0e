import type { Sample } from './admin-routes.samples.ts'

/** One entry per route of `reviews-board-routes.ts`, for `routes.test.ts`. */
export const REVIEWS_BOARD_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /reviews': {
    good: () => ({ path: '/reviews?q=con&segment=enterprise&mine=false' }),
    bad: [
      { path: '/reviews?column=elsewhere' },
      { path: '/reviews?mine=perhaps' },
      { path: '/reviews?column=ready&cursor=abc' },
      { path: `/reviews?q=${'x'.repeat(201)}` },
      { path: '/reviews?segment=large' },
    ],
    missing: [],
  },
}
