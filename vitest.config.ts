import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: 'src/store/testing.ts',
    // On two cores the default is one; most tests wait for PostgreSQL or for a program they started.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A second, the default, is short for what is done after an answer on a busy machine.
    expect: { poll: { timeout: 20_000 } },
  },
})
