/** Bytes kept under the SM3 digest of their content: files, rendered documents, evidence. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sm3, toHex } from '@xiewen/crypto'
import type { BlobDigest } from '@xiewen/shared/base'
import { Fault } from '../log/fault.ts'

/** The store of bytes. Writing the same bytes twice stores them once. */
export interface Blobs {
  /** Stores bytes durably (file and folder synced) and answers their digest. Call it in `prepare`, before the transaction
   * that mentions the digest. */
  put(bytes: Uint8Array): Promise<BlobDigest>
  /** Reads bytes and checks their digest.
   * @throws Fault when they are missing or have been altered */
  get(digest: BlobDigest): Promise<Uint8Array>
  has(digest: BlobDigest): Promise<boolean>
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
      if (!(await exists(path))) await writeDurably(path, bytes)
      return digest
    },
    get: async (digest) => {
      const bytes = await readFile(pathOf(digest)).catch((cause: unknown) => {
        throw new Fault(`stored bytes ${digest} cannot be read`, { cause })
      })
      if (digestOf(bytes) !== digest) throw new Fault(`stored bytes ${digest} have been altered`)
      return bytes
    },
    has: (digest) => exists(pathOf(digest)),
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
  await rename(temporary, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
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
