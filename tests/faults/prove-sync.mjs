// `npm run prove:sync -- kills 3000 [minutes] | chaos 1000 [first seed] | frames 20 | fsync 2000 | failpoints 20 | guards [id …]`: the long forms of the sync server's tests.
// `guards` takes each guard of sync-guards.mjs away in turn and expects its test to fail; files are put back whatever happens.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { guards, without } from './sync-guards.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const [what, ...rest] = process.argv.slice(2)

function vitest(args, env = {}, stdio = 'inherit', timeout = 6 * 3_600_000) {
  const command = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args]
  return spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', stdio, stdio], env: { ...process.env, ...env }, encoding: 'utf8', timeout })
}

const jobs = {
  kills: (n = '3000', minutes = '600') => vitest(['tests/faults/sync-kill.test.ts'], { XIEWEN_KILLS: n, XIEWEN_KILL_MINUTES: minutes, XIEWEN_SEED: process.env.XIEWEN_SEED ?? String(Date.now() % 1e6) }).status,
  chaos: (n = '1000', first = '1') => vitest(['tests/convergence/convergence.test.ts'], { XIEWEN_CONVERGENCE_SEEDS: n, XIEWEN_CONVERGENCE_FIRST: first }).status,
  frames: (n = '20') => vitest(['server/src/platform/realtime/hostile.test.ts'], { XIEWEN_FRAME_SEEDS: n }).status,
  fsync: (n = '2000') => vitest(['tests/faults/sync-fsync.test.ts', '-t', 'fdatasync'], { XIEWEN_FSYNC_UPDATES: n }).status,
  failpoints: (n = '20') => vitest(['tests/faults/sync-failpoints.test.ts'], { XIEWEN_FAILPOINT_TIMES: n }).status,
  guards: (...ids) => proveGuards(ids),
}

function build() {
  return spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'shared', 'crypto', 'server'], { cwd: root, stdio: 'ignore' }).status
}

/** A test that hangs without its guard proves nothing; the file is put back all the same. */
const guardLimitMs = 300_000

function proveGuards(ids) {
  const results = []
  for (const guard of guards.filter(({ id }) => ids.length === 0 || ids.some((each) => id.startsWith(each)))) {
    const path = join(root, guard.file)
    const whole = readFileSync(path, 'utf8')
    const bare = whole.replace(guard.from, () => guard.to)
    let verdict = 'the guard is not where the list says'
    if (bare !== whole) {
      const restore = () => writeFileSync(path, whole)
      process.once('SIGINT', restore)
      try {
        writeFileSync(path, bare)
        if (guard.built) build()
        const run = vitest([guard.test, ...(guard.name === '' ? [] : ['-t', guard.name])], {}, 'pipe', guardLimitMs)
        // Red because a test failed, not because nothing ran.
        verdict = run.error ? 'not in time' : run.status === 0 ? 'STAYS GREEN' : /Tests .*failed/.test(String(run.stdout)) ? 'red' : 'did not run'
      } finally {
        restore()
        process.off('SIGINT', restore)
        if (guard.built) build()
      }
    }
    results.push({ id: guard.id, guard: guard.what, test: guard.test, without: verdict })
    process.stderr.write(`${guard.id.padEnd(5)} ${verdict.padEnd(12)} ${guard.what}\n`)
  }
  const red = results.filter((each) => each.without === 'red').length
  process.stdout.write(`${JSON.stringify({ proof: 'guards', of: results.length, red, results, notOffered: without }, null, 2)}\n`)
  return red === results.length ? 0 : 1
}

if (!(what in jobs)) {
  process.stderr.write(`npm run prove:sync -- ${Object.keys(jobs).join(' | ')} [number or ids]\n`)
  process.exit(2)
}
process.exit(jobs[what](...rest) ?? 1)
