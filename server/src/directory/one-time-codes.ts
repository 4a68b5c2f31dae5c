/** One-time codes (动态口令) by RFC 6238: SHA-1, six digits, 30 seconds, as ordinary authenticator apps want them. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const stepMs = 30_000
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A fresh secret of 160 bits in base 32. */
export function newOneTimeSecret(): string {
  return [...randomBytes(32)].map((byte) => base32[byte & 31]).join('')
}

/** The time step whose code this is (one step of drift either way), newer than `lastStep` so that no code works twice; null if
 * none fits. */
export function matchOneTimeCode(secret: string, code: string, nowMs: number, lastStep: number): number | null {
  const current = Math.floor(nowMs / stepMs)
  for (const step of [current, current - 1, current + 1]) {
    if (step > lastStep && equalText(codeAt(secret, step), code.trim())) return step
  }
  return null
}

/** The code of a step; exported for the settings test and for tests of sign-in. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', decodeBase32(secret)).update(counter).digest()
  const offset = (mac[19] ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function decodeBase32(text: string): Buffer {
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const letter of text) {
    value = (value << 5) | base32.indexOf(letter)
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((value >> bits) & 255)
      value &= (1 << bits) - 1
    }
  }
  return Buffer.from(bytes)
}

function equalText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
