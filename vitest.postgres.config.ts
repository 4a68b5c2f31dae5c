import { defineConfig } from 'vitest/config'

// The scenario tests once more, against PostgreSQL: the same repositories must run on both engines.
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['tests/{scenarios,permissions}/**/*.test.ts'],
    exclude: ['**/*.sqlite.test.ts', '**/node_modules/**'],
    env: { XIEWEN_TEST_ENGINE: 'postgres' },
    globalSetup: ['crypto/bin/build-wasm.mjs', 'tests/support/postgres-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})
