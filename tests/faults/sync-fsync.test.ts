/** R03 for live texts: by the system calls themselves, each acknowledgement leaves after the fdatasync that put its update on the disk.
 * R08: while the disk takes its time, reads and other work go on. `npm run prove:sync -- fsync 2000` for more. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aDocumentId, until } from '../../server/src/platform/realtime/twins/harness.ts'
import { ensureDebianPackage } from '../support/debian-packages.ts'
import { startPostgres } from '../support/postgres.ts'
import { injectFault, syncCalls } from './built-server.ts'
import { aTokenWriter, type LiveVictim, startVictim, storedTokens } from './live-victim.ts'

const count = Number(process.env['XIEWEN_FSYNC_UPDATES'] ?? 60)
let directory: string
let victim: LiveVictim
let documentId: string

beforeEach(async () => {
  await ensureDebianPackage('strace', '/usr/bin/strace')
  directory = await mkdtemp(join(tmpdir(), 'xiewen-fsync-'))
  documentId = aDocumentId()
  victim = await startVictim({ directory, documents: [documentId], databaseUrl: null, isFresh: true })
})
afterEach(async () => {
  await victim.kill()
  await rm(directory, { recursive: true, force: true })
})

async function traceTo(file: string, more: readonly number[] = []): Promise<ChildProcess> {
  const processes = [victim.child.pid, ...more].flatMap((pid) => ['-p', String(pid)])
  const strace = spawn('strace', ['-f', '-ttt', '-xx', '-s', '70000', '-y', '-o', file, ...processes, '-e', `trace=pwrite64,${syncCalls},write,writev,sendto,sendmsg`], { stdio: ['ignore', 'ignore', 'pipe'] })
  await new Promise<void>((resolve, reject) => {
    strace.once('exit', (code) => reject(new Error(`strace ended with ${code}`)))
    let said = ''
    strace.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      // Each process is named when it is being traced.
      if ([victim.child.pid, ...more].every((pid) => said.includes(`Process ${pid} attached`))) resolve()
    })
  })
  strace.removeAllListeners('exit')
  return strace
}

/** One finished system call: when it began and ended, on which file, with which bytes. */
interface SystemCall {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly text: string
}

/** Reads strace's lines; a call that others interrupt stands in two of them. */
function readCalls(trace: string): readonly SystemCall[] {
  const begun = new Map<string, { readonly from: number; readonly text: string }>()
  const calls: SystemCall[] = []
  let order = 0
  for (const line of trace.split('\n')) {
    order += 1
    const [, pid = '', rest = ''] = /^(\d+) +[\d.]+ (.*)$/.exec(line) ?? []
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/.exec(rest)
    const name = resumed?.[1] ?? /^(\w+)\(/.exec(rest)?.[1]
    if (name === undefined) continue
    const start = resumed === null ? { from: order, text: rest } : begun.get(pid)
    if (start === undefined) continue
    if (rest.endsWith('<unfinished ...>')) begun.set(pid, start)
    else if (/= \d+$/.test(rest.trim())) calls.push({ name, from: start.from, to: order, text: start.text + (resumed?.[2] ?? '') })
  }
  return calls
}

const isSync = (call: SystemCall): boolean => syncCalls.split(',').includes(call.name)

const hex = (text: string): string => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')

const token = (n: number): string => `token-${n}-end`
/** The head of a page of PostgreSQL's log may stand in the middle of a word: of two, one is whole. */
const twice = (n: number): string => `${token(n)} ${token(n)}`

/** Writes tokens, one update each, and shows by the system calls that each was on the disk before it was acknowledged.
 *
 * @param isOnLog  whether a call is about the file that makes commits durable
 * @returns how many syncs there were
 */
async function proveOrder(strace: ChildProcess, file: string, isOnLog: (call: SystemCall) => boolean): Promise<number> {
  const writer = aTokenWriter(await victim.open(documentId, 'a'))
  for (let n = 0; n < count; n += 1) {
    writer.add(twice(n))
    if (n % 3 === 2) await until(() => writer.acknowledged().length === n + 1)
  }
  await until(() => writer.acknowledged().length === count)
  const ended = new Promise((resolve) => strace.once('exit', resolve))
  strace.kill('SIGINT')
  await ended

  const calls = readCalls(await readFile(file, 'utf8'))
  const syncs = calls.filter((call) => isSync(call) && isOnLog(call))
  const stores = calls.filter((call) => call.name === 'pwrite64' && isOnLog(call))
  const storeOf = (text: string): SystemCall | undefined => stores.find((call) => call.text.includes(hex(text)))
  const sends = calls.filter((call) => !isSync(call) && call.name !== 'pwrite64')
  for (let n = 0; n < count; n += 1) {
    const stored = storeOf(twice(n)) ?? storeOf(token(n))
    const acknowledged = sends.find((call) => acksIn(call.text).some((frame) => frame > n))
    if (stored === undefined || acknowledged === undefined) throw new Error(`update ${n}: stored ${stored?.to}, acknowledged ${acknowledged?.from}`)
    const between = syncs.filter((sync) => sync.from > stored.to && sync.to < acknowledged.from)
    expect(between.length, `a sync between writing update ${n} and acknowledging it`).toBeGreaterThan(0)
  }
  return syncs.length
}

function tell(engine: string, syncs: number): void {
  if (process.env['XIEWEN_FSYNC_UPDATES'] !== undefined) process.stdout.write(`${JSON.stringify({ id: 'R03', engine, updates: count, preceded: count, syncs })}\n`)
}

/** strace writes names of files in hex too. */
const names = (part: string) => (call: SystemCall): boolean => call.text.includes(part) || call.text.includes(hex(part))

test('SQLite: each acknowledgement leaves after the fdatasync that follows the writing of its update', async () => {
  const file = join(directory, 'calls.txt')
  tell('sqlite', await proveOrder(await traceTo(file), file, names('db-wal')))
}, 60_000 + count * 100)

test('PostgreSQL: each acknowledgement leaves after the fdatasync of the write-ahead log that follows the writing of its update', async () => {
  const postgres = await startPostgres()
  try {
    await victim.kill()
    victim = await startVictim({ directory, documents: [documentId], databaseUrl: await postgres.createDatabase(), isFresh: true })
    const file = join(directory, 'calls.txt')
    tell('postgres', await proveOrder(await traceTo(file, await postgres.workers()), file, names('pg_wal')))
  } finally {
    await victim.kill()
    await postgres.stop()
  }
}, 60_000 + count * 100)

/** Frame numbers of the acknowledgements in a write to a socket: a binary WebSocket frame holding type 101, row, frame. */
function acksIn(text: string): readonly number[] {
  const bytes = Buffer.from([...text.matchAll(/\\x([0-9a-f]{2})/g)].map(([, digits]) => Number.parseInt(digits ?? '', 16)))
  const frames: number[] = []
  for (let at = 0; at + 3 < bytes.length; at += 1) {
    if (bytes[at] !== 0x82 || bytes[at + 2] !== 101) continue
    const row = uintAt(bytes, at + 3)
    const frame = uintAt(bytes, row.next)
    if (frame.next === at + 2 + (bytes[at + 1] ?? 0)) frames.push(frame.value)
  }
  return frames
}

function uintAt(bytes: Buffer, from: number): { readonly value: number; readonly next: number } {
  let [value, at, factor] = [0, from, 1]
  for (; (bytes[at] ?? 0) > 127; at += 1, factor *= 128) value += ((bytes[at] ?? 0) & 127) * factor
  return { value: value + (bytes[at] ?? 0) * factor, next: at + 1 }
}

test('a disk that takes a second for each sync holds up neither readers nor the loop, and everything is stored in the end', async () => {
  const writer = aTokenWriter(await victim.open(documentId, 'a'))
  writer.add('before')
  await until(() => writer.acknowledged().length === 1)
  const heal = await injectFault({ child: victim.child, url: victim.url, output: '' }, join(directory, 'xiewen.db-wal'), `${syncCalls}:delay_exit=1000000`)
  for (let n = 0; n < 20; n += 1) writer.add(`slow-${n}`)
  const begun = performance.now()
  expect(await storedTokens(victim, documentId)).toEqual(['before'])
  const readerWaited = performance.now() - begun
  const acknowledgedMeanwhile = writer.acknowledged().length
  await until(() => writer.acknowledged().length === 21, 20_000)
  await heal()
  // The reader was served while the writer still waited for the disk: that is the rule, whatever this machine's speed.
  expect(acknowledgedMeanwhile).toBe(1)
  expect(readerWaited).toBeLessThan(5000)
  expect([...(await storedTokens(victim, documentId))].sort()).toEqual(['before', ...Array.from({ length: 20 }, (_, n) => `slow-${n}`)].sort())
}, 60_000)
