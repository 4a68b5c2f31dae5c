/** Beginning a draft: from scratch, from a file, or from a file that was recognised and corrected first. */
import { accept, type ParsedInputOf, refuse, type Result } from '@xiewen/shared/base'
import {
  beginDocument, decideForm, type Direction, type DocumentFormat, type DocumentId, documentsContract, documentSchema, formatDocumentNumber, getBuiltIn, type ImportEntry,
  type ImportReport, type OfficialDocument, ownRevisions, skeletonOf,
} from '@xiewen/shared/documents'
import type { ActorPost, CommandContext, QueryContext } from '../../platform/context.ts'
import { onCommand, onUpload } from '../../platform/slice.ts'
import { createDocument } from '../create-document.ts'
import { noteFileUses } from '../file-uses.ts'
import { rememberForeign } from '../foreign-changes.ts'
import { attachComments, rememberComments } from '../foreign-comments.ts'
import { type FileToRead, type ImportFormat, importLimits, readInThread, type ReadFile } from '../import/index.ts'
import { attachHandedIn, rememberHandedIn, storePictures } from '../imported-pictures.ts'
import { titleOf } from '../copies/copies.ts'
import { draftingPost } from '../scene.ts'
import { findTemplate, storeBeginning, type StoredTemplate } from '../template-store.ts'

const create = onCommand(documentsContract.create, async (ctx, input) => {
  const post = draftingPost(ctx.actor, input.postId)
  if (!post) return refuse('documents.no-post')
  const chosen = await chooseTemplate(ctx, input, post)
  if (!chosen.ok) return chosen
  const issuers = input.partners.length === 0 ? [] : [post.organName, ...input.partners]
  const repeated = issuers.find((name, index) => issuers.indexOf(name) !== index)
  if (repeated !== undefined) return refuse('documents.joint-repeated', { name: repeated })
  const { template, stored } = chosen.value
  const ready = inFormat(template, input)
  if (!ready.ok) return ready
  const document = beginDocument(ready.value, { organName: post.organName, issuers, title: input.title })
  const documentId = await createDocument(ctx, { document, ownerPost: post, origin: 'draft' })
  if (stored) {
    await storeBeginning(ctx.db, { document_id: documentId, template_id: stored.record.id, template_version: stored.record.version, code: stored.content.code })
  }
  return accept({ documentId })
})

interface Chosen {
  readonly template: OfficialDocument
  /** Null for a built-in template or an empty page. */
  readonly stored: StoredTemplate | null
}

/** The template asked for, or the skeleton of the kind. */
async function chooseTemplate(ctx: QueryContext, input: ParsedInputOf<typeof documentsContract.create>, post: ActorPost): Promise<Result<Chosen>> {
  if (input.templateId !== undefined) {
    const stored = await findTemplate(ctx.db, post.organId, input.templateId)
    if (!stored) return refuse('documents.unknown-template')
    if (stored.record.state === 'retired') return refuse('documents.template-retired', { name: stored.content.name })
    const { kind } = stored.row
    return kind === input.kind ? accept({ template: stored.content.document, stored }) : refuse('documents.template-other-kind', { name: stored.content.name, kind })
  }
  if (input.builtIn === undefined) return accept({ template: skeletonOf(input.kind), stored: null })
  const { name, document } = getBuiltIn(input.builtIn)
  const { kind } = document.elements
  return kind === input.kind ? accept({ template: document, stored: null }) : refuse('documents.template-other-kind', { name, kind })
}

/** The template in the format and direction wished; what follows the organs in the mark goes with the format. */
function inFormat(template: OfficialDocument, wished: { readonly format?: DocumentFormat | undefined; readonly direction?: Direction | undefined }): Result<OfficialDocument> {
  const decided = decideForm(template.elements, wished)
  return decided.ok ? accept({ ...template, elements: decided.value }) : decided
}

const importFile = onUpload(documentsContract.importFile, {
  prepare: async (ctx, { input, body }) => readFile(ctx, fileOf(input, body)),
  commit: async (ctx, { input }, read) => {
    const post = draftingPost(ctx.actor, input.postId)
    if (!post) return refuse('documents.no-post')
    const { document, number } = withoutNumber(read.document)
    await rememberFile(ctx, read)
    const documentId = await begin(ctx, { document, post, file: read.mark })
    return accept({ documentId, title: titleOf(document), encoding: read.encoding, format: read.format, report: presentReport(read.report, number) })
  },
})

const recognise = onUpload(documentsContract.recognise, {
  prepare: async (ctx, { input, body }) => readFile(ctx, fileOf(input, body)),
  commit: async (ctx, _given, read) => {
    await rememberFile(ctx, read)
    const { document, number } = withoutNumber(read.document)
    // Parsed once more, because what leaves the server has exactly the declared shape.
    return accept({ document: documentSchema.parse(document), title: titleOf(document), encoding: read.encoding, format: read.format, file: read.mark, report: presentReport(read.report, number) })
  },
})

const createFrom = onCommand(documentsContract.createFrom, async (ctx, input) => {
  const post = draftingPost(ctx.actor, input.postId)
  if (!post) return refuse('documents.no-post')
  const { document } = withoutNumber(input.document)
  if (document.blocks.length === 0) return refuse('documents.empty-text')
  const documentId = await begin(ctx, { document, post, file: input.file })
  return accept({ documentId })
})

/** Reads a file and keeps the bytes of its pictures. */
async function readFile(ctx: QueryContext, file: FileToRead): Promise<Result<ReadFile>> {
  const read = await readInThread(file)
  if (read.ok) await storePictures(ctx.services.blobs, read.value.pictures)
  return read
}

/** Remembers what the reader of a file handed in beside its text, until a draft is begun from it. */
async function rememberFile(ctx: CommandContext, read: ReadFile): Promise<void> {
  const { personId } = ctx.actor
  await rememberHandedIn(ctx.db, read.pictures, { personId, at: ctx.now })
  await rememberForeign(ctx.db, read.foreign, personId)
  await rememberComments(ctx.db, read, { personId, at: ctx.now })
}

interface Beginning {
  readonly document: OfficialDocument
  readonly post: ActorPost
  /** Mark of the file it was recognised in. */
  readonly file: string | undefined
}

/** A draft of an imported text, with the pictures and comments its drafter has handed in. */
async function begin(ctx: CommandContext, { document, post, file }: Beginning): Promise<DocumentId> {
  const { personId } = ctx.actor
  const documentId = await createDocument(ctx, { document: ownRevisions(document, personId), ownerPost: post, origin: 'draft' })
  await attachHandedIn(ctx, documentId, document)
  await noteFileUses(ctx.db, { documentId, personId, document, file })
  if (file !== undefined && file !== '') await attachComments(ctx, documentId, file)
  return documentId
}

function fileOf(input: { readonly fileName?: string | undefined; readonly format?: ImportFormat | undefined }, bytes: Uint8Array): FileToRead {
  return { bytes, fileName: input.fileName ?? '', ...(input.format === undefined ? {} : { format: input.format }) }
}

function presentReport({ recognised, guessed, dropped }: ImportReport, number: readonly ImportEntry[]) {
  const most = importLimits.reportEntries
  return { recognised: recognised.slice(0, most), guessed: guessed.slice(0, most), dropped: [...dropped.slice(0, most), ...number] }
}

/** A draft has no number yet: the one in the text belongs to the document it was copied from. Source: 条例 第25条(二) */
function withoutNumber(document: OfficialDocument): { readonly document: OfficialDocument; readonly number: readonly ImportEntry[] } {
  const { number } = document.elements
  if (number === null) return { document, number: [] }
  const entry: ImportEntry = { topic: 'number', line: 1, text: formatDocumentNumber(number) }
  return { document: { ...document, elements: { ...document.elements, number: null, printedOn: null } }, number: [entry] }
}

/** Operations that begin drafts. */
export const createOperations = [create, importFile, recognise, createFrom]
