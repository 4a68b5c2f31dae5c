// `npm run bench:web`: gzipped sizes of what each page of the built interface loads at its first visit. Prints JSON.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from '../../server/bin/build.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
ensureBuilt()
process.exitCode = spawnSync(process.execPath, [join(root, 'desktop/bundle-sizes.mjs')], { stdio: 'inherit' }).status ?? 1
