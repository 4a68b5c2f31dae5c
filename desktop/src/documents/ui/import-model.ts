/** What the import desk does to a recognised document before it becomes a draft. Pure. */
import type { OutputOf } from '@xiewen/shared/base'
import { type Block, blockText, type documentsContract } from '@xiewen/shared/documents'

/** A recognised document with its report. */
export type Recognised = OutputOf<typeof documentsContract.recognise>
/** The document under correction. */
export type DraftDocument = Recognised['document']
/** One entry of the report. */
export type ReportEntry = Recognised['report']['guessed'][number]

/** What a block can be turned into; a table and a figure stay what they are. */
export const blockChoices = ['title', 'title-note', 'recipients', 'chapter', 'section', 'article', 'item', 'subitem', 'heading 1', 'heading 2', 'heading 3', 'heading 4', 'paragraph', 'attachment-note', 'signature', 'date', 'note', 'annex-title'] as const
/** One of the choices. */
export type BlockChoice = (typeof blockChoices)[number]

/** The choice a block stands at, or null for a table or a figure. */
export function choiceOf(block: Block): BlockChoice | null {
  if (block.kind === 'table' || block.kind === 'figure') return null
  return block.kind === 'heading' ? `heading ${block.level}` : block.kind
}

/** The document with one block turned into something else; its words stay. */
export function retype(document: DraftDocument, index: number, choice: BlockChoice): DraftDocument {
  const blocks = document.blocks.map((block, at) => {
    if (at !== index || block.kind === 'table' || block.kind === 'figure') return block
    const { runs } = block
    switch (choice) {
      case 'heading 1':
        return { kind: 'heading' as const, level: 1 as const, runs }
      case 'heading 2':
        return { kind: 'heading' as const, level: 2 as const, runs }
      case 'heading 3':
        return { kind: 'heading' as const, level: 3 as const, runs }
      case 'heading 4':
        return { kind: 'heading' as const, level: 4 as const, runs }
      default:
        return { kind: choice, runs }
    }
  })
  return { ...document, blocks }
}

/** The document without a block. */
export function remove(document: DraftDocument, index: number): DraftDocument {
  return { ...document, blocks: document.blocks.filter((_block, at) => at !== index) }
}

/** The document with words that were left out put back at its end. */
export function putBack(document: DraftDocument, text: string): DraftDocument {
  return { ...document, blocks: [...document.blocks, { kind: 'paragraph', runs: [{ text }] }] }
}

/** The block an entry of the report is about, by its words; -1 when it is about none. */
export function blockOf(document: DraftDocument, entry: ReportEntry): number {
  // Typed numbers were taken off the block.
  const words = bare(entry.text).replace(/^[\d一二三四五六七八九十]+/, '').slice(-16)
  return words.length < 2 ? -1 : document.blocks.findIndex((block) => bare(blockText(block)).includes(words))
}

function bare(text: string): string {
  return text.replace(/[\s、.．（）()：:〔〕[\]]/g, '')
}
