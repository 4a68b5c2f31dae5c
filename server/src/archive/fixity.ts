/** 固化信息 and 流程 as they are written into a piece and read back when it is checked. */
import { fromBase64, sm2Verify } from '@xiewen/crypto'
import { canonicalJson } from '@xiewen/shared/base'
import { partSchema, pieceCheckSchema } from '@xiewen/shared/archive'
import { z } from 'zod'

/** What is fixed when a piece is filed: the digest of every other part and what was verified then. The archive number is bound to
 * the digest of this record by the fact `archive.filed`. */
export const fixitySchema = z.object({
  format: z.literal('xiewen-fixity-1'),
  algorithm: z.literal('SM3'),
  documentId: z.string(),
  filedAt: z.number(),
  filedBy: z.object({ id: z.string(), name: z.string() }),
  /** SM3 of the canonical signed text, null for a received document. */
  textDigest: z.string().nullable(),
  parts: z.array(partSchema),
  seal: pieceCheckSchema.shape.seal,
  opinions: pieceCheckSchema.shape.opinions,
})
/** What is fixed when a piece is filed. */
export type Fixity = z.output<typeof fixitySchema>

/** `stamp` is the time stamp over the signature (RFC 3161, base64); null in what was filed before there were any. */
const signedOpinion = z.object({ seq: z.number(), statement: z.string(), signature: z.string(), publicKey: z.string(), stamp: z.string().nullable().default(null) })
/** The way of a document: events of its case, and its opinions with their signatures. */
export const processSchema = z.object({
  format: z.literal('xiewen-process-1'),
  caseId: z.string().nullable(),
  template: z.string().nullable(),
  startedAt: z.number().nullable(),
  closedAt: z.number().nullable(),
  events: z.array(z.unknown()),
  opinions: z.array(signedOpinion),
})
/** The way of a document. */
export type ProcessRecord = z.output<typeof processSchema>

/** Bytes of a record: canonical JSON (RFC 8785) in UTF-8. */
export function bytesOfRecord(record: Fixity | ProcessRecord | Readonly<Record<string, unknown>>): Uint8Array {
  return new TextEncoder().encode(canonicalJson(record))
}

/** Counts the opinions of a process and those whose signature does not fit. */
export function countOpinions(process: ProcessRecord): { readonly total: number; readonly broken: number } {
  const broken = process.opinions.filter((each) => {
    return !sm2Verify(fromBase64(each.publicKey), new TextEncoder().encode(each.statement), fromBase64(each.signature))
  })
  return { total: process.opinions.length, broken: broken.length }
}
