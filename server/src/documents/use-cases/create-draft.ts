/** Beginning a draft: from scratch, or from a plain text file. */
import { accept, refuse } from '@xiewen/shared/base'
import {
  type Block, decodeText, documentsContract, emptyElements, formatDocumentNumber, type ImportEntry,
  type OfficialDocument, recogniseText, type Recognition,
} from '@xiewen/shared/documents'
import type { ActorPost } from '../../platform/context.ts'
import { onCommand, onUpload } from '../../platform/slice.ts'
import { createDocument } from '../create-document.ts'
import { titleOf } from '../refresh-text.ts'
import { draftingPost } from '../scene.ts'

/** Longest text that becomes a document (characters). */
const mostCharacters = 400_000
/** Kinds that are made public and name no 主送. */
const publicKinds: ReadonlySet<string> = new Set(['公告', '通告', '公报', '决议', '命令'])

const create = onCommand(documentsContract.create, async (ctx, input) => {
  const post = draftingPost(ctx.actor, input.postId)
  if (!post) return refuse('documents.no-post')
  const documentId = await createDocument(ctx, { document: blankDocument(input.kind, input.title, post), ownerPost: post, origin: 'draft' })
  return accept({ documentId })
})

/** The skeleton of a kind: what every document of it has, to be filled in. */
function blankDocument(kind: Parameters<typeof emptyElements>[0], title: string, post: ActorPost): OfficialDocument {
  const elements = { ...emptyElements(kind), issuers: [post.organName], printedBy: kind === '函' || kind === '纪要' ? '' : post.organName }
  const blocks: Block[] = [
    { kind: 'title', runs: title === '' ? [] : [{ text: title }] },
    ...(publicKinds.has(kind) || kind === '纪要' ? [] : [{ kind: 'recipients', runs: [] } as const]),
    { kind: 'paragraph', runs: [] },
    ...(kind === '纪要' ? [] : [{ kind: 'signature', runs: [{ text: post.organName }] } as const, { kind: 'date', runs: [] } as const]),
  ]
  return { version: 1, elements, blocks }
}

const importText = onUpload(documentsContract.importText, {
  prepare: async (_ctx, { body }) => recogniseBytes(body),
  commit: async (ctx, { input }, prepared) => {
    const post = draftingPost(ctx.actor, input.postId)
    if (!post) return refuse('documents.no-post')
    const { recognition, encoding } = prepared
    const { document, number } = withoutNumber(recognition.document)
    const documentId = await createDocument(ctx, { document, ownerPost: post, origin: 'draft' })
    const { recognised, guessed, dropped } = recognition.report
    const report = { recognised: [...recognised], guessed: [...guessed], dropped: [...dropped, ...number] }
    return accept({ documentId, title: titleOf(document), encoding, report })
  },
})

/** A draft has no number yet: the one in the text belongs to the document it was copied from. Source: 条例 第25条(二) */
function withoutNumber(document: OfficialDocument): { readonly document: OfficialDocument; readonly number: readonly ImportEntry[] } {
  const { number } = document.elements
  if (number === null) return { document, number: [] }
  const entry: ImportEntry = { topic: 'number', line: 1, text: formatDocumentNumber(number) }
  return { document: { ...document, elements: { ...document.elements, number: null, printedOn: null } }, number: [entry] }
}

/** Decodes and recognises what was uploaded; refuses what is no text. */
function recogniseBytes(body: Uint8Array) {
  if (isBinary(body)) return refuse('documents.not-text')
  const { text, encoding } = decodeText(body, (name, fatal) => new TextDecoder(name, { fatal, ignoreBOM: true }))
  if (text.trim() === '') return refuse('documents.empty-text')
  if (text.length > mostCharacters) return refuse('documents.text-too-long', { limit: mostCharacters })
  if (damagedShare(text) > 0.02) return refuse('documents.not-text')
  const recognition: Recognition = recogniseText(text)
  return accept({ recognition, encoding })
}

/** Office files, PDFs, images and programs begin with bytes no text has; UTF-16 text has a mark. */
function isBinary(body: Uint8Array): boolean {
  const head = [...body.subarray(0, 4)]
  const isMarked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  const signatures = [[0x50, 0x4b, 3, 4], [0x25, 0x50, 0x44, 0x46], [0xd0, 0xcf, 0x11, 0xe0], [0x7f, 0x45, 0x4c, 0x46], [0x89, 0x50, 0x4e, 0x47]]
  return signatures.some((signature) => signature.every((byte, index) => head[index] === byte)) || (!isMarked && body.subarray(0, 65_536).includes(0))
}

/** How much of a text could not be decoded. */
function damagedShare(text: string): number {
  let damaged = 0
  for (const character of text) if (character === '\uFFFD') damaged += 1
  return damaged / Math.max(1, text.length)
}

/** Operations that begin drafts. */
export const createOperations = [create, importText]
