// Starts measured servers and the load generator, each in a process of its own, pinned to a processor where the system can.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, copyFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../../..', import.meta.url))
const canPin = availableParallelism() >= 2 && spawnSync('taskset', ['-V']).status === 0

/** A process that answers over IPC. */
function start(file, { cpu, env = {}, args = [] }) {
  const command = [...(canPin ? ['taskset', '-c', String(cpu)] : []), process.execPath, ...args, join(here, file)]
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: { ...process.env, ...env } })
  child.setMaxListeners(50)
  return child
}

/** The longest a server may take to start or to answer, and a job to run. */
const limits = { answerMs: 30_000, jobMs: 75_000 }

function next(child, isWanted, what, limitMs) {
  return new Promise((resolve, reject) => {
    const end = (act) => (value) => {
      clearTimeout(timer)
      child.off('message', hear)
      child.off('exit', leave)
      act(value)
    }
    const [done, fail] = [end(resolve), end(reject)]
    const hear = (message) => isWanted(message) && done(message)
    const leave = (code) => fail(new Error(`${what}: the process ended with ${code}`))
    const timer = setTimeout(() => fail(new Error(`${what}: not within ${limitMs / 1000} s`)), limitMs)
    child.on('message', hear)
    child.once('exit', leave)
  })
}

/** Starts a server under test; `directory` holds what it stores. */
export async function startServer(target, directory) {
  const child = start(`server-${target}.mjs`, { cpu: 0, args: ['--expose-gc'], env: { XIEWEN_PEERS: peersFile(), XIEWEN_BENCH_DIR: directory } })
  const { ready } = await next(child, (message) => message.ready !== undefined, `starting ${target}`, limits.answerMs)
  let questions = 0
  const ask = async (name, value) => {
    const id = (questions += 1)
    child.send({ id, ask: name, value })
    return (await next(child, (message) => message.id === id, `${target} asked for ${name}`, limits.answerMs)).value
  }
  return {
    target,
    port: ready.port,
    ask,
    openings: (names) => ask('openings', names),
    stop: () => stop(child),
  }
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

/** Runs one job in a fresh generator. `onMoment(name)` runs while the generator waits. */
export async function runLoad(job, onMoment) {
  const child = start('load.mjs', { cpu: 1 })
  try {
    await next(child, (message) => message.ready !== undefined, 'starting the generator', limits.answerMs)
    const done = next(child, (message) => message.result !== undefined || message.failed !== undefined, `job ${job.kind}`, limits.jobMs)
    child.on('message', ({ moment }) => {
      // A server that does not answer ends its own question; the generator then waits until the job's time is over.
      if (moment !== undefined) Promise.resolve(onMoment(moment)).then(() => child.send({ go: moment }), () => undefined)
    })
    child.send(job)
    const answer = await done
    if (answer.failed) throw new Error(answer.failed)
    return answer.result
  } finally {
    await stop(child)
  }
}

/** A directory for one server's files, on the disk of the temporary directory. */
export function makeDirectory() {
  const directory = mkdtempSync(join(tmpdir(), 'xiewen-bench-sync-'))
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) }
}

const peersDirectory = join(root, 'node_modules/.xiewen/sync-peers')
const peersFile = () => join(peersDirectory, 'package.json')

/** Installs the other servers on first use, from their own lock file. Resolves to false when the registry cannot be reached. */
export function ensurePeers() {
  const lock = join(here, 'peers/package-lock.json')
  const stamp = join(peersDirectory, '.installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(lock, 'utf8')) return true
  mkdirSync(peersDirectory, { recursive: true })
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(here, 'peers', name), join(peersDirectory, name))
  const result = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--workspaces=false'], {
    cwd: peersDirectory,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (result.status !== 0) return false
  writeFileSync(stamp, readFileSync(lock, 'utf8'))
  return true
}
