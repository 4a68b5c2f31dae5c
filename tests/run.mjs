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

/** Runs a Vitest configuration and adds its own counts. */
function vitest(title, args) {
  const report = join(root, 'node_modules', '.xiewen', `report-${title.replaceAll(/\W+/g, '-')}.json`)
  rmSync(report, { force: true })
  const passed = check(title, bin('vitest'), ['run', ...args, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`], { counted: true })
  if (!existsSync(report)) return missed(`${title}: no report`)
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  totals.passed += numPassedTests
  totals.failed += numFailedTests
  for (const file of testResults) {
    for (const test of file.assertionResults) if (test.status === 'failed') tell(title, file, test.fullName, (test.failureMessages ?? []).join('\n'))
    // A file that could not be loaded or set up has no failed tests of its own.
    if (file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')) tell(title, file, '(the file itself)', file.message ?? '')
  }
  // Yet such a file must not pass.
  if (!passed && numFailedTests === 0) missed(`${title}: a file could not be run`)
}

function tell(title, file, name, message) {
  const place = relative(root, file.name)
  process.stdout.write(`FAILED ${place}: ${name}\n${message.slice(0, 1500)}\n`)
  failures.push(`${title}: ${place}: ${name}\n    ${message.split('\n')[0].slice(0, 200)}`)
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
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`)
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1
