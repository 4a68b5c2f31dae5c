// `npm run bench:sync`: our sync server beside two others, under one load generator; prints JSON.
// `--full` takes longer and adds rows; `--tiny` only shows that everything runs; `--only=saturated,history` and `--targets=xiewen`
// narrow it; `--profile=DIR` writes processor profiles of the servers. A measurement that fails or takes too long is named in `failed` and leaves its rows out; the others go on.
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../../server/bin/build.mjs'
import { ensurePeers } from './sync/processes.mjs'
import { live, measureHistory, measureLive, measureMemory } from './sync/scenarios.mjs'
import { carried, judge, medians } from './sync/table.mjs'
import { tenEditors } from './sync/ten-editors.mjs'

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    tiny: { type: 'boolean', default: false },
    only: { type: 'string' },
    targets: { type: 'string' },
    rounds: { type: 'string' },
    out: { type: 'string' },
    profile: { type: 'string' },
  },
})
if (options.profile) {
  mkdirSync(options.profile, { recursive: true })
  process.env.XIEWEN_BENCH_PROFILE = options.profile
}
const begun = performance.now()
const tell = (text) => process.stderr.write(`${String(Math.round((performance.now() - begun) / 1000)).padStart(4)} s  ${text}\n`)
ensureBuilt()
const hasPeers = ensurePeers()
if (!hasPeers) tell('the other servers cannot be installed here: ours is measured alone')
const all = hasPeers ? ['xiewen', 'yws', 'hocuspocus', 'bare'] : ['xiewen', 'bare']
const targets = options.targets ? options.targets.split(',') : all
const wanted = (row) => !options.only || options.only.split(',').includes(row)
const plan = options.full
  ? { rounds: 5, seconds: 6, edits: 100_000, returning: 2000, connections: 4000, documents: 2000 }
  : options.tiny
    ? { rounds: 1, seconds: 0.3, edits: 2000, returning: 40, connections: 40, documents: 20 }
    : { rounds: 3, seconds: 1.5, edits: 100_000, returning: 2000, connections: 2000, documents: 600 }
const rounds = Number(options.rounds ?? plan.rounds)

const failed = []
/** Runs one measurement; a failure is told and gives `null`. */
async function attempt(title, work) {
  tell(title)
  try {
    return await work()
  } catch (error) {
    failed.push({ what: title, why: String(error?.message ?? error) })
    tell(`FAILED ${title}: ${error?.message ?? error}`)
    return null
  }
}

const samples = Object.fromEntries(targets.map((target) => [target, []]))
const rows = Object.keys(live).filter(wanted)
for (let round = 1; round <= rounds && rows.length > 0; round += 1)
  for (const target of targets) {
    const theirs = target === 'bare' ? rows.filter((row) => carried.includes(row)) : rows
    const sample = theirs.length === 0 ? null : await attempt(`round ${round} of ${rounds}: ${target}`, () => measureLive(target, theirs, plan.seconds))
    if (sample !== null) samples[target].push(sample)
  }
const measured = Object.fromEntries(targets.map((target) => [target, medians(samples[target])]))
for (const target of targets.filter((each) => each !== 'bare')) {
  if (wanted('history')) {
    measured[target].history = await attempt(`long history: ${target}`, () => measureHistory(target, { edits: plan.edits, returning: target === 'xiewen' ? plan.returning : 0 }))
  }
  if (wanted('memory')) {
    measured[target].memory = await attempt(`memory: ${target}`, () => measureMemory(target, plan))
  }
}
const editors = wanted('editors') ? await attempt('ten editors', () => tenEditors(options.full ? 10 : options.tiny ? 1 : 5)) : null
const result = { bench: 'sync', node: process.version, rounds, secondsEach: plan.seconds, tookSeconds: Math.round((performance.now() - begun) / 1000), ...judge(measured, editors), failed, measured, tenEditors: editors }
const output = `${JSON.stringify(result, null, 2)}\n`
if (options.out) writeFileSync(options.out, output)
process.stdout.write(output)
process.exit(failed.length === 0 && (editors === null || editors.passed) ? 0 : 1)
