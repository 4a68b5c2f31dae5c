/** Local copies of texts on this computer: what was typed and has not reached the server, and documents kept for reading offline. One
 * encrypted file per document and person; each change is appended and flushed to the disk before it counts as kept. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Vault } from './vault.ts'

/** Something appended: Yjs updates, and the number of edits no server had acknowledged then. */
export interface CopyRecord {
  readonly updates: readonly Uint8Array[]
  readonly unsaved: number
}

/** The copies of this computer. */
export interface TextCopies {
  /** False where the operating system has no keyring: then nothing is written. */
  readonly isOpen: boolean
  read(name: string): Promise<CopyRecord>
  append(name: string, record: CopyRecord): Promise<void>
  /** Puts one record in the place of the whole file, in one step. */
  replace(name: string, record: CopyRecord): Promise<void>
  erase(name: string): Promise<void>
  /** Copies whose names begin with `prefix`, with their newest numbers. */
  list(prefix: string): Promise<readonly { readonly name: string; readonly unsaved: number }[]>
  /** Removes every copy, when the client is pointed at another office. */
  wipe(): Promise<void>
}

const keyName = 'key'
const [ivBytes, tagBytes] = [12, 16]

/** Opens the copies in `directory`. Their key lies in `vault`, which the operating system's keyring protects. */
export async function openTextCopies(vault: Vault, directory: string, report: (what: string) => void): Promise<TextCopies> {
  const key = vault.storage === 'encrypted' ? await keyFrom(vault) : null
  if (key !== null) await mkdir(directory, { recursive: true, mode: 0o700 })
  const turns = new Map<string, Promise<unknown>>()
  const inTurn = <T>(name: string, act: () => Promise<T>): Promise<T> => {
    const next = (turns.get(name) ?? Promise.resolve()).then(act, act)
    turns.set(name, next)
    return next
  }
  const fileOf = (name: string): string => join(directory, `${createHash('sha256').update(name).digest('hex')}.copy`)

  async function readRecords(file: string, cipherKey: Buffer): Promise<{ readonly name: string; readonly records: readonly CopyRecord[] } | null> {
    const bytes = await readFile(file).catch(nullIfAbsent)
    if (bytes === null) return null
    try {
      const [head, ...rest] = openAll(bytes, cipherKey)
      return head === undefined ? null : { name: head.toString('utf8'), records: rest.map(parseRecord) }
    } catch {
      // Another user's key, or a damaged disk: put aside rather than written over, because it may be all there is of somebody's work.
      await rename(file, `${file}.unreadable`)
      report('a local copy could not be opened and was put aside')
      return null
    }
  }

  /** Files known to end with a whole record. */
  const whole = new Set<string>()

  /** Takes away a record cut short by a power cut or a full disk: what is written behind it could not be read any more. */
  async function cutRest(file: string): Promise<void> {
    const bytes = whole.has(file) ? null : await readFile(file).catch(nullIfAbsent)
    if (bytes !== null && wholeLength(bytes) < bytes.length) await truncate(file, wholeLength(bytes))
  }

  async function add(file: string, name: string, record: CopyRecord, cipherKey: Buffer): Promise<void> {
    await cutRest(file)
    whole.delete(file)
    const handle = await open(file, 'a', 0o600)
    try {
      const { size } = await handle.stat()
      const head = size === 0 ? seal(Buffer.from(name, 'utf8'), cipherKey) : Buffer.alloc(0)
      await handle.appendFile(Buffer.concat([head, seal(formatRecord(record), cipherKey)]))
      await handle.datasync()
      whole.add(file)
    } finally {
      await handle.close()
    }
  }

  const closed = (): never => {
    throw new Error('this computer has no keyring, so no copies are kept')
  }
  return {
    isOpen: key !== null,
    read: (name) =>
      inTurn(name, async () => {
        const found = await readRecords(fileOf(name), key ?? closed())
        return { updates: found?.records.flatMap((record) => record.updates) ?? [], unsaved: found?.records.at(-1)?.unsaved ?? 0 }
      }),
    append: (name, record) => inTurn(name, () => add(fileOf(name), name, record, key ?? closed())),
    replace: (name, record) =>
      inTurn(name, async () => {
        const beside = `${fileOf(name)}.part`
        await rm(beside, { force: true })
        await add(beside, name, record, key ?? closed())
        await rename(beside, fileOf(name))
      }),
    erase: (name) => inTurn(name, () => rm(fileOf(name), { force: true })),
    async list(prefix) {
      if (key === null) return []
      const found: { name: string; unsaved: number }[] = []
      for (const file of await readdir(directory)) {
        const copy = file.endsWith('.copy') ? await readRecords(join(directory, file), key) : null
        if (copy !== null && copy.name.startsWith(prefix)) found.push({ name: copy.name, unsaved: copy.records.at(-1)?.unsaved ?? 0 })
      }
      return found
    },
    async wipe() {
      if (key === null) return
      await rm(directory, { recursive: true, force: true })
      await mkdir(directory, { recursive: true, mode: 0o700 })
    },
  }
}

async function keyFrom(vault: Vault): Promise<Buffer> {
  const kept = await vault.find(keyName)
  if (kept !== null) return Buffer.from(kept, 'base64')
  const made = randomBytes(32)
  await vault.put(keyName, made.toString('base64'))
  return made
}

/** Where the last whole record ends. */
function wholeLength(bytes: Buffer): number {
  for (let at = 0; ; ) {
    const end = at + 4 <= bytes.length ? at + 4 + bytes.readUInt32LE(at) : Number.POSITIVE_INFINITY
    if (end > bytes.length) return at
    at = end
  }
}

/** A file that is there but cannot be read must not look like none: it may hold what nobody else has. */
function nullIfAbsent(cause: unknown): null {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
  throw cause
}

function seal(plain: Buffer, key: Buffer): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return Buffer.concat([length, body])
}

/** Every whole record. One cut short at the end was never reported as kept and is left out.
 *
 * @throws if a record fails its check
 */
function openAll(bytes: Buffer, key: Buffer): readonly Buffer[] {
  const plain: Buffer[] = []
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt32LE(at)
    if (end > bytes.length) break
    const body = bytes.subarray(at + 4, end)
    const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, ivBytes), { authTagLength: tagBytes })
    decipher.setAuthTag(body.subarray(body.length - tagBytes))
    plain.push(Buffer.concat([decipher.update(body.subarray(ivBytes, body.length - tagBytes)), decipher.final()]))
    at = end
  }
  return plain
}

function formatRecord({ updates, unsaved }: CopyRecord): Buffer {
  const parts = [uint32(unsaved)]
  for (const update of updates) parts.push(uint32(update.length), Buffer.from(update))
  return Buffer.concat(parts)
}

function parseRecord(bytes: Buffer): CopyRecord {
  const updates: Uint8Array[] = []
  for (let at = 4; at < bytes.length; ) {
    const end = at + 4 + bytes.readUInt32LE(at)
    updates.push(bytes.subarray(at + 4, end))
    at = end
  }
  return { updates, unsaved: bytes.readUInt32LE(0) }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
