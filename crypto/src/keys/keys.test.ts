import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { fromHex, toHex, utf8 } from '../bytes.ts'
import { generateSm2KeyPair } from '../sign/sm2.ts'
import { sm2Verify } from '../sign/verify.ts'
import { deviceKey, isDeviceRefusal, type KeyDeviceSession, simulatedKeyDevice } from './device.ts'
import { exportEncryptedPkcs8, openEncryptedPkcs8 } from './encrypted-pkcs8.ts'
import { openSecret, passphraseKey, sealSecret } from './envelope.ts'
import { exportPkcs8, importPkcs8 } from './pkcs8.ts'

const folder = mkdtempSync(join(tmpdir(), 'xiewen-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('encrypted private keys', () => {
  const pair = generateSm2KeyPair()

  test('ours open with their password only', async () => {
    const sealed = exportEncryptedPkcs8(pair.privateKey, '口令', { iterations: 1000 })
    expect(importPkcs8(await openEncryptedPkcs8(sealed, '口令'))).toEqual(pair)
    await expect(openEncryptedPkcs8(sealed, '口今')).rejects.toThrow('key.malformed')
    const changed = Uint8Array.from(sealed, (byte, i) => (i === sealed.length - 1 ? byte ^ 1 : byte))
    await expect(openEncryptedPkcs8(changed, '口令').then(importPkcs8)).rejects.toThrow(/malformed/)
  })

  test.each([
    ['sm4-cbc', 'hmacWithSHA256'],
    ['aes-256-cbc', 'hmacWithSHA256'],
    ['aes-128-cbc', 'hmacWithSHA1'],
  ])("OpenSSL's %s with %s opens", async (cipher, prf) => {
    const [plain, sealed] = [join(folder, 'plain.der'), join(folder, 'sealed.der')]
    writeFileSync(plain, exportPkcs8(pair.privateKey))
    const parts = [
      '-topk8',
      '-inform',
      'DER',
      '-in',
      plain,
      '-outform',
      'DER',
      '-out',
      sealed,
      '-v2',
      cipher,
      '-v2prf',
      prf,
    ]
    execFileSync('openssl', ['pkcs8', ...parts, '-passout', 'pass:secret'])
    expect(importPkcs8(await openEncryptedPkcs8(readFileSync(sealed), 'secret'))).toEqual(pair)
    await expect(openEncryptedPkcs8(readFileSync(sealed), 'other').then(importPkcs8)).rejects.toThrow(/malformed/)
  })
})

test('a sealed secret opens for its key and purpose only; a passphrase gives one key however it is typed', () => {
  const key = passphraseKey('印章保管', utf8('0123456789abcdef'), 10)
  const sealed = sealSecret(key, 'seal:1', utf8('secret'))
  expect(openSecret(key, 'seal:1', sealed)).toEqual(utf8('secret'))
  expect(() => openSecret(key, 'seal:2', sealed)).toThrow('sm4.authentication-failed')
  expect(() => openSecret(passphraseKey('印章', utf8('0123456789abcdef'), 10), 'seal:1', sealed)).toThrow(
    'sm4.authentication-failed',
  )
  expect(() => openSecret(key, 'seal:1', sealed.subarray(0, 20))).toThrow('sm4.bad-length')
  expect(passphraseKey('A１', utf8('salt'), 10)).toEqual(passphraseKey('Ａ1', utf8('salt'), 10))
})

describe('keys in devices', () => {
  const d = fromHex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8')
  const random = { fill: (target: Uint8Array): void => target.set(d.subarray(0, target.length)) }

  async function opened(): Promise<KeyDeviceSession> {
    const device = simulatedKeyDevice('UKey', random)
    await device.generate('seal', '123456')
    const session = await device.open('seal', '123456')
    if (isDeviceRefusal(session)) throw new Error(session.kind)
    return session
  }

  test('sign as any other key, and no private byte leaves', async () => {
    const device = simulatedKeyDevice('UKey', random)
    const seen: unknown[] = [device, await device.generate('seal', '123456')]
    const session = await device.open('seal', '123456')
    if (isDeviceRefusal(session)) throw new Error(session.kind)
    const key = await deviceKey(session)
    const signature = await key.sign(utf8('公文'))
    seen.push(session, key, signature, await session.publicKey(), await session.signDigest(new Uint8Array(32)))
    await session.close()
    expect(sm2Verify(key.publicKey, utf8('公文'), signature)).toBe(true)
    const everything = inspect(seen, { depth: 20, showHidden: true, maxArrayLength: null, breakLength: Infinity })
    const bytes = (
      Object.entries({ hex: toHex(d), list: [...d.subarray(0, 16)].join(', ') }) as [string, string][]
    ).map(([, text]) => text)
    for (const text of bytes) expect(everything).not.toContain(text)
    for (const value of seen)
      if (value instanceof Uint8Array) expect(toHex(value)).not.toContain(toHex(d.subarray(0, 8)))
  })

  test('count wrong PINs, lock, and refuse after closing', async () => {
    const device = simulatedKeyDevice('UKey')
    await device.generate('seal', '123456')
    expect(await device.open('other', '123456')).toEqual({ kind: 'no-such-key' })
    for (let left = 5; left > 0; left--)
      expect(await device.open('seal', 'x')).toEqual({ kind: 'wrong-pin', triesLeft: left })
    expect(await device.open('seal', 'x')).toEqual({ kind: 'locked' })
    expect(await device.open('seal', '123456')).toEqual({ kind: 'locked' })
    const session = await opened()
    await session.close()
    await expect(session.signDigest(new Uint8Array(32))).rejects.toThrow('closed')
  })

  test('that answer nonsense are not believed', async () => {
    const session = await opened()
    const broken = { ...session, signDigest: (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(64).fill(1)) }
    const key = await deviceKey(broken)
    await expect(key.sign(utf8('公文'))).rejects.toThrow('wrong signature')
    await expect(
      deviceKey({ ...session, publicKey: () => Promise.resolve(new Uint8Array(65).fill(4)) }),
    ).rejects.toThrow('key.off-curve')
  })
})
