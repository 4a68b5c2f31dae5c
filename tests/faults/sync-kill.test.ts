/** R01, R19 for live texts on the product's own stores: kill -9 at random moments under typing, folding included; what was acknowledged is
 * there, once. `npm run prove:sync -- kills 3000 [minutes]` for the full number, or as many as the minutes allow on each engine. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aDocumentId } from '../../server/src/platform/realtime/twins/harness.ts'
import { seeded } from '../../server/src/platform/realtime/twins/raw-client.ts'
import { startPostgres } from '../support/postgres.ts'
import { aTokenWriter, loadSpare, startVictim, storedTokens } from './live-victim.ts'

const kills = Number(process.env['XIEWEN_KILLS'] ?? 0)
const seed = Number(process.env['XIEWEN_SEED'] ?? 1)
const minutes = Number(process.env['XIEWEN_KILL_MINUTES'] ?? Infinity)
/** Documents stay short enough for each round to be about the kill. */
const roundsPerDocument = 40

/** Kills so often, or until the time is over; answers how often, and how many tokens had been acknowledged. */
async function killOften(times: number, directory: string, databaseUrl: string | null): Promise<{ readonly kills: number; readonly acknowledged: number }> {
  const lastMs = performance.now() + minutes * 60_000
  const random = seeded(seed)
  let acknowledged = 0
  let expected: string[] = []
  let documentId = aDocumentId()
  let victim = await startVictim({ directory, documents: [documentId], databaseUrl, isFresh: true })
  let spare = loadSpare()
  let kill = 0
  for (; kill < times && performance.now() < lastMs; kill += 1) {
    const writers = await Promise.all(['a', 'b', 'c', 'd'].map(async (person) => aTokenWriter(await victim.open(documentId, person))))
    const until = performance.now() + 30 + random() * 150
    for (let n = 0; performance.now() < until; n += 1) {
      writers[n % writers.length]?.add(`${kill}-${n}`)
      if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, random() * 5))
    }
    await victim.kill()
    const saved = writers.flatMap((writer) => writer.acknowledged())
    for (const { client } of writers) client.stop()
    acknowledged += saved.length
    expected.push(...saved)
    const isFull = kill % roundsPerDocument === roundsPerDocument - 1
    const next = isFull ? aDocumentId() : documentId
    victim = await (await spare).start({ directory, documents: [next], databaseUrl })
    spare = loadSpare()
    const stored = await storedTokens(victim, documentId)
    const known = new Set(stored)
    expect(expected.filter((token) => !known.has(token)), `after kill ${kill} of seed ${seed}`).toEqual([])
    expect(known.size, `doubled after kill ${kill} of seed ${seed}`).toBe(stored.length)
    if (isFull) expected = []
    documentId = next
  }
  await victim.kill()
  await (await spare).drop()
  return { kills: kill, acknowledged }
}

async function inDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'xiewen-kills-'))
  try {
    return await work(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

test('SQLite: whatever the moment of a kill, everything acknowledged is there, once', async () => {
  const done = await inDirectory((directory) => killOften(kills || 100, directory, null))
  expect(done.acknowledged).toBeGreaterThan(1000)
  if (kills > 0) process.stdout.write(`${JSON.stringify({ id: 'R01', engine: 'sqlite', seed, ...done, lost: 0, doubled: 0 })}\n`)
}, kills * 10_000 + 300_000)

test('PostgreSQL: whatever the moment of a kill, everything acknowledged is there, once', async () => {
  const postgres = await startPostgres()
  try {
    const url = await postgres.createDatabase()
    const done = await inDirectory((directory) => killOften(kills || 100, directory, url))
    expect(done.acknowledged).toBeGreaterThan(1000)
    if (kills > 0) process.stdout.write(`${JSON.stringify({ id: 'R01', engine: 'postgres', seed, ...done, lost: 0, doubled: 0 })}\n`)
  } finally {
    await postgres.stop()
  }
}, kills * 10_000 + 300_000)
