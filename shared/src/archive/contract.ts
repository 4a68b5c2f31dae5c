/** Commands and queries of the archive room. All but `of-document` are for archivists (档案员) of the organ. */
import { z } from 'zod'
import { forStaff } from '../base/access.ts'
import { command, download, flag, pageOf, pageRequest, query } from '../base/contract.ts'
import { unitIdSchema } from '../directory/index.ts'
import { documentIdSchema } from '../documents/index.ts'
import { archiveEnvelopes } from './envelope-contract.ts'
import { archiveYearSchema, fondsSchema, fondsViewSchema, pendingRowSchema, periods, pieceCheckSchema, pieceIdSchema, pieceRowSchema, pieceViewSchema } from './model.ts'

const onPiece = { pieceId: pieceIdSchema }

/** The archive room's contracts. */
export const archiveContract = {
  ...archiveEnvelopes,
  pending: query({
    name: 'archive.pending',
    summary: 'Finished documents of the caller’s organ that wait for filing (待归档), longest waiting first, with a proposed period; or those left out.',
    access: forStaff,
    input: z.strictObject({ leftOut: flag.default(false), ...pageRequest }),
    output: pageOf(pendingRowSchema),
  }),
  file: command({
    name: 'archive.file',
    summary: 'Files a document (归档): collects its parts with digests and gives it the next archive number (档号) of its series.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema, period: z.enum(periods), year: archiveYearSchema.optional() }),
    output: z.object({ pieceId: pieceIdSchema, number: z.string() }),
  }),
  leaveOut: command({
    name: 'archive.leave-out',
    summary: 'Declares that a document is outside the range of filing (不归档), with the reason.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema, reason: z.string().trim().min(1).max(200) }),
    output: z.object({}),
  }),
  takeBack: command({
    name: 'archive.take-back',
    summary: 'Lets a document that was left out wait for filing again.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema }),
    output: z.object({}),
  }),
  list: query({
    name: 'archive.list',
    summary: 'Pieces of the caller’s organ (已归档), newest first, narrowed by year, period and words of title or numbers.',
    access: forStaff,
    input: z.strictObject({ year: archiveYearSchema.optional(), period: z.enum(periods).optional(), text: z.string().max(100).optional(), ...pageRequest }),
    output: pageOf(pieceRowSchema).extend({ years: z.array(z.number().int()) }),
  }),
  view: query({
    name: 'archive.view',
    summary: 'A piece with its parts in order and their digests.',
    access: forStaff,
    input: z.strictObject(onPiece),
    output: z.object({ piece: pieceViewSchema }),
  }),
  check: query({
    name: 'archive.check',
    summary: 'Checks a piece now: the digest of every part, the register against 固化信息, the signatures of opinions, and the seal.',
    access: forStaff,
    input: z.strictObject(onPiece),
    output: z.object({ check: pieceCheckSchema }),
  }),
  part: download({
    name: 'archive.part',
    summary: 'The bytes of one part of a piece.',
    access: forStaff,
    input: z.strictObject({ ...onPiece, place: z.coerce.number().int().min(1).max(999) }),
  }),
  export: download({
    name: 'archive.export',
    summary: 'A piece as one uncompressed ZIP: 说明文件, 目录文件 and a folder with the parts.',
    access: forStaff,
    input: z.strictObject(onPiece),
  }),
  evidence: download({
    name: 'archive.evidence',
    summary: 'The evidence package (证据包) of an issued document as one uncompressed ZIP: original, signed text, opinions with their signatures, digests of the log, and proofs that its acts stand in the ledger; `xiewen verify` checks it without a server. For 文书, 档案员 and 办公室主任 of its organ.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema }),
  }),
  settings: query({
    name: 'archive.settings',
    summary: '全宗号 and number template of the organs the caller keeps the archive of.',
    access: forStaff,
    input: z.strictObject({}),
    output: z.object({ organs: z.array(fondsViewSchema) }),
  }),
  setFonds: command({
    name: 'archive.set-fonds',
    summary: 'Sets the 全宗号 and the number template of an organ; the 全宗号 stays once pieces carry it.',
    access: forStaff,
    input: z.strictObject({ organId: unitIdSchema, fonds: fondsSchema, template: z.string().trim().min(1).max(80).optional() }),
    output: z.object({}),
  }),
  ofDocument: query({
    name: 'archive.of-document',
    summary: 'Under which archive number a document is filed, for whoever may read the document; null while it is not.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema }),
    output: z.object({ filed: z.object({ number: z.string(), at: z.number() }).nullable() }),
  }),
} as const

/** Kinds of fact this room records. The subject of `fonds-set` is the organ, of the others the document. */
export const archiveFacts = ['archive.filed', 'archive.left-out', 'archive.taken-back', 'archive.fonds-set', 'archive.enveloped'] as const
