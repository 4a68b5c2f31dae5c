import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { concatBytes, fromBigInt, toHex } from '../bytes.ts'
import { sm4GcmEncrypt } from '../cipher/sm4-gcm.ts'
import { platformRandom } from '../ports.ts'
import { prepareSmCore, selectSmCore } from './core.ts'
import { coreBytes } from './core-bytes.js'
import { basePoint, curveB, fieldPrime, groupOrder } from './plain-curve.ts'
import { plainCore } from './plain.ts'
import type { SmCore } from './port.ts'
import { loadWasm } from './wasm-module.ts'
import { symmetricThrough } from './wasm-symmetric.ts'

const wasm = selectSmCore('wasm')
const n = groupOrder

function random(size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  platformRandom.fill(bytes)
  return bytes
}

const hexOrNull = (bytes: Uint8Array | null): string | null => (bytes === null ? null : toHex(bytes))

/** What an act gives on either core, for comparison. */
function both(act: (core: SmCore) => Uint8Array | null | boolean): readonly unknown[] {
  return [wasm, plainCore].map((core) => {
    const result = act(core)
    return typeof result === 'boolean' ? result : hexOrNull(result)
  })
}

function expectAgreement(act: (core: SmCore) => Uint8Array | null | boolean): void {
  const [ours, plain] = both(act)
  expect(ours).toEqual(plain)
}

test('WebAssembly is what runs here, and it is asked for once', async () => {
  expect(wasm.kind).toBe('wasm')
  expect(await prepareSmCore()).toBe('wasm')
  expect(selectSmCore('wasm')).toBe(wasm)
})

test('the module stays below 20 kB compressed', () => {
  expect(gzipSync(Buffer.from(coreBytes, 'base64'), { level: 9 }).length).toBeLessThan(20_000)
})

describe('both cores give the same', () => {
  /** Scalars at the borders of range, recoding and of the one addition that has to be complete. */
  const scalars = [
    0n,
    1n,
    2n,
    3n,
    31n,
    32n,
    63n,
    64n,
    127n,
    128n,
    129n,
    255n,
    256n,
    n >> 1n,
    (n >> 1n) + 1n,
    n - 7n,
    n - 6n,
    n - 5n,
    n - 2n,
    n - 1n,
    n,
    n + 1n,
    (30n << 252n) - n,
    (1n << 252n) - 1n,
    (1n << 252n) + 1n,
    1n << 255n,
    (1n << 256n) - 1n,
  ].map((value) => fromBigInt(value, 32))
  const generator = concatBytes(fromBigInt(basePoint.x, 32), fromBigInt(basePoint.y, 32))

  test('multiples of the base point and of others, at every border', () => {
    const other = wasm.sm2.multiplyBase(random(32).fill(7, 0, 1)) ?? generator
    for (const k of [...scalars, ...Array.from({ length: 40 }, () => random(32))]) {
      expectAgreement((core) => core.sm2.multiplyBase(k))
      expectAgreement((core) => core.sm2.multiply(k, other))
      expectAgreement((core) => core.sm2.multiply(k, generator))
      expectAgreement((core) => core.sm2.addMultiple(other, k, generator))
    }
  })

  test('a sum that meets equal and opposite points', () => {
    const [one = new Uint8Array(32), two = one] = [fromBigInt(1n, 32), fromBigInt(2n, 32)]
    const opposite = concatBytes(generator.subarray(0, 32), fromBigInt(fieldPrime - basePoint.y, 32))
    expectAgreement((core) => core.sm2.addMultiple(generator, one, generator))
    expectAgreement((core) => core.sm2.addMultiple(opposite, one, generator))
    expectAgreement((core) => core.sm2.addMultiple(opposite, two, generator))
    expect(wasm.sm2.addMultiple(opposite, one, generator)).toBeNull()
  })

  test('signing factors exist for d in [1, n−2] only, and sign alike', () => {
    for (const d of scalars) {
      const [ours, plain] = [wasm.sm2.signingFactor(d), plainCore.sm2.signingFactor(d)]
      expect(ours === null).toBe(plain === null)
      if (ours === null || plain === null) continue
      for (const k of [...scalars, random(32)]) {
        const digest = random(32)
        const signature = wasm.sm2.sign(ours, k, digest)
        expect(hexOrNull(signature)).toBe(hexOrNull(plainCore.sm2.sign(plain, k, digest)))
      }
    }
  })

  test('points are judged alike: off the curve, not below p, infinity', () => {
    const y = fromBigInt(basePoint.y, 32)
    const candidates = [
      generator,
      concatBytes(fromBigInt(basePoint.x, 32), fromBigInt(basePoint.y + 1n, 32)),
      new Uint8Array(64),
      new Uint8Array(64).fill(255),
      concatBytes(fromBigInt(fieldPrime, 32), y),
      concatBytes(fromBigInt(0n, 32), fromBigInt(curveB, 32)),
      ...Array.from({ length: 30 }, () => random(64)),
    ]
    for (const point of candidates) expectAgreement((core) => core.sm2.isOnCurve(point))
  })

  test('signatures with r or s at a border are judged alike, fresh and prepared', () => {
    const key = wasm.sm2.multiplyBase(random(32).fill(9, 0, 1)) ?? generator
    const prepared = wasm.sm2.prepare(key)
    for (const r of scalars) {
      for (const s of scalars) {
        const signature = concatBytes(r, s)
        expectAgreement((core) => core.sm2.verify(key, random(32).fill(0), signature))
        expect(prepared.verify(new Uint8Array(32), signature)).toBe(false)
      }
    }
  }, 60_000)

  test('GCM in one go and in pieces give the same, whatever ends inside a block, up to what fits and beyond', () => {
    const [key, nonce] = [random(16), random(12)]
    // One module for all: what an earlier call left in its buffer must not count.
    const quick = (text: Uint8Array, aad: Uint8Array): string => toHex(wasm.sealShortGcm(key, nonce, text, aad) ?? sm4GcmEncrypt(key, nonce, text, aad))
    const onEither = (text: Uint8Array, aad: Uint8Array): void => expect(quick(text, aad), `${text.length} bytes, ${aad.length} beside`).toBe(toHex(sm4GcmEncrypt(key, nonce, text, aad)))
    selectSmCore('typescript')
    try {
      for (let size = 0; size < 160; size++) for (const beside of [0, 1, 15, 16, 17, 48]) onEither(random(size), random(beside))
      for (const [size, beside] of [[65_504, 0], [65_505, 0], [40, 65_464], [0, 65_537], [7, 3]] as const) onEither(random(size), random(beside))
    } finally {
      selectSmCore('wasm')
    }
    expect(wasm.sealShortGcm(key, nonce, random(65_504), new Uint8Array())?.length).toBe(65_520)
    expect(wasm.sealShortGcm(key, nonce, random(65_505), new Uint8Array())).toBeNull()
    expect(wasm.sealShortGcm(key, nonce, random(0), random(65_537))).toBeNull()
  }, 30_000)

  test('GCM in one go leaves neither key nor round keys in the memory of the module', () => {
    const module = loadWasm()
    if (module === null) throw new Error('WebAssembly runs here')
    const [key, nonce, text] = [random(16), random(12), random(100)]
    const own = symmetricThrough(module)
    const sealed = own.sealShortGcm(key, nonce, text, new Uint8Array())
    expect(toHex(sealed ?? key)).toBe(toHex(sm4GcmEncrypt(key, nonce, text)))
    const all = Buffer.from(module.memory.buffer.slice(0))
    const mask = own.expandSm4(key).encryptBlocks(concatBytes(nonce, Uint8Array.of(0, 0, 0, 1)))
    expect([key, text, mask].map((each) => all.includes(Buffer.from(each)))).toEqual([false, false, false])
    for (const [place, size] of [[module.sm4Keys, 128], [module.sm4Block, 16], [module.ghashKey, 16]] as const) {
      expect(all.subarray(Number(place.value), Number(place.value) + size).some((byte) => byte !== 0)).toBe(false)
    }
  })

  test('SM4 and GHASH on texts of every length up to nine blocks', () => {
    for (let length = 0; length <= 144; length++) {
      const [key, chain, text] = [random(16), random(16).fill(255, 2), random(length)]
      const whole = text.subarray(0, length & ~15)
      for (const mode of ['encryptCbc', 'decryptCbc'] as const) {
        expectAgreement((core) => core.expandSm4(key)[mode](chain.slice(), whole))
      }
      expectAgreement((core) => {
        const counter = chain.slice()
        const out = core.expandSm4(key).applyCtr(counter, text)
        return concatBytes(out, counter)
      })
      expectAgreement((core) => {
        const state = chain.slice()
        core.expandSm4(key).absorbMac(state, whole)
        core.ghash(key, state, text)
        return state
      })
    }
  })
})
