/** What leaves the server about dispatches and receipts. Times are UTC ms. */
import { z } from 'zod'
import { postIdSchema, unitIdSchema } from '../directory/index.ts'
import { documentIdSchema, urgencies } from '../documents/index.ts'
import { dispatchIdSchema, handlings, receiptActs, receiptIdSchema, receiptStates, receiverRoles, registerNumberSchema } from './model.ts'

/** Who did something, when. `onBehalfOf`: 甲 代 乙. */
export const doneBySchema = z.object({ at: z.number(), personName: z.string(), onBehalfOf: z.string().nullable() })

/** One receiving organ as both sides see it. */
export const receiptRowSchema = z.object({
  id: receiptIdSchema,
  title: z.string(),
  /** 发文字号 as printed. */
  number: z.string(),
  urgency: z.enum(urgencies),
  fromOrganName: z.string(),
  organId: unitIdSchema,
  organName: z.string(),
  role: z.enum(receiverRoles),
  copies: z.number().int(),
  state: z.enum(receiptStates),
  overdue: z.boolean(),
  sentAt: z.number(),
  signBy: z.number(),
  signedFor: doneBySchema.nullable(),
  registered: doneBySchema.nullable(),
  registerNumber: registerNumberSchema.nullable(),
  handling: z.enum(handlings).nullable(),
  /** Until when to handle or read it. */
  dueAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  returned: doneBySchema.extend({ reason: z.string() }).nullable(),
  withdrawn: doneBySchema.extend({ reason: z.string() }).nullable(),
  urgedAt: z.number().nullable(),
  urgeCount: z.number().int(),
  reading: z.object({ read: z.number().int(), total: z.number().int() }),
})
/** One receiving organ. */
export type ReceiptRow = z.output<typeof receiptRowSchema>

/** One reader of a 阅件 (传阅). */
export const readerSchema = z.object({
  postId: postIdSchema,
  personName: z.string(),
  postTitle: z.string(),
  unitName: z.string(),
  fromName: z.string(),
  purpose: z.string(),
  at: z.number(),
  readAt: z.number().nullable(),
  readBy: z.string().nullable(),
  opinion: z.string(),
  urgedAt: z.number().nullable(),
})
/** One reader. */
export type ReaderView = z.output<typeof readerSchema>

/** Acts the page offers, with the refusal code as the reason of a "no". */
export const receiptAbilitiesSchema = z.object({
  signFor: z.string().nullable(),
  return: z.string().nullable(),
  register: z.string().nullable(),
  circulate: z.string().nullable(),
  urgeReaders: z.string().nullable(),
  close: z.string().nullable(),
  resume: z.string().nullable(),
  read: z.string().nullable(),
})
/** Acts on a receipt; null means allowed. */
export type ReceiptAbilities = z.output<typeof receiptAbilitiesSchema>

/** One line of a receipt's history. */
export const receiptEventSchema = z.object({
  act: z.enum([...receiptActs, 'send', 'overdue', 'read']),
  at: z.number(),
  personName: z.string(),
  detail: z.string(),
})
/** One line of the history. */
export type ReceiptEvent = z.output<typeof receiptEventSchema>

/** A receipt for its page. */
export const receiptViewSchema = receiptRowSchema.extend({
  dispatchId: dispatchIdSchema,
  /** SM3 of the sealed PDF: what is signed for. */
  digest: z.string(),
  pages: z.number().int(),
  note: z.string(),
  sentByName: z.string(),
  /** Readings not given in time are urged; these are suggestions for registering. */
  usualDueOn: z.object({ handle: z.string(), read: z.string() }),
  /** The organ's own copy, once registered. */
  documentId: documentIdSchema.nullable(),
  readers: z.array(readerSchema),
  events: z.array(receiptEventSchema),
  abilities: receiptAbilitiesSchema,
})
/** A receipt for its page. */
export type ReceiptView = z.output<typeof receiptViewSchema>

/** A dispatch with all its receivers, for the sender. */
export const dispatchViewSchema = z.object({
  id: dispatchIdSchema,
  sentAt: z.number(),
  sentByName: z.string(),
  note: z.string(),
  digest: z.string(),
  receipts: z.array(
    receiptRowSchema.extend({
      /** null: allowed. */
      urge: z.string().nullable(),
      withdraw: z.string().nullable(),
      acknowledgeReturn: z.boolean(),
    }),
  ),
})
/** A dispatch with all its receivers. */
export type DispatchView = z.output<typeof dispatchViewSchema>

/** A dispatch in the list of what was sent. */
export const sentRowSchema = z.object({
  id: dispatchIdSchema,
  documentId: documentIdSchema,
  title: z.string(),
  number: z.string(),
  urgency: z.enum(urgencies),
  sentAt: z.number(),
  sentByName: z.string(),
  counts: z.record(z.enum(receiptStates), z.number().int()),
  overdue: z.number().int(),
})
/** A dispatch in the list. */
export type SentRow = z.output<typeof sentRowSchema>

/** An organ a document may be sent to. */
export const candidateSchema = z.object({
  organId: unitIdSchema,
  name: z.string(),
  shortName: z.string(),
  /** Named in 主送 or 抄送, else null. */
  named: z.enum(receiverRoles).nullable(),
  /** Whether somebody there receives documents (收文员). */
  hasReceiver: z.boolean(),
  /** State of a receipt that is in force, else null: it is not sent twice. */
  state: z.enum(receiptStates).nullable(),
})
/** An organ a document may be sent to. */
export type Candidate = z.output<typeof candidateSchema>

/** What verification says: the seals of the PDF, and the signatures of both sides. Codes are shown in words by the caller. */
export const verificationSchema = z.object({
  digestMatches: z.boolean(),
  verdict: z.string(),
  reasons: z.array(z.string()),
  seals: z.array(
    z.object({
      verdict: z.string(),
      sealName: z.string(),
      signerName: z.string(),
      signedAt: z.number().nullable(),
      /** Where it stands on paper: page from 1, millimetres from the left and top edge. */
      place: z.object({ page: z.number(), leftMm: z.number(), topMm: z.number(), widthMm: z.number(), heightMm: z.number() }).nullable(),
      /** PNG in base64, empty when the seal has none. */
      picture: z.string(),
      reasons: z.array(z.string()),
    }),
  ),
  envelope: z.enum(['valid', 'broken']),
  /** The sender's valid envelope says that the document bears no seal by its nature. */
  isUnsealed: z.boolean(),
  /** none: not signed for yet; broken: altered, or says something else than the register. */
  acknowledgement: z.enum(['none', 'valid', 'broken']),
  contradictions: z.array(z.string()),
})
/** What verification says. */
export type Verification = z.output<typeof verificationSchema>
