/** 归档: one act collects the parts, gives the number and makes the piece. */
import { type ArchiveNumber, archiveContract as contract, decideFiling, formatArchiveNumber, nextSerial, type PieceId } from '@xiewen/shared/archive'
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { findDocument } from '../../documents/index.ts'
import type { CommandContext, QueryContext } from '../../platform/context.ts'
import { type Operation, onCommand } from '../../platform/slice.ts'
import { type ArchivistPost, findCandidateFor } from '../archivist.ts'
import { yearOf } from '../candidates.ts'
import { type CollectedPiece, collectPiece } from '../collect.ts'
import { filingTask } from '../reactions.ts'
import { addPiece, findFonds, findPieceOfDocument, lastSerial } from '../repository.ts'
import type { CandidateRecord, FondsRecord } from '../tables.ts'

interface FileInput {
  readonly documentId: string
  readonly period: ArchiveNumber['period']
  readonly year?: number | undefined
}

interface Decided {
  readonly candidate: CandidateRecord
  readonly post: ArchivistPost
  readonly fonds: FondsRecord
  readonly series: Omit<ArchiveNumber, 'serial'>
}

const file = onCommand(contract.file, {
  prepare: async (ctx, input) => {
    const decided = await decide(ctx, input)
    return decided.ok ? collectPiece(ctx, decided.value.candidate) : decided
  },
  commit: async (ctx, input, collected) => {
    const decided = await decide(ctx, input)
    return decided.ok ? accept(await store(ctx, decided.value, collected)) : decided
  },
})

async function decide(ctx: QueryContext, input: FileInput): Promise<Result<Decided>> {
  const found = await findCandidateFor(ctx, input.documentId)
  if (!found.ok) return found
  const { candidate, post } = found.value
  const document = await findDocument(ctx.db, candidate.document_id)
  if (!document) return refuse('archive.not-found')
  const fonds = await findFonds(ctx.db, candidate.organ_id)
  const series = decideFiling(
    {
      origin: document.origin,
      state: document.state,
      isFinished: candidate.ready_at !== null,
      isFiled: (await findPieceOfDocument(ctx.db, candidate.document_id)) !== null,
      isLeftOut: candidate.left_out_reason !== null,
      fonds: fonds?.fonds ?? null,
      documentYear: yearOf(candidate),
      currentYear: Number(ctx.today.slice(0, 4)),
    },
    { year: input.year ?? yearOf(candidate), period: input.period },
  )
  if (!series.ok) return series
  return fonds ? accept({ candidate, post, fonds, series: series.value }) : refuse('archive.fonds-missing')
}

/** The serial is read inside the single writer's transaction, so no two pieces get the same one and none is skipped. */
async function store(ctx: CommandContext, { candidate, post, fonds, series }: Decided, collected: CollectedPiece): Promise<{ readonly pieceId: PieceId; readonly number: string }> {
  const serial = nextSerial(await lastSerial(ctx.db, series))
  const number = formatArchiveNumber(fonds.template, { ...series, serial })
  const pieceId = ctx.newId<'PieceId'>()
  const { title, kind, origin, document_number, responsible, document_date, document_id, organ_id, organ_name } = candidate
  await addPiece(
    ctx.db,
    {
      id: pieceId, ...series, serial, number, title, kind, origin, document_number, responsible, document_date, document_id, organ_id, organ_name,
      pages: collected.pages,
      size_bytes: collected.parts.reduce((sum, part) => sum + part.sizeBytes, 0),
      seal_verdict: collected.sealVerdict,
      filed_at: ctx.now,
      filed_person_id: ctx.actor.personId,
      filed_by_name: ctx.actor.name,
    },
    collected.parts.map((part) => ({ piece_id: pieceId, place: part.place, kind: part.kind, name: part.name, media_type: part.mediaType, size_bytes: part.sizeBytes, digest: part.digest })),
  )
  await ctx.inbox.complete('archive', filingTask(document_id))
  const data = { pieceId, number, ...series, serial, title, fixityDigest: collected.fixityDigest, sealVerdict: collected.sealVerdict }
  await ctx.record({ kind: 'archive.filed', subject: { kind: 'document', id: document_id }, data }, post)
  ctx.touch('archive')
  ctx.touch(`document:${document_id}`)
  return { pieceId, number }
}

/** Operations of filing. */
export const fileOperations: readonly Operation[] = [file]
