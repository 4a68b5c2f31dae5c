import { defineConfig } from 'vitest/config'

// Apart from the unit tests, because these start a browser: npx vitest run --config tests/desktop/vitest.config.ts
export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: { include: ['*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000, pool: 'forks', maxWorkers: 1 },
})
