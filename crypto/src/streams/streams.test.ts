import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { createReadStream } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { concatBytes, utf8 } from '../bytes.ts'
import { sm4GcmDecrypt, sm4GcmEncrypt } from '../cipher/sm4-gcm.ts'
import { sm3 } from '../hash/sm3.ts'
import { platformRandom } from '../ports.ts'
import { generateSm2KeyPair, sm2MessageDigest, sm2Sign, sm2Signer } from '../sign/sm2.ts'
import { sm2SignStream, sm2VerifyStream, sm3Stream, sm4GcmDecryptStream, sm4GcmEncryptStream } from './streams.ts'
import { createSmPool, doSmWork, type SmPool } from './worker-pool.ts'

const random = (size: number): Uint8Array => {
  const bytes = new Uint8Array(size)
  platformRandom.fill(bytes)
  return bytes
}

function* pieces(bytes: Uint8Array, ...sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function joined(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return concatBytes(...parts)
}

describe('streams', () => {
  const [key, iv, aad] = [random(16), random(12), utf8('附加')]

  test.each([0, 1, 15, 16, 17, 31, 4096, 70_001])(
    '%i bytes in pieces are enciphered and opened as a whole',
    async (size) => {
      const text = random(size)
      const sealed = await joined(sm4GcmEncryptStream(key, iv, pieces(text, 1, 7, 64, 3), aad))
      expect(sealed).toEqual(sm4GcmEncrypt(key, iv, text, aad))
      expect(await joined(sm4GcmDecryptStream(key, iv, pieces(sealed, 5, 40, 1), aad))).toEqual(text)
    },
  )

  test('a changed byte, a cut end, other data fail at the end', async () => {
    const sealed = sm4GcmEncrypt(key, iv, random(1000), aad)
    const changed = Uint8Array.from(sealed, (byte, i) => (i === 500 ? byte ^ 1 : byte))
    await expect(joined(sm4GcmDecryptStream(key, iv, pieces(changed, 100), aad))).rejects.toThrow(
      'sm4.authentication-failed',
    )
    await expect(joined(sm4GcmDecryptStream(key, iv, pieces(sealed.subarray(0, 999), 100), aad))).rejects.toThrow(
      'sm4.authentication-failed',
    )
    await expect(joined(sm4GcmDecryptStream(key, iv, pieces(sealed, 100)))).rejects.toThrow('sm4.authentication-failed')
    await expect(joined(sm4GcmDecryptStream(key, iv, pieces(sealed.subarray(0, 15), 4)))).rejects.toThrow(
      'sm4.bad-length',
    )
  })

  test('a file is digested, signed and verified without being held', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xiewen-stream-'))
    const text = random(300_000)
    const path = join(folder, 'file')
    writeFileSync(path, text)
    const pair = generateSm2KeyPair()
    expect(await sm3Stream(createReadStream(path))).toEqual(sm3(text))
    const signature = await sm2SignStream(sm2Signer(pair.privateKey), createReadStream(path))
    expect(await sm2VerifyStream(pair.publicKey, createReadStream(path), signature)).toBe(true)
    expect(await sm2VerifyStream(pair.publicKey, pieces(text.subarray(1), 999), signature)).toBe(false)
    rmSync(folder, { recursive: true })
  })
})

describe('worker pool', () => {
  let pool: SmPool
  const folder = mkdtempSync(join(tmpdir(), 'xiewen-pool-'))
  beforeAll(() => {
    // Runs the built package, as a program that uses it would.
    const door = new URL('../../dist/index.js', import.meta.url)
    const file = join(folder, 'worker.mjs')
    writeFileSync(
      file,
      `import { parentPort } from 'node:worker_threads'\nimport { serveSmWork } from '${door.href}'\nserveSmWork(parentPort)\n`,
    )
    pool = createSmPool(2, () => new Worker(file))
  })
  afterAll(async () => {
    await pool.dispose()
    rmSync(folder, { recursive: true })
  })

  test('workers give what this thread gives, refusals included', async () => {
    const pair = generateSm2KeyPair()
    const message = utf8('公文')
    const digest = sm2MessageDigest(pair.publicKey, message)
    const signature = sm2Sign(pair.privateKey, message)
    const items = [
      { publicKey: pair.publicKey, digest, signature },
      { publicKey: pair.publicKey, digest: new Uint8Array(32), signature },
    ]
    expect(await pool.run({ kind: 'verify', items })).toEqual(Uint8Array.of(1, 0))
    const [key, iv, data] = [random(16), random(12), random(100_000)]
    const [digests, sealed] = await Promise.all([
      Promise.all([1, 2, 3].map((i) => pool.run({ kind: 'sm3', data: data.subarray(i) }))),
      pool.run({ kind: 'encrypt', key, iv, data }),
    ])
    expect(digests).toEqual([1, 2, 3].map((i) => sm3(data.subarray(i))))
    expect(sm4GcmDecrypt(key, iv, sealed)).toEqual(data)
    await expect(pool.run({ kind: 'decrypt', key, iv: random(12), data: sealed })).rejects.toThrow(
      'sm4.authentication-failed',
    )
    expect(doSmWork({ kind: 'decrypt', key, iv, data: sealed.subarray(0, 3) })).toMatchObject({
      ok: false,
      code: 'sm4.bad-length',
    })
  })
})
