import { defineConfig } from 'vitest/config'

// Tests that drive a real browser against the built product: one at a time, on two cores.
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['tests/journeys/**/*.test.ts'],
    globalSetup: ['crypto/bin/build-wasm.mjs'],
    testTimeout: 300_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
})
