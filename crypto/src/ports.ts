/** Source of unpredictable bytes. Must fill the whole array from a cryptographic generator. */
export interface RandomSource {
  fill(target: Uint8Array): void
}

/** Bytes drawn ahead for small requests: a call of the platform's generator costs as much as a tenth of a signature. */
const pool = new Uint8Array(1024)
let poolUsed = pool.length

/** The platform's generator (Web Crypto), present in Node, browsers and Electron. No byte is given out twice. */
export const platformRandom: RandomSource = {
  fill(target) {
    if (target.length <= 64) return fillFromPool(target)
    // Web Crypto refuses more than 65 536 bytes a call.
    for (let offset = 0; offset < target.length; offset += 65_536) {
      const part = new Uint8Array(Math.min(65_536, target.length - offset))
      globalThis.crypto.getRandomValues(part)
      target.set(part, offset)
    }
  },
}

function fillFromPool(target: Uint8Array): void {
  if (poolUsed + target.length > pool.length) {
    globalThis.crypto.getRandomValues(pool)
    poolUsed = 0
  }
  const end = poolUsed + target.length
  target.set(pool.subarray(poolUsed, end))
  pool.fill(0, poolUsed, end)
  poolUsed = end
}

/** Time the caller vouches for, in milliseconds since 1970-01-01 UTC. */
export interface TrustedTime {
  now(): number
}

/**
 * A private SM2 key that can be used and not read: software key store, UKey, card or HSM.
 * `publicKey` is 65 bytes 04‖x‖y. `sign` takes the message itself and answers DER SEQUENCE{r, s},
 * computed with Z and the default identifier (see `defaultSm2Id`).
 */
export interface KeyHandle {
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Promise<Uint8Array>
}
