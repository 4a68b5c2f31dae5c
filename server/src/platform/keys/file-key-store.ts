/**
 * Keys as files, each encrypted with SM4-GCM under the store key of the installation. The store key lies in `store.json`, wrapped
 * under a key-encrypting key (see key-encrypting-key.ts). Installations from before that have the store key itself in
 * `master.key`; they keep working and are converted by the first `xiewen keys rotate`.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { generateSm2KeyPair, type KeyHandle, openSecret, sealSecret, softwareKey } from '@xiewen/crypto'
import { Fault } from '../log/fault.ts'
import { describeKek, type KekDescription, kekFileOf, type KekKind, type KekSources, kekSourcesFrom, loadKek } from './key-encrypting-key.ts'
import type { KeyStore } from './key-store.ts'

const keyBytes = 16
const wrapPurpose = 'store key'

/**
 * Opens the key folder; makes the store key and its key-encrypting key (files of mode 0600) when there are none.
 *
 * @throws Fault when the key-encrypting key cannot be had or does not fit
 */
export async function openFileKeyStore(dir: string, sources: KekSources = kekSourcesFrom(process.env)): Promise<KeyStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const master = (await findStoreKey(dir, sources)) ?? (await createStoreKey(dir))
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
    adopt: async (name, privateKey) => {
      await writeDurably(pathOf(name), seal(master, name, privateKey))
      const key = Promise.resolve(softwareKey(privateKey))
      opened.set(name, key)
      made.set(name, key)
      return key
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
  return sealSecret(master, name, plain)
}

function unseal(master: Uint8Array, name: string, sealed: Uint8Array): Uint8Array {
  return openSecret(master, name, sealed)
}

/** What `store.json` holds. */
interface StoreFile {
  readonly version: 1
  readonly kek: KekDescription
  readonly wrapped: string
}

const storeFileOf = (dir: string): string => join(dir, 'store.json')
const masterFileOf = (dir: string): string => join(dir, 'master.key')

async function readStoreFile(dir: string): Promise<StoreFile | null> {
  const bytes = await readOrNull(storeFileOf(dir))
  if (bytes === null) return null
  const file: StoreFile = JSON.parse(new TextDecoder().decode(bytes))
  if (file.version !== 1) throw new Fault('store.json was written by a newer version')
  return file
}

/** The store key; null in an empty folder. */
async function findStoreKey(dir: string, sources: KekSources): Promise<Uint8Array | null> {
  const file = await readStoreFile(dir)
  const legacy = file === null ? await readOrNull(masterFileOf(dir)) : null
  if (file === null && legacy === null) return null
  const key = file === null ? legacy : unwrap(await loadKek(dir, file.kek, sources), file)
  if (key?.length !== keyBytes) throw new Fault('the master key file is damaged')
  return key
}

function unwrap(kek: Uint8Array, file: StoreFile): Uint8Array {
  try {
    return openSecret(kek, wrapPurpose, Buffer.from(file.wrapped, 'base64'))
  } catch (cause) {
    throw new Fault('the key-encrypting key does not open the keys: wrong passphrase or key, or store.json was altered', { cause })
  }
}

/** A fresh folder: everything under a key-encrypting key in a file. Keys without their store key would be lost: refused. */
async function createStoreKey(dir: string): Promise<Uint8Array> {
  if ((await readdir(dir)).some((name) => name.endsWith('.sm2'))) throw new Fault(`${dir} holds keys, but neither store.json nor master.key: restore them from a backup`)
  const key = randomBytes(keyBytes)
  await wrapStoreKey(dir, key, describeKek('file'), {})
  return key
}

/** Wraps the store key; the file of a new key-encrypting key is on disk before anything refers to it. */
async function wrapStoreKey(dir: string, key: Uint8Array, kek: KekDescription, sources: KekSources): Promise<void> {
  if (kek.kind === 'file') await writeDurably(kekFileOf(dir, kek.id), randomBytes(keyBytes))
  const wrapped = Buffer.from(sealSecret(await loadKek(dir, kek, sources), wrapPurpose, key)).toString('base64')
  const file: StoreFile = { version: 1, kek, wrapped }
  await writeDurably(storeFileOf(dir), new TextEncoder().encode(`${JSON.stringify(file)}\n`))
}

/**
 * Changes the key-encrypting key, or its kind: the store key is wrapped anew, no key and no secret is re-encrypted, and a running
 * server is not disturbed. Removes what the old one left behind. Backups made before still need the old key-encrypting key.
 *
 * @param sources where the present key-encrypting key comes from
 * @param next where the new one comes from, for kinds `passphrase` and `system`
 * @throws Fault when either cannot be had
 */
export async function rotateKeyEncryptingKey(dir: string, kind: KekKind, sources: KekSources, next: KekSources): Promise<KekDescription> {
  const key = await findStoreKey(dir, sources)
  if (key === null) throw new Fault(`${dir} holds no keys`)
  const before = await readStoreFile(dir)
  const kek = describeKek(kind)
  await wrapStoreKey(dir, key, kek, next)
  if (before?.kek.kind === 'file') await rm(kekFileOf(dir, before.kek.id), { force: true })
  await rm(masterFileOf(dir), { force: true })
  return kek
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
