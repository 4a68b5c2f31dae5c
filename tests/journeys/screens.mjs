// `npm run screens [-- --out DIR --data DIR -t NAME]`: photographs every screen of the demonstration in every look, so that
// people can look at them. `--data` keeps the demonstration for the next time; `-t 'phone inbox'` takes those pictures only.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from '../../server/bin/ensure-installed.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
ensureInstalled()
const { ensureBuilt } = await import('../../server/bin/build.mjs')
ensureBuilt()

/** Takes an option and its value out of the arguments. */
function take(args, name) {
  const at = args.indexOf(name)
  return at === -1 ? undefined : args.splice(at, 2)[1]
}

const args = process.argv.slice(2)
const out = resolve(take(args, '--out') ?? join(root, 'tests', 'output', 'gallery'))
const data = take(args, '--data')
const env = { ...process.env, XIEWEN_GALLERY: out, ...(data === undefined ? {} : { XIEWEN_GALLERY_DATA: resolve(data) }) }
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const result = spawnSync(process.execPath, [vitest, 'run', '--config', 'vitest.browser.config.ts', 'tests/journeys/gallery.test.ts', ...args], { cwd: root, stdio: 'inherit', env })
process.stdout.write(`\n${out}\n`)
process.exitCode = result.status ?? 1
