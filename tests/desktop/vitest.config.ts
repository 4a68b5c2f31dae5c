import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// Apart from the unit tests, because these start a browser: npx vitest run --config tests/desktop/vitest.config.ts
export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['*.test.ts'],
    globalSetup: ['./scratch.ts', '../../crypto/bin/build-wasm.mjs'],
    env: { TMPDIR: join(tmpdir(), `xiewen-desktop-run-${process.pid}`) },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 1,
  },
})
