/** Source of unpredictable bytes. Must fill the whole array from a cryptographic generator. */
export interface RandomSource {
  fill(target: Uint8Array): void
}

/** The platform's generator (Web Crypto), present in Node, browsers and Electron. */
export const platformRandom: RandomSource = {
  fill(target) {
    // Web Crypto refuses more than 65 536 bytes a call.
    for (let offset = 0; offset < target.length; offset += 65_536) {
      const part = new Uint8Array(Math.min(65_536, target.length - offset))
      globalThis.crypto.getRandomValues(part)
      target.set(part, offset)
    }
  },
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
