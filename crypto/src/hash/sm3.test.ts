import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import vectors from '../../vectors/sm-vectors.json'
import { fromHex, toHex, utf8 } from '../bytes.ts'
import { selectSmCore } from '../core/core.ts'
import { hmacSm3, pbkdf2Sm3, Sm3, sm3, sm3Kdf } from './sm3.ts'

describe.each(['wasm', 'typescript'] as const)('on the %s core', (kind) => {
  beforeAll(() => {
    expect(selectSmCore(kind).kind).toBe(kind)
  })

  test.each(vectors.sm3)('the published digest is reproduced: $name', ({ message, digest }) => {
    expect(toHex(sm3(fromHex(message)))).toBe(digest)
  })

  test('every length around the block border agrees with OpenSSL', () => {
    for (let length = 0; length <= 260; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 255)
      expect(toHex(sm3(bytes)), `length ${length}`).toBe(createHash('sm3').update(bytes).digest('hex'))
    }
  })

  test('feeding in pieces gives the digest of the whole', () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i & 255)
    for (const step of [1, 3, 63, 64, 65, 200]) {
      const hash = new Sm3()
      for (let offset = 0; offset < bytes.length; offset += step) hash.update(bytes.subarray(offset, offset + step))
      expect(hash.digest()).toEqual(sm3(bytes))
    }
  })

  test('a view with an offset is hashed from its own first byte', () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, i) => i)
    expect(sm3(bytes.subarray(33, 180))).toEqual(sm3(bytes.slice(33, 180)))
  })

  test.each([0, 32, 64, 65, 200])('HMAC with a key of %i bytes agrees with OpenSSL', (length) => {
    const key = new Uint8Array(length).fill(0x5a)
    expect(toHex(hmacSm3(key, utf8('公文')))).toBe(createHmac('sm3', key).update('公文').digest('hex'))
  })

  test('the key derivation numbers its blocks from one', () => {
    const secret = utf8('secret')
    const derived = sm3Kdf(secret, 40)
    expect(derived.length).toBe(40)
    expect(derived.subarray(0, 32)).toEqual(sm3(secret, Uint8Array.of(0, 0, 0, 1)))
    expect(derived.subarray(32)).toEqual(sm3(secret, Uint8Array.of(0, 0, 0, 2)).subarray(0, 8))
  })

  test.each([
    [1, 32],
    [2, 20],
    [1000, 70],
  ])('PBKDF2 of %i iterations and %i bytes agrees with OpenSSL', (iterations, size) => {
    const derived = pbkdf2Sm3(utf8('口令'), utf8('salt'), iterations, size)
    expect(toHex(derived)).toBe(pbkdf2Sync('口令', 'salt', iterations, size, 'sm3').toString('hex'))
    expect(() => pbkdf2Sm3(utf8('口令'), utf8('salt'), 0, size)).toThrow('key.malformed')
  })

  test('digests of long inputs, in one part and in several, agree with OpenSSL', () => {
    const bytes = Uint8Array.from({ length: 200_100 }, (_, i) => (i * 131 + (i >> 9)) & 255)
    for (const length of [65_471, 65_472, 65_479, 65_480, 65_527, 65_528, 65_535, 65_536, 65_537, 131_072, 200_100]) {
      const whole = bytes.subarray(0, length)
      const expected = createHash('sm3').update(whole).digest('hex')
      expect(toHex(sm3(whole)), `length ${length}`).toBe(expected)
      expect(toHex(sm3(whole.subarray(0, 70), whole.subarray(70, 65_000), whole.subarray(65_000)))).toBe(expected)
      expect(toHex(new Sm3().update(whole.subarray(0, 3)).update(whole.subarray(3)).digest())).toBe(expected)
    }
  })
})
