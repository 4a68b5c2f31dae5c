/** SM3 hash function. Source: GB/T 32905-2016 (GM/T 0004-2012), clauses 4 and 5. */
import { smCore } from '../core/core.ts'
import { CryptoError } from '../errors.ts'
import { sm3Initial } from './sm3-initial.ts'

/** Size of an SM3 digest in bytes. */
export const sm3Size = 32

/** Incremental SM3: `update` as often as needed, then `digest` once. */
export class Sm3 {
  readonly #state = Int32Array.from(sm3Initial)
  readonly #block = new Uint8Array(128)
  #filled = 0
  #lengthBytes = 0

  /** Feeds bytes; they are read at once and not kept. */
  update(bytes: Uint8Array): this {
    this.#lengthBytes += bytes.length
    let offset = 0
    if (this.#filled > 0) {
      offset = Math.min(64 - this.#filled, bytes.length)
      this.#block.set(bytes.subarray(0, offset), this.#filled)
      this.#filled += offset
      if (this.#filled < 64) return this
      smCore().sm3.absorb(this.#state, this.#block.subarray(0, 64))
    }
    const whole = (bytes.length - offset) & ~63
    if (whole > 0) smCore().sm3.absorb(this.#state, bytes.subarray(offset, offset + whole))
    this.#block.set(bytes.subarray(offset + whole))
    this.#filled = bytes.length - offset - whole
    return this
  }

  /** Finishes and answers the 32-byte digest. The object must not be used afterwards. */
  digest(): Uint8Array {
    const tail = this.#block.subarray(0, this.#filled < 56 ? 64 : 128)
    tail.fill(0, this.#filled)
    tail[this.#filled] = 0x80
    const view = new DataView(tail.buffer)
    view.setUint32(tail.length - 8, Math.floor(this.#lengthBytes / 0x2000_0000))
    view.setUint32(tail.length - 4, (this.#lengthBytes << 3) >>> 0)
    smCore().sm3.absorb(this.#state, tail)
    const digest = new Uint8Array(sm3Size)
    const out = new DataView(digest.buffer)
    this.#state.forEach((word, i) => out.setInt32(4 * i, word))
    return digest
  }
}

/** SM3 of the joined parts: 32 bytes. */
export function sm3(...parts: readonly Uint8Array[]): Uint8Array {
  return smCore().sm3.digest(parts)
}

/** The key of an HMAC as the two blocks its inner and outer digest begin with. */
function hmacBlocks(key: Uint8Array): { readonly inner: Uint8Array; readonly outer: Uint8Array } {
  const short = key.length > 64 ? sm3(key) : key
  const inner = new Uint8Array(64).fill(0x36)
  const outer = new Uint8Array(64).fill(0x5c)
  short.forEach((byte, i) => {
    inner[i] = byte ^ 0x36
    outer[i] = byte ^ 0x5c
  })
  return { inner, outer }
}

/** HMAC with SM3 (GB/T 15852.2, RFC 2104 construction) of the joined parts: 32 bytes. */
export function hmacSm3(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const { inner, outer } = hmacBlocks(key)
  return sm3(outer, sm3(inner, ...parts))
}

/**
 * A key of `sizeBytes` bytes from a password: PBKDF2 with HMAC-SM3. Sources: RFC 8018 section 5.2, GM/T 0091-2020.
 * `iterations` is at least 1; 200,000 take about 0.1 s.
 * @throws CryptoError key.malformed for fewer than one iteration or byte
 */
export function pbkdf2Sm3(password: Uint8Array, salt: Uint8Array, iterations: number, sizeBytes: number): Uint8Array {
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > 0x7fff_ffff || sizeBytes < 1) {
    throw new CryptoError('key.malformed', 'iterations and size must be positive', { iterations, sizeBytes })
  }
  const core = smCore().sm3
  const blocks = hmacBlocks(password)
  const [inner, outer] = [blocks.inner, blocks.outer].map((block) => {
    const state = Int32Array.from(sm3Initial)
    core.absorb(state, block)
    return state
  })
  const derived = new Uint8Array(sizeBytes)
  const number = new Uint8Array(4)
  for (let at = 0, counter = 1; at < sizeBytes; at += sm3Size, counter++) {
    new DataView(number.buffer).setUint32(0, counter)
    const first = hmacSm3(password, salt, number)
    const block = core.stretch(inner ?? sm3Initial, outer ?? sm3Initial, first, iterations)
    derived.set(block.subarray(0, sizeBytes - at), at)
  }
  return derived
}

/** Key derivation from a shared secret. Source: GB/T 32918.3-2016 clause 5.4.3. Answers `sizeBytes` bytes. */
export function sm3Kdf(secret: Uint8Array, sizeBytes: number): Uint8Array {
  const derived = new Uint8Array(sizeBytes)
  const suffix = new Uint8Array(4)
  for (let at = 0, counter = 1; at < sizeBytes; at += sm3Size, counter++) {
    new DataView(suffix.buffer).setUint32(0, counter)
    const block = sm3(secret, suffix)
    derived.set(sizeBytes - at < sm3Size ? block.subarray(0, sizeBytes - at) : block, at)
  }
  return derived
}
