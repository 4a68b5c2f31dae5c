import { defineConfig } from 'vitest/config'

// Tests run on sources: the `source` export condition of each workspace package names its TypeScript door.
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['{shared,crypto,server,desktop}/src/**/*.test.{ts,tsx}', 'tests/{architecture,scenarios,permissions,convergence,faults,vectors}/**/*.test.ts'],
    // Tests read crypto/ from source, and its WebAssembly module has to be built for that.
    globalSetup: ['crypto/bin/build-wasm.mjs'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})
