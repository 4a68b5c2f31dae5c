/** SM2 key exchange. Source: GB/T 32918.3-2016 clause 6; cofactor h = 1, w = 127. */
import { byteAt, concatBytes, equalBytes, fromBigInt, toBigInt } from '../bytes.ts'
import { smCore } from '../core/core.ts'
import { CryptoError } from '../errors.ts'
import { sm3, sm3Kdf } from '../hash/sm3.ts'
import { parsePoint } from './point.ts'
import { assertSm2PrivateKey } from './scalar.ts'
import { type Sm2KeyPair, sm2IdentityDigest } from './sm2.ts'

/** One side of an exchange: long-term and one-time key pair (both from `generateSm2KeyPair`), and the other side's two public keys (65 bytes each). */
export interface KeyExchangeOrder {
  readonly role: 'initiator' | 'responder'
  readonly own: Sm2KeyPair
  readonly ownOnce: Sm2KeyPair
  readonly peer: Uint8Array
  readonly peerOnce: Uint8Array
  readonly keyBytes: number
  readonly ownId?: Uint8Array
  readonly peerId?: Uint8Array
}

/** The agreed key, the confirmation to send (32 bytes) and the one to expect. Use the key only after comparing. */
export interface KeyExchangeResult {
  readonly key: Uint8Array
  readonly confirmation: Uint8Array
  readonly expected: Uint8Array
}

const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n

/** x̄ = 2^127 + (x mod 2^127), 16 bytes significant. */
function reduceCoordinate(point: Uint8Array): Uint8Array {
  const reduced = new Uint8Array(32)
  reduced.set(point.subarray(16, 32), 16)
  reduced[16] = byteAt(reduced, 16) | 0x80
  return reduced
}

/**
 * Computes the common key. Both sides get the same when each names the other's keys and identifiers.
 * @throws CryptoError key.malformed, key.off-curve, key.out-of-range
 */
export function agreeSm2Key(request: KeyExchangeOrder): KeyExchangeResult {
  const { own, ownOnce, role } = request
  assertSm2PrivateKey(own.privateKey)
  assertSm2PrivateKey(ownOnce.privateKey)
  const peer = parsePoint(request.peer)
  const peerOnce = parsePoint(request.peerOnce)
  const core = smCore().sm2
  const point = core.addMultiple(peer, reduceCoordinate(peerOnce), peerOnce)
  // t = d + x̄·r mod n. A sum of two products of secrets: BigInt, once per exchange with a one-time r that blinds d.
  const t =
    (toBigInt(own.privateKey) +
      toBigInt(reduceCoordinate(ownOnce.publicKey.subarray(1))) * toBigInt(ownOnce.privateKey)) %
    order
  const shared = point === null ? null : core.multiply(fromBigInt(t, 32), point)
  if (shared === null) throw new CryptoError('key.out-of-range', 'the exchange gave the point at infinity')
  const [ownIdentity, peerIdentity] = [
    sm2IdentityDigest(own.publicKey, request.ownId),
    sm2IdentityDigest(request.peer, request.peerId),
  ]
  const isInitiator = role === 'initiator'
  const identities = isInitiator ? [ownIdentity, peerIdentity] : [peerIdentity, ownIdentity]
  const once = isInitiator ? [ownOnce.publicKey.subarray(1), peerOnce] : [peerOnce, ownOnce.publicKey.subarray(1)]
  const inner = sm3(shared.subarray(0, 32), ...identities, ...once)
  const confirm = (prefix: number): Uint8Array => sm3(Uint8Array.of(prefix), shared.subarray(32), inner)
  return {
    key: sm3Kdf(concatBytes(shared, ...identities), request.keyBytes),
    confirmation: confirm(isInitiator ? 3 : 2),
    expected: confirm(isInitiator ? 2 : 3),
  }
}

/** Whether the other side computed the same key: its confirmation against the expected one. */
export function isExchangeConfirmed(result: KeyExchangeResult, received: Uint8Array): boolean {
  return equalBytes(result.expected, received)
}
