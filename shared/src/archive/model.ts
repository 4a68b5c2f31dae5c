/** The archive's vocabulary: pieces (件), their parts, periods of keeping (保管期限). */
import { z } from 'zod'
import type { Brand } from '../base/brand.ts'
import { blobDigestSchema, idSchema } from '../base/ids.ts'
import { civilDateSchema } from '../base/instant.ts'
import { unitIdSchema } from '../directory/index.ts'
import { documentIdSchema, documentKinds, documentOrigins } from '../documents/index.ts'

/** One finished document in the archive (件). */
export type PieceId = Brand<string, 'PieceId'>
/** Schema of a `PieceId`. */
export const pieceIdSchema = idSchema<'PieceId'>()

/** 保管期限: permanent 永久, 30 or 10 years. Source: 国家档案局令第8号 第7条 */
export const periods = ['permanent', 'years-30', 'years-10'] as const
/** One of the periods. */
export type Period = (typeof periods)[number]

/** Parts of a piece in their order inside it. Source: DA/T 22-2015 (正本→定稿, 正文→附件); 国家档案局令第8号 第10条 (处理单) */
export const partKinds = ['original', 'final-text', 'attachment', 'handling-sheet', 'process', 'metadata', 'fixity'] as const
/** One of the parts. */
export type PartKind = (typeof partKinds)[number]

/** Year an archive number may carry. */
export const archiveYearSchema = z.coerce.number().int().min(1949).max(2999)
/** 全宗号: a letter and three digits. Source: DA/T 13-2022 */
export const fondsSchema = z.string().trim().regex(/^[A-Z]\d{3}$/)

/** A file of a piece. `place` counts from 1. */
export const partSchema = z.object({
  place: z.number().int(),
  kind: z.enum(partKinds),
  /** File name inside the package, e.g. 正本.pdf */
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  digest: blobDigestSchema,
})
/** A file of a piece. */
export type Part = z.output<typeof partSchema>

/** One line of the list of pieces. */
export const pieceRowSchema = z.object({
  id: pieceIdSchema,
  documentId: documentIdSchema,
  organId: unitIdSchema,
  /** 档号 as printed. */
  number: z.string(),
  year: z.number().int(),
  period: z.enum(periods),
  serial: z.number().int(),
  title: z.string(),
  kind: z.enum(documentKinds),
  origin: z.enum(documentOrigins),
  /** 文号, empty when there is none. */
  documentNumber: z.string(),
  /** 责任者: the organ that issued it. */
  responsible: z.string(),
  /** 成文日期, null when the document names none. */
  documentDate: civilDateSchema.nullable(),
  pages: z.number().int(),
  sizeBytes: z.number(),
  filedAt: z.number(),
  filedByName: z.string(),
})
/** One line of the list of pieces. */
export type PieceRow = z.output<typeof pieceRowSchema>

/** A piece for its page. */
export const pieceViewSchema = pieceRowSchema.extend({
  fonds: z.string(),
  organName: z.string(),
  parts: z.array(partSchema),
  /** What the seal verification said when it was filed; null for a document issued without a seal. */
  sealVerdict: z.string().nullable(),
})
/** A piece for its page. */
export type PieceView = z.output<typeof pieceViewSchema>

/** Why a period is proposed; words are `archive.basis.<key>`. */
export const periodBases = ['staff', 'minutes', 'policy', 'plan', 'request', 'letter', 'briefing', 'own', 'from-above', 'from-others'] as const
/** One of the reasons. */
export type PeriodBasis = (typeof periodBases)[number]

/** A document that waits for filing, or was left out. */
export const pendingRowSchema = z.object({
  documentId: documentIdSchema,
  organId: unitIdSchema,
  organName: z.string(),
  title: z.string(),
  kind: z.enum(documentKinds),
  origin: z.enum(documentOrigins),
  documentNumber: z.string(),
  responsible: z.string(),
  readyAt: z.number(),
  suggestedYear: z.number().int(),
  suggestedPeriod: z.enum(periods),
  basis: z.enum(periodBases),
  /** Reason for leaving it out (不归档), null while it waits. */
  leftOut: z.string().nullable(),
})
/** A document that waits for filing, or was left out. */
export type PendingRow = z.output<typeof pendingRowSchema>

/** How a part stands now. altered: its bytes have changed; unreadable: the disk refuses them. */
export const partConditions = ['intact', 'altered', 'missing', 'unreadable'] as const
/** One of the conditions. */
export type PartCondition = (typeof partConditions)[number]

/** Outcome of checking a piece now (真实性: 固化信息有效性). Source: DA/T 70-2018 */
export const pieceCheckSchema = z.object({
  at: z.number(),
  intact: z.boolean(),
  parts: z.array(z.object({ place: z.number().int(), condition: z.enum(partConditions) })),
  /** Whether the register of parts says what 固化信息 says. */
  registerAgrees: z.boolean(),
  /** Signatures under opinions, as kept in 流程. */
  opinions: z.object({ total: z.number().int(), broken: z.number().int() }),
  seal: z
    .object({
      verdict: z.string(),
      reasons: z.array(z.string()),
      seals: z.array(z.object({ name: z.string(), signerName: z.string(), signedAt: z.number().nullable(), verdict: z.string() })),
    })
    .nullable(),
})
/** Outcome of checking a piece now. */
export type PieceCheck = z.output<typeof pieceCheckSchema>

/** What an organ numbers its pieces with. */
export const fondsViewSchema = z.object({
  organId: unitIdSchema,
  organName: z.string(),
  /** Null until it is set; nothing can be filed before. */
  fonds: z.string().nullable(),
  template: z.string(),
  pieces: z.number().int(),
})
/** What an organ numbers its pieces with. */
export type FondsView = z.output<typeof fondsViewSchema>
