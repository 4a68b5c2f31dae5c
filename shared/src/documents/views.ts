/** What leaves the server about documents: rows, views, comparisons. */
import { z } from 'zod'
import type { Brand } from '../base/brand.ts'
import { idSchema } from '../base/ids.ts'
import { personIdSchema, unitIdSchema } from '../directory/index.ts'
import { fontRoles } from './layout/packed-metrics.ts'
import { blockKinds, documentKinds, documentNumberSchema, urgencies } from './model.ts'
import { type DocumentAbility, documentAbilities } from './policy.ts'
import { shapeChangeCodes } from './rules/compare-shapes.ts'
import { documentStates } from './rules/states.ts'

/** A document, whatever its state. */
export type DocumentId = Brand<string, 'DocumentId'>
/** A named version of a text. */
export type VersionId = Brand<string, 'VersionId'>
/** A file attached to a document. */
export type AttachmentId = Brand<string, 'AttachmentId'>

/** Schema of a `DocumentId`. */
export const documentIdSchema = idSchema<'DocumentId'>()
/** Schema of a `VersionId`. */
export const versionIdSchema = idSchema<'VersionId'>()
/** Schema of an `AttachmentId`. */
export const attachmentIdSchema = idSchema<'AttachmentId'>()

/** Where a document came from: drafted here, received (收文), or minutes of a meeting. */
export const documentOrigins = ['draft', 'incoming', 'minutes'] as const
/** One of the origins. */
export type DocumentOrigin = (typeof documentOrigins)[number]

/** A document as rooms and pages see it. */
export const documentViewSchema = z.object({
  id: documentIdSchema,
  /** Clean title; empty while none is written. */
  title: z.string(),
  kind: z.enum(documentKinds),
  state: z.enum(documentStates),
  origin: z.enum(documentOrigins),
  number: documentNumberSchema.nullable(),
  urgency: z.enum(urgencies),
  ownerPersonId: personIdSchema,
  ownerName: z.string(),
  organId: unitIdSchema,
  organName: z.string(),
  unitName: z.string(),
  createdAt: z.number(),
  /** Last change of text or state (ms). */
  changedAt: z.number(),
  /** Grows with every stored change of the text. */
  version: z.number(),
  /** SM3 digest of the canonical text once signed (签发), else null. */
  frozenDigest: z.string().nullable(),
})
/** A document as rooms and pages see it. */
export type DocumentView = z.output<typeof documentViewSchema>

/** One line of a list. */
export const documentRowSchema = documentViewSchema.pick({
  id: true, title: true, kind: true, state: true, origin: true, number: true, urgency: true, ownerName: true, organName: true, unitName: true,
  createdAt: true, changedAt: true,
})
/** One line of a list. */
export type DocumentRow = z.output<typeof documentRowSchema>

const verdict = z.object({ allowed: z.boolean(), because: z.string().optional() })
/** What the caller may do; `because` is the refusal code of a "no". */
export const abilitiesSchema = z.record(z.enum(documentAbilities), verdict)
/** What the caller may do. */
export type Abilities = Readonly<Record<DocumentAbility, z.output<typeof verdict>>>

/** A named version. */
export const versionViewSchema = z.object({
  id: versionIdSchema,
  name: z.string(),
  at: z.number(),
  byName: z.string(),
  /** Who wrote in the text up to this version. */
  authors: z.array(z.string()),
  characters: z.number(),
  /** SM3 of the canonical text; null while revisions were pending. */
  digest: z.string().nullable(),
  /** Set on the version that was signed. */
  frozen: z.boolean(),
  /** The row of the log it covers. */
  seq: z.number(),
})
/** A named version. */
export type VersionView = z.output<typeof versionViewSchema>

/** Someone who was given access. */
export const grantViewSchema = z.object({
  holderKind: z.enum(['person', 'unit', 'post']),
  holderId: z.string(),
  holderName: z.string(),
  right: z.enum(['read', 'suggest', 'edit']),
  source: z.string(),
})
/** Someone who was given access. */
export type GrantView = z.output<typeof grantViewSchema>

/** An attached file. */
export const attachmentViewSchema = z.object({
  id: attachmentIdSchema,
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  digest: z.string(),
  byName: z.string(),
  at: z.number(),
})
/** An attached file. */
export type AttachmentView = z.output<typeof attachmentViewSchema>

const importEntry = z.object({ topic: z.string(), line: z.number(), text: z.string() })
/** What an import recognised, guessed and dropped. `topic` is a string key `documents.import.<topic>`. */
export const importReportSchema = z.object({
  recognised: z.array(importEntry),
  guessed: z.array(importEntry),
  dropped: z.array(importEntry),
})

const diffPart = z.object({ op: z.enum(['same', 'added', 'removed']), text: z.string(), format: z.enum(['bold', 'plain']).optional() })
/** One aligned pair of blocks; `label` is the derived number. */
export const comparedBlockSchema = z.object({
  op: z.enum(['same', 'changed', 'added', 'removed']),
  kind: z.enum(blockKinds),
  level: z.number(),
  label: z.string(),
  before: z.object({ kind: z.enum(blockKinds), level: z.number() }).nullable(),
  shapes: z.array(z.object({ code: z.enum(shapeChangeCodes), params: z.record(z.string(), z.union([z.string(), z.number()])) })),
  parts: z.array(diffPart),
})
/** A comparison of two texts. */
export const comparisonSchema = z.object({
  from: z.object({ name: z.string(), at: z.number() }),
  /** Empty name: the live text. */
  to: z.object({ name: z.string(), at: z.number() }),
  blocks: z.array(comparedBlockSchema),
  elements: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  added: z.number(),
  removed: z.number(),
})
/** A comparison of two texts. */
export type Comparison = z.output<typeof comparisonSchema>

const redlineRun = z.object({
  text: z.string(),
  change: z.object({ kind: z.enum(['insertion', 'deletion']), id: z.string(), personId: z.string(), name: z.string() }).nullable(),
})
/** The text with pending revisions. Changes of people filtered out read as accepted. */
export const redlineSchema = z.object({
  people: z.array(z.object({ personId: z.string(), name: z.string(), insertions: z.number(), deletions: z.number() })),
  blocks: z.array(z.object({ kind: z.enum(blockKinds), label: z.string(), runs: z.array(redlineRun) })),
})

/** A finding of the checker; its words are those of `remarkKey` filled with `params`. */
export const findingViewSchema = z.object({
  rule: z.string(),
  fault: z.string().optional(),
  severity: z.enum(['error', 'warning', 'hint']),
  clause: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  block: z.number().nullable(),
  element: z.string().nullable(),
  /** The page, from 1, of a rule measured on pages. */
  page: z.number().nullable(),
})
/** A finding as the server tells it. */
export type FindingView = z.output<typeof findingViewSchema>

/** A finding put aside (忽略此处): by whom, when, why. */
export const ignoredViewSchema = z.object({
  rule: z.string(),
  anchor: z.string(),
  reason: z.string(),
  byName: z.string(),
  at: z.number(),
})
/** A finding put aside. */
export type IgnoredView = z.output<typeof ignoredViewSchema>

/** A page of the register (发文登记簿). */
export const numberRowSchema = z.object({
  number: documentNumberSchema,
  state: z.enum(['allocated', 'void']),
  documentId: documentIdSchema.nullable(),
  title: z.string(),
  at: z.number(),
  byName: z.string(),
  /** Set when void. */
  reason: z.string(),
  voidedAt: z.number().nullable(),
  voidedByName: z.string(),
})
/** A row of the register. */
export type NumberRow = z.output<typeof numberRowSchema>

/** Uncommon characters (生僻字) that the typeface of a role lacks, with the family that draws them instead and in how many places. */
export const lentSignsSchema = z.object({ family: z.string(), role: z.enum(fontRoles), text: z.string(), count: z.number() })
/** A sign no typeface has, with the pages (from 1) and the number of its places. */
export const missingSignSchema = z.object({ text: z.string(), pages: z.array(z.number()), count: z.number() })

/** The layout of the live text; pages are fetched one by one under its digest. */
export const layoutViewSchema = z.object({
  digest: z.string(),
  pages: z.array(z.object({ widthMm: z.number(), heightMm: z.number() })),
  findings: z.array(z.object({ code: z.string(), page: z.number(), block: z.number().nullable(), params: z.record(z.string(), z.union([z.string(), z.number()])) })),
  missing: z.array(missingSignSchema),
  lent: z.array(lentSignsSchema),
})
/** The layout of the live text. */
export type LayoutView = z.output<typeof layoutViewSchema>
