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

async function readRecords(db: ReadDb, fromSeq: number, most: number) {
  return tables<AuditTables>(db).selectFrom('fact').select(['seq', 'record']).where('seq', '>=', fromSeq).orderBy('seq').limit(most + 1).execute()
}

/** Takes the ledger out, at most `mostExported` records. */
export const takeOut = onCommand(auditContract.takeOut, {
  prepare: async (ctx, { fromSeq }) => {
    const found = await readRecords(ctx.db, fromSeq, mostExported)
    const rows = found.slice(0, mostExported)
    const heads = await tables<AuditTables>(ctx.db).selectFrom('audit_checkpoint').select('text').orderBy('size').execute()
    const lines = [...rows.map((row) => row.record), ...heads.map((head) => JSON.stringify({ checkpoint: head.text }))]
    const blob = await ctx.services.blobs.put(new TextEncoder().encode(`${lines.join('\n')}\n`))
    const next = found[mostExported]
    return accept<ExportedLedger>({ blob, fromSeq, untilSeq: Number(rows.at(-1)?.seq ?? 0), nextSeq: next === undefined ? null : Number(next.seq), rows: rows.length, heads: heads.length })
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
  return accept({ bytes: await ctx.services.blobs.get(taken.blob as BlobDigest), mediaType: 'application/x-ndjson', fileName: 'xiewen-audit.jsonl' })
})
