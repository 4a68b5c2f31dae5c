/** Pasting: words and tables come in, in the shape of the document. Several lines are read like an imported text, so typed
 * numbers become levels; a report says what came in as what and what was left out. */
import { type Editor, Extension } from '@tiptap/core'
import { DOMParser as SchemaParser, Fragment, type Node, type Schema, Slice } from '@tiptap/pm/model'
import { type EditorState, Plugin } from '@tiptap/pm/state'
import { type Block, blockText, isProvision, nodeNames, recogniseText } from '@xiewen/shared/documents'
import { type Clipboard, type ClipboardPiece, type LeftOut, readClipboard } from './clipboard.ts'

/** Longest paste (characters). */
const mostCharacters = 400_000

/** What a paste made of the clipboard. */
export interface PasteReport {
  readonly paragraphs: number
  readonly headings: number
  readonly tables: number
  readonly leftOut: LeftOut
}

/** Options: `onPasted` is told what happened when there is something to tell. */
export interface CleanPasteOptions {
  readonly onPasted: (report: PasteReport) => void
}

const nothingLeftOut: LeftOut = { formats: 0, pictures: 0, links: 0, comments: 0, deletions: 0, hidden: 0 }

/** The extension. */
export const CleanPaste = Extension.create<CleanPasteOptions>({
  name: 'cleanPaste',
  addOptions: () => ({ onPasted: () => undefined }),
  addProseMirrorPlugins() {
    const { editor, options } = this
    return [
      new Plugin({
        props: {
          // Revisions stay where they were made: what is copied out of a text comes in as plain words.
          transformPastedHTML: (html) => html.replaceAll(/<(?:style|script)[\s\S]*?<\/(?:style|script)>/gi, '').replaceAll(/\sdata-(?:change|format-change)="[^"]*"/gi, ''),
          handlePaste: (_view, event) => {
            // Copied from a text of ours: levels, tables and bold are known already.
            if (/data-pm-slice/.test(event.clipboardData?.getData('text/html') ?? '')) return false
            const clipboard = clipboardOf(event.clipboardData)
            return clipboard !== null && paste(editor, clipboard, options)
          },
        },
      }),
    ]
  },
})

/** Words of programs and pages are read from their HTML, which knows lines and tables; plain text as it is. */
function clipboardOf(data: DataTransfer | null): Clipboard | null {
  const text = (data?.getData('text/plain') ?? '').slice(0, mostCharacters)
  const html = data?.getData('text/html') ?? ''
  if (html !== '' && html.length <= mostCharacters * 10) {
    const read = readClipboard(new DOMParser().parseFromString(html, 'text/html'))
    if (read.pieces.length > 0) return read
  }
  const lines = text.split(/\r?\n/).map((line) => line.replaceAll(/^[\s\u3000]+|[\s\u3000]+$/g, '')).filter((line) => line !== '')
  return lines.length === 0 ? null : { pieces: [{ kind: 'text', lines }], leftOut: nothingLeftOut }
}

function paste(editor: Editor, clipboard: Clipboard, options: CleanPasteOptions): boolean {
  const { state, view } = editor
  const slice = sliceOf(state, clipboard)
  if (!slice) return false
  view.dispatch(state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true))
  const report = reportOf(slice, clipboard.leftOut)
  const hasNews = report.headings > 0 || report.tables > 0 || Object.values(report.leftOut).some((count) => count > 0)
  if (hasNews) options.onPasted(report)
  return true
}

function reportOf(slice: Slice, leftOut: LeftOut): PasteReport {
  const count = { paragraphs: 0, headings: 0, tables: 0 }
  slice.content.forEach((node) => {
    if (node.type.name === nodeNames.heading) count.headings += 1
    else if (node.type.name === nodeNames.table) count.tables += 1
    else count.paragraphs += 1
  })
  return { ...count, leftOut }
}

function sliceOf(state: EditorState, { pieces }: Clipboard): Slice | null {
  const [first] = pieces
  if (pieces.length === 1 && first?.kind === 'text' && first.lines.length === 1) return new Slice(Fragment.from(state.schema.text(first.lines[0] ?? '')), 0, 0)
  const isBlank = state.doc.textContent.trim() === ''
  const nodes = pieces.flatMap((piece) => nodesOf(state.schema, piece, isBlank))
  if (nodes.length === 0) return null
  // A table cannot be joined to the line at the cursor.
  const isOpen = (node: Node | undefined): number => (isBlank || node?.type.name === nodeNames.table ? 0 : 1)
  return new Slice(Fragment.from(nodes), isOpen(nodes[0]), isOpen(nodes.at(-1)))
}

function nodesOf(schema: Schema, piece: ClipboardPiece, isBlank: boolean): readonly Node[] {
  if (piece.kind === 'text') return recogniseText(piece.lines.join('\n')).document.blocks.map((block) => nodeOf(schema, block, isBlank))
  const body = piece.table.ownerDocument.createElement('body')
  body.append(piece.table.cloneNode(true))
  const nodes: Node[] = []
  SchemaParser.fromSchema(schema).parse(body).forEach((node) => {
    if (node.type.name === nodeNames.table) nodes.push(node)
  })
  return nodes
}

/** In a text that has a head already, pasted heads and closings are paragraphs. */
function nodeOf(schema: Schema, block: Block, isBlank: boolean): Node {
  const keeps = isBlank || block.kind === 'heading' || isProvision(block)
  const type = schema.nodes[keeps && block.kind !== 'table' && block.kind !== 'figure' ? nodeNames[block.kind] : nodeNames.paragraph]
  if (!type) throw new Error('Bug: the schema has no paragraph')
  const text = blockText(block)
  const attrs = block.kind === 'heading' ? { level: block.level, continues: block.continues ?? null } : block.kind === 'item' ? { continues: block.continues ?? null } : null
  return type.create(attrs, text === '' ? null : schema.text(text))
}
