import { once } from 'node:events'
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BlobDigest } from '@xiewen/shared/base'
import fastify from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileBlobs } from '../blobs/blobs.ts'
import type { FileAnswer } from '../slice.ts'
import { sendFile } from './send-file.ts'

const megabyte = 1024 * 1024
let dir: string
let close: () => Promise<void>
let url: string
let reported: unknown[]
let answer: () => Promise<FileAnswer>

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xiewen-parts-'))
  reported = []
  const app = fastify()
  app.get('/file', async (_request, reply) => {
    await sendFile(reply, await answer(), (error) => reported.push(error))
    return reply
  })
  url = await app.listen({ port: 0, host: '127.0.0.1' })
  close = () => app.close()
})
afterEach(async () => {
  await close()
  await rm(dir, { recursive: true })
})

const head = { mediaType: 'application/x-ndjson', fileName: 'a.jsonl' }
const ask = async (): Promise<IncomingMessage> => {
  const request = get(`${url}/file`)
  const [response] = await once(request, 'response')
  return response
}

/** So many megabytes, made when they are asked for. */
function counted(megabytes: number) {
  const state = { made: 0, ended: false }
  async function* parts() {
    try {
      for (; state.made < megabytes; state.made++) yield new Uint8Array(megabyte)
    } finally {
      state.ended = true
    }
  }
  return { state, stored: { sizeBytes: megabytes * megabyte, parts: parts() } }
}

test('no more is read than the client takes, and nothing any more once it is gone', async () => {
  const { state, stored } = counted(400)
  answer = async () => ({ ...head, stored })
  const response = await ask()
  expect(response.headers['content-length']).toBe(String(400 * megabyte))
  response.pause()
  // A client that takes nothing: what the system's own buffers hold is made, then nothing more.
  let before = -1
  await expect.poll(() => { const same = state.made === before; before = state.made; return same && state.made > 0 }, { interval: 200, timeout: 10_000 }).toBe(true)
  expect(state.made).toBeLessThan(40)
  response.destroy()
  await expect.poll(() => state.ended, { timeout: 10_000 }).toBe(true)
  expect([state.made < 40, reported]).toEqual([true, []])
}, 30_000)

test('a stored file goes out whole without ever being in memory whole', async () => {
  const blobs = fileBlobs(dir)
  async function* lines() {
    for (let i = 0; i < 200; i++) yield new Uint8Array(megabyte).fill(i)
  }
  const digest = await blobs.putParts(lines())
  answer = async () => ({ ...head, stored: await blobs.getParts(digest) })
  const base = process.memoryUsage().arrayBuffers
  let [size, most, right] = [0, 0, true]
  for await (const part of await ask()) {
    // Safe because no encoding is set: parts are buffers.
    const bytes = part as Buffer
    right &&= bytes[0] === Math.floor(size / megabyte) % 256
    size += bytes.length
    most = Math.max(most, process.memoryUsage().arrayBuffers - base)
  }
  expect([size, right]).toEqual([200 * megabyte, true])
  expect(most).toBeLessThan(120 * megabyte)
}, 60_000)

test('a stored file that was altered or cut never arrives whole, and that is reported', async () => {
  const blobs = fileBlobs(dir)
  const bytes = new Uint8Array(3 * megabyte).fill(7)
  const digest = await blobs.put(bytes)
  const path = join(dir, digest.slice(0, 2), digest.slice(2))
  answer = async () => ({ ...head, stored: await blobs.getParts(digest) })
  const received = async (): Promise<number> => {
    let size = 0
    try {
      for await (const part of await ask()) size += (part as Buffer).length
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ECONNRESET')) throw error
    }
    return size
  }
  expect(await received()).toBe(bytes.length)
  bytes[10] = 8
  await writeFile(path, bytes)
  expect(await received()).toBeLessThan(bytes.length)
  expect(reported.map(String)).toEqual([expect.stringContaining('altered')])
  await truncate(path, 2 * megabyte)
  expect(await received()).toBeLessThan(2 * megabyte)
  expect(reported).toHaveLength(2)
  // Safe because no such bytes are stored.
  await expect(blobs.getParts('00'.repeat(32) as BlobDigest)).rejects.toThrow('cannot be read')
  expect(await readdir(dir)).toEqual([digest.slice(0, 2)])
})
