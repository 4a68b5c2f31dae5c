/** Beginning a draft: from scratch, from a file, or from a file that was recognised and corrected first. */
import { accept, refuse } from '@xiewen/shared/base'
import {
  type Block, documentsContract, type DocumentKind, documentSchema, firstElements, formatDocumentNumber, type ImportEntry, type ImportReport,
  type OfficialDocument, ownRevisions, useOfElement,
} from '@xiewen/shared/documents'
import type { ActorPost } from '../../platform/context.ts'
import { onCommand, onUpload } from '../../platform/slice.ts'
import { createDocument } from '../create-document.ts'
import { type FileToRead, type ImportFormat, importLimits, readInThread } from '../import/index.ts'
import { titleOf } from '../refresh-text.ts'
import { draftingPost } from '../scene.ts'

const create = onCommand(documentsContract.create, async (ctx, input) => {
  const post = draftingPost(ctx.actor, input.postId)
  if (!post) return refuse('documents.no-post')
  const documentId = await createDocument(ctx, { document: blankDocument(input.kind, input.title, post), ownerPost: post, origin: 'draft' })
  return accept({ documentId })
})

/** The skeleton of a kind: what every document of it has, to be filled in. */
function blankDocument(kind: DocumentKind, title: string, post: ActorPost): OfficialDocument {
  const elements = { ...firstElements(kind), issuers: [post.organName], printedBy: kind === '函' || kind === '纪要' ? '' : post.organName }
  const blocks: Block[] = [
    { kind: 'title', runs: title === '' ? [] : [{ text: title }] },
    ...(useOfElement('recipients', elements) === 'required' ? [{ kind: 'recipients', runs: [] } as const] : []),
    { kind: 'paragraph', runs: [] },
    ...(useOfElement('signature', elements) !== 'required' ? [] : [{ kind: 'signature', runs: [{ text: post.organName }] } as const, { kind: 'date', runs: [] } as const]),
  ]
  return { version: 1, elements, blocks }
}

const importFile = onUpload(documentsContract.importFile, {
  prepare: async (_ctx, { input, body }) => readInThread(fileOf(input, body)),
  commit: async (ctx, { input }, read) => {
    const post = draftingPost(ctx.actor, input.postId)
    if (!post) return refuse('documents.no-post')
    const { document, number } = withoutNumber(read.document)
    const documentId = await createDocument(ctx, { document: ownRevisions(document, ctx.actor.personId), ownerPost: post, origin: 'draft' })
    return accept({ documentId, title: titleOf(document), encoding: read.encoding, format: read.format, report: presentReport(read.report, number) })
  },
})

const recognise = onUpload(documentsContract.recognise, {
  prepare: async (_ctx, { input, body }) => readInThread(fileOf(input, body)),
  commit: async (_ctx, _given, read) => {
    const { document, number } = withoutNumber(read.document)
    // Parsed once more, because what leaves the server has exactly the declared shape.
    return accept({ document: documentSchema.parse(document), title: titleOf(document), encoding: read.encoding, format: read.format, report: presentReport(read.report, number) })
  },
})

const createFrom = onCommand(documentsContract.createFrom, async (ctx, input) => {
  const post = draftingPost(ctx.actor, input.postId)
  if (!post) return refuse('documents.no-post')
  const { document } = withoutNumber(input.document)
  if (document.blocks.length === 0) return refuse('documents.empty-text')
  const documentId = await createDocument(ctx, { document: ownRevisions(document, ctx.actor.personId), ownerPost: post, origin: 'draft' })
  return accept({ documentId })
})

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
