import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: 'src/store/testing.ts',
    // A second, the default, is short for what is done after an answer on a busy machine.
    expect: { poll: { timeout: 20_000 } },
  },
})
