/** The audit administrator's operations on the ledger. */
import { type SignedCheckpoint, parseCheckpoint, toHex } from '@xiewen/crypto'
import { accept, auditContract, type AuditRow } from '@xiewen/shared/base'
import { type ReadDb, tables } from '../database/index.ts'
import { defineSlice, onCommand, onQuery } from '../slice.ts'
import { readCheckpointFile } from './checkpoints.ts'
import { auditMigrations, type AuditTables, type FactRow } from './tables.ts'
import { exportLedger, takeOut } from './take-out.ts'
import { verifyLedger } from './verify.ts'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'

/** Where the signed heads are kept beside the database. */
export function checkpointFileOf(config: Pick<Config, 'dataDir'>): string {
  return join(config.dataDir, 'audit', 'checkpoints.txt')
}

/** Name of the audit key in the key store. */
export const auditKeyName = 'audit:ledger'

/** Every signed head known: from the database and from the file outside it. */
export async function allCheckpoints(db: ReadDb, file: string): Promise<readonly SignedCheckpoint[]> {
  const rows = await tables<AuditTables>(db).selectFrom('audit_checkpoint').select('text').execute()
  return [...rows.map((row) => parseCheckpoint(row.text)), ...(await readCheckpointFile(file))]
}

const list = onQuery(auditContract.list, async (ctx, input) => {
  let query = tables<AuditTables>(ctx.db).selectFrom('fact').selectAll().orderBy('seq', 'desc').limit(input.limit + 1)
  if (input.cursor) query = query.where('seq', '<', Number(input.cursor))
  if (input.kind) query = query.where('kind', 'like', `${input.kind.replaceAll(/[%_]/g, '')}%`)
  if (input.personId) query = query.where('person_id', '=', input.personId)
  if (input.subjectId) query = query.where('subject_id', '=', input.subjectId)
  if (input.text) query = query.where('record', 'like', `%${input.text.replaceAll(/[%_]/g, '')}%`)
  if (input.from !== undefined) query = query.where('at', '>=', input.from)
  if (input.until !== undefined) query = query.where('at', '<', input.until)
  const rows = await query.execute()
  const shown = rows.slice(0, input.limit)
  return accept({ rows: shown.map(presentRow), next: rows.length > input.limit ? String(shown.at(-1)?.seq ?? 0) : null })
})

function presentRow(row: FactRow): AuditRow {
  const record = readRecord(row.record)
  return {
    seq: row.seq,
    at: row.at,
    kind: row.kind,
    result: record.result === 'refused' ? 'refused' : 'done',
    personName: record.actor?.['personName'] ?? '',
    unitName: record.actor?.['unitName'] ?? '',
    onBehalfOf: record.actor?.['onBehalfOf'] ?? '',
    address: record.origin?.address ?? '',
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    data: JSON.stringify(record.data ?? {}),
  }
}

interface ShownRecord {
  readonly actor?: Readonly<Record<string, string>> | null
  readonly origin?: { readonly address?: string | null }
  readonly result?: string
  readonly data?: unknown
}

/** What a record says. One that no longer parses is shown as it stands: this page must not fail on the row it is wanted for. */
function readRecord(text: string): ShownRecord {
  try {
    // Safe because `recordText` wrote it and every field is read as one that may be missing.
    return JSON.parse(text) as ShownRecord
  } catch (error) {
    if (error instanceof SyntaxError) return { data: text }
    throw error
  }
}

const checkpoint = onQuery(auditContract.checkpoint, async (ctx) => {
  const row = await tables<AuditTables>(ctx.db).selectFrom('audit_checkpoint').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst()
  const key = await ctx.services.keys.getOrCreate(auditKeyName)
  return accept({ size: row?.size ?? 0, text: row?.text ?? '', publicKey: toHex(key.publicKey) })
})

const verify = onCommand(auditContract.verify, {
  prepare: async (ctx) => {
    const key = await ctx.services.keys.getOrCreate(auditKeyName)
    const verdict = await verifyLedger(ctx.db, await allCheckpoints(ctx.db, checkpointFileOf(ctx.services.config)), key.publicKey)
    return accept({ ...verdict, problems: [...verdict.problems] })
  },
  commit: async (ctx, _input, verdict) => {
    await ctx.record({ kind: 'audit.verified', subject: { kind: 'ledger', id: 'main' }, data: { facts: verdict.facts, root: verdict.root, problems: verdict.problems.length } })
    return accept(verdict)
  },
})


/** The ledger as a slice of the platform. */
export const auditSlice = defineSlice({ name: 'audit', migrations: auditMigrations, operations: [list, checkpoint, verify, takeOut, exportLedger], refusals: { 'audit.unknown-export': 404 } })
