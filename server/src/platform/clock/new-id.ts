/** Makes ids: 48 bits of time and 80 of randomness in 26 Crockford base-32 characters, so rows sort by birth. */
import { randomBytes } from 'node:crypto'
import type { Brand, Instant } from '@xiewen/shared/base'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** A fresh id for the given moment. The brand is what the caller makes of it. */
export function newId<Name extends string>(now: Instant): Brand<string, Name> {
  const bytes = Buffer.concat([timeBytes(now), randomBytes(10)])
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  let text = ''
  for (let i = 0; i < 26; i += 1) {
    text = `${alphabet[Number(bits & 31n)]}${text}`
    bits >>= 5n
  }
  // Safe because a fresh id belongs to whatever the caller is about to create.
  return text as Brand<string, Name>
}

function timeBytes(now: Instant): Buffer {
  const bytes = Buffer.alloc(6)
  bytes.writeUIntBE(now, 0, 6)
  return bytes
}
