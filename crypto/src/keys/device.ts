/**
 * Keys in devices: a UKey (SKF, GM/T 0016-2023), a card or machine (SDF, GM/T 0018-2023), or a PKCS#11 token. A driver
 * implements `KeyDevice` over the vendor's library; everything else works with the `KeyHandle` made here.
 *
 * | here | SKF (UKey) | SDF (card, HSM) | PKCS#11 |
 * |---|---|---|---|
 * | `open` | SKF_ConnectDev, SKF_OpenApplication, SKF_VerifyPIN, SKF_OpenContainer | SDF_OpenDevice, SDF_OpenSession, SDF_GetPrivateKeyAccessRight | C_OpenSession, C_Login |
 * | `publicKey` | SKF_ExportPublicKey (signing pair) | SDF_ExportSignPublicKey_ECC | C_GetAttributeValue CKA_EC_POINT |
 * | `signDigest` | SKF_ECCSignData | SDF_InternalSign_ECC | C_Sign with the vendor's SM2 mechanism, raw |
 * | `close` | SKF_CloseContainer, SKF_CloseApplication | SDF_ReleasePrivateKeyAccessRight, SDF_CloseSession | C_Logout, C_CloseSession |
 *
 * Devices sign a ready digest e. Z and the digest of the message are computed here, so that the identifier is the one this
 * library verifies with. Points and signatures of SKF and SDF are padded to 64-byte fields: a driver cuts them to 32.
 */
import { equalBytes } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { type KeyHandle, platformRandom, type RandomSource } from '../ports.ts'
import { parsePoint } from '../sign/point.ts'
import { encodeSm2Signature, parseSm2Signature } from '../sign/signature.ts'
import { generateSm2KeyPair, sm2MessageDigest, type Sm2Signer, sm2Signer } from '../sign/sm2.ts'
import { sm2VerifyDigest } from '../sign/verify.ts'

/** An unlocked key in a device. Nothing here answers private bytes; a driver must not export them by any other way. */
export interface KeyDeviceSession {
  /** 65 bytes 04‖x‖y. */
  publicKey(): Promise<Uint8Array>
  /** Signs e (32 bytes) and answers r‖s (64 bytes). */
  signDigest(digest: Uint8Array): Promise<Uint8Array>
  close(): Promise<void>
}

/** Why a device did not open: the PIN is wrong (with tries left, if known), locked, or there is no such key. */
export type KeyDeviceRefusal =
  | { readonly kind: 'wrong-pin'; readonly triesLeft: number | null }
  | { readonly kind: 'locked' }
  | { readonly kind: 'no-such-key' }

/** A device with keys in named containers. */
export interface KeyDevice {
  readonly label: string
  open(container: string, pin: string): Promise<KeyDeviceSession | KeyDeviceRefusal>
}

/**
 * A key handle over an unlocked device. The public key is validated once, and every signature is checked before it is given
 * out: a device that answers nonsense must not put it under a document.
 * @throws CryptoError key.malformed, key.off-curve
 */
export async function deviceKey(session: KeyDeviceSession): Promise<KeyHandle> {
  const publicKey = Uint8Array.from(await session.publicKey())
  parsePoint(publicKey)
  return {
    publicKey,
    async sign(message) {
      const digest = sm2MessageDigest(publicKey, message)
      const signature = await session.signDigest(digest)
      if (signature.length !== 64) throw new CryptoError('key.malformed', 'the device answered no signature')
      const der = encodeSm2Signature(signature)
      if (!sm2VerifyDigest(publicKey, digest, der))
        throw new CryptoError('key.malformed', 'the device answered a wrong signature')
      return der
    },
  }
}

/** Whether opening was refused. */
export function isDeviceRefusal(answer: KeyDeviceSession | KeyDeviceRefusal): answer is KeyDeviceRefusal {
  return 'kind' in answer
}

/** A device in memory for tests and demonstrations: keys are made inside and there is no way to take them out. */
export interface SimulatedKeyDevice extends KeyDevice {
  /** Makes a key pair inside; answers the public key. An existing container is refused. */
  generate(container: string, pin: string): Promise<Uint8Array>
}

const pinTries = 6

/** Makes a simulated device: private bytes live in the signers it closes over and nowhere else. */
export function simulatedKeyDevice(label: string, random: RandomSource = platformRandom): SimulatedKeyDevice {
  const containers = new Map<string, Container>()
  const encoder = new TextEncoder()
  return {
    label,
    generate(container, pin) {
      if (containers.has(container)) throw new CryptoError('key.malformed', 'the container exists', { container })
      const signer = sm2Signer(generateSm2KeyPair(random).privateKey)
      containers.set(container, { signer, pin: encoder.encode(pin), triesLeft: pinTries })
      return Promise.resolve(signer.publicKey.slice())
    },
    open(container, pin) {
      const held = containers.get(container)
      if (held === undefined) return Promise.resolve({ kind: 'no-such-key' })
      if (held.triesLeft === 0) return Promise.resolve({ kind: 'locked' })
      const isRight = equalBytes(encoder.encode(pin), held.pin)
      const triesLeft = isRight ? pinTries : held.triesLeft - 1
      containers.set(container, { ...held, triesLeft })
      if (isRight) return Promise.resolve(sessionOf(held.signer))
      return Promise.resolve(triesLeft === 0 ? { kind: 'locked' } : { kind: 'wrong-pin', triesLeft })
    },
  }
}

interface Container {
  readonly signer: Sm2Signer
  readonly pin: Uint8Array
  readonly triesLeft: number
}

function sessionOf(signer: Sm2Signer): KeyDeviceSession {
  let isOpen = true
  return {
    publicKey: () => Promise.resolve(signer.publicKey.slice()),
    async signDigest(digest) {
      const signature = isOpen ? parseSm2Signature(signer.signDigest(digest)) : null
      if (signature === null) throw new CryptoError('key.malformed', 'the session is closed')
      return signature
    },
    async close() {
      isOpen = false
    },
  }
}
