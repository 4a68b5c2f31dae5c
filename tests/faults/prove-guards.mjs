// Takes guards away one by one and expects their tests to fail. Everything happens in a scratch copy of the tree, so that work goes on beside it and an
// interrupted proof leaves nothing behind. Used by prove-sync.mjs and prove-seals.mjs.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A test that hangs without its guard proves nothing. */
const guardLimitMs = 300_000

/** Runs Vitest in a tree. */
export function vitest(tree, args, { env = {}, stdio = 'inherit', timeout = 6 * 3_600_000 } = {}) {
  const command = [join(tree, 'node_modules/vitest/vitest.mjs'), 'run', ...args]
  return spawnSync(process.execPath, command, { cwd: tree, stdio: ['ignore', stdio, stdio], env: { ...process.env, ...env }, encoding: 'utf8', timeout, maxBuffer: 1 << 28 })
}

/** Copies what is there, uncommitted work and built files included; installed packages are linked, our own ones to the copy. */
function copyTree() {
  const tree = mkdtempSync(join(tmpdir(), 'xiewen-guards-'))
  const left = new Set(['node_modules', '.git', '.data', join('tests', 'output')])
  cpSync(root, tree, { recursive: true, preserveTimestamps: true, filter: (path) => basename(path) !== 'node_modules' && !left.has(relative(root, path)) })
  for (const place of ['', ...readdirSync(root).filter((name) => existsSync(join(root, name, 'node_modules')))]) linkPackages(join(root, place, 'node_modules'), join(tree, place, 'node_modules'))
  return tree
}

function linkPackages(from, to) {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) {
    if (name === '@xiewen') cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true })
    // Caches belong to the tree they were made in.
    else if (!name.startsWith('.') || name === '.bin') symlinkSync(join(from, name), join(to, name))
  }
}

function build(tree) {
  return spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'shared', 'crypto', 'server'], { cwd: tree, stdio: 'ignore' }).status
}

/** Modules are kept as transformed, by their content: a third less work from one guard to the next. */
const callOf = ({ test, name }) => ['--experimental.fsModuleCache', test, ...(name === '' ? [] : ['-t', name])]

/** How a test ended: red because a test failed, not because nothing ran, nor because a busy machine let its time run out. */
function outcomeOf(run) {
  if (run.error) return 'not in time'
  if (run.status === 0) return 'green'
  if (!/Tests .*failed/.test(String(run.stdout))) return 'did not run'
  const failed = failuresOf(run)
  return failed.length > 0 && failed.every(({ because }) => because.includes('timed out in')) ? 'not in time' : 'red'
}

/** The tests that failed and the first line of what each complained of: whether it is the guard's own reason is for a reader to see. */
function failuresOf(run) {
  const plain = stripVTControlCharacters(`${run.stdout}${run.stderr}`)
  return [...plain.matchAll(/^ FAIL {2}(.+ > .+)\n(?: FAIL .*\n)*(.+)$/gm)].map(([, test, because]) => ({ test, because }))
}

/** The text of a file without its guard, or null where the guard is not what the list says, or stands there more than once. */
function withoutGuard(whole, { from, to }) {
  const pieces = typeof from === 'string' ? whole.split(from) : whole.split(new RegExp(from.source, from.flags.replace('g', '')))
  return pieces.length === 2 ? whole.replace(from, () => to) : null
}

/** Whether what a guard is proven with is green while the guard is there: by itself, as it is run without the guard too, for a test that rests on one before
 * it fails alone in any case. Asked once for each. */
function isSound(tree, guard, known) {
  const call = callOf(guard)
  const key = call.join(' ')
  if (!known.has(key)) known.set(key, outcomeOf(vitest(tree, call, { stdio: 'pipe', timeout: guardLimitMs })) === 'green')
  return known.get(key)
}

function proveOne(tree, guard) {
  const paths = [...new Set([guard, ...(guard.and ?? [])].map(({ file }) => join(tree, file)))]
  const whole = new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]))
  const bare = new Map(whole)
  for (const edit of [guard, ...(guard.and ?? [])]) {
    const path = join(tree, edit.file)
    const text = withoutGuard(bare.get(path), edit)
    if (text === null) return { without: 'the guard is not where the list says' }
    bare.set(path, text)
  }
  try {
    for (const [path, text] of bare) writeFileSync(path, text)
    if (guard.built) build(tree)
    // A file whose preparations failed says nothing about the guard: a busy machine, or a guard its own beforeAll stumbles over. Once more tells.
    let run = vitest(tree, callOf(guard), { stdio: 'pipe', timeout: guardLimitMs })
    if (outcomeOf(run) === 'did not run') run = vitest(tree, callOf(guard), { stdio: 'pipe', timeout: guardLimitMs })
    const outcome = outcomeOf(run)
    return { without: outcome === 'green' ? 'STAYS GREEN' : outcome, failed: failuresOf(run) }
  } finally {
    for (const [path, text] of whole) writeFileSync(path, text)
    if (guard.built) build(tree)
  }
}

/**
 * Proves the guards whose id begins with one of `ids` (all of them without any) and prints the outcome as JSON.
 * A guard is one text (`file`, `from`, `to`), with further ones in `and` where it takes several edits.
 * `first`: every test is run before, by itself and with the guard in place; one that is red then proves nothing.
 *
 * @returns the exit code: 0 when every guard's test went red
 */
export function proveGuards({ guards, without = [], ids = [], first = false }) {
  const chosen = guards.filter(({ id }) => ids.length === 0 || ids.some((each) => id.startsWith(each)))
  const tree = copyTree()
  const drop = () => rmSync(tree, { recursive: true, force: true })
  process.once('SIGINT', () => (drop(), process.exit(130)))
  process.once('SIGTERM', () => (drop(), process.exit(143)))
  try {
    const known = new Map()
    const results = chosen.map((guard) => {
      const started = Date.now()
      const verdict = first && !isSound(tree, guard, known) ? { without: 'RED ANYWAY' } : proveOne(tree, guard)
      process.stderr.write(`${guard.id.padEnd(6)} ${verdict.without.padEnd(12)} ${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${guard.what}\n`)
      return { id: guard.id, guard: guard.what, file: guard.file, test: guard.test, ...verdict }
    })
    const red = results.filter((each) => each.without === 'red').length
    process.stdout.write(`${JSON.stringify({ proof: 'guards', of: results.length, red, results, notOffered: without }, null, 2)}\n`)
    return results.length > 0 && red === results.length ? 0 : 1
  } finally {
    drop()
  }
}
