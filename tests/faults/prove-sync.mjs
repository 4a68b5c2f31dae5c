// `npm run prove:sync -- kills 3000 [minutes] | chaos 1000 [first seed] | frames 20 | fsync 2000 | failpoints 20 | guards [id …]`: the long forms of the sync server's tests.
// `guards` takes each guard of sync-guards.mjs away in turn, in a copy of the tree, and expects its test to fail.
import { proveGuards, root, vitest as runVitest } from './prove-guards.mjs'
import { guards, without } from './sync-guards.mjs'

const [what, ...rest] = process.argv.slice(2)
const vitest = (args, env = {}) => runVitest(root, args, { env })

const jobs = {
  kills: (n = '3000', minutes = '600') => vitest(['tests/faults/sync-kill.test.ts'], { XIEWEN_KILLS: n, XIEWEN_KILL_MINUTES: minutes, XIEWEN_SEED: process.env.XIEWEN_SEED ?? String(Date.now() % 1e6) }).status,
  chaos: (n = '1000', first = '1') => vitest(['tests/convergence/convergence.test.ts'], { XIEWEN_CONVERGENCE_SEEDS: n, XIEWEN_CONVERGENCE_FIRST: first }).status,
  frames: (n = '20') => vitest(['server/src/platform/realtime/hostile.test.ts'], { XIEWEN_FRAME_SEEDS: n }).status,
  fsync: (n = '2000') => vitest(['tests/faults/sync-fsync.test.ts', '-t', 'fdatasync'], { XIEWEN_FSYNC_UPDATES: n }).status,
  failpoints: (n = '20') => vitest(['tests/faults/sync-failpoints.test.ts'], { XIEWEN_FAILPOINT_TIMES: n }).status,
  guards: (...ids) => proveGuards({ guards, without, ids }),
}

if (!(what in jobs)) {
  process.stderr.write(`npm run prove:sync -- ${Object.keys(jobs).join(' | ')} [number or ids]\n`)
  process.exit(2)
}
process.exit(jobs[what](...rest) ?? 1)
