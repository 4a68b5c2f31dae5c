/** From places in the editor to places in the document as the layout counts them, and back. */
import type { Node } from '@tiptap/pm/model'
import { nodeNames, type TextPosition } from '@xiewen/shared/documents'

/** The block and the UTF-16 offset of a position in the editor; null between blocks.
 *
 * Offsets in a table run through its cells in reading order: one unit between two cells, and between two paragraphs with text.
 */
export function textPlaceOf(doc: Node, position: number): TextPosition | null {
  const $at = doc.resolve(Math.min(Math.max(0, position), doc.content.size))
  if ($at.depth === 0) return null
  const block = $at.index(0)
  if (doc.child(block).type.name !== nodeNames.table) return { block, offset: $at.parentOffset }
  const start = $at.start() - $at.before(1) - 2
  const line = linesOf(doc.child(block)).find((each) => each.position === start)
  return line ? { block, offset: line.offset + $at.parentOffset } : { block, offset: 0 }
}

/** The position in the editor of a place in the document, or null when there is no such block. */
export function editorPositionOf(doc: Node, place: TextPosition): number | null {
  if (place.block >= doc.childCount) return null
  let start = 0
  for (let index = 0; index < place.block; index += 1) start += doc.child(index).nodeSize
  const node = doc.child(place.block)
  if (node.type.name !== nodeNames.table) return node.isTextblock ? start + 1 + Math.min(place.offset, node.content.size) : null
  const line = linesOf(node).findLast((each) => each.offset <= place.offset)
  return line ? start + 2 + line.position + Math.min(place.offset - line.offset, line.length) : null
}

interface CellLine {
  /** Where its text begins, from the start of the table's content. */
  readonly position: number
  readonly offset: number
  readonly length: number
}

/** The paragraphs of a table in reading order. */
function linesOf(table: Node): readonly CellLine[] {
  const lines: CellLine[] = []
  let offset = 0
  table.forEach((row, rowAt) => {
    row.forEach((cell, cellAt) => {
      let hasText = false
      cell.forEach((paragraph, at) => {
        const length = paragraph.content.size
        if (length > 0 && hasText) offset += 1
        lines.push({ position: rowAt + cellAt + at + 2, offset, length })
        offset += length
        hasText ||= length > 0
      })
      offset += 1
    })
  })
  return lines
}
