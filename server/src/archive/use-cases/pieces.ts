/** Looking at pieces: lists, one with its parts, checking, bytes, and the package for export. */
import { archiveContract as contract } from '@xiewen/shared/archive'
import { accept, type BlobDigest, refuse } from '@xiewen/shared/base'
import { getDocumentFor } from '../../documents/index.ts'
import { type Operation, onDownload, onQuery } from '../../platform/slice.ts'
import { archivedOrgans, findPieceFor } from '../archivist.ts'
import { checkPiece, readParts } from '../check.ts'
import { packPiece } from '../package.ts'
import { presentPiece, presentRow } from '../present.ts'
import { findPieceOfDocument, listParts, listPieces, listYears } from '../repository.ts'

const list = onQuery(contract.list, async (ctx, input) => {
  const organs = archivedOrgans(ctx)
  if (!organs.ok) return organs
  const { year, period, text } = input
  const offset = Number(input.cursor ?? 0) || 0
  const found = await listPieces(ctx.db, { organIds: organs.value, year, period, text }, { limit: input.limit + 1, offset })
  return accept({
    rows: found.slice(0, input.limit).map(presentRow),
    next: found.length > input.limit ? String(offset + input.limit) : null,
    years: [...(await listYears(ctx.db, organs.value))],
  })
})

const view = onQuery(contract.view, async (ctx, input) => {
  const piece = await findPieceFor(ctx, input.pieceId)
  return piece.ok ? accept({ piece: presentPiece(piece.value, await listParts(ctx.db, piece.value.id)) }) : piece
})

const check = onQuery(contract.check, async (ctx, input) => {
  const piece = await findPieceFor(ctx, input.pieceId)
  if (!piece.ok) return piece
  return accept({ check: await checkPiece(ctx, await listParts(ctx.db, piece.value.id), piece.value.seal_verdict !== null) })
})

const part = onDownload(contract.part, async (ctx, input) => {
  const piece = await findPieceFor(ctx, input.pieceId)
  if (!piece.ok) return piece
  const row = (await listParts(ctx.db, piece.value.id)).find((each) => Number(each.place) === input.place)
  if (!row) return refuse('archive.not-found')
  // Safe because the blob store made the digest.
  const bytes = await ctx.services.blobs.get(row.digest as BlobDigest)
  return accept({ bytes, mediaType: row.media_type, fileName: row.name, inline: row.media_type === 'application/pdf' })
})

const exportPiece = onDownload(contract.export, async (ctx, input) => {
  const piece = await findPieceFor(ctx, input.pieceId)
  if (!piece.ok) return piece
  const parts = await readParts(ctx, await listParts(ctx.db, piece.value.id))
  const bytes = packPiece(piece.value, parts, ctx.now)
  return bytes ? accept({ bytes, mediaType: 'application/zip', fileName: `${piece.value.number}.zip` }) : refuse('archive.damaged')
})

const ofDocument = onQuery(contract.ofDocument, async (ctx, input) => {
  if (!(await getDocumentFor(ctx.db, ctx.actor, input.documentId))) return refuse('archive.not-found')
  const piece = await findPieceOfDocument(ctx.db, input.documentId)
  return accept({ filed: piece ? { number: piece.number, at: Number(piece.filed_at) } : null })
})

/** Operations on pieces. */
export const pieceOperations: readonly Operation[] = [list, view, check, part, exportPiece, ofDocument]
