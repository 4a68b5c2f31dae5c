/** Signed checkpoints of the ledger: in the database and in a file beside it, so that a cut tail or a rewritten ledger is found. */
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { frontierRoot, type KeyHandle, parseCheckpoint, signCheckpoint, toHex } from '@xiewen/crypto'
import type { Clock } from '../clock/clock.ts'
import { type Database, tables } from '../database/index.ts'
import { loadFrontier } from './ledger.ts'
import type { AuditTables } from './tables.ts'

/** The name heads of the ledger carry. */
export const ledgerOrigin = 'xiewen-ledger'

/** Text between two checkpoints in the file. */
export const checkpointSeparator = '\n===\n'

/** Signs the ledger's head when it has grown since the last time. */
export class CheckpointWriter {
  readonly #database: Database
  readonly #key: KeyHandle
  readonly #file: string
  readonly #origin: string
  readonly #clock: Clock
  #lastSize = -1

  constructor(options: { database: Database; key: KeyHandle; file: string; origin: string; clock: Clock }) {
    this.#database = options.database
    this.#key = options.key
    this.#file = options.file
    this.#origin = options.origin
    this.#clock = options.clock
  }

  /** Writes a checkpoint if the ledger has grown. The file is appended first: a checkpoint that is only outside is harmless,
   * one that is only inside could be taken back unseen. */
  async write(): Promise<void> {
    const frontier = await this.#database.read(loadFrontier)
    if (frontier.size === 0 || frontier.size === this.#lastSize) return
    const root = frontierRoot(frontier)
    const text = await signCheckpoint({ origin: this.#origin, size: frontier.size, root }, this.#key)
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 })
    await appendFile(this.#file, text + checkpointSeparator, { mode: 0o600 })
    await this.#database.write(async (db) => {
      const row = { size: frontier.size, root: toHex(root), at: this.#clock.now(), text }
      await tables<AuditTables>(db).insertInto('audit_checkpoint').values(row).onConflict((c) => c.column('size').doNothing()).execute()
    })
    this.#lastSize = frontier.size
  }
}

/** Sizes and roots of the checkpoints kept in the file; an absent file has none. */
export async function readCheckpointFile(file: string): Promise<readonly ReturnType<typeof parseCheckpoint>[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  })
  return text.split(checkpointSeparator).filter((part) => part.trim() !== '').map(parseCheckpoint)
}
