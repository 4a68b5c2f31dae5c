/** The ledger of acts: every fact is one leaf of an SM3 Merkle tree (RFC 9162 shape), written in the transaction of the act. */
import { appendLeaf, fromHex, type MerkleFrontier, merkleLeafHash, toHex } from '@xiewen/crypto'
import { type ActorStamp, canonicalJson, type Fact, type FactId, type Instant, instant, type RecordedFact } from '@xiewen/shared/base'
import { newId } from '../clock/new-id.ts'
import { type ReadDb, tables, type WriteDb } from '../database/index.ts'
import type { AuditTables, FactRow } from './tables.ts'

/** Where an act came from. */
export interface Origin {
  readonly sessionId: string | null
  readonly address: string | null
  readonly requestId: string | null
}

/** A fact about to be stored. `result` is `done`, or `refused` for acts the rules turned down. */
export interface LedgerEntry extends Fact {
  readonly actor: ActorStamp | null
  readonly origin: Origin
  readonly result: 'done' | 'refused'
  readonly at: Instant
}

/** Appends one fact to the ledger inside a transaction.
 *
 * @returns the fact as stored, with its sequence number (from 1, without gaps)
 */
export async function appendFact(db: WriteDb, entry: LedgerEntry): Promise<RecordedFact> {
  const frontier = await loadFrontier(db)
  const seq = frontier.size + 1
  const id = newId<'FactId'>(entry.at)
  const record = recordText(seq, id, entry)
  const leaf = merkleLeafHash(new TextEncoder().encode(record))
  const grown = appendLeaf(frontier, leaf).frontier
  await tables<AuditTables>(db)
    .insertInto('fact')
    .values({
      seq,
      id,
      at: entry.at,
      kind: entry.kind,
      subject_kind: entry.subject.kind,
      subject_id: entry.subject.id,
      person_id: entry.actor?.personId ?? null,
      record,
      leaf: toHex(leaf),
    })
    .execute()
  await saveFrontier(db, grown)
  return { id, seq, at: entry.at, actor: entry.actor, kind: entry.kind, subject: entry.subject, data: entry.data }
}

function recordText(seq: number, id: FactId, entry: LedgerEntry): string {
  return canonicalJson({
    v: 1,
    seq,
    id,
    at: entry.at,
    kind: entry.kind,
    subject: entry.subject,
    actor: entry.actor,
    origin: entry.origin,
    result: entry.result,
    data: entry.data,
  })
}

/** How far the tree has grown. */
export async function loadFrontier(db: ReadDb): Promise<MerkleFrontier> {
  const row = await tables<AuditTables>(db).selectFrom('audit_frontier').selectAll().where('id', '=', 1).executeTakeFirst()
  if (!row) return { size: 0, peaks: [] }
  return { size: row.size, peaks: row.peaks === '' ? [] : row.peaks.split(' ').map(fromHex) }
}

async function saveFrontier(db: WriteDb, frontier: MerkleFrontier): Promise<void> {
  const values = { size: frontier.size, peaks: frontier.peaks.map(toHex).join(' ') }
  await tables<AuditTables>(db)
    .insertInto('audit_frontier')
    .values({ id: 1, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
}

/** Reads a stored row back into a fact. */
export function parseFactRow(row: Pick<FactRow, 'seq' | 'record'>): RecordedFact {
  // Safe because `recordText` wrote it and the ledger is append-only; tampering is the verifier's business.
  const parsed = JSON.parse(row.record) as {
    id: FactId
    at: number
    kind: string
    subject: { kind: string; id: string }
    actor: ActorStamp | null
    data: Record<string, unknown>
  }
  return { id: parsed.id, seq: row.seq, at: instant(parsed.at), kind: parsed.kind, subject: parsed.subject, actor: parsed.actor, data: parsed.data }
}
