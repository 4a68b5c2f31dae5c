/**
 * The key-encrypting key (KEK): it wraps the store key, which seals everything else, so that changing it re-wraps sixteen bytes
 * and re-encrypts nothing. It comes from a file beside the keys, a passphrase, or the operating system's credential store.
 */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { passphraseIterations, passphraseKey } from '@xiewen/crypto'
import { Fault } from '../log/fault.ts'

/** Where a KEK comes from, as written in `store.json`. */
export type KekKind = 'file' | 'passphrase' | 'system'

/** What the environment offers: a file with the passphrase, the directory of the system's credentials (systemd). */
export interface KekSources {
  readonly passphraseFile?: string
  readonly credentialsDir?: string
}

/** Description of a KEK, without the KEK. `id` names its file. */
export interface KekDescription {
  readonly kind: KekKind
  readonly id: string
  readonly salt?: string
  readonly iterations?: number
}

/** Name of the credential a unit hands over: `LoadCredentialEncrypted=xiewen.kek:…`. */
export const systemCredential = 'xiewen.kek'
const kekBytes = 16

/** Reads what the administrator set: `XIEWEN_KEY_PASSPHRASE_FILE`, and systemd's `CREDENTIALS_DIRECTORY`. */
export function kekSourcesFrom(env: Readonly<Record<string, string | undefined>>): KekSources {
  const { XIEWEN_KEY_PASSPHRASE_FILE: passphraseFile, CREDENTIALS_DIRECTORY: credentialsDir } = env
  return { ...(passphraseFile ? { passphraseFile } : {}), ...(credentialsDir ? { credentialsDir } : {}) }
}

/** Describes a new KEK of a kind. */
export function describeKek(kind: KekKind): KekDescription {
  const id = randomBytes(6).toString('hex')
  return kind === 'passphrase' ? { kind, id, salt: randomBytes(16).toString('base64'), iterations: passphraseIterations } : { kind, id }
}

/** File of a KEK of kind `file`. */
export const kekFileOf = (dir: string, id: string): string => join(dir, `kek-${id}.key`)

/** Obtains a KEK (16 bytes). @throws Fault in the administrator's words when its source is missing or damaged */
export async function loadKek(dir: string, kek: KekDescription, sources: KekSources): Promise<Uint8Array> {
  switch (kek.kind) {
    case 'file':
      return assertKek(await read(kekFileOf(dir, kek.id), 'the key-encrypting key file is missing'))
    case 'system': {
      if (sources.credentialsDir === undefined) throw new Fault(`the keys need the system credential ${systemCredential}: start through the service, or set CREDENTIALS_DIRECTORY`)
      return assertKek(await read(join(sources.credentialsDir, systemCredential), `the system credential ${systemCredential} is missing`))
    }
    case 'passphrase': {
      if (sources.passphraseFile === undefined) throw new Fault('the keys are protected by a passphrase: name its file in XIEWEN_KEY_PASSPHRASE_FILE')
      const passphrase = (await read(sources.passphraseFile, 'the passphrase file is missing')).toString('utf8').replace(/\r?\n$/, '')
      if (passphrase.length < 12) throw new Fault('the passphrase must have 12 characters or more')
      return passphraseKey(passphrase, Buffer.from(kek.salt ?? '', 'base64'), kek.iterations)
    }
  }
}

function assertKek(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== kekBytes) throw new Fault('the key-encrypting key must be exactly 16 bytes')
  return bytes
}

async function read(path: string, message: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new Fault(`${message}: ${path}`, { cause })
  }
}
