/** Bytes kept under the SM3 digest of their content: files, rendered documents, evidence. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Sm3, sm3, toHex } from '@xiewen/crypto'
import type { BlobDigest } from '@xiewen/shared/base'
import { Fault } from '../log/fault.ts'

/** The store of bytes. Writing the same bytes twice stores them once. */
export interface Blobs {
  /** Stores bytes durably (file and folder synced) and answers their digest. Call it in `prepare`, before the transaction
   * that mentions the digest. */
  put(bytes: Uint8Array): Promise<BlobDigest>
  /** As `put`, for more bytes than should be in memory at once: they are written and digested part by part. */
  putParts(parts: AsyncIterable<Uint8Array>): Promise<BlobDigest>
  /** Reads bytes and checks their digest.
   * @throws Fault when they are missing or have been altered */
  get(digest: BlobDigest): Promise<Uint8Array>
  /** As `get`, for more bytes than should be in memory at once.
   * @throws Fault when they are missing; from among the parts, before the last one is given, when they have been altered */
  getParts(digest: BlobDigest): Promise<StoredParts>
  has(digest: BlobDigest): Promise<boolean>
  /** Takes bytes away for good; nothing happens where they are gone. Only for bytes that nobody else can have stored: the store counts no references. */
  remove(digest: BlobDigest): Promise<void>
  /** As `remove`, for bytes that somebody else may store: only where nobody has put the same since `since` (ms UTC). Whoever puts them while they go
   * stores them anew. */
  removeUntouched(digest: BlobDigest, since: number): Promise<void>
}

/** Stored bytes part by part: a part is read when it is asked for. To be gone through once. */
export interface StoredParts {
  readonly sizeBytes: number
  readonly parts: AsyncIterable<Uint8Array>
}

/** SM3 of bytes as a blob digest. */
export function digestOf(bytes: Uint8Array): BlobDigest {
  // Safe because this is what a blob digest is.
  return toHex(sm3(bytes)) as BlobDigest
}

/** Blobs as files under `<dir>/ab/cdef…`. */
export function fileBlobs(dir: string): Blobs {
  const pathOf = (digest: string): string => join(dir, digest.slice(0, 2), digest.slice(2))
  return {
    put: async (bytes) => {
      const digest = digestOf(bytes)
      const path = pathOf(digest)
      if (!(await touch(path))) await writeDurably(path, bytes)
      return digest
    },
    putParts: async (parts) => {
      await mkdir(dir, { recursive: true, mode: 0o700 })
      const temporary = join(dir, `incoming.${randomBytes(6).toString('hex')}`)
      try {
        const digest = await writeParts(temporary, parts)
        await settle(temporary, pathOf(digest))
        return digest
      } finally {
        await rm(temporary, { force: true })
      }
    },
    get: async (digest) => {
      const bytes = await readFile(pathOf(digest)).catch((cause: unknown) => {
        throw new Fault(`stored bytes ${digest} cannot be read`, { cause })
      })
      if (digestOf(bytes) !== digest) throw new Fault(`stored bytes ${digest} have been altered`)
      return bytes
    },
    getParts: async (digest) => {
      const path = pathOf(digest)
      const { size } = await stat(path).catch((cause: unknown) => {
        throw new Fault(`stored bytes ${digest} cannot be read`, { cause })
      })
      return { sizeBytes: size, parts: readParts(path, digest) }
    },
    has: (digest) => exists(pathOf(digest)),
    remove: (digest) => rm(pathOf(digest), { force: true }),
    removeUntouched: async (digest, since) => {
      const [path, aside] = [pathOf(digest), join(dir, `leaving.${randomBytes(6).toString('hex')}`)]
      if (!(await exists(path)) || (await stat(path)).mtimeMs >= since) return
      await rename(path, aside)
      // Whoever put it before it was moved has touched it; whoever comes after finds nothing and writes it.
      if ((await stat(aside)).mtimeMs >= since) await settle(aside, path)
      else await rm(aside)
    },
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await settle(temporary, path)
}

async function writeParts(path: string, parts: AsyncIterable<Uint8Array>): Promise<BlobDigest> {
  const hash = new Sm3()
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const part of parts) {
      hash.update(part)
      await file.writeFile(part)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  // Safe because this is what a blob digest is.
  return toHex(hash.digest()) as BlobDigest
}

const partBytes = 256 * 1024

/** The last part stays back until the digest of all is right: nobody has an altered file whole. */
async function* readParts(path: string, digest: BlobDigest): AsyncGenerator<Uint8Array> {
  const hash = new Sm3()
  const file = await open(path, 'r')
  try {
    let held: Uint8Array | null = null
    for (;;) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(partBytes), 0, partBytes)
      if (bytesRead === 0) break
      if (held !== null) yield held
      held = buffer.subarray(0, bytesRead)
      hash.update(held)
    }
    if (toHex(hash.digest()) !== digest) throw new Fault(`stored bytes ${digest} have been altered`)
    if (held !== null) yield held
  } finally {
    await file.close()
  }
}

/** Gives a written file its name, durably. */
async function settle(temporary: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await rename(temporary, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Marks bytes that are there as put again now; false when there are none. */
async function touch(path: string): Promise<boolean> {
  try {
    const now = new Date()
    await utimes(path, now, now)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

/** SHA-256 in hex, for names that need no standard behind them (cache keys). */
export function cacheKeyOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
