import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Blobs, fileBlobs } from './blobs.ts'

let dir: string
let blobs: Blobs
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xiewen-blobs-'))
  blobs = fileBlobs(dir)
})
afterEach(() => rm(dir, { recursive: true }))

const bytes = new Uint8Array([1, 2, 3])
const hour = 3_600_000

test('bytes that nobody has put lately go; those somebody has put again meanwhile stay', async () => {
  const digest = await blobs.put(bytes)
  const age = (ms: number) => utimes(join(dir, digest.slice(0, 2), digest.slice(2)), new Date(), new Date(Date.now() - ms))
  const yesterday = Date.now() - 24 * hour
  await blobs.removeUntouched(digest, yesterday)
  expect(await blobs.has(digest)).toBe(true)
  await age(48 * hour)
  await blobs.put(bytes)
  await blobs.removeUntouched(digest, yesterday)
  expect(await blobs.get(digest)).toEqual(Buffer.from(bytes))
  await age(48 * hour)
  await blobs.removeUntouched(digest, yesterday)
  await blobs.removeUntouched(digest, yesterday)
  expect(await blobs.has(digest)).toBe(false)
  // Whoever comes after writes them anew, and nothing is left aside.
  expect(await blobs.put(bytes)).toBe(digest)
  expect(await blobs.get(digest)).toEqual(Buffer.from(bytes))
  expect((await readdir(dir)).filter((name) => name.includes('.'))).toEqual([])
})

test('removing and putting at once never leaves whoever put without bytes', async () => {
  const digest = await blobs.put(bytes)
  for (let round = 0; round < 200; round++) {
    await utimes(join(dir, digest.slice(0, 2), digest.slice(2)), new Date(), new Date(Date.now() - 48 * hour))
    const [put] = await Promise.all([blobs.put(bytes), blobs.removeUntouched(digest, Date.now() - 24 * hour)])
    expect(await blobs.has(put), `round ${round}`).toBe(true)
  }
})
