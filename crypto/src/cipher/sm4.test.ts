import { createCipheriv, randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import vectors from '../../vectors/sm-vectors.json'
import { fromHex, toHex, utf8 } from '../bytes.ts'
import { selectSmCore } from '../core/core.ts'
import { sm4CcmDecrypt, sm4CcmEncrypt } from './sm4-ccm.ts'
import { expandSm4Key, sm4CbcDecrypt, sm4CbcEncrypt, sm4Ctr } from './sm4.ts'
import { sm4GcmDecrypt, sm4GcmEncrypt } from './sm4-gcm.ts'

const key = fromHex(vectors.sm4.key)

describe.each(['wasm', 'typescript'] as const)('on the %s core', (kind) => {
  beforeAll(() => {
    expect(selectSmCore(kind).kind).toBe(kind)
  })

  test('the published block is reproduced in both directions', () => {
    const block = fromHex(vectors.sm4.block)
    const once = expandSm4Key(key).encryptBlocks(block)
    expect(toHex(once)).toBe(vectors.sm4.once)
    expect(toHex(expandSm4Key(key).decryptBlock(once))).toBe(vectors.sm4.block)
  })

  test('the published result of a million rounds is reproduced', () => {
    // A million blocks of zeros in CBC encipher the first block a million times.
    const cipher = expandSm4Key(key)
    const chain = fromHex(vectors.sm4.block)
    for (let i = 0; i < 1000; i++) cipher.absorbMac(chain, new Uint8Array(16_000))
    expect(toHex(chain)).toBe(vectors.sm4.millionTimes)
  })

  test('every byte of the S-box is that of the standard: all byte values in one text agree with OpenSSL', () => {
    const text = Uint8Array.from({ length: 65_536 + 4096 }, (_, i) => (i * 31 + (i >> 8)) & 255)
    const iv = new Uint8Array(16).fill(9)
    const peer = createCipheriv('sm4-cbc', key, iv)
    peer.setAutoPadding(false)
    const sealed = peer.update(text)
    expect(Buffer.compare(sealed, expandSm4Key(key).encryptCbc(iv.slice(), text))).toBe(0)
    expect(Buffer.compare(text, expandSm4Key(key).decryptCbc(iv.slice(), sealed))).toBe(0)
    const stream = createCipheriv('sm4-ctr', key, iv).update(text)
    expect(Buffer.compare(stream, sm4Ctr(key, iv, text))).toBe(0)
  })

  test.each([0, 1, 15, 16, 17, 100])('CBC and CTR of %i bytes agree with OpenSSL and come back', (length) => {
    const [iv, text] = [Uint8Array.from(randomBytes(16)), Uint8Array.from(randomBytes(length))]
    const peer = (mode: string): string => {
      const cipher = createCipheriv(mode, key, iv)
      return cipher.update(text, undefined, 'hex') + cipher.final('hex')
    }
    expect(toHex(sm4CbcEncrypt(key, iv, text))).toBe(peer('sm4-cbc'))
    expect(sm4CbcDecrypt(key, iv, sm4CbcEncrypt(key, iv, text))).toEqual(text)
    expect(toHex(sm4Ctr(key, iv, text))).toBe(peer('sm4-ctr'))
    expect(sm4Ctr(key, iv, sm4Ctr(key, iv, text))).toEqual(text)
  })

  test('the counter carries over all sixteen bytes', () => {
    const counter = new Uint8Array(16).fill(255)
    const cipher = createCipheriv('sm4-ctr', key, counter)
    expect(toHex(sm4Ctr(key, counter, new Uint8Array(48)))).toBe(cipher.update(new Uint8Array(48), undefined, 'hex'))
  })

  test('damaged padding, part blocks and wrong sizes are refused', () => {
    const iv = new Uint8Array(16)
    const sealed = sm4CbcEncrypt(key, iv, utf8('text'))
    expect(() => sm4CbcDecrypt(key, iv, sealed.subarray(1))).toThrow('sm4.bad-length')
    expect(() => sm4CbcDecrypt(key, iv, new Uint8Array(16))).toThrow('sm4.padding')
    expect(() => expandSm4Key(new Uint8Array(15))).toThrow('sm4.bad-length')
    expect(() => sm4Ctr(key, new Uint8Array(12), iv)).toThrow('sm4.bad-length')
  })

  describe('GCM', () => {
    const v = vectors.sm4Gcm
    const [gcmKey, iv, aad, text] = [fromHex(v.key), fromHex(v.iv), fromHex(v.aad), fromHex(v.plaintext)]
    const sealed = sm4GcmEncrypt(gcmKey, iv, text, aad)

    test('the example of RFC 8998 is reproduced and opened', () => {
      expect(toHex(sealed)).toBe(v.ciphertext + v.tag)
      expect(sm4GcmDecrypt(gcmKey, iv, sealed, aad)).toEqual(text)
    })

    test('every changed byte of text, tag, iv or data is noticed', () => {
      for (let i = 0; i < sealed.length; i++) {
        const changed = Uint8Array.from(sealed, (byte, at) => (at === i ? byte ^ 1 : byte))
        expect(() => sm4GcmDecrypt(gcmKey, iv, changed, aad)).toThrow('sm4.authentication-failed')
      }
      expect(() =>
        sm4GcmDecrypt(
          gcmKey,
          iv.map((byte) => byte ^ 1),
          sealed,
          aad,
        ),
      ).toThrow('sm4.authentication-failed')
      expect(() => sm4GcmDecrypt(gcmKey, iv, sealed, aad.subarray(1))).toThrow('sm4.authentication-failed')
      expect(() => sm4GcmDecrypt(gcmKey, iv, sealed.subarray(0, 15), aad)).toThrow('sm4.bad-length')
      expect(() => sm4GcmEncrypt(gcmKey, iv.subarray(1), text)).toThrow('sm4.bad-length')
    })

    test('texts that fill no block come back', () => {
      for (const length of [0, 1, 15, 17, 33]) {
        const part = text.subarray(0, length)
        expect(sm4GcmDecrypt(gcmKey, iv, sm4GcmEncrypt(gcmKey, iv, part))).toEqual(part)
      }
    })
  })

  describe('CCM', () => {
    const v = vectors.sm4Ccm
    const [ccmKey, nonce, aad, text] = [fromHex(v.key), fromHex(v.iv), fromHex(v.aad), fromHex(v.plaintext)]
    const sealed = sm4CcmEncrypt(ccmKey, nonce, text, aad)

    test('the example of RFC 8998 is reproduced and opened', () => {
      expect(toHex(sealed)).toBe(v.ciphertext + v.tag)
      expect(sm4CcmDecrypt(ccmKey, nonce, sealed, aad)).toEqual(text)
    })

    test('every changed byte is noticed, sizes are bounded, texts of any length come back', () => {
      for (let i = 0; i < sealed.length; i += 5) {
        const changed = Uint8Array.from(sealed, (byte, at) => (at === i ? byte ^ 1 : byte))
        expect(() => sm4CcmDecrypt(ccmKey, nonce, changed, aad)).toThrow('sm4.authentication-failed')
      }
      expect(() => sm4CcmDecrypt(ccmKey, nonce, sealed, aad.subarray(1))).toThrow('sm4.authentication-failed')
      expect(() => sm4CcmEncrypt(ccmKey, nonce.subarray(1), text)).toThrow('sm4.bad-length')
      for (const length of [0, 1, 15, 16, 17, 64]) {
        const part = text.subarray(0, length)
        expect(sm4CcmDecrypt(ccmKey, nonce, sm4CcmEncrypt(ccmKey, nonce, part))).toEqual(part)
      }
    })
  })
})
