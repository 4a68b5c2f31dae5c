/** Templates (模板): what an office begins its documents from — red head (红头), 代字, format, defaults of the imprint, and a body
 * with its usual words. */
import { z } from 'zod'
import type { Brand } from '../../base/brand.ts'
import { idSchema } from '../../base/ids.ts'
import { documentFormats, documentKinds, type OfficialDocument } from '../model.ts'
import { documentSchema } from '../text/document-schema.ts'

/** A template an office keeps. */
export type TemplateId = Brand<string, 'TemplateId'>
/** Schema of a `TemplateId`. */
export const templateIdSchema = idSchema<'TemplateId'>()

/** Stands in a template for the organ the document is drafted in; replaced when one is begun. */
export const organToken = '{发文机关}'

/** What a template holds. Its document has neither number nor dates; an empty list of issuers stands for the drafter's organ. */
export const templateContentSchema = z.strictObject({
  name: z.string().trim().min(1).max(40),
  /** What it is for, in a few words. */
  purpose: z.string().trim().max(80),
  /** 机关代字 the document is to be numbered with; empty leaves it to the 文书. */
  code: z.string().trim().max(30),
  document: documentSchema,
}) satisfies z.ZodType<TemplateContent>
/** What a template holds; see `templateContentSchema`. */
export interface TemplateContent {
  readonly name: string
  readonly purpose: string
  readonly code: string
  readonly document: OfficialDocument
}

/** In use, or retired (停用): not offered any more, kept for the record. */
export const templateStates = ['in-use', 'retired'] as const
/** One of the states. */
export type TemplateState = (typeof templateStates)[number]

/** One line of the list of templates. */
export const templateRowSchema = z.object({
  id: templateIdSchema,
  name: z.string(),
  purpose: z.string(),
  kind: z.enum(documentKinds),
  format: z.enum(documentFormats),
  code: z.string(),
  state: z.enum(templateStates),
  /** Counts from 1; every change is a new version, earlier ones are kept. */
  version: z.number(),
  changedAt: z.number(),
  changedByName: z.string(),
})
/** One line of the list of templates. */
export type TemplateRow = z.output<typeof templateRowSchema>

/** One version of a template. */
export const templateVersionSchema = z.object({ version: z.number(), reason: z.string(), at: z.number(), byName: z.string() })
/** One version of a template. */
export type TemplateVersion = z.output<typeof templateVersionSchema>
