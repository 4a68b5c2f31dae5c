/** Passwords: scrypt with a salt of their own; strength by the level-3 profile. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { commonPasswords } from './common-passwords.ts'

const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 } as const
const keyBytes = 32

/** Hashes a password: `scrypt$N$r$p$salt$key`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Whether the password fits the hash. A null hash costs the same time and fits nothing, so that unknown names and wrong
 * passwords look alike. */
export async function fitsPassword(password: string, hash: string | null): Promise<boolean> {
  const [, , , , salt, key] = (hash ?? `scrypt$$$$${'A'.repeat(22)}$`).split('$')
  const derived = await derive(password, Buffer.from(salt ?? '', 'base64url'))
  const stored = Buffer.from(key ?? '', 'base64url')
  return stored.length === derived.length && timingSafeEqual(stored, derived)
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** Whether a password meets the level-3 profile: ten characters, three of four classes, not a common one and not the login name.
 * Source: GB/T 22239-2019 8.1.4.1 a */
export function isStrongPassword(password: string, login: string): boolean {
  const text = password.normalize('NFKC')
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length
  const lower = text.toLowerCase()
  return [...text].length >= 10 && classes >= 3 && !commonPasswords.some((word) => lower.includes(word)) && !lower.includes(login.toLowerCase())
}
