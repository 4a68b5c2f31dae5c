// `npm run bench:start`: how long a fresh installation takes until it serves, how long the next start takes, and what the server
// keeps in memory at rest. Measures what `npm start` runs after installing and building. Prints JSON.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from '../../server/bin/build.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const targets = { firstMs: 60_000, secondMs: 3000, restMb: 150 }
const restMs = Number(process.env.XIEWEN_BENCH_REST_MS ?? 10_000)

ensureBuilt()

const dataDir = await mkdtemp(join(tmpdir(), 'xiewen-bench-start-'))
const busy = loadavg()[0]
const first = await startDemo(dataDir)
const firstRest = await restAndStop(first)
const second = await startDemo(dataDir)
const secondRest = await restAndStop(second)
await rm(dataDir, { recursive: true })

const result = {
  bench: 'start',
  loadBefore: busy,
  targets,
  first: { servingMs: first.servingMs, healthMs: first.healthMs, ...firstRest },
  second: { servingMs: second.servingMs, healthMs: second.healthMs, ...secondRest },
  passed: first.healthMs <= targets.firstMs && second.healthMs <= targets.secondMs && Math.max(firstRest.rssMb, secondRest.rssMb) <= targets.restMb,
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
process.exitCode = result.passed ? 0 : 1

/** Starts the demonstration; resolves at the health line, which comes when everything is ready to use. */
async function startDemo(data) {
  const started = performance.now()
  const child = spawn(process.execPath, [join(root, 'server/bin/xiewen.mjs'), 'demo', '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  let servingMs = null
  await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${output}`)))
    child.stdout.on('data', (chunk) => {
      output += chunk
      if (servingMs === null && output.includes('http://')) servingMs = Math.round(performance.now() - started)
      if (/health.*\n/.test(output)) resolve()
    })
  })
  return { child, servingMs, healthMs: Math.round(performance.now() - started) }
}

/** Memory after a time in which nobody asked anything; then ends the server in order. */
async function restAndStop({ child }) {
  await new Promise((resolve) => setTimeout(resolve, restMs))
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  const megabytes = (field) => Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 102.4) / 10
  const memory = { rssMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM'), privateMb: megabytes('RssAnon') }
  child.removeAllListeners('exit')
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
  return memory
}
