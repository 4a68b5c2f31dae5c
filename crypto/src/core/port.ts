/**
 * What the algorithms need done fast or in constant-time form, as one interface with two implementations: WebAssembly and
 * plain TypeScript. Everything above (paddings, encodings, ranges of identifiers) is written once. Bytes in, bytes out.
 */

/** SM3 (GB/T 32905-2016). A state is eight 32-bit words. */
export interface Sm3Core {
  /** Digest (32 bytes) of the joined parts. */
  digest(parts: readonly Uint8Array[]): Uint8Array
  /** Folds the whole blocks of 64 bytes of `bytes` into the state. */
  absorb(state: Int32Array, bytes: Uint8Array): void
  /** PBKDF2 iterations 2…`count` of one block: states of the HMAC key, first value U1 (32 bytes) → T (32 bytes). */
  stretch(inner: Int32Array, outer: Int32Array, first: Uint8Array, count: number): Uint8Array
}

/** One expanded SM4 key (GB/T 32907-2016). Chains and counters (16 bytes) are advanced in place; texts answer in new arrays. */
export interface Sm4Core {
  /** Enciphers one to eight blocks, each by itself: for the blocks a mode starts with, never for texts. */
  encryptBlocks(blocks: Uint8Array): Uint8Array
  /** Deciphers one block. */
  decryptBlock(block: Uint8Array): Uint8Array
  /** CBC over whole blocks; `chain` is the block before them. */
  encryptCbc(chain: Uint8Array, blocks: Uint8Array): Uint8Array
  decryptCbc(chain: Uint8Array, blocks: Uint8Array): Uint8Array
  /** Mixes in the key stream (into `out`, if given, of the same length); only the last call of a stream may end inside a block. */
  applyCtr(counter: Uint8Array, text: Uint8Array, out?: Uint8Array): Uint8Array
  /** CBC-MAC of whole blocks. */
  absorbMac(chain: Uint8Array, blocks: Uint8Array): void
}

/** A public key with a table of its multiples: verifies about five times faster. */
export interface Sm2PreparedCore {
  verify(digest: Uint8Array, signature: Uint8Array): boolean
}

/**
 * SM2 over 32-byte numbers; points are x‖y (64 bytes), signatures r‖s (64 bytes). `null` means out of range, or (for `sign`)
 * that the standard asks for another nonce. Points given to `multiply`, `addMultiple`, `verify` and `prepare` are validated.
 */
export interface Sm2Core {
  /** k·G for a secret k in [1, n−1]. */
  multiplyBase(k: Uint8Array): Uint8Array | null
  /** What signing needs of d in [1, n−2]: opaque, as secret as d. */
  signingFactor(d: Uint8Array): Uint8Array | null
  /** One attempt of GB/T 32918.2 clause 6.1 A4–A6. */
  sign(factor: Uint8Array, k: Uint8Array, digest: Uint8Array): Uint8Array | null
  /** GB/T 32918.2 clause 7.1 B1–B7 over a ready digest. */
  verify(point: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean
  /** k·P for a secret k in [1, n−1]. */
  multiply(k: Uint8Array, point: Uint8Array): Uint8Array | null
  /** P + k·Q for a public k in [1, n−1]. */
  addMultiple(p: Uint8Array, k: Uint8Array, q: Uint8Array): Uint8Array | null
  /** Both coordinates below p and on the curve. */
  isOnCurve(point: Uint8Array): boolean
  /** Makes the table of a point of the curve. */
  prepare(point: Uint8Array): Sm2PreparedCore
}

/** One implementation of everything. */
export interface SmCore {
  readonly kind: 'wasm' | 'typescript'
  readonly sm2: Sm2Core
  readonly sm3: Sm3Core
  /** Expands a 16-byte key. */
  expandSm4(key: Uint8Array): Sm4Core
  /** Folds `bytes`, padded with zeros to whole blocks, into the GHASH state (16 bytes) under the subkey (16 bytes). */
  ghash(subkey: Uint8Array, state: Uint8Array, bytes: Uint8Array): void
  /** SM4-GCM in one go: ciphertext ‖ tag; `null` for a text too long for that, or where it gains nothing. Key 16, nonce 12 bytes. */
  sealShortGcm(key: Uint8Array, nonce: Uint8Array, text: Uint8Array, aad: Uint8Array): Uint8Array | null
}
