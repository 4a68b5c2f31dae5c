// `npm test`: installs what is needed, builds, runs every check, and ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from '../server/bin/ensure-installed.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
ensureInstalled()

const bin = (name) => join(root, 'node_modules', '.bin', name)
const totals = { passed: 0, failed: 0 }
const seconds = []
/** What failed, said once more at the end: a long run is read from there. */
const failures = []
/** What failed and passed when run again alone: named at the end, to be mended. */
const unsteady = []
/** More files than this that fail together are no matter of timing, and are not run again. */
const mostAgain = 4

/** Runs one check that either passes or fails as a whole. */
function check(title, command, args, options = {}) {
  const started = Date.now()
  process.stdout.write(`\n== ${title}\n`)
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...options.env } })
  const passed = result.status === 0
  seconds.push([title, Math.round((Date.now() - started) / 1000)])
  if (!options.counted) totals[passed ? 'passed' : 'failed'] += 1
  if (!options.counted && !passed) failures.push(title)
  return passed
}

/** Runs a Vitest configuration and adds its own counts. Files with a failure are run once more, alone: on a full machine a process may be
 * kept waiting longer than any test allows. What fails again has failed; what passes then is named as unsteady. */
function vitest(title, args) {
  const first = runFiles(title, args)
  if (first === null) return missed(`${title}: no report`)
  totals.passed += first.count
  const files = [...new Set(first.failed.map(({ file }) => file))]
  const isWorthAgain = files.length > 0 && files.length <= mostAgain
  const again = isWorthAgain ? runFiles(`${title}, again alone`, [...args, ...files, '--no-file-parallelism']) : null
  for (const { file, name, message } of first.failed) {
    const said = `${title}: ${file}: ${name}\n    ${message.split('\n')[0].slice(0, 200)}`
    if (again === null || again.isBroken || !again.hasPassed(file, name)) missed(said)
    else {
      totals.passed += 1
      unsteady.push(said)
    }
  }
  // It ended badly though no test failed: an error nobody awaited.
  if (first.isBroken) missed(`${title}: a file could not be run`)
}

/** What stands for a file that could not be loaded or set up: it has no failed tests of its own. */
const fileItself = '(the file itself)'

/** One run of Vitest: how many tests passed, which failed, and whether it ended badly without naming any. `null` without a report. */
function runFiles(title, args) {
  const report = join(root, 'node_modules', '.xiewen', `report-${title.replaceAll(/\W+/g, '-')}.json`)
  rmSync(report, { force: true })
  const isGood = check(title, bin('vitest'), ['run', ...args, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`], { counted: true })
  if (!existsSync(report)) return null
  const { numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const passed = new Set()
  const failed = []
  for (const { name: path, status, message, assertionResults } of testResults) {
    const file = relative(root, path)
    const failures = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'passed') passed.add(`${file}: ${fileItself}`)
    for (const test of assertionResults) if (test.status === 'passed') passed.add(`${file}: ${test.fullName}`)
    failed.push(...failures.map((test) => ({ file, name: test.fullName, message: (test.failureMessages ?? []).join('\n') })))
    if (status === 'failed' && failures.length === 0) failed.push({ file, name: fileItself, message: message ?? '' })
  }
  for (const { file, name, message } of failed) process.stdout.write(`FAILED ${file}: ${name}\n${message.slice(0, 1500)}\n`)
  /** Two tests may have one name: both must have passed. */
  const hasPassed = (file, name) => passed.has(`${file}: ${name}`) && !failed.some((other) => other.file === file && other.name === name)
  return { count: numPassedTests, failed, hasPassed, isBroken: !isGood && failed.length === 0 }
}

function missed(what) {
  totals.failed += 1
  failures.push(what)
}

check('install system packages the tests use', process.execPath, ['tests/support/install-packages.mjs'])
if (check('build', process.execPath, ['server/bin/build.mjs'])) {
  check('types', bin('tsc'), ['-b'])
  check('types of tests', bin('tsc'), ['-p', 'tests'])
  check("types of the client's tests", bin('tsc'), ['-p', 'desktop/tsconfig.tests.json'])
  check('lint', bin('oxlint'), ['shared/src', 'crypto/src', 'server/src', 'desktop/src', 'tests', 'installers'])
  vitest('rooms and scenarios', [])
  vitest('scenarios on PostgreSQL', ['--config', 'vitest.postgres.config.ts'])
  vitest('desktop client', ['--config', 'tests/desktop/vitest.config.ts'])
  vitest('journeys', ['--config', 'vitest.browser.config.ts'])
}

process.stdout.write(`\n${seconds.map(([title, took]) => `${String(took).padStart(5)} s  ${title}`).join('\n')}\n`)
if (failures.length > 0) process.stdout.write(`\n${failures.map((each) => `FAILED ${each}`).join('\n')}\n`)
if (unsteady.length > 0) process.stdout.write(`\n${unsteady.map((each) => `UNSTEADY (passed when run again alone; to be mended) ${each}`).join('\n')}\n`)
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`)
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1
