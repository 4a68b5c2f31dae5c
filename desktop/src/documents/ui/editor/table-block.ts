/** A table of the canonical document out of an editor's table: the way back from `nodeOf`. Pure. */
import type { Node } from '@tiptap/pm/model'
import { type Block, footnoteMark, mergeRuns, type TextRun } from '@xiewen/shared/documents'

/** A table block. */
export type TableBlock = Extract<Block, { kind: 'table' }>

/** The table a node shows; paragraphs of a cell are set apart by a line feed. */
export function tableOf(node: Node): TableBlock {
  const rows = childrenOf(node).map((row) => {
    const cells = childrenOf(row)
    return {
      header: cells.length > 0 && cells.every((cell) => cell.type.name === 'tableHeader'),
      cells: cells.map((cell) => {
        const down = Number(cell.attrs['rowspan'] ?? 1)
        return { columns: Number(cell.attrs['colspan'] ?? 1), ...(down > 1 ? { rows: down } : {}), runs: runsOfCell(cell) }
      }),
    }
  })
  return { kind: 'table', ...(node.attrs['landscape'] === true ? { landscape: true } : {}), rows }
}

function runsOfCell(cell: Node): readonly TextRun[] {
  return mergeRuns(childrenOf(cell).flatMap((paragraph, index) => [...(index > 0 ? [{ text: '\n' }] : []), ...childrenOf(paragraph).map(runOf)]))
}

function runOf(node: Node): TextRun {
  const note = node.marks.find((mark) => mark.type.name === footnoteMark)?.attrs['text']
  return { text: node.text ?? '', ...(node.marks.some((mark) => mark.type.name === 'bold') ? { bold: true } : {}), ...(typeof note === 'string' && note !== '' ? { footnote: note } : {}) }
}

function childrenOf(node: Node): readonly Node[] {
  const nodes: Node[] = []
  node.forEach((child) => void nodes.push(child))
  return nodes
}
