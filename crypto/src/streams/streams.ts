/**
 * Large data piece by piece: digests, signatures and authenticated encryption over any async source (Web or Node streams, files).
 * Memory stays at one piece, and the event loop gets a turn between pieces.
 */
import { concatBytes, equalBytes } from '../bytes.ts'
import { lengthBlock, startGcm } from '../cipher/sm4-gcm.ts'
import { expandSm4Key } from '../cipher/sm4.ts'
import { smCore } from '../core/core.ts'
import { CryptoError } from '../errors.ts'
import { Sm3 } from '../hash/sm3.ts'
import { type Sm2Signer, startSm2Message } from '../sign/sm2.ts'
import { sm2VerifyDigest } from '../sign/verify.ts'

/** Pieces of any size, in order: an array, an async generator, a Node stream, a Web `ReadableStream` where it can be iterated. */
export type ByteSource = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** SM3 of everything a source gives: 32 bytes. */
export async function sm3Stream(source: ByteSource): Promise<Uint8Array> {
  const hash = new Sm3()
  for await (const piece of source) hash.update(piece)
  return hash.digest()
}

/** Signs everything a source gives: DER, as `sm2Sign` over the joined pieces. */
export async function sm2SignStream(signer: Sm2Signer, source: ByteSource, id?: Uint8Array): Promise<Uint8Array> {
  const hash = startSm2Message(signer.publicKey, id)
  for await (const piece of source) hash.update(piece)
  return signer.signDigest(hash.digest())
}

/** Verifies DER over everything a source gives, as `sm2Verify` over the joined pieces. */
export async function sm2VerifyStream(
  publicKey: Uint8Array,
  source: ByteSource,
  signature: Uint8Array,
  id?: Uint8Array,
): Promise<boolean> {
  const hash = startSm2Message(publicKey, id)
  for await (const piece of source) hash.update(piece)
  return sm2VerifyDigest(publicKey, hash.digest(), signature)
}

/** GHASH over a text that comes in pieces, beside the key stream that is applied to it. */
class GcmRun {
  readonly #cipher
  readonly #subkey: Uint8Array
  readonly #mask: Uint8Array
  readonly #counter: Uint8Array
  readonly #state = new Uint8Array(16)
  readonly #aadBytes: number
  #textBytes = 0

  constructor(key: Uint8Array, iv: Uint8Array, aad: Uint8Array) {
    this.#cipher = expandSm4Key(key)
    const { counter, subkey, mask } = startGcm(this.#cipher, iv)
    this.#counter = counter
    this.#subkey = subkey
    this.#mask = mask
    this.#aadBytes = aad.length
    smCore().ghash(this.#subkey, this.#state, aad)
  }

  /** Only the last piece may end inside a block. */
  apply(piece: Uint8Array): Uint8Array {
    this.#textBytes += piece.length
    return this.#cipher.applyCtr(this.#counter, piece)
  }

  absorb(ciphertext: Uint8Array): void {
    smCore().ghash(this.#subkey, this.#state, ciphertext)
  }

  tag(): Uint8Array {
    smCore().ghash(this.#subkey, this.#state, lengthBlock(this.#aadBytes, this.#textBytes))
    return this.#state.map((byte, i) => byte ^ (this.#mask[i] ?? 0))
  }
}

/** Regroups pieces to whole blocks; the last group may be shorter. Keeps back `keep` bytes until the end and answers them last. */
async function* regroup(
  source: ByteSource,
  keep: number,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly isLast: boolean }> {
  let held = new Uint8Array()
  for await (const piece of source) {
    const joined = held.length === 0 ? piece : concatBytes(held, piece)
    const whole = Math.max(0, joined.length - keep) & ~15
    if (whole > 0) yield { bytes: joined.subarray(0, whole), isLast: false }
    held = Uint8Array.from(joined.subarray(whole))
  }
  yield { bytes: held, isLast: true }
}

/**
 * Enciphers and authenticates a source: the pieces together are what `sm4GcmEncrypt` gives.
 * @throws CryptoError sm4.bad-length
 */
export async function* sm4GcmEncryptStream(
  key: Uint8Array,
  iv: Uint8Array,
  source: ByteSource,
  aad: Uint8Array = new Uint8Array(),
): AsyncGenerator<Uint8Array> {
  const run = new GcmRun(key, iv, aad)
  for await (const { bytes } of regroup(source, 0)) {
    if (bytes.length === 0) continue
    const ciphertext = run.apply(bytes)
    run.absorb(ciphertext)
    yield ciphertext
  }
  yield run.tag()
}

/**
 * Deciphers what `sm4GcmEncryptStream` gave. Pieces come before the tag was seen: write them somewhere provisional, and throw all
 * of it away when this throws at the end.
 * @throws CryptoError sm4.bad-length, sm4.authentication-failed
 */
export async function* sm4GcmDecryptStream(
  key: Uint8Array,
  iv: Uint8Array,
  source: ByteSource,
  aad: Uint8Array = new Uint8Array(),
): AsyncGenerator<Uint8Array> {
  const run = new GcmRun(key, iv, aad)
  for await (const { bytes, isLast } of regroup(source, 16)) {
    if (isLast && bytes.length < 16) throw new CryptoError('sm4.bad-length', 'shorter than its tag')
    const ciphertext = isLast ? bytes.subarray(0, bytes.length - 16) : bytes
    run.absorb(ciphertext)
    if (ciphertext.length > 0) yield run.apply(ciphertext)
    if (isLast && !equalBytes(run.tag(), bytes.subarray(bytes.length - 16))) {
      throw new CryptoError('sm4.authentication-failed', 'the text was changed or the key is another')
    }
  }
}
