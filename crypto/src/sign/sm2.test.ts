import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import vectors from '../../vectors/sm-vectors.json'
import { concatBytes, fromBigInt, fromHex, toBigInt, toHex, utf8 } from '../bytes.ts'
import { writeInteger, writeOctets, writeSequence } from '../asn1/der-write.ts'
import { sm3, sm3Kdf } from '../hash/sm3.ts'
import { exportPkcs8, exportSpki } from '../keys/pkcs8.ts'
import {
  type AffinePoint,
  basePoint,
  curveA,
  curveB,
  fieldPrime,
  groupOrder,
  invert,
  modulo,
  multiply,
  multiplyBase,
} from '../core/plain-curve.ts'
import { selectSmCore, smCore } from '../core/core.ts'
import { parsePoint } from './point.ts'
import { assertSm2PrivateKey } from './scalar.ts'
import * as signatures from './signature.ts'
import {
  deriveSm2PublicKey,
  generateSm2KeyPair,
  sm2IdentityDigest,
  sm2MessageDigest,
  sm2Sign,
  sm2Signer,
  startSm2Message,
} from './sm2.ts'
import { sm2Decrypt, sm2Encrypt } from './sm2-encryption.ts'
import { prepareSm2PublicKey, sm2Verify } from './verify.ts'

const example = vectors.sm2Signature
const privateKey = fromHex(example.privateKey)
const publicKey = fromHex(example.publicKey)
const message = fromHex(example.message)
const [r, s] = [toBigInt(fromHex(example.r)), toBigInt(fromHex(example.s))]
const n = groupOrder
const folder = mkdtempSync(join(tmpdir(), 'xiewen-sm2-'))
afterAll(() => rmSync(folder, { recursive: true }))

function writeTemporary(name: string, bytes: Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

function openssl(...parts: readonly string[]): string {
  return execFileSync('openssl', [...parts], { stdio: ['ignore', 'pipe', 'pipe'] }).toString()
}

/** DER of any two integers, in range or not. */
const encodeSm2Signature = (left: bigint, right: bigint): Uint8Array =>
  writeSequence(writeInteger(left), writeInteger(right))

function parseSm2Signature(der: Uint8Array): { readonly r: bigint; readonly s: bigint } {
  const bytes = signatures.parseSm2Signature(der) ?? new Uint8Array(64)
  return { r: toBigInt(bytes.subarray(0, 32)), s: toBigInt(bytes.subarray(32)) }
}

function sm2SignWithNonce(e: bigint, d: bigint, k: bigint): { readonly r: bigint; readonly s: bigint } | null {
  const core = smCore().sm2
  const factor = core.signingFactor(fromBigInt(d, 32)) ?? new Uint8Array(32)
  const made = core.sign(factor, fromBigInt(k, 32), fromBigInt(e, 32))
  return made === null ? null : { r: toBigInt(made.subarray(0, 32)), s: toBigInt(made.subarray(32)) }
}

const joined = (point: AffinePoint): Uint8Array => concatBytes(fromBigInt(point.x, 32), fromBigInt(point.y, 32))
const pair = (left: bigint, right: bigint): Uint8Array => concatBytes(fromBigInt(left, 32), fromBigInt(right, 32))

describe.each(['wasm', 'typescript'] as const)('on the %s core', (kind) => {
  beforeAll(() => {
    expect(selectSmCore(kind).kind).toBe(kind)
  })

  describe('published example', () => {
    test('key, identity digest, message digest and signature are reproduced', () => {
      expect(deriveSm2PublicKey(privateKey)).toEqual(publicKey)
      expect(toHex(sm2IdentityDigest(publicKey))).toBe(example.z)
      const e = sm2MessageDigest(publicKey, message)
      expect(toHex(e)).toBe(example.e)
      expect(sm2SignWithNonce(toBigInt(e), toBigInt(privateKey), toBigInt(fromHex(example.nonce)))).toEqual({ r, s })
      expect(sm2Verify(publicKey, message, encodeSm2Signature(r, s))).toBe(true)
    })

    test('the encryption example is reproduced and decrypted', () => {
      const { c1, c2, c3, message: text } = vectors.sm2Encryption
      const fixed = { fill: (target: Uint8Array) => target.set(fromHex(example.nonce)) }
      const sealed = sm2Encrypt(publicKey, fromHex(text), fixed)
      for (const part of [c1.slice(4, 66), c1.slice(66), c2, c3]) expect(toHex(sealed)).toContain(part)
      expect(toHex(sm2Decrypt(privateKey, sealed))).toBe(text)
    })
  })

  describe('group law', () => {
    function affineSum(k: bigint): bigint {
      let sum: { x: bigint; y: bigint } | null = null
      let step = { ...basePoint }
      for (let rest = k; rest > 0n; rest >>= 1n) {
        if (rest & 1n) sum = sum === null ? step : chord(sum, step)
        step = chord(step, step)
      }
      return sum?.x ?? -1n
    }
    function chord(a: { x: bigint; y: bigint }, b: { x: bigint; y: bigint }): { x: bigint; y: bigint } {
      const slope =
        a.x === b.x
          ? (3n * a.x * a.x + curveA) * invert(2n * a.y, fieldPrime)
          : (b.y - a.y) * invert(b.x - a.x, fieldPrime)
      const x = modulo(slope * slope - a.x - b.x, fieldPrime)
      return { x, y: modulo(slope * (a.x - x) - a.y, fieldPrime) }
    }
    const scalars = [1n, 2n, 3n, 63n, 64n, 65n, 127n, n - 1n, n - 2n, 1n << 255n, toBigInt(privateKey)]

    test.each(scalars)('comb, window and schoolbook multiplication agree for %i', (k) => {
      const expected = affineSum(k)
      expect(multiplyBase(k)?.x).toBe(expected)
      expect(multiply(k, basePoint)?.x).toBe(expected)
    })

    test('n·G is the point at infinity', () => {
      expect(multiplyBase(n)).toBeNull()
      expect(multiply(n, basePoint)).toBeNull()
    })
  })

  describe('agreement with the openssl command', () => {
    const file = (): string => writeTemporary('message', message)
    const distinguished = ['-sigopt', 'distid:1234567812345678']

    test('openssl verifies what we sign, and we verify what openssl signs', () => {
      const pair = generateSm2KeyPair()
      const keyFile = writeTemporary('key.der', exportPkcs8(pair.privateKey))
      openssl('pkey', '-inform', 'DER', '-in', keyFile, '-out', join(folder, 'key.pem'))
      const publicFile = writeTemporary('public.der', exportSpki(pair.publicKey))
      openssl('pkey', '-pubin', '-inform', 'DER', '-in', publicFile, '-pubout', '-out', join(folder, 'public.pem'))
      const ours = writeTemporary('ours.der', sm2Sign(pair.privateKey, message))
      const verify = [
        'dgst',
        '-sm3',
        '-verify',
        join(folder, 'public.pem'),
        ...distinguished,
        '-signature',
        ours,
        file(),
      ]
      expect(openssl(...verify)).toContain('Verified OK')
      const sign = ['dgst', '-sm3', '-sign', join(folder, 'key.pem'), ...distinguished, file()]
      const theirs = execFileSync('openssl', sign, { stdio: ['ignore', 'pipe', 'pipe'] })
      expect(sm2Verify(pair.publicKey, message, Uint8Array.from(theirs))).toBe(true)
    })

    test('openssl decrypts what we encrypt', () => {
      const pair = generateSm2KeyPair()
      const keyFile = writeTemporary('key2.der', exportPkcs8(pair.privateKey))
      openssl('pkey', '-inform', 'DER', '-in', keyFile, '-out', join(folder, 'key2.pem'))
      const sealed = writeTemporary('sealed.der', sm2Encrypt(pair.publicKey, utf8('公文内容')))
      expect(openssl('pkeyutl', '-decrypt', '-inkey', join(folder, 'key2.pem'), '-in', sealed)).toBe('公文内容')
    })
  })

  describe('what verification must refuse', () => {
    const right = encodeSm2Signature(r, s)
    const signed = (a: bigint, b: bigint): boolean => sm2Verify(publicKey, message, encodeSm2Signature(a, b))
    const der = (hex: string): boolean => sm2Verify(publicKey, message, fromHex(hex))

    test('r and s outside [1, n-1], and r + s = n', () => {
      for (const value of [0n, n, n + 1n, n + r, (1n << 256n) - 1n]) {
        expect(signed(value, s)).toBe(false)
        expect(signed(r, value)).toBe(false)
      }
      expect(signed(r + n, s)).toBe(false)
      expect(signed(r, s + n)).toBe(false)
      expect(signed(r, n - r)).toBe(false)
    })

    test('r + s = n, even when the rest of the equation holds', () => {
      const point = multiplyBase(7n) ?? basePoint
      const forged = 11n
      const x = multiplyBase(forged)?.x ?? 0n
      expect(
        smCore().sm2.verify(joined(point), fromBigInt(modulo(n - forged - x, n), 32), pair(n - forged, forged)),
      ).toBe(false)
    })

    test('r or s outside [1, n-1], even when the rest of the equation holds', () => {
      const point = multiplyBase(7n) ?? basePoint
      /** Whether what is sent verifies over the digest that fits r and s. */
      const holds = (r: bigint, s: bigint, sent = [r, s] as const): boolean => {
        const x = multiplyBase(modulo(s + 7n * (r + s), n))?.x ?? 0n
        return smCore().sm2.verify(joined(point), fromBigInt(modulo(r - x, n), 32), pair(...sent))
      }
      expect(holds(2n, 5n)).toBe(true)
      expect([holds(0n, 5n), holds(5n, 0n), holds(2n, 5n, [2n, n + 5n]), holds(2n, 5n, [n + 2n, 5n])]).toEqual([false, false, false, false])
    })

    test('a coordinate that is a curve point only modulo p', () => {
      const squareRoot = (value: bigint): bigint => power(value, (fieldPrime + 1n) / 4n)
      for (let x = 1n; ; x++) {
        const right = modulo(x * x * x + curveA * x + curveB, fieldPrime)
        const y = squareRoot(right)
        if (modulo(y * y, fieldPrime) !== right) continue
        const encoded = (value: bigint): Uint8Array =>
          concatBytes(Uint8Array.of(4), fromBigInt(value, 32), fromBigInt(y, 32))
        expect(() => parsePoint(encoded(x))).not.toThrow()
        expect(() => parsePoint(encoded(x + fieldPrime))).toThrow('key.off-curve')
        return
      }
    })

    function power(base: bigint, exponent: bigint): bigint {
      let result = 1n
      for (let [square, rest] = [base, exponent]; rest > 0n; rest >>= 1n, square = (square * square) % fieldPrime) {
        if (rest & 1n) result = (result * square) % fieldPrime
      }
      return result
    }

    test('a negative integer', () => {
      const negative = concatBytes(Uint8Array.of(0x02, 0x20), fromBigInt(r, 32))
      const rest = right.subarray(right.length - 35)
      expect(sm2Verify(publicKey, message, concatBytes(Uint8Array.of(0x30, 34 + 35), negative, rest))).toBe(false)
    })

    const [rHex, sHex] = [`022100${example.r}`, `022100${example.s}`]
    test.each([
      ['padded integer', `3047${`02220000${example.r}`}${sHex}`],
      ['long-form length', `308146${rHex}${sHex}`],
      ['trailing byte', `3046${rHex}${sHex}00`],
      ['trailing byte inside', `3047${rHex}${sHex}00`],
      ['wrong outer tag', `3146${rHex}${sHex}`],
      ['indefinite length', `3080${rHex}${sHex}0000`],
      ['three integers', `3049${rHex}${sHex}020101`],
      ['cut off', `3046${rHex}${sHex.slice(0, -2)}`],
      ['raw 64 bytes', `${example.r}${example.s}`],
      ['nothing', ''],
    ])('an encoding that is not DER: %s', (_, hex) => {
      expect(der(`3046${rHex}${sHex}`)).toBe(true)
      expect(der(hex)).toBe(false)
    })

    test('a digest made without Z, with another identifier or with the Z of another key', () => {
      const other = generateSm2KeyPair()
      const forge = (e: Uint8Array): boolean => {
        const made = sm2SignWithNonce(toBigInt(e), toBigInt(privateKey), 12345n)
        return made !== null && signed(made.r, made.s)
      }
      expect(forge(sm2MessageDigest(publicKey, message))).toBe(true)
      expect(forge(sm3(message))).toBe(false)
      expect(forge(message)).toBe(false)
      expect(forge(sm2MessageDigest(publicKey, message, utf8('someone')))).toBe(false)
      expect(forge(sm2MessageDigest(other.publicKey, message))).toBe(false)
    })

    test('one flipped bit of message, signature or key', () => {
      for (let i = 0; i < right.length; i += 3) {
        const changed = Uint8Array.from(right, (byte, at) => (at === i ? byte ^ 1 : byte))
        expect(sm2Verify(publicKey, message, changed)).toBe(false)
      }
      expect(sm2Verify(publicKey, utf8('message digesu'), right)).toBe(false)
      expect(sm2Verify(generateSm2KeyPair().publicKey, message, right)).toBe(false)
    })

    test('a public key off the curve, at infinity, compressed, or with a coordinate not below p', () => {
      const offCurve = Uint8Array.from(publicKey, (byte, i) => (i === 64 ? byte ^ 1 : byte))
      const shifted = concatBytes(Uint8Array.of(4), fromBigInt(fieldPrime, 32), new Uint8Array(32))
      const compressed = concatBytes(Uint8Array.of(3), publicKey.subarray(1, 33))
      for (const key of [offCurve, shifted, compressed, Uint8Array.of(0), new Uint8Array(65), publicKey.subarray(1)]) {
        expect(sm2Verify(key, message, right)).toBe(false)
        expect(() => sm2Encrypt(key, message)).toThrow(/key\./)
      }
    })
  })

  describe('private keys', () => {
    test.each([0n, n - 1n, n, n + 5n, (1n << 256n) - 1n])('d = %i is refused', (d) => {
      expect(() => assertSm2PrivateKey(fromBigInt(d, 32))).toThrow('key.out-of-range')
      expect(() => sm2Sign(fromBigInt(d, 32), message)).toThrow('key.out-of-range')
    })

    test('the ends of the range sign and verify', () => {
      for (const d of [1n, n - 2n]) {
        const key = fromBigInt(d, 32)
        expect(sm2Verify(deriveSm2PublicKey(key), message, sm2Sign(key, message))).toBe(true)
      }
    })

    test('a wrong length is refused', () => {
      expect(() => assertSm2PrivateKey(new Uint8Array(31).fill(1))).toThrow('key.malformed')
    })

    test('a nonce above the range is drawn again, never reduced', () => {
      const draws = [new Uint8Array(32), new Uint8Array(32).fill(255), fromHex(example.nonce)]
      const random = { fill: (target: Uint8Array) => target.set(draws.shift() ?? new Uint8Array(32)) }
      expect(parseSm2Signature(sm2Sign(privateKey, message, { random }))).toEqual({ r, s })
    })

    test('a stuck random source is reported and does not hang', () => {
      expect(() => sm2Sign(privateKey, message, { random: { fill: (target) => target.fill(0) } })).toThrow('broken')
    })

    test('a nonce with r + k = n or r = 0 is refused', () => {
      const k = 5n
      const x = multiplyBase(k)?.x ?? 0n
      const d = toBigInt(privateKey)
      expect(sm2SignWithNonce(modulo(-x, n), d, k)).toBeNull()
      expect(sm2SignWithNonce(modulo(-k - x, n), d, k)).toBeNull()
    })
  })

  test('round trips keep working when r, s or a coordinate starts with zero bytes', () => {
    // One number in 256 is short. All four are met in the end; so many draws without one would say that they are not random.
    const most = 20_000
    const seen = new Set<string>()
    const isShort = (bytes: Uint8Array): boolean => bytes[0] === 0
    for (let draw = 0; draw < most && !(seen.has('r') && seen.has('s')); draw++) {
      const text = Uint8Array.of(draw & 255, draw >> 8)
      const signature = sm2Sign(privateKey, text, { publicKey })
      const parsed = parseSm2Signature(signature)
      if (parsed.r >> 248n === 0n) seen.add('r')
      if (parsed.s >> 248n === 0n) seen.add('s')
      expect(sm2Verify(publicKey, text, signature)).toBe(true)
    }
    for (let draw = 0; draw < most && !(seen.has('x') && seen.has('y')); draw++) {
      const pair = generateSm2KeyPair()
      const [x, y] = [pair.publicKey.subarray(-64, -32), pair.publicKey.subarray(-32)]
      if (!isShort(x) && !isShort(y)) continue
      seen.add(isShort(x) ? 'x' : 'y')
      const signature = sm2Sign(pair.privateKey, message, { publicKey: pair.publicKey })
      expect(sm2Verify(pair.publicKey, message, signature)).toBe(true)
      expect(sm2Decrypt(pair.privateKey, sm2Encrypt(pair.publicKey, message))).toEqual(message)
    }
    expect([...seen].sort()).toEqual(['r', 's', 'x', 'y'])
  })

  describe('decryption', () => {
    const sealed = sm2Encrypt(publicKey, utf8('秘密'))

    test('every damaged byte gives the same single error', () => {
      const messages = new Set<string>()
      for (let i = 0; i < sealed.length; i++) {
        const damaged = Uint8Array.from(sealed, (byte, at) => (at === i ? byte ^ 1 : byte))
        try {
          sm2Decrypt(privateKey, damaged)
          messages.add('accepted')
        } catch (cause) {
          messages.add(cause instanceof Error ? cause.message : 'not an error')
        }
      }
      expect([...messages]).toEqual(['sm2.decrypt-failed: the ciphertext does not belong to this key'])
    })

    const sharedBytes = (point: { x: bigint; y: bigint }): readonly [Uint8Array, Uint8Array] => [
      fromBigInt(point.x, 32),
      fromBigInt(point.y, 32),
    ]

    test('V39 a point off the curve is refused even when everything after it fits', () => {
      const foreign = { x: basePoint.x, y: basePoint.y + 1n }
      const [x, y] = sharedBytes(multiply(toBigInt(privateKey), foreign) ?? basePoint)
      const text = utf8('probe')
      const key = sm3Kdf(concatBytes(x, y), text.length)
      const parts = [writeOctets(sm3(x, text, y)), writeOctets(text.map((byte, i) => byte ^ (key[i] ?? 0)))]
      const probe = writeSequence(writeInteger(foreign.x), writeInteger(foreign.y), ...parts)
      expect(() => sm2Decrypt(privateKey, probe)).toThrow('sm2.decrypt-failed')
    })

    test('a nonce whose key stream is all zero is drawn again: it would leave the text in clear', () => {
      const recipient = { x: toBigInt(publicKey.subarray(1, 33)), y: toBigInt(publicKey.subarray(33)) }
      const isZero = (k: bigint): boolean =>
        sm3Kdf(concatBytes(...sharedBytes(multiply(k, recipient) ?? basePoint)), 1)[0] === 0
      let bad = 1n
      while (!isZero(bad)) bad++
      const draws = [fromBigInt(bad, 32), fromHex(example.nonce)]
      const random = { fill: (target: Uint8Array) => target.set(draws.shift() ?? new Uint8Array(32)) }
      const box = sm2Encrypt(publicKey, Uint8Array.of(0x41), random)
      expect(draws).toEqual([])
      expect(box[box.length - 1]).not.toBe(0x41)
      expect(sm2Decrypt(privateKey, box)).toEqual(Uint8Array.of(0x41))
    })
  })

  test('a prepared key decides as a fresh one, and more keys than there are tables take turns', () => {
    const pairs = Array.from({ length: 11 }, () => generateSm2KeyPair())
    const verifiers = pairs.map((each) => prepareSm2PublicKey(each.publicKey))
    for (let round = 0; round < 2; round++) {
      pairs.forEach((each, i) => {
        const text = Uint8Array.of(round, i)
        const signature = sm2Sign(each.privateKey, text)
        expect(verifiers[i]?.verify(text, signature)).toBe(true)
        expect(verifiers[i]?.verify(Uint8Array.of(round, i + 1), signature)).toBe(false)
        expect(verifiers[(i + 1) % 11]?.verify(text, signature)).toBe(false)
      })
    }
  })

  test('an invalid public key is never made ready, however often it is tried', () => {
    const invalid = Uint8Array.from(publicKey, (byte, i) => (i === 64 ? byte ^ 1 : byte))
    const signature = encodeSm2Signature(r, s)
    for (let i = 0; i < 45; i++) expect(sm2Verify(invalid, message, signature)).toBe(false)
    for (let i = 0; i < 45; i++) expect(sm2Verify(publicKey, message, signature)).toBe(true)
    expect(sm2Verify(publicKey, utf8('message digesu'), signature)).toBe(false)
  })

  test('keys whose multiples meet those of the base point verify: d = 1, 2, n − 2', () => {
    for (const d of [1n, 2n, 3n, n - 2n, n - 3n]) {
      const key = fromBigInt(d, 32)
      const fixed = { fill: (target: Uint8Array) => target.set(fromBigInt(5n, 32)) }
      const verifier = prepareSm2PublicKey(deriveSm2PublicKey(key))
      for (const options of [{}, { random: fixed }]) {
        const signature = sm2Sign(key, message, options)
        expect(sm2Verify(deriveSm2PublicKey(key), message, signature)).toBe(true)
        expect(verifier.verify(message, signature)).toBe(true)
      }
    }
  })

  test('deterministic nonces repeat, hedged ones do not, and both sign', () => {
    const make = (nonce: 'hedged' | 'deterministic', text = message): string => {
      const signature = sm2Signer(privateKey, { nonce }).sign(text)
      expect(sm2Verify(publicKey, text, signature)).toBe(true)
      return toHex(signature)
    }
    expect(make('deterministic')).toBe(make('deterministic'))
    expect(make('deterministic')).not.toBe(make('deterministic', utf8('other')))
    expect(make('hedged')).not.toBe(make('hedged'))
    const stuck = { fill: (target: Uint8Array) => target.fill(0) }
    const one = sm2Signer(privateKey, { nonce: 'hedged', random: stuck }).sign(utf8('one'))
    const two = sm2Signer(privateKey, { nonce: 'hedged', random: stuck }).sign(utf8('two'))
    // Equal r under one key would give the key away.
    expect(parseSm2Signature(one).r).not.toBe(parseSm2Signature(two).r)
  })

  test('raw ciphertexts of both orders come back, and cut ones are refused', () => {
    const text = utf8('公文')
    for (const form of ['c1c3c2', 'c1c2c3'] as const) {
      const sealed = sm2Encrypt(publicKey, text, undefined, form)
      expect(sealed.length).toBe(97 + text.length)
      expect(sm2Decrypt(privateKey, sealed, form)).toEqual(text)
      expect(() => sm2Decrypt(privateKey, sealed.subarray(0, 97), form)).toThrow('sm2.decrypt-failed')
      expect(() => sm2Decrypt(privateKey, sealed)).toThrow('sm2.decrypt-failed')
    }
  })

  test('a message hashed in pieces has the digest of the whole', () => {
    const whole = new Uint8Array(200_000).map((_, i) => i)
    const digest = startSm2Message(publicKey).update(whole.subarray(0, 7)).update(whole.subarray(7)).digest()
    const signature = sm2Signer(privateKey).signDigest(digest)
    expect(sm2Verify(publicKey, whole, signature)).toBe(true)
  })
})
