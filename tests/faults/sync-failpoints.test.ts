/** R02 for live texts: kill -9 at named points of the way to the disk and back, by the system calls themselves: before the n-th write of
 * the log, before its n-th sync (written, not durable), and before the n-th write to a socket (durable, not acknowledged).
 * `npm run prove:sync -- failpoints 20` tries each of 42 points twenty times. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aDocumentId } from '../../server/src/platform/realtime/twins/harness.ts'
import { ensureDebianPackage } from '../support/debian-packages.ts'
import { syncCalls } from './built-server.ts'
import { aTokenWriter, type LiveVictim, startVictim, storedTokens, type TokenWriter } from './live-victim.ts'

/** A point: which system call, and the how-manieth. */
interface Point {
  readonly call: 'pwrite64' | typeof syncCalls | 'write,writev'
  readonly nth: number
}

const times = Number(process.env['XIEWEN_FAILPOINT_TIMES'] ?? 0)
const calls = ['pwrite64', syncCalls, 'write,writev'] as const
const upTo = (nth: number): readonly Point[] => calls.flatMap((call) => Array.from({ length: nth }, (_, n) => ({ call, nth: n + 1 })))
const points = times === 0 ? [1, 4].flatMap((nth) => calls.map((call) => ({ call, nth }))) : upTo(14)

let directory: string
beforeEach(async () => {
  await ensureDebianPackage('strace', '/usr/bin/strace')
  directory = await mkdtemp(join(tmpdir(), 'xiewen-failpoints-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

/** Arms the point; resolves once the process is being watched. */
async function arm(victim: LiveVictim, { call, nth }: Point): Promise<void> {
  const place = call === 'write,writev' ? [] : ['-P', join(directory, 'xiewen.db-wal')]
  const strace = spawn('strace', ['-f', '-p', String(victim.child.pid), ...place, '-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${nth}`], { stdio: ['ignore', 'ignore', 'pipe'] })
  await new Promise<void>((resolve, reject) => {
    strace.once('exit', (code) => reject(new Error(`strace ended with ${code}`)))
    strace.stderr.on('data', (chunk: Buffer) => chunk.toString().includes('attached') && resolve())
  })
  strace.removeAllListeners('exit')
  // It writes a line for each call; unread it would stand still, and the server with it.
  strace.stderr.resume()
}

/** Three people at work before the point is armed. */
function openWriters(victim: LiveVictim, documentId: string): Promise<readonly TokenWriter[]> {
  return Promise.all(['a', 'b', 'c'].map(async (person) => aTokenWriter(await victim.open(documentId, person))))
}

/** Writes until the point kills the server; answers with what had been acknowledged. */
async function writeUntilDead(victim: LiveVictim, writers: readonly TokenWriter[], name: string): Promise<readonly string[]> {
  const isDead = (): boolean => victim.child.exitCode !== null || victim.child.signalCode !== null
  for (let n = 0; !isDead(); n += 1) {
    writers[n % writers.length]?.add(`${name}-${n}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  // What the dead process had handed to the kernel still arrives.
  await new Promise((resolve) => setImmediate(resolve))
  for (const { client } of writers) client.stop()
  return writers.flatMap((writer) => writer.acknowledged())
}

test('killed before a write of the log, before its sync, or before the acknowledgement: everything acknowledged is there, once', async () => {
  let documentId = aDocumentId()
  let victim = await startVictim({ directory, documents: [documentId], databaseUrl: null, isFresh: true })
  let acknowledged = 0
  for (let round = 0; round < Math.max(1, times); round += 1) {
    for (const point of points) {
      const name = `${point.call}@${point.nth} of round ${round}`
      const writers = await openWriters(victim, documentId)
      await arm(victim, point)
      const saved = await writeUntilDead(victim, writers, name)
      acknowledged += saved.length
      const next = aDocumentId()
      victim = await startVictim({ directory, documents: [next], databaseUrl: null })
      const stored = await storedTokens(victim, documentId)
      const known = new Set(stored)
      expect(saved.filter((token) => !known.has(token)), `lost at ${name}`).toEqual([])
      expect(known.size, `doubled at ${name}`).toBe(stored.length)
      documentId = next
    }
  }
  await victim.kill()
  if (times > 0) process.stdout.write(`${JSON.stringify({ id: 'R02', points: points.length, times, acknowledged, lost: 0, doubled: 0 })}\n`)
}, 60_000 + times * points.length * 10_000)
