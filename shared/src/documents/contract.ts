/** Commands and queries of the documents room. */
import { z } from 'zod'
import { forDuties, forStaff } from '../base/access.ts'
import { command, download, flag, listOf, pageOf, pageRequest, query, upload } from '../base/contract.ts'
import { blobDigestSchema } from '../base/ids.ts'
import { personIdSchema, postIdSchema } from '../directory/index.ts'
import { commentsContract } from './comments.ts'
import { historyContract } from './history-contract.ts'
import { directions, documentFormats, documentKinds, documentNumberSchema, urgencies } from './model.ts'
import { houseRulesSchema } from './lint/house.ts'
import { fontRoles } from './layout/packed-metrics.ts'
import { documentStates } from './rules/states.ts'
import { builtInIds } from './templates/built-in-parts.ts'
import { templateFacts, templatesContract } from './templates/contract.ts'
import { templateIdSchema } from './templates/model.ts'
import { typefacesContract } from './typefaces.ts'
import { documentSchema } from './text/document-schema.ts'
import {
  abilitiesSchema, attachmentIdSchema, attachmentViewSchema, comparisonSchema, documentIdSchema, documentRowSchema,
  documentViewSchema, findingViewSchema, grantViewSchema, ignoredViewSchema, importReportSchema, layoutViewSchema, lentSignsSchema, numberRowSchema,
  redlineSchema, versionIdSchema, versionViewSchema,
} from './views.ts'

const id = { documentId: documentIdSchema }
const kind = z.enum(documentKinds)
const versionName = z.string().trim().min(1).max(40)
const code = z.string().trim().min(1).max(30)
const fileName = z.string().trim().min(1).max(200).refine((name) => !/[\\/\u0000-\u001f]/.test(name), 'not a file name')

const ruleId = z.string().regex(/^[A-Z]\d\d$/)
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/)
const anchor = z.string().min(1).max(200)

/** Largest file accepted for import (bytes). */
export const largestImportBytes = 32 * 1024 * 1024
/** Formats import reads. */
export const importFormats = ['text', 'markdown', 'html', 'docx', 'json'] as const
/** Largest attachment (bytes). */
export const largestAttachmentBytes = 64 * 1024 * 1024

/** Formats a document is exported in beside PDF and plain text. */
export const exportFormats = ['docx', 'docx-changes', 'json', 'metadata-xml', 'metadata-json'] as const

/** Drafting, versions, numbers and typesetting of official documents (公文). */
export const documentsContract = {
  create: command({
    name: 'documents.create',
    summary: 'Begins a draft of a kind: from a template of the organ, a built-in one, or empty. The caller’s post owns it; `partners` are the other organs of a joint document.',
    access: forStaff,
    input: z.strictObject({
      kind,
      title: z.string().trim().max(200).default(''),
      templateId: templateIdSchema.optional(),
      builtIn: z.enum(builtInIds).optional(),
      /** Wished instead of the template's. */
      format: z.enum(documentFormats).optional(),
      direction: z.enum(directions).optional(),
      partners: z.array(z.string().trim().min(2).max(60)).max(11).default([]),
      postId: postIdSchema.optional(),
    }),
    output: z.object(id),
  }),
  importFile: upload({
    name: 'documents.import-file',
    summary: 'Makes a draft of a file (plain text, Markdown, HTML, DOCX or our JSON) and reports what was recognised, guessed and dropped.',
    access: forStaff,
    input: z.strictObject({ fileName: fileName.optional(), format: z.enum(importFormats).optional(), postId: postIdSchema.optional() }),
    output: z.object({ ...id, title: z.string(), encoding: z.string(), format: z.enum(importFormats), report: importReportSchema }),
    bodyLimitBytes: largestImportBytes,
  }),
  recognise: upload({
    name: 'documents.recognise',
    summary: 'Reads a file like import-file but makes no draft: the document and the report are shown and corrected first.',
    access: forStaff,
    input: z.strictObject({ fileName: fileName.optional(), format: z.enum(importFormats).optional() }),
    /** `file` tells the Word file again when the draft is begun; empty for other formats. */
    output: z.object({ document: documentSchema, title: z.string(), encoding: z.string(), format: z.enum(importFormats), file: z.string(), report: importReportSchema }),
    bodyLimitBytes: largestImportBytes,
  }),
  createFrom: command({
    name: 'documents.create-from',
    summary: 'Makes a draft of a document that was recognised, after the drafter has corrected it; `file` brings the comments of that file along.',
    access: forStaff,
    input: z.strictObject({ document: documentSchema, postId: postIdSchema.optional(), file: z.string().regex(/^[0-9a-f]{16}$/).or(z.literal('')).optional() }),
    output: z.object(id),
    bodyLimitBytes: largestImportBytes,
  }),
  open: query({
    name: 'documents.open',
    summary: 'A document with what the caller may do, its versions, grants and attachments. The text itself comes over /sync.',
    access: forStaff,
    input: z.strictObject(id),
    output: z.object({
      document: documentViewSchema,
      abilities: abilitiesSchema,
      right: z.enum(['read', 'suggest', 'edit']),
      versions: z.array(versionViewSchema),
      grants: z.array(grantViewSchema),
      attachments: z.array(attachmentViewSchema),
      /** 机关代字 the organ may number with; `code` is the one its template names, or empty. */
      codes: z.array(z.string()),
      code: z.string(),
      /** The typeset or sealed PDF, or null. */
      rendition: z.object({ stage: z.enum(['typeset', 'sealed']), digest: blobDigestSchema, pages: z.number(), at: z.number(), sealPlaces: z.number().int() }).nullable(),
    }),
  }),
  ticket: query({
    name: 'documents.ticket',
    summary: 'A one-use ticket (≤ 60 s) for the live text at /sync/<documentId>.',
    access: forStaff,
    input: z.strictObject(id),
    output: z.object({ ticket: z.string(), right: z.enum(['read', 'suggest', 'edit']), ydocVersion: z.number() }),
  }),
  list: query({
    name: 'documents.list',
    summary: 'Documents the caller may see, last changed first.',
    access: forStaff,
    input: z.strictObject({
      scope: z.enum(['mine', 'unit', 'all']).default('all'),
      states: listOf(z.enum(documentStates)),
      kind: kind.optional(),
      urgency: z.enum(urgencies).optional(),
      text: z.string().trim().max(100).optional(),
      ...pageRequest,
    }),
    output: pageOf(documentRowSchema),
  }),
  search: query({
    name: 'documents.search',
    summary: 'Full text search over the documents the caller may see; every word must occur.',
    access: forStaff,
    input: z.strictObject({ text: z.string().trim().min(1).max(100), kind: kind.optional(), ...pageRequest }),
    output: pageOf(documentRowSchema.extend({ excerpt: z.string() })),
  }),
  layout: query({
    name: 'documents.layout',
    summary: 'The pages of the text as it stands now, exactly as the PDF will draw them (版式预览).',
    access: forStaff,
    input: z.strictObject({ ...id, showChanges: flag.default(false) }),
    output: layoutViewSchema,
  }),
  page: download({
    name: 'documents.page',
    summary: 'One page of the layout as SVG; `digest` names the layout it belongs to and makes the answer cacheable.',
    access: forStaff,
    input: z.strictObject({ ...id, page: z.coerce.number().int().min(1).max(2000), showChanges: flag.default(false), digest: z.string().max(64).optional() }),
  }),
  faces: query({
    name: 'documents.faces',
    summary: 'Which typefaces the office prints with: the fingerprint under which widths and signs are fetched.',
    access: forStaff,
    input: z.strictObject({}),
    output: z.object({ fingerprint: z.string() }),
  }),
  faceWidths: download({
    name: 'documents.face-widths',
    summary: 'Widths of all signs by role of type, as gzipped JSON: with them a window lays out the same pages as the server.',
    access: forStaff,
    input: z.strictObject({ fingerprint }),
  }),
  faceSigns: download({
    name: 'documents.face-signs',
    summary: 'The very faces that print, cut to the asked signs of one role: a length (4 bytes), a JSON list of the faces, their bytes. `signs` holds the distances between ascending code points in base 36, set apart by points.',
    access: forStaff,
    input: z.strictObject({ fingerprint, role: z.enum(fontRoles), signs: z.string().regex(/^[0-9a-z]{1,5}(\.[0-9a-z]{1,5}){0,999}$/) }),
  }),
  lint: query({
    name: 'documents.lint',
    summary: 'Checks the live text against the rules (公文校验); errors block 送审.',
    access: forStaff,
    input: z.strictObject(id),
    output: z.object({ errors: z.number(), warnings: z.number(), findings: z.array(findingViewSchema) }),
  }),
  checking: query({
    name: 'documents.checking',
    summary: 'What the checker needs to know of an office and a document: the settings of its organ, findings put aside.',
    access: forStaff,
    input: z.strictObject(id),
    output: z.object({ house: houseRulesSchema, principals: z.array(z.string()), ignored: z.array(ignoredViewSchema) }),
  }),
  ignoreFinding: command({
    name: 'documents.ignore-finding',
    summary: 'Puts a warning or hint of the checker aside with a reason (忽略此处); errors cannot be.',
    access: forStaff,
    input: z.strictObject({ ...id, rule: ruleId, anchor, reason: z.string().trim().min(2).max(200) }),
    output: z.object({}),
  }),
  heedFinding: command({
    name: 'documents.heed-finding',
    summary: 'Takes back `ignore-finding`.',
    access: forStaff,
    input: z.strictObject({ ...id, rule: ruleId, anchor }),
    output: z.object({}),
  }),
  checkerRules: query({
    name: 'documents.checker-rules',
    summary: 'The checker’s settings of the caller’s organ (校验规则): weights of the rules of practice and of the office, word lists.',
    access: forStaff,
    input: z.strictObject({}),
    output: z.object({ house: houseRulesSchema, version: z.number(), changedAt: z.number().nullable(), changedByName: z.string(), canSet: z.boolean() }),
  }),
  setCheckerRules: command({
    name: 'documents.set-checker-rules',
    summary: 'Sets them. Rules of law, regulation and standards cannot be switched off or weighed otherwise.',
    access: forDuties('office-director'),
    input: z.strictObject({ house: houseRulesSchema, version: z.number().int() }),
    output: z.object({ version: z.number() }),
  }),
  pdf: download({
    name: 'documents.pdf',
    summary: 'The PDF: the sealed or typeset one when there is one, else a proof (清样) of the live text.',
    access: forStaff,
    input: z.strictObject({ ...id, versionId: versionIdSchema.optional(), showChanges: flag.default(false) }),
  }),
  ofd: download({
    name: 'documents.ofd',
    summary: 'The text as it would be printed as OFD (版式文档, GB/T 33190), with its seals once it is sealed; `showChanges` gives the redline (花脸稿).',
    access: forStaff,
    input: z.strictObject({ ...id, versionId: versionIdSchema.optional(), showChanges: flag.default(false) }),
  }),
  plainText: download({
    name: 'documents.plain-text',
    summary: 'The clean text (清稿) as a UTF-8 file.',
    access: forStaff,
    input: z.strictObject(id),
  }),
  exportFile: download({
    name: 'documents.export-file',
    summary: 'The document for other programs: Word (DOCX), Word with the pending revisions as its own, our JSON, or its elements as XML or JSON (GB/T 33480).',
    access: forStaff,
    input: z.strictObject({ ...id, format: z.enum(exportFormats) }),
  }),
  nameVersion: command({
    name: 'documents.name-version',
    summary: 'Keeps the text as it stands under a name (初稿、送审稿、会签稿 …).',
    access: forStaff,
    input: z.strictObject({ ...id, name: versionName }),
    output: z.object({ versionId: versionIdSchema }),
  }),
  compare: query({
    name: 'documents.compare',
    summary: 'Compares two versions, or a version with the live text: paragraphs aligned, characters marked (对比).',
    access: forStaff,
    input: z.strictObject({ ...id, from: versionIdSchema, to: versionIdSchema.optional() }),
    output: comparisonSchema,
  }),
  redline: query({
    name: 'documents.redline',
    summary: 'Pending revisions in the text with their authors, optionally of one person only (花脸稿).',
    access: forStaff,
    input: z.strictObject({ ...id, personId: personIdSchema.optional() }),
    output: redlineSchema,
  }),
  addAttachment: upload({
    name: 'documents.add-attachment',
    summary: 'Adds a file to the document.',
    access: forStaff,
    input: z.strictObject({ ...id, fileName }),
    output: z.object({ attachmentId: attachmentIdSchema }),
    bodyLimitBytes: largestAttachmentBytes,
  }),
  removeAttachment: command({
    name: 'documents.remove-attachment',
    summary: 'Takes a file off the document; the record of it stays.',
    access: forStaff,
    input: z.strictObject({ ...id, attachmentId: attachmentIdSchema }),
    output: z.object({}),
  }),
  downloadAttachment: download({
    name: 'documents.download-attachment',
    summary: 'The bytes of an attached file.',
    access: forStaff,
    input: z.strictObject({ ...id, attachmentId: attachmentIdSchema }),
  }),
  share: command({
    name: 'documents.share',
    summary: 'Lets a colleague’s post read, revise or edit a draft.',
    access: forStaff,
    input: z.strictObject({ ...id, postId: postIdSchema, right: z.enum(['read', 'suggest', 'edit']) }),
    output: z.object({}),
  }),
  unshare: command({
    name: 'documents.unshare',
    summary: 'Takes back what `share` gave.',
    access: forStaff,
    input: z.strictObject({ ...id, postId: postIdSchema }),
    output: z.object({}),
  }),
  allocateNumber: command({
    name: 'documents.allocate-number',
    summary: 'Registers the signed document under the next number of a 机关代字 (登记编号).',
    access: forDuties('registrar'),
    input: z.strictObject({ ...id, code, year: z.number().int().min(1949).max(2999).optional() }),
    output: z.object({ number: documentNumberSchema }),
  }),
  voidNumber: command({
    name: 'documents.void-number',
    summary: 'Declares the document’s number void with a reason; it is never given again.',
    access: forDuties('registrar'),
    input: z.strictObject({ ...id, reason: z.string().trim().min(2).max(200) }),
    output: z.object({}),
  }),
  register: query({
    name: 'documents.register',
    summary: 'The register of issued documents (发文登记簿) of the caller’s organ, with gaps and void numbers explained.',
    access: forDuties('registrar', 'office-director', 'archivist', 'supervisor'),
    input: z.strictObject({ code: code.optional(), year: z.coerce.number().int().min(1949).max(2999).optional(), ...pageRequest }),
    output: pageOf(numberRowSchema).extend({
      years: z.array(z.object({ code: z.string(), year: z.number(), last: z.number(), voided: z.number(), gaps: z.array(z.object({ from: z.number(), to: z.number() })) })),
    }),
  }),
  typeset: command({
    name: 'documents.typeset',
    summary: 'Lays out the numbered document and keeps the PDF that will be sealed (排版).',
    access: forDuties('registrar'),
    input: z.strictObject(id),
    output: z.object({ digest: blobDigestSchema, pages: z.number(), lent: z.array(lentSignsSchema) }),
  }),
  deleteDraft: command({
    name: 'documents.delete-draft',
    summary: 'Deletes a draft that was never submitted.',
    access: forStaff,
    input: z.strictObject(id),
    output: z.object({}),
  }),
  ...commentsContract,
  ...historyContract,
  ...templatesContract,
  ...typefacesContract,
} as const

/** Kinds of fact this room records; other rooms react to them. */
export const documentsFacts = [
  'documents.created', 'documents.deleted', 'documents.version-named', 'documents.frozen', 'documents.reopened', 'documents.numbered',
  'documents.number-voided', 'documents.typeset', 'documents.sealed', 'documents.issued', 'documents.shared', 'documents.unshared',
  'documents.attached', 'documents.detached', 'documents.finding-ignored', 'documents.finding-heeded', 'documents.checker-set',
  'documents.commented', 'documents.thread-resolved', 'documents.thread-reopened',
  'documents.comment-withdrawn', 'documents.comments-imported', 'documents.typefaces-chosen', ...templateFacts,
] as const

