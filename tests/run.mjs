// `npm test`: installs what is needed, builds, runs every check, and ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from '../server/bin/ensure-installed.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
ensureInstalled()

const bin = (name) => join(root, 'node_modules', '.bin', name)
const totals = { passed: 0, failed: 0 }
const seconds = []

/** Runs one check that either passes or fails as a whole. */
function check(title, command, args, options = {}) {
  const started = Date.now()
  process.stdout.write(`\n== ${title}\n`)
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...options.env } })
  const passed = result.status === 0
  seconds.push([title, Math.round((Date.now() - started) / 1000)])
  if (!options.counted) totals[passed ? 'passed' : 'failed'] += 1
  return passed
}

/** Runs a Vitest configuration and adds its own counts. */
function vitest(title, args) {
  const report = join(root, 'node_modules', '.xiewen', `report-${title.replaceAll(/\W+/g, '-')}.json`)
  rmSync(report, { force: true })
  const passed = check(title, bin('vitest'), ['run', ...args, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`], { counted: true })
  if (!existsSync(report)) return void (totals.failed += 1)
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  totals.passed += numPassedTests
  totals.failed += numFailedTests
  for (const file of testResults) for (const test of file.assertionResults) if (test.status === 'failed') process.stdout.write(`FAILED ${file.name}: ${test.fullName}\n${(test.failureMessages ?? []).join('\n').slice(0, 1500)}\n`)
  // A file that could not even be loaded has no failed tests of its own, yet must not pass.
  if (!passed && numFailedTests === 0) totals.failed += 1
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
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`)
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1
