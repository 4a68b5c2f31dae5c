/** Secrets and offline copies at rest. They are encrypted by the operating system's keyring or not kept at all: without a
 * keyring Electron falls back to a fixed password (`basic_text`), which protects nothing. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'

/** Keeps small texts encrypted in one directory. */
export interface Vault {
  /** `memory-only` means: nothing is written, `find` finds nothing. */
  readonly storage: 'encrypted' | 'memory-only'
  /** Keeps `text` under `name` (letters, digits, `-`, `.`); replaces what was there in one step. */
  put(name: string, text: string): Promise<void>
  /** What was kept, or null when there is nothing or it cannot be read (another user's key, damage). */
  find(name: string): Promise<string | null>
  /** Removes everything in the vault. */
  wipe(): Promise<void>
}

type Cipher = Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>

/** Whether the operating system offers a real keyring.
 *
 * @param platform  `process.platform`; only Linux has the fixed-password fallback
 */
export function hasRealKeyring(cipher: Cipher, platform: string): boolean {
  if (!cipher.isEncryptionAvailable()) return false
  if (platform !== 'linux') return true
  return !['basic_text', 'unknown'].includes(cipher.getSelectedStorageBackend())
}

/** Opens the vault in `directory`; with no real keyring, whatever an earlier run left there is removed. */
export async function openVault(cipher: Cipher, platform: string, directory: string): Promise<Vault> {
  if (!hasRealKeyring(cipher, platform)) {
    await rm(directory, { recursive: true, force: true })
    return { storage: 'memory-only', put: async () => undefined, find: async () => null, wipe: async () => undefined }
  }
  await mkdir(directory, { recursive: true, mode: 0o700 })
  let lastWrite: Promise<void> = Promise.resolve()
  let writes = 0
  const inTurn = (write: () => Promise<void>): Promise<void> =>
    (lastWrite = lastWrite.catch(() => undefined).then(write))
  return {
    storage: 'encrypted',
    put: (name, text) =>
      inTurn(async () => {
        const beside = join(directory, `${name}.${(writes += 1)}.part`)
        await writeFile(beside, cipher.encryptString(text), { mode: 0o600 })
        await rename(beside, join(directory, name))
      }),
    find: async (name) => {
      const bytes = await readFile(join(directory, name)).catch(() => null)
      return bytes === null ? null : decrypted(cipher, bytes)
    },
    wipe: () =>
      inTurn(async () => {
        await rm(directory, { recursive: true, force: true })
        await mkdir(directory, { recursive: true, mode: 0o700 })
      }),
  }
}

function decrypted(cipher: Cipher, bytes: Buffer): string | null {
  try {
    return cipher.decryptString(bytes)
  } catch (cause) {
    // A copy that this user's key cannot open is worth no more than none; it is fetched again when the server answers.
    console.error(
      'desktop: an encrypted copy could not be opened and is ignored',
      cause instanceof Error ? cause.name : '',
    )
    return null
  }
}
