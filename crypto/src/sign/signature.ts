/** The two encodings of an SM2 signature: DER SEQUENCE{r INTEGER, s INTEGER} (GM/T 0009-2023) and r‖s (64 bytes). */
import { byteAt } from '../bytes.ts'

/** DER of r‖s. */
export function encodeSm2Signature(signature: Uint8Array): Uint8Array {
  const [rStart, sStart] = [firstOctet(signature, 0), firstOctet(signature, 32)]
  const rSize = 32 - rStart + padding(signature, rStart)
  const sSize = 64 - sStart + padding(signature, sStart)
  const der = new Uint8Array(6 + rSize + sSize)
  der[0] = 0x30
  der[1] = 4 + rSize + sSize
  der[2] = 0x02
  der[3] = rSize
  der.set(signature.subarray(rStart, 32), 4 + rSize - (32 - rStart))
  der[4 + rSize] = 0x02
  der[5 + rSize] = sSize
  der.set(signature.subarray(sStart), 6 + rSize + sSize - (64 - sStart))
  return der
}

/** Place of the first octet that counts; a zero keeps its last. */
function firstOctet(signature: Uint8Array, from: number): number {
  let at = from
  while (at < from + 31 && signature[at] === 0) at++
  return at
}

function padding(signature: Uint8Array, at: number): number {
  return byteAt(signature, at) >> 7
}

/**
 * r‖s of a DER signature; `null` unless it is the one strict encoding of two integers from 0 to 2^256 − 1. Their ranges are
 * left to verification.
 */
export function parseSm2Signature(der: Uint8Array): Uint8Array | null {
  if (der.length < 8 || der.length > 72 || der[0] !== 0x30 || der[1] !== der.length - 2) return null
  const signature = new Uint8Array(64)
  const next = readInteger(der, 2, signature.subarray(0, 32))
  return next !== null && readInteger(der, next, signature.subarray(32)) === der.length ? signature : null
}

/** Writes the INTEGER at `at` right-aligned into `out` and answers where it ends; `null` when it is not in shortest form. */
function readInteger(der: Uint8Array, at: number, out: Uint8Array): number | null {
  const size = byteAt(der, at + 1)
  const end = at + 2 + size
  if (der[at] !== 0x02 || size === 0 || size > 33 || end > der.length) return null
  const first = byteAt(der, at + 2)
  const isPadded = first === 0 && size > 1
  if (first >= 0x80 || (isPadded && byteAt(der, at + 3) < 0x80) || (size === 33 && !isPadded)) return null
  const from = isPadded ? at + 3 : at + 2
  out.set(der.subarray(from, end), 32 - (end - from))
  return end
}
