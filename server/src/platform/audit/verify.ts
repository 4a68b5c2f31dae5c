/** The offline check of the whole ledger: recomputes every leaf and root from the stored text and holds them against the
 * signed checkpoints. It trusts nothing but the audit key's public half. */
import { appendLeaf, emptyFrontier, equalBytes, frontierRoot, fromHex, merkleLeafHash, type SignedCheckpoint, verifyCheckpoint } from '@xiewen/crypto'
import { canonicalJson } from '@xiewen/shared/base'
import { type ReadDb, tables } from '../database/index.ts'
import type { AuditTables, FactRow } from './tables.ts'

/** What the check found; `problems` is empty when the ledger is whole. */
export interface LedgerVerdict {
  readonly facts: number
  readonly checkpoints: number
  readonly root: string
  readonly problems: readonly LedgerProblem[]
}

/** One finding with the first record it concerns. */
export interface LedgerProblem {
  readonly code: 'record-altered' | 'record-missing' | 'columns-altered' | 'tail-cut' | 'history-rewritten' | 'checkpoint-forged' | 'frontier-altered'
  readonly seq: number
}

const pageSize = 2000
const problemLimit = 20

/** Verifies the ledger.
 *
 * @param checkpoints every signed head known, from the database and from outside it
 * @param publicKey   65 bytes 04‖x‖y of the audit key
 */
export async function verifyLedger(db: ReadDb, checkpoints: readonly SignedCheckpoint[], publicKey: Uint8Array): Promise<LedgerVerdict> {
  const problems: LedgerProblem[] = []
  const genuine = checkpoints.filter((checkpoint) => {
    const good = verifyCheckpoint(checkpoint, publicKey)
    if (!good) problems.push({ code: 'checkpoint-forged', seq: checkpoint.size })
    return good
  })
  const wanted = new Map<number, SignedCheckpoint[]>()
  for (const checkpoint of genuine) wanted.set(checkpoint.size, [...(wanted.get(checkpoint.size) ?? []), checkpoint])
  let frontier = emptyFrontier
  for (let from = 0; problems.length < problemLimit; ) {
    const rows = await tables<AuditTables>(db).selectFrom('fact').selectAll().where('seq', '>', from).orderBy('seq').limit(pageSize).execute()
    if (rows.length === 0) break
    for (const row of rows) {
      if (row.seq !== frontier.size + 1) problems.push({ code: 'record-missing', seq: frontier.size + 1 })
      const leaf = merkleLeafHash(new TextEncoder().encode(row.record))
      problems.push(...problemsOfRow(row, leaf))
      frontier = appendLeaf(frontier, leaf).frontier
      const heads = wanted.get(frontier.size)
      if (heads?.some((head) => !equalBytes(head.root, frontierRoot(frontier)))) problems.push({ code: 'history-rewritten', seq: frontier.size })
    }
    from = rows.at(-1)?.seq ?? from
  }
  const largest = Math.max(0, ...genuine.map((checkpoint) => checkpoint.size))
  if (largest > frontier.size) problems.push({ code: 'tail-cut', seq: frontier.size + 1 })
  const root = frontierRoot(frontier)
  if (!(await frontierAgrees(db, frontier.size, frontier.peaks))) problems.push({ code: 'frontier-altered', seq: frontier.size })
  return { facts: frontier.size, checkpoints: genuine.length, root: Buffer.from(root).toString('hex'), problems: problems.slice(0, problemLimit) }
}

function problemsOfRow(row: FactRow, leaf: Uint8Array): readonly LedgerProblem[] {
  if (!equalBytes(leaf, safeHex(row.leaf))) return [{ code: 'record-altered', seq: row.seq }]
  // The columns are an index over the record; if they disagree somebody edited around the tree.
  const record: unknown = safeJson(row.record)
  const columns = { seq: row.seq, id: row.id, at: row.at, kind: row.kind, subject: { kind: row.subject_kind, id: row.subject_id } }
  const told = typeof record === 'object' && record !== null ? pick(record, Object.keys(columns)) : null
  return told !== null && canonicalJson(told) === canonicalJson(columns) ? [] : [{ code: 'columns-altered', seq: row.seq }]
}

async function frontierAgrees(db: ReadDb, size: number, peaks: readonly Uint8Array[]): Promise<boolean> {
  const row = await tables<AuditTables>(db).selectFrom('audit_frontier').selectAll().where('id', '=', 1).executeTakeFirst()
  if (!row) return size === 0
  return row.size === size && row.peaks === peaks.map((peak) => Buffer.from(peak).toString('hex')).join(' ')
}

function pick(value: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)))
}

function safeHex(text: string): Uint8Array {
  return /^([0-9a-f]{2})*$/.test(text) ? fromHex(text) : new Uint8Array()
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // Text that no longer parses is exactly what this check is for: it is reported as altered by the caller.
    if (error instanceof SyntaxError) return null
    throw error
  }
}
