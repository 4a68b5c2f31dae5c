/** Makes ids: 48 bits of time and 80 of randomness in 26 Crockford base-32 characters. Ids of one process sort by birth, also
 * within a millisecond: there the random part counts up. */
import { randomBytes } from 'node:crypto'
import type { Brand, Instant } from '@xiewen/shared/base'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const randomBits = 80n
const randomLimit = 1n << randomBits

let last = { at: -1, random: 0n }

/** A fresh id for the given moment. The brand is what the caller makes of it. */
export function newId<Name extends string>(now: Instant): Brand<string, Name> {
  const counted = last.random + 1n
  const random = now === last.at && counted < randomLimit ? counted : freshRandom()
  last = { at: now, random }
  let bits = (BigInt(now) << randomBits) | random
  let text = ''
  for (let i = 0; i < 26; i += 1) {
    text = `${alphabet[Number(bits & 31n)]}${text}`
    bits >>= 5n
  }
  // Safe because a fresh id belongs to whatever the caller is about to create.
  return text as Brand<string, Name>
}

function freshRandom(): bigint {
  return BigInt(`0x${randomBytes(Number(randomBits / 8n)).toString('hex')}`)
}
