/** Where comments stand: from the anchor a thread keeps (a Yjs relative position) to a place in the blocks of the text, and back. */
import { type Block, blocksOf, bodyOf, runsOf } from '@xiewen/shared/documents'
import * as Y from 'yjs'

/** A place between two characters of a block. `cell` counts the cells of a table in reading order, 0 elsewhere; `offset` counts
 * UTF-16 units of all the text there, pending deletions included. */
export interface TextPlace {
  readonly block: number
  readonly cell: number
  readonly offset: number
}

/** The place an anchor names now; null for the document as a whole and for what is no place in a text. */
export function placeOfAnchor(doc: Y.Doc, anchor: string): TextPlace | null {
  if (anchor === '') return null
  const found = absoluteOf(doc, anchor)
  if (found === null || !(found.type instanceof Y.XmlText)) return null
  let block = 0
  for (const child of bodyOf(doc).toArray()) {
    const inside = offsetIn(child, found.type)
    if (inside !== null) return { block, cell: inside.cell, offset: inside.offset + found.index }
    block += blocksOf(child).length
  }
  return null
}

function absoluteOf(doc: Y.Doc, anchor: string): Y.AbsolutePosition | null {
  try {
    return Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(new Uint8Array(Buffer.from(anchor, 'base64'))), doc)
  } catch {
    // Windows hand anchors in; one that is no relative position names no place.
    return null
  }
}

/** How much text of the cell (or block) stands before a text node; null when it is not in there. */
function offsetIn(child: Y.XmlElement | Y.XmlText | Y.XmlHook, wanted: Y.XmlText): { readonly cell: number; readonly offset: number } | null {
  const cells = child instanceof Y.XmlElement ? cellsIn(child) : []
  const parts = cells.length > 0 ? cells : [child]
  for (const [cell, part] of parts.entries()) {
    const texts = textsIn(part)
    const at = texts.findIndex(({ text }) => text === wanted)
    if (at >= 0) return { cell, offset: texts[at]?.before ?? 0 }
  }
  return null
}

function cellsIn(table: Y.XmlElement): readonly Y.XmlElement[] {
  return elementsIn(table).filter((row) => row.nodeName === 'tableRow').flatMap(elementsIn)
}

function elementsIn(element: Y.XmlElement): readonly Y.XmlElement[] {
  return element.toArray().filter((each) => each instanceof Y.XmlElement)
}

/** The text nodes below, each with the length of the text before it: paragraphs of a cell are set apart by one unit. */
function textsIn(node: Y.XmlElement | Y.XmlText | Y.XmlHook): readonly { readonly text: Y.XmlText; readonly before: number }[] {
  if (node instanceof Y.XmlText) return [{ text: node, before: 0 }]
  if (!(node instanceof Y.XmlElement)) return []
  const found: { text: Y.XmlText; before: number }[] = []
  let before = 0
  for (const child of node.toArray()) {
    const inner = textsIn(child)
    const length = inner.reduce((most, each) => Math.max(most, each.before + each.text.length), 0)
    if (child instanceof Y.XmlElement && before > 0 && length > 0) before += 1
    found.push(...inner.map((each) => ({ text: each.text, before: before + each.before })))
    before += length
  }
  return found
}

/** The anchor that names a place, or null where there is no text. */
export function anchorOfPlace(doc: Y.Doc, place: TextPlace): string | null {
  let block = 0
  for (const child of bodyOf(doc).toArray()) {
    const count = blocksOf(child).length
    if (place.block >= block + count) {
      block += count
      continue
    }
    const cells = child instanceof Y.XmlElement ? cellsIn(child) : []
    const part = cells.length > 0 ? cells[place.cell] : child
    const texts = part === undefined ? [] : textsIn(part)
    const found = texts.findLast(({ before }) => before <= place.offset)
    if (!found) return null
    const position = Y.createRelativePositionFromTypeIndex(found.text, Math.min(place.offset - found.before, found.text.length))
    return Buffer.from(Y.encodeRelativePosition(position)).toString('base64')
  }
  return null
}

/** The stretches of text comments can stand in: each cell of a table, each other block, with all its words (deletions included). */
export function stretchesOf(blocks: readonly Block[]): readonly { readonly block: number; readonly cell: number; readonly text: string }[] {
  return blocks.flatMap((block, index) => {
    const parts = block.kind === 'table' ? block.rows.flatMap((row) => row.cells.map((cell) => cell.runs)) : [runsOf(block)]
    return parts.map((runs, cell) => ({ block: index, cell, text: runs.map((run) => run.text).join('') }))
  })
}
