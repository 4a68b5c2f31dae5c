/** Keys as files, each encrypted with SM4-GCM under the master key of the installation. */
import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { generateSm2KeyPair, type KeyHandle, sm4GcmDecrypt, sm4GcmEncrypt, softwareKey } from '@xiewen/crypto'
import { Fault } from '../log/fault.ts'
import type { KeyStore } from './key-store.ts'

const masterBytes = 16
const nonceBytes = 12

/** Opens the key folder; makes the master key (mode 0600) when there is none. */
export async function openFileKeyStore(dir: string): Promise<KeyStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const master = (await readOrNull(join(dir, 'master.key'))) ?? (await createMaster(dir))
  if (master.length !== masterBytes) throw new Fault('the master key file is damaged')
  const opened = new Map<string, Promise<KeyHandle | null>>()
  const pathOf = (name: string): string => join(dir, `${Buffer.from(name).toString('base64url')}.sm2`)
  const load = async (name: string): Promise<KeyHandle | null> => {
    const sealed = await readOrNull(pathOf(name))
    return sealed === null ? null : softwareKey(unseal(master, name, sealed))
  }
  const find = (name: string): Promise<KeyHandle | null> => {
    const known = opened.get(name)
    if (known) return known
    const loading = load(name)
    opened.set(name, loading)
    return loading
  }
  const create = async (name: string): Promise<KeyHandle> => {
    const pair = generateSm2KeyPair()
    await writeDurably(pathOf(name), seal(master, name, pair.privateKey))
    return softwareKey(pair.privateKey)
  }
  // One promise per name, so two callers at once get one key.
  const made = new Map<string, Promise<KeyHandle>>()
  const getOrCreate = async (name: string): Promise<KeyHandle> => {
    const known = await find(name)
    if (known) return known
    const key = await create(name)
    opened.set(name, Promise.resolve(key))
    return key
  }
  return {
    find,
    getOrCreate: (name) => {
      const pending = made.get(name) ?? getOrCreate(name)
      made.set(name, pending)
      return pending
    },
    protect: (purpose, secret) => Buffer.from(seal(master, purpose, new TextEncoder().encode(secret))).toString('base64url'),
    reveal: (purpose, sealed) => new TextDecoder().decode(unseal(master, purpose, Buffer.from(sealed, 'base64url'))),
    destroy: async (name) => {
      opened.delete(name)
      made.delete(name)
      await rm(pathOf(name), { force: true })
    },
  }
}

function seal(master: Uint8Array, name: string, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceBytes)
  const sealed = sm4GcmEncrypt(master, nonce, plain, new TextEncoder().encode(name))
  return Buffer.concat([nonce, sealed])
}

function unseal(master: Uint8Array, name: string, sealed: Uint8Array): Uint8Array {
  return sm4GcmDecrypt(master, sealed.subarray(0, nonceBytes), sealed.subarray(nonceBytes), new TextEncoder().encode(name))
}

async function createMaster(dir: string): Promise<Uint8Array> {
  const key = randomBytes(masterBytes)
  await writeDurably(join(dir, 'master.key'), key)
  return key
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}

async function readOrNull(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
