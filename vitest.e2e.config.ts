import { defineConfig } from 'vitest/config'

/** Journeys run one after the other: they share one server and two cores. Where a file says so, two tests at a time. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    maxConcurrency: 2,
    // A second, the default, is short for what a job or a page beside another test has to do first.
    expect: { poll: { timeout: 30_000 } },
  },
})
