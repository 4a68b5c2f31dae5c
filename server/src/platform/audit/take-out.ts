/** The ledger taken out (导出): made and kept as a file, recorded as an act of whoever takes it, and only then handed out. */
import { accept, auditContract, type BlobDigest, refuse } from '@xiewen/shared/base'
import { type ReadDb, tables } from '../database/index.ts'
import { onCommand, onDownload } from '../slice.ts'
import type { AuditTables } from './tables.ts'

/** The most records in one file, some hundred megabytes; what comes after is taken out with the next one. */
export const mostExported = 200_000

interface ExportedLedger {
  readonly blob: BlobDigest
  readonly fromSeq: number
  readonly untilSeq: number
  readonly nextSeq: number | null
  readonly rows: number
  readonly heads: number
}

/** How many records are in memory at once while the file is written. */
const pageRows = 2000

/** A stored record with its place. */
interface StoredRecord {
  readonly seq: number
  readonly record: string
}

/** What has been read so far; `next` is the first record that no longer fitted. */
interface Progress {
  rows: number
  untilSeq: number
  nextSeq: number | null
}

/**
 * Records from a place on, page by page, never more than a page of them in memory; at most `most`.
 *
 * @param read answers at most `limit` records from `fromSeq` on, in order
 */
export async function* readInPages(
  read: (fromSeq: number, limit: number) => Promise<readonly StoredRecord[]>,
  { fromSeq, most, page }: { readonly fromSeq: number; readonly most: number; readonly page: number },
  progress: Progress,
): AsyncGenerator<readonly StoredRecord[]> {
  let from = fromSeq
  for (;;) {
    const room = most - progress.rows
    // One more than fits says whether there is more.
    const found = await read(from, Math.min(page, room + 1))
    const rows = found.slice(0, room)
    progress.rows += rows.length
    progress.untilSeq = rows.at(-1)?.seq ?? progress.untilSeq
    progress.nextSeq = found[room]?.seq ?? null
    if (rows.length > 0) yield rows
    if (found.length < page || progress.nextSeq !== null) return
    from = progress.untilSeq + 1
  }
}

async function readRecords(db: ReadDb, fromSeq: number, limit: number): Promise<readonly StoredRecord[]> {
  const rows = await tables<AuditTables>(db).selectFrom('fact').select(['seq', 'record']).where('seq', '>=', fromSeq).orderBy('seq').limit(limit).execute()
  return rows.map(({ seq, record }) => ({ seq: Number(seq), record }))
}

const linesOf = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))

/** The file, part by part: records, then the signed heads. */
async function* fileParts(db: ReadDb, fromSeq: number, heads: readonly string[], progress: Progress): AsyncGenerator<Uint8Array> {
  for await (const rows of readInPages((from, limit) => readRecords(db, from, limit), { fromSeq, most: mostExported, page: pageRows }, progress)) yield linesOf(rows.map(({ record }) => record))
  yield linesOf(heads.map((text) => JSON.stringify({ checkpoint: text })))
}

/** Takes the ledger out, at most `mostExported` records. */
export const takeOut = onCommand(auditContract.takeOut, {
  prepare: async (ctx, { fromSeq }) => {
    const heads = (await tables<AuditTables>(ctx.db).selectFrom('audit_checkpoint').select('text').orderBy('size').execute()).map((head) => head.text)
    const progress: Progress = { rows: 0, untilSeq: 0, nextSeq: null }
    const blob = await ctx.services.blobs.putParts(fileParts(ctx.db, fromSeq, heads, progress))
    return accept<ExportedLedger>({ blob, fromSeq, ...progress, heads: heads.length })
  },
  commit: async (ctx, _input, { blob, ...file }) => {
    const exportId = ctx.newId<'AuditExportId'>()
    await tables<AuditTables>(ctx.db).insertInto('audit_export').values({ id: exportId, person_id: ctx.actor.personId, blob, at: ctx.now }).execute()
    await ctx.record({ kind: 'audit.taken-out', subject: { kind: 'audit-export', id: exportId }, data: { fromSeq: file.fromSeq, untilSeq: file.untilSeq, rows: file.rows, heads: file.heads, digest: blob } })
    return accept({ exportId, rows: file.rows, untilSeq: file.untilSeq, nextSeq: file.nextSeq })
  },
})

/** Hands the file to who took it out. */
export const exportLedger = onDownload(auditContract.export, async (ctx, { exportId }) => {
  const taken = await tables<AuditTables>(ctx.db).selectFrom('audit_export').selectAll().where('id', '=', exportId).where('person_id', '=', ctx.actor.personId).executeTakeFirst()
  if (taken === undefined) return refuse('audit.unknown-export')
  // Safe because the column is written with what the blob store answered.
  return accept({ stored: await ctx.services.blobs.getParts(taken.blob as BlobDigest), mediaType: 'application/x-ndjson', fileName: 'xiewen-audit.jsonl' })
})
