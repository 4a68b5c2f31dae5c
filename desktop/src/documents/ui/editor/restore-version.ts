/** Restoring a version (恢复稿本): the text is changed back through the editor, block by block, like any other edit. It is saved
 * under the name of whoever restores, in revision mode it is a revision, and what was there stays in the log. */
import type { Editor } from '@tiptap/core'
import { Fragment, type Node, type Schema } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { type Block, cleanText, nodeNames, type OfficialDocument, type TextRun } from '@xiewen/shared/documents'
import { replaceDifference } from './replace-difference.ts'
import { settledMeta } from './revision.ts'

/** Makes the text what it was in a version.
 *
 * @returns false when it is that already
 */
export function restoreText(editor: Editor, document: OfficialDocument): boolean {
  const tr = restoring(editor.state.tr, document, editor.schema)
  if (!tr.docChanged) return false
  editor.view.dispatch(tr.setMeta(settledMeta, true).scrollIntoView())
  return true
}

/** The transaction: equal blocks stay untouched, in changed ones only the letters that differ are replaced. */
export function restoring(tr: Transaction, document: OfficialDocument, schema: Schema): Transaction {
  const wanted = document.blocks.map((block) => nodeOf(schema, block))
  const old = childrenOf(tr.doc)
  const pairs = align(old, wanted)
  let position = tr.doc.content.size
  for (const [before, after] of pairs.toReversed()) {
    const size = before?.nodeSize ?? 0
    position -= size
    if (before && !after) tr.delete(position, position + size)
    else if (!before && after) tr.insert(position, after)
    else if (before && after) replaceDifference(tr, position, before, after)
  }
  return tr
}

function childrenOf(doc: Node): readonly Node[] {
  const nodes: Node[] = []
  doc.forEach((node) => void nodes.push(node))
  return nodes
}

type Pair = readonly [Node | null, Node | null]

/** Blocks of equal text are paired in order; between them, one by one. */
function align(old: readonly Node[], wanted: readonly Node[]): readonly Pair[] {
  const pairs: Pair[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < wanted.length) {
    const [before, after] = [old[i], wanted[j]]
    if (before && after && before.textContent !== after.textContent) {
      const ahead = wanted.slice(j + 1, j + 40).findIndex((node) => node.textContent !== '' && node.textContent === before.textContent)
      const behind = old.slice(i + 1, i + 40).findIndex((node) => node.textContent !== '' && node.textContent === after.textContent)
      if (ahead >= 0 && (behind < 0 || ahead <= behind)) {
        pairs.push([null, after])
        j += 1
        continue
      }
      if (behind >= 0) {
        pairs.push([before, null])
        i += 1
        continue
      }
    }
    pairs.push([before ?? null, after ?? null])
    i += before ? 1 : 0
    j += after ? 1 : 0
  }
  return pairs
}

/** A block of the canonical document as a node of the editor, revisions read as accepted. */
export function nodeOf(schema: Schema, block: Block): Node {
  const type = schema.nodes[nodeNames[block.kind]]
  if (!type) throw new Error('Bug: the schema has no such block')
  switch (block.kind) {
    case 'table':
      return type.create(block.landscape ? { landscape: true } : null, block.rows.map((row) => rowOf(schema, row)))
    case 'heading':
      return type.create({ level: block.level, continues: block.continues ?? null }, textOf(schema, block.runs))
    case 'item':
      return type.create({ continues: block.continues ?? null }, textOf(schema, block.runs))
    case 'figure':
      return type.create({ ...block.image }, textOf(schema, block.runs))
    default:
      return type.create(null, textOf(schema, block.runs))
  }
}

function rowOf(schema: Schema, row: Extract<Block, { kind: 'table' }>['rows'][number]): Node {
  const { tableRow, tableHeader, tableCell, paragraph } = schema.nodes
  const cellType = row.header ? tableHeader : tableCell
  if (!tableRow || !cellType || !paragraph) throw new Error('Bug: the schema has no tables')
  return tableRow.create(
    null,
    row.cells.map((cell) => cellType.create({ colspan: cell.columns, rowspan: cell.rows ?? 1 }, paragraphsOf(cell.runs).map((runs) => paragraph.create(null, textOf(schema, runs))))),
  )
}

/** Paragraphs of a cell are set apart by a line feed. */
function paragraphsOf(runs: readonly TextRun[]): readonly (readonly TextRun[])[] {
  const lines: TextRun[][] = [[]]
  for (const run of runs) {
    run.text.split('\n').forEach((text, index) => {
      if (index > 0) lines.push([])
      lines.at(-1)?.push({ ...run, text })
    })
  }
  return lines
}

function textOf(schema: Schema, runs: readonly TextRun[]): Fragment {
  const { bold, footnote } = schema.marks
  return Fragment.from(
    runs.flatMap((run) => {
      const text = cleanText([run])
      if (text === '') return []
      const marks = [...(run.bold && bold ? [bold.create()] : []), ...(run.footnote !== undefined && footnote ? [footnote.create({ text: run.footnote })] : [])]
      return [schema.text(text, marks)]
    }),
  )
}
