/** Commands and queries about templates, and the pages of a text that is not stored. */
import { z } from 'zod'
import { forDuties, forStaff } from '../../base/access.ts'
import { command, flag, query, upload } from '../../base/contract.ts'
import { documentKinds } from '../model.ts'
import { layoutFindingCodes } from '../layout/model.ts'
import { documentIdSchema, lentSignsSchema, missingSignSchema } from '../views.ts'
import { templateContentSchema, templateIdSchema, templateRowSchema, templateVersionSchema } from './model.ts'

/** Duties whose holders keep the templates of their organ: the office's secretariat. */
export const templateKeepers = ['registrar', 'office-director'] as const

const id = { templateId: templateIdSchema }
const reason = z.string().trim().max(100).default('')
const kept = z.object({ ...id, version: z.number() })

/** Largest text whose pages are drawn without storing it (bytes). */
export const largestPreviewBytes = 2 * 1024 * 1024
/** Most pages drawn at once. */
export const mostPreviewPages = 12

/** Templates (模板). */
export const templatesContract = {
  templates: query({
    name: 'documents.templates',
    summary: 'The templates the caller’s organ keeps; `retired` adds those not in use any more. The built-in ones are in the kernel.',
    access: forStaff,
    input: z.strictObject({ kind: z.enum(documentKinds).optional(), retired: flag.default(false) }),
    output: z.object({ rows: z.array(templateRowSchema), organName: z.string(), codes: z.array(z.string()), canKeep: z.boolean() }),
  }),
  template: query({
    name: 'documents.template',
    summary: 'One template with everything it holds, in its newest or an earlier version.',
    access: forStaff,
    input: z.strictObject({ ...id, version: z.coerce.number().int().min(1).optional() }),
    output: z.object({ row: templateRowSchema, content: templateContentSchema, versions: z.array(templateVersionSchema), organName: z.string(), codes: z.array(z.string()), canKeep: z.boolean() }),
  }),
  templateFrom: query({
    name: 'documents.template-from',
    summary: 'A document made into a template that is not kept yet: the organ’s name, dates and number taken out.',
    access: forDuties(...templateKeepers),
    input: z.strictObject({ documentId: documentIdSchema }),
    output: z.object({ content: templateContentSchema }),
  }),
  createTemplate: command({
    name: 'documents.create-template',
    summary: 'Keeps a new template of the caller’s organ.',
    access: forDuties(...templateKeepers),
    input: z.strictObject({ content: templateContentSchema, reason }),
    output: kept,
    bodyLimitBytes: largestPreviewBytes,
  }),
  changeTemplate: command({
    name: 'documents.change-template',
    summary: 'Keeps a new version of a template; `version` is the one the change was made from.',
    access: forDuties(...templateKeepers),
    input: z.strictObject({ ...id, version: z.number().int(), content: templateContentSchema, reason }),
    output: kept,
    bodyLimitBytes: largestPreviewBytes,
  }),
  retireTemplate: command({
    name: 'documents.retire-template',
    summary: 'Offers a template no longer (停用). It is kept for the record.',
    access: forDuties(...templateKeepers),
    input: z.strictObject(id),
    output: z.object({}),
  }),
  restoreTemplate: command({
    name: 'documents.restore-template',
    summary: 'Offers a retired template again (恢复使用).',
    access: forDuties(...templateKeepers),
    input: z.strictObject(id),
    output: z.object({}),
  }),
  previewPages: upload({
    name: 'documents.preview-pages',
    summary: 'The pages of a document that is not stored, as SVG; its body is our JSON. At most twelve pages are drawn.',
    access: forStaff,
    input: z.strictObject({}),
    output: z.object({
      pages: z.array(z.string()),
      count: z.number(),
      findings: z.array(z.object({ code: z.enum(layoutFindingCodes), page: z.number(), params: z.record(z.string(), z.union([z.string(), z.number()])) })),
      missing: z.array(missingSignSchema),
      lent: z.array(lentSignsSchema),
    }),
    bodyLimitBytes: largestPreviewBytes,
    keepsNothing: true,
  }),
} as const

/** Facts about templates. */
export const templateFacts = ['documents.template-kept', 'documents.template-retired', 'documents.template-restored'] as const
