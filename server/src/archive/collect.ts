/** Collecting the parts of a piece (组件) in their order and storing their bytes. Slow work: belongs into `prepare`. */
import type { Fixity, ProcessRecord } from './fixity.ts'
import type { Part, PartKind } from '@xiewen/shared/archive'
import { accept, type BlobDigest, type Result, refuse } from '@xiewen/shared/base'
import { textOf } from '@xiewen/shared/documents'
import { findDocument, getFrozen, getIssuedPdf, listAttachments, renderPdf } from '../documents/index.ts'
import type { QueryContext } from '../platform/context.ts'
import { assert } from '../platform/log/fault.ts'
import { layOutSheet, listCasesOfDocument, listEvents, listOpinions, listStamps, statementOf } from '../workflow/index.ts'
import { bytesOfRecord, countOpinions } from './fixity.ts'
import { writeHandlingSheet } from './handling-sheet.ts'
import { describeContent } from './metadata.ts'
import { checkSeal } from './seal-check.ts'
import type { CandidateRecord } from './tables.ts'

/** A piece ready to be numbered; every blob is stored. */
export interface CollectedPiece {
  readonly parts: readonly Part[]
  readonly pages: number
  readonly sealVerdict: string | null
  /** Digest of 固化信息, which names the digests of all other parts. */
  readonly fixityDigest: BlobDigest
}

/** A file before it has a place. */
export interface LooseFile {
  readonly kind: PartKind
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

const plain = 'text/plain; charset=utf-8'
const json = 'application/json'

/** Collects everything that belongs to a document; refuses `archive.no-original` when there is no final PDF.
 *
 * Source: DA/T 22-2015 (正本→定稿, 正文→附件); 国家档案局令第8号 第10条 (处理单 with the document)
 */
export async function collectPiece(ctx: QueryContext, candidate: CandidateRecord): Promise<Result<CollectedPiece>> {
  const original = await getIssuedPdf(ctx.db, candidate.sent_document_id ?? candidate.document_id)
  if (!original) return refuse('archive.no-original')
  const pdf = await ctx.services.blobs.get(original.blob)
  const process = await readProcess(ctx, candidate.document_id)
  const finalText = await readFinalText(ctx, candidate.document_id)
  const files: readonly LooseFile[] = [
    { kind: 'original', name: '正本.pdf', mediaType: 'application/pdf', bytes: pdf },
    ...finalText.files,
    ...(await readAttachments(ctx, candidate.document_id)),
    { kind: 'handling-sheet', name: '处理单.txt', mediaType: plain, bytes: encode(writeHandlingSheet(candidate, process.opinions.map(statementOf))) },
    ...(await readSheet(ctx, candidate.document_id)),
    { kind: 'process', name: '流程.json', mediaType: json, bytes: bytesOfRecord(process) },
  ]
  const described = await describeContent(ctx, { candidate, pages: original.pages, files, process })
  const parts = await storeFiles(ctx, [...files, { kind: 'metadata', name: '元数据.json', mediaType: json, bytes: bytesOfRecord(described) }], 1)
  const seal = original.stage === 'sealed' ? await checkSeal(ctx, pdf) : null
  const fixity: Fixity = {
    format: 'xiewen-fixity-1',
    algorithm: 'SM3',
    documentId: candidate.document_id,
    filedAt: ctx.now,
    filedBy: { id: ctx.actor.personId, name: ctx.actor.name },
    textDigest: finalText.digest,
    parts: [...parts],
    seal,
    opinions: countOpinions(process),
  }
  const [last] = await storeFiles(ctx, [{ kind: 'fixity', name: '固化信息.json', mediaType: json, bytes: bytesOfRecord(fixity) }], parts.length + 1)
  assert(last !== undefined, 'one file gives one part')
  return accept({ parts: [...parts, last], pages: original.pages, sealVerdict: seal?.verdict ?? null, fixityDigest: last.digest })
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

async function storeFiles(ctx: QueryContext, files: readonly LooseFile[], first: number): Promise<readonly Part[]> {
  const parts: Part[] = []
  for (const [index, { kind, name, mediaType, bytes }] of files.entries()) {
    parts.push({ place: first + index, kind, name, mediaType, sizeBytes: bytes.length, digest: await ctx.services.blobs.put(bytes) })
  }
  return parts
}

/** 定稿: the canonical text the signatures are bound to, and the same to be read. A received document has none here. */
export async function readFinalText(ctx: QueryContext, documentId: string): Promise<{ readonly files: readonly LooseFile[]; readonly digest: string | null }> {
  const frozen = await getFrozen(ctx.db, documentId)
  const row = await findDocument(ctx.db, documentId)
  if (!frozen || row?.origin === 'incoming') return { files: [], digest: null }
  return {
    files: [
      { kind: 'final-text', name: '定稿.txt', mediaType: plain, bytes: encode(textOf(frozen.document)) },
      { kind: 'final-text', name: '定稿.json', mediaType: json, bytes: encode(frozen.canonical) },
    ],
    digest: frozen.digest,
  }
}

/** Attached files (附件) in their order, under numbered names. */
export async function readAttachments(ctx: QueryContext, documentId: string): Promise<readonly LooseFile[]> {
  const rows = await listAttachments(ctx.db, documentId)
  return Promise.all(
    rows.map(async (row, index) => ({
      kind: 'attachment' as const,
      name: `附件${String(index + 1).padStart(2, '0')} ${row.name}`,
      mediaType: row.media_type,
      // Safe because the blob store made the digest.
      bytes: await ctx.services.blobs.get(row.blob as BlobDigest),
    })),
  )
}

/** 发文稿纸 or 收文处理单 as the pages people know, beside the plain text anybody can read. */
async function readSheet(ctx: QueryContext, documentId: string): Promise<readonly LooseFile[]> {
  const { fonts } = ctx.services
  const layout = await layOutSheet(ctx.db, documentId, fonts)
  if (!layout) return []
  const row = await findDocument(ctx.db, documentId)
  const name = row?.origin === 'incoming' ? '收文处理单' : '发文稿纸'
  const bytes = renderPdf(layout, fonts, { title: `${row?.title ?? ''}（${name}）`, author: row?.organ_name ?? '', creationDate: ctx.now })
  return [{ kind: 'handling-sheet', name: `${name}.pdf`, mediaType: 'application/pdf', bytes }]
}

/** The way of a document: events and opinions of all its cases. */
export async function readProcess(ctx: QueryContext, documentId: string): Promise<ProcessRecord> {
  // Oldest first: what was said in a case that was stopped belongs to the record as much as the last one.
  const cases = (await listCasesOfDocument(ctx.db, documentId)).toReversed()
  const opinions = (await Promise.all(cases.map((each) => listOpinions(ctx.db, each.row.id)))).flat()
  const stamps = new Map((await Promise.all(cases.map((each) => listStamps(ctx.db, each.row.id)))).flat().map((row) => [`${row.case_id} ${row.seq}`, row.token]))
  const events = (await Promise.all(cases.map((each) => listEvents(ctx.db, each.row.id)))).flat()
  const found = cases.at(-1)
  return {
    format: 'xiewen-process-1',
    caseId: found?.row.id ?? null,
    template: found?.state.template ?? null,
    startedAt: cases[0]?.state.startedAt ?? null,
    closedAt: found?.state.closedAt ?? null,
    events,
    opinions: opinions.map((row) => ({ seq: Number(row.seq), statement: row.statement, signature: row.signature, publicKey: row.public_key, stamp: stamps.get(`${row.case_id} ${row.seq}`) ?? null })),
  }
}
