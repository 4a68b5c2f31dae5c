/** From the bytes of a file of any format we import to a recognised document. Runs inside the reading thread. */
import {
  decodeText, documentSchema, hasDocumentShape, openReport, readHtml, readMarkdown, recogniseLines, recogniseText, upcastDocument, type ImportReport, type OfficialDocument,
} from '@xiewen/shared/documents'
import { readDocx } from './docx/read-docx.ts'
import type { ForeignChange } from './foreign-change.ts'
import type { ForeignThread } from './foreign-comment.ts'
import { importLimits } from './limits.ts'
import { Unreadable, type UnreadableCode } from './unreadable.ts'

/** Formats import knows. */
export type ImportFormat = 'text' | 'markdown' | 'html' | 'docx' | 'json'

/** What is to be read. */
export interface FileToRead {
  readonly bytes: Uint8Array
  /** Tells Markdown from plain text; may be empty. */
  readonly fileName: string
  /** Set when the sender knows, e.g. for what was pasted. */
  readonly format?: ImportFormat
}

/** A file that was read. */
export interface ReadFile {
  readonly document: OfficialDocument
  readonly report: ImportReport
  readonly format: ImportFormat
  /** Encoding of a text, `docx` has none. */
  readonly encoding: string
  /** Bytes of the pictures of its figures, by digest. */
  readonly pictures: ReadonlyMap<string, Uint8Array>
  /** What it says of its revisions; only Word files say anything. */
  readonly foreign: readonly ForeignChange[]
  /** Its comments (批注); only Word files have any. */
  readonly threads: readonly ForeignThread[]
  /** Tells a Word file from others; empty for the other formats. */
  readonly mark: string
}

/** Reads a file.
 *
 * @throws Unreadable with the reason when it cannot be imported
 */
export function readImportedFile(file: FileToRead): ReadFile {
  if (file.bytes.length === 0) throw new Unreadable('documents.empty-text')
  const read = startsWith(file.bytes, [0x50, 0x4b]) ? readOffice(file.bytes) : readTextual(file)
  if (read.document.blocks.length > importLimits.blocks) throw new Unreadable('documents.oversized-file')
  return read
}

function readOffice(bytes: Uint8Array): ReadFile {
  const report = openReport()
  const { lines, ...aside } = readDocx(bytes, report)
  assertLength(lines.reduce((sum, line) => sum + line.text.length, 0))
  const { document } = recogniseLines(lines, report)
  if (document.blocks.length === 0) throw new Unreadable('documents.empty-text')
  return { document, report, format: 'docx', encoding: '', ...aside }
}

const noPictures: ReadonlyMap<string, Uint8Array> = new Map()

function readTextual(file: FileToRead): ReadFile {
  assertNoOtherFile(file.bytes)
  const { text, encoding } = decodeText(file.bytes, (name, fatal) => new TextDecoder(name, { fatal, ignoreBOM: true }))
  // Signs of UTF-16 hold zero bytes, other text none.
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be'
  if (!isWide && file.bytes.subarray(0, 65_536).includes(0)) throw new Unreadable('documents.not-text')
  if (damagedShare(text) > 0.02) throw new Unreadable('documents.not-text')
  if (text.trim() === '') throw new Unreadable('documents.empty-text')
  const format = file.format ?? formatOf(file.fileName, text)
  // Marks of a page count for less than its words.
  assertLength(format === 'html' ? text.length / 8 : text.length)
  const read = { format, encoding, pictures: noPictures, foreign: [], threads: [], mark: '' }
  if (format === 'json') return { ...read, document: parseDocumentJson(text), report: openReport() }
  if (format === 'html' || format === 'markdown') {
    const report = openReport()
    const lines = format === 'html' ? readHtml(text, report) : readMarkdown(text, report)
    assertLength(lines.reduce((sum, line) => sum + line.text.length, 0))
    const { document } = recogniseLines(lines, report)
    if (document.blocks.length === 0) throw new Unreadable('documents.empty-text')
    return { ...read, document, report }
  }
  return { ...read, ...recogniseText(text) }
}

function formatOf(fileName: string, text: string): ImportFormat {
  const extension = /\.([A-Za-z0-9]{1,10})$/.exec(fileName)?.[1]?.toLowerCase()
  if (extension === 'md' || extension === 'markdown') return 'markdown'
  if (extension === 'html' || extension === 'htm' || /^\s*(?:<!doctype html|<html[\s>])/i.test(text.slice(0, 500))) return 'html'
  return extension === 'json' ? 'json' : 'text'
}

function parseDocumentJson(text: string): OfficialDocument {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The parser’s words name offsets nobody can use; that it is no JSON is all there is to say.
    throw new Unreadable('documents.damaged-file')
  }
  if (typeof value === 'object' && value !== null && 'document' in value) value = value.document
  const brought = hasDocumentShape(value) ? upcastDocument(value) : null
  if (brought && !brought.ok && brought.refusal.code === 'documents.newer-content') throw new Unreadable(brought.refusal.code, brought.refusal.params)
  const parsed = brought?.ok ? documentSchema.safeParse(brought.value) : null
  if (!parsed?.success) throw new Unreadable('documents.unknown-format')
  return parsed.data
}

function assertLength(characters: number): void {
  if (characters > importLimits.textCharacters) throw new Unreadable('documents.text-too-long', { limit: importLimits.textCharacters })
}

/** Files that are no text by their first bytes, whatever their name says, and what their owner is told to do. */
const otherFiles: readonly (readonly [code: UnreadableCode, signature: readonly number[]])[] = [
  ['documents.old-office-file', [0xd0, 0xcf, 0x11, 0xe0]],
  ['documents.rtf-file', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['documents.page-file', [0x25, 0x50, 0x44, 0x46]], // PDF
  ['documents.picture-file', [0x89, 0x50, 0x4e, 0x47]], // PNG
  ['documents.picture-file', [0xff, 0xd8, 0xff]], // JPEG
  ['documents.picture-file', [0x47, 0x49, 0x46, 0x38]], // GIF
  ['documents.picture-file', [0x49, 0x49, 0x2a, 0x00]], // TIFF, as scanners make them
  ['documents.archive-file', [0x52, 0x61, 0x72, 0x21]], // RAR
  ['documents.archive-file', [0x37, 0x7a, 0xbc, 0xaf]], // 7z
  ['documents.not-text', [0x7f, 0x45, 0x4c, 0x46]], // ELF
  ['documents.not-text', [0x4d, 0x5a, 0x90]], // Windows program
]

function assertNoOtherFile(bytes: Uint8Array): void {
  const other = otherFiles.find(([, signature]) => startsWith(bytes, signature))
  if (other) throw new Unreadable(other[0])
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}

function damagedShare(text: string): number {
  let damaged = 0
  for (const character of text) if (character === '\uFFFD') damaged += 1
  return damaged / Math.max(1, text.length)
}
