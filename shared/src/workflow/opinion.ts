/** Opinions (意见): append-only, one stream per case, each signed with the personal SM2 key of whoever gave it. */
import { z } from 'zod'
import { canonicalJson } from '../base/canonical.ts'
import { personIdSchema, postIdSchema } from '../directory/index.ts'
import { actKinds, opinionCodes, stepKeys } from './model.ts'

/** What the signature covers. Field names are part of the format: changing them needs a new `format`. */
export interface OpinionStatement {
  readonly format: 'xiewen-opinion-1'
  readonly caseId: string
  readonly documentId: string
  /** SM3 over the canonical form of the text the signer saw, hex. */
  readonly digest: string
  /** Number of the newest row of the text's log, as in `DocumentView.version`. */
  readonly version: number
  readonly step: string | null
  readonly act: string
  readonly code: string
  readonly opinion: string
  /** Place of the opinion this one follows, and its signature (base64); 0 and null for the first. */
  readonly previousSeq: number
  readonly previousSignature: string | null
  /** UTC ms. */
  readonly at: number
  readonly person: { readonly id: string; readonly name: string }
  readonly post: { readonly id: string; readonly title: string; readonly unit: string }
  readonly onBehalfOf: string | null
}

/** What is signed, as text: the canonical JSON (RFC 8785); its UTF-8 bytes go to the key. */
export function opinionText(statement: OpinionStatement): string {
  return canonicalJson(statement)
}

/** One opinion as shown. */
export const opinionViewSchema = z.object({
  seq: z.number().int(),
  taskId: z.string().nullable(),
  step: z.enum(stepKeys).nullable(),
  act: z.enum([...actKinds, 'read', 'start']),
  code: z.enum(opinionCodes),
  text: z.string(),
  at: z.number(),
  personId: personIdSchema,
  personName: z.string(),
  postId: postIdSchema,
  postTitle: z.string(),
  unitName: z.string(),
  onBehalfOf: z.string().nullable(),
  digest: z.string(),
  versionId: z.string().nullable(),
  /** The move it belonged to was taken back later (撤回); the words stay. */
  withdrawn: z.boolean(),
  /** When the office's service stamped the signature (时间戳), milliseconds of UTC; null while it has not. */
  stampedAt: z.number().nullable(),
})
/** One opinion as shown. */
export type OpinionView = z.output<typeof opinionViewSchema>
