import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import vectors from '../../vectors/sm-vectors.json'
import { fromHex, toHex, utf8 } from '../bytes.ts'
import { hmacSm3, Sm3, sm3, sm3Kdf } from './sm3.ts'

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
