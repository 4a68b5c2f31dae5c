import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealSecret, sm2Verify } from '@xiewen/crypto'
import { openFileKeyStore, rotateKeyEncryptingKey } from './file-key-store.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'xiewen-keys-'))
})
afterEach(() => rm(dir, { recursive: true }))

const message = new TextEncoder().encode('公文')

async function passphrase(name: string, text: string): Promise<string> {
  const path = join(dir, `${name}.txt`)
  await writeFile(path, `${text}\n`)
  return path
}

test('keys and secrets survive every change of the key-encrypting key, and the old one opens nothing', async () => {
  const folder = join(dir, 'keys')
  const first = await openFileKeyStore(folder, {})
  const key = await first.getOrCreate('seal:1')
  const secret = first.protect('otp:1', 'JBSWY3DP')
  const sealed = await readFile(join(folder, `${Buffer.from('seal:1').toString('base64url')}.sm2`))

  const one = await passphrase('one', '一个足够长的口令，别人猜不到')
  const two = await passphrase('two', 'another passphrase')
  const steps = [
    { kind: 'file', from: {}, to: {} },
    { kind: 'passphrase', from: {}, to: { passphraseFile: one } },
    { kind: 'passphrase', from: { passphraseFile: one }, to: { passphraseFile: two } },
    { kind: 'system', from: { passphraseFile: two }, to: { credentialsDir: dir } },
    { kind: 'file', from: { credentialsDir: dir }, to: {} },
  ] as const
  await writeFile(join(dir, 'xiewen.kek'), 'sixteen bytes!!!')
  for (const { kind, from, to } of steps) {
    await rotateKeyEncryptingKey(folder, kind, from, to)
    const store = await openFileKeyStore(folder, to)
    const found = await store.find('seal:1')
    expect(sm2Verify(key.publicKey, message, (await found?.sign(message)) ?? message)).toBe(true)
    expect(store.reveal('otp:1', secret)).toBe('JBSWY3DP')
    if (kind === 'passphrase') await expect(openFileKeyStore(folder, { passphraseFile: kind === 'passphrase' && to.passphraseFile === one ? two : one })).rejects.toThrow('does not open')
  }
  // Nothing was re-encrypted, and one key-encrypting key is left.
  expect(await readFile(join(folder, `${Buffer.from('seal:1').toString('base64url')}.sm2`))).toEqual(sealed)
  expect((await readdir(folder)).filter((name) => name.startsWith('kek-')).length).toBe(1)
})

test('an installation with a master key file opens, and is converted by the first rotation', async () => {
  const folder = join(dir, 'keys')
  const store = await openFileKeyStore(folder, {})
  await rm(join(folder, 'store.json'))
  for (const name of await readdir(folder)) if (name.startsWith('kek-')) await rm(join(folder, name))
  const master = Buffer.from('0123456789abcdef')
  await writeFile(join(folder, 'master.key'), master)
  const secret = Buffer.from(sealSecret(master, 'otp:1', new TextEncoder().encode('old'))).toString('base64url')
  expect((await openFileKeyStore(folder, {})).reveal('otp:1', secret)).toBe('old')
  await rotateKeyEncryptingKey(folder, 'file', {}, {})
  expect(await readdir(folder)).not.toContain('master.key')
  expect((await openFileKeyStore(folder, {})).reveal('otp:1', secret)).toBe('old')
  expect(store.protect('a', 'b')).not.toBe('')
})

test('keys without what opens them are refused in words, and never replaced by fresh ones', async () => {
  const folder = join(dir, 'keys')
  await (await openFileKeyStore(folder, {})).getOrCreate('seal:1')
  await rotateKeyEncryptingKey(folder, 'passphrase', {}, { passphraseFile: await passphrase('one', 'a long passphrase') })
  await expect(openFileKeyStore(folder, {})).rejects.toThrow('XIEWEN_KEY_PASSPHRASE_FILE')
  await expect(openFileKeyStore(folder, { passphraseFile: join(dir, 'none') })).rejects.toThrow('missing')
  await expect(openFileKeyStore(folder, { passphraseFile: await passphrase('short', 'short') })).rejects.toThrow('12 characters')
  await rm(join(folder, 'store.json'))
  await expect(openFileKeyStore(folder, {})).rejects.toThrow('restore them from a backup')
  await expect(rotateKeyEncryptingKey(folder, 'file', {}, {})).rejects.toThrow('holds no keys')
})
