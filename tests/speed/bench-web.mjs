// `npm run bench:web`: gzipped sizes of what each page of the built interface loads at its first visit. Prints JSON.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../../server/bin/build.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
if (!existsSync(join(root, 'desktop/dist/web/.vite/manifest.json'))) build()
process.exitCode = spawnSync(process.execPath, [join(root, 'desktop/bundle-sizes.mjs')], { stdio: 'inherit' }).status ?? 1
