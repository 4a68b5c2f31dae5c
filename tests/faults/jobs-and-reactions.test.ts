/** Timed work and reactions across downtime and SIGKILL: what is due is done, and takes effect exactly once. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const victim = fileURLToPath(new URL('victim.mjs', import.meta.url))
const minuteMs = 60_000

interface Life {
  /** Where the process ends itself by SIGKILL. */
  readonly die?: 'in-job' | 'in-reaction' | 'after-reaction' | 'after-commit'
  readonly plan?: readonly { readonly misfire: 'run-late' | 'skip'; readonly what: string; readonly inMs: number }[]
  readonly facts?: readonly string[]
  /** How much later than now this life takes place (ms). */
  readonly later?: number
}

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'xiewen-victim-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

/** Lives one life of the server. Answers with what has taken effect so far, or with the signal that ended it. */
function live(life: Life): Promise<unknown> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [victim, dataDir, JSON.stringify(life)], (error, stdout, stderr) => {
      if (error?.signal === 'SIGKILL') resolve('killed')
      else if (error) reject(new Error(stderr, { cause: error }))
      else resolve(JSON.parse(stdout))
    })
  })
}

describe('jobs due while the server was down', () => {
  const plan = [{ misfire: 'run-late', what: 'urge', inMs: 10 * minuteMs }, { misfire: 'skip', what: 'remind', inMs: 10 * minuteMs }] as const

  test('run late or are skipped as their kind declares, and the skipping is on record', async () => {
    expect(await live({ plan, die: 'after-commit' })).toBe('killed')
    expect(await live({ later: 9 * minuteMs })).toEqual({ effects: [], skipped: 0 })
    expect(await live({ later: 180 * minuteMs })).toEqual({ effects: ['run-late urge late'], skipped: 1 })
    expect(await live({ later: 400 * minuteMs })).toEqual({ effects: ['run-late urge late'], skipped: 1 })
  }, 120_000)

  test('within its grace a job that may be skipped still runs', async () => {
    await live({ plan, die: 'after-commit' })
    expect(await live({ later: 40 * minuteMs })).toEqual({ effects: ['run-late urge late', 'skip remind late'], skipped: 0 })
  }, 120_000)
})

test('a job killed in the middle takes effect once, however often it is killed', async () => {
  const plan = [{ misfire: 'run-late', what: 'urge', inMs: 0 }] as const
  expect(await live({ plan, die: 'in-job' })).toBe('killed')
  expect(await live({ die: 'in-job' })).toBe('killed')
  expect(await live({})).toEqual({ effects: ['run-late urge'], skipped: 0 })
  expect(await live({})).toEqual({ effects: ['run-late urge'], skipped: 0 })
}, 120_000)

test('a server killed between a commit and its reactions makes up for them: each exactly once, in order', async () => {
  expect(await live({ facts: ['a', 'b', 'c'], die: 'after-commit' })).toBe('killed')
  const effects = ['reacted to a', 'reacted to b', 'reacted to c']
  expect(await live({})).toEqual({ effects, skipped: 0 })
  expect(await live({})).toEqual({ effects, skipped: 0 })
}, 120_000)

test('a server killed the moment a reaction has taken effect does not repeat it', async () => {
  expect(await live({ facts: ['a', 'b'], die: 'after-reaction' })).toBe('killed')
  expect(await live({ die: 'after-reaction' })).toBe('killed')
  expect(await live({})).toEqual({ effects: ['reacted to a', 'reacted to b'], skipped: 0 })
}, 120_000)

test('a reaction killed in the middle takes effect once', async () => {
  expect(await live({ facts: ['a', 'b'], die: 'in-reaction' })).toBe('killed')
  expect(await live({ die: 'in-reaction' })).toBe('killed')
  expect(await live({})).toEqual({ effects: ['reacted to a', 'reacted to b'], skipped: 0 })
}, 120_000)
