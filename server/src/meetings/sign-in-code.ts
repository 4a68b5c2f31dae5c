/** The sign-in code behind the QR picture: the second it was made and a keyed digest of meeting and second. Whoever shows it
 * within sixty seconds has seen the screen in the room. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { hmacSm3, toHex } from '@xiewen/crypto'
import { signInCodeMs } from '@xiewen/shared/meetings'
import type { KeyStore } from '../platform/keys/key-store.ts'

const purpose = 'meetings.sign-in'
const digestLength = 24

/** A fresh key for one meeting's codes, protected for the database. */
export function newCodeKey(keys: KeyStore): string {
  return keys.protect(purpose, randomBytes(16).toString('hex'))
}

function digest(key: string, meetingId: string, second: number): string {
  const encoder = new TextEncoder()
  return toHex(hmacSm3(encoder.encode(key), encoder.encode(`${meetingId}.${second}`))).slice(0, digestLength)
}

/** The code of this second.
 *
 * @param protectedKey as `newCodeKey` made it
 */
export function makeCode(keys: KeyStore, protectedKey: string, meetingId: string, now: number): { readonly code: string; readonly validUntil: number } {
  const second = Math.floor(now / 1000)
  const code = `${second.toString(36)}.${digest(keys.reveal(purpose, protectedKey), meetingId, second)}`
  return { code, validUntil: second * 1000 + signInCodeMs }
}

/** Whether a code was made for this meeting within the last sixty seconds. */
export function isCodeGood(keys: KeyStore, protectedKey: string, meetingId: string, code: string, now: number): boolean {
  const match = /^([0-9a-z]{1,9})\.([0-9a-f]{24})$/.exec(code)
  if (!match) return false
  const second = Number.parseInt(match[1] ?? '', 36)
  const age = now - second * 1000
  if (age < 0 || age > signInCodeMs) return false
  const expected = digest(keys.reveal(purpose, protectedKey), meetingId, second)
  return timingSafeEqual(Buffer.from(expected), Buffer.from(match[2] ?? ''))
}
