/** Where the nonce of a signature comes from. */
import { hmacSm3 } from '../hash/sm3.ts'
import type { RandomSource } from '../ports.ts'
import { isScalarUpTo, largestNonce, randomScalar } from './scalar.ts'

/**
 * `random`: uniform from the platform's generator, as the standard says. `hedged`: from the generator, the key and the
 * message together, so that a weak generator alone gives nothing away. `deterministic`: from key and message only, for
 * tests and devices without a generator; equal messages then give equal signatures.
 */
export type NonceKind = 'random' | 'hedged' | 'deterministic'

/** Draws nonces in [1, n−1] for one signature. @param secret private key, 32 bytes · @param digest e, 32 bytes */
export function nonceSource(
  kind: NonceKind,
  random: RandomSource,
  secret: Uint8Array,
  digest: Uint8Array,
): () => Uint8Array {
  if (kind === 'random') return () => randomScalar(random, largestNonce)
  const entropy = new Uint8Array(32)
  if (kind === 'hedged') random.fill(entropy)
  let count = 0
  return () => {
    for (;;) {
      const candidate = hmacSm3(secret, Uint8Array.of(count++ & 255), entropy, digest)
      if (isScalarUpTo(candidate, largestNonce)) return candidate
    }
  }
}
