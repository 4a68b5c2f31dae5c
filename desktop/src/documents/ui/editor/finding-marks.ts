/** Marks findings of the checker in the text and repairs them. */
import { type Editor, Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { changeMarks, cleanText, type Finding, nodeNames, offsetInFullText, type TextRun } from '@xiewen/shared/documents'

const key = new PluginKey<DecorationSet>('findings')

/** The extension: decorations move with the text until the next check. */
export const FindingMarks = Extension.create({
  name: 'findingMarks',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply: (tr, old) => {
          const given: unknown = tr.getMeta(key)
          return given instanceof DecorationSet ? given : old.map(tr.mapping, tr.doc)
        },
      },
      props: { decorations: (state) => key.getState(state) ?? null },
    }),
  ],
})

/** Puts the findings on screen. `describe` gives the words of one. */
export function showFindings(editor: Editor, findings: readonly Finding[], describe: (finding: Finding) => string): void {
  const { doc } = editor.state
  const starts = startsOf(doc)
  const wanted = new Map<string, Decoration>()
  for (const finding of findings) {
    const look = { class: `finding ${finding.severity}`, title: describe(finding), 'data-rule': finding.rule }
    for (const { from, to } of spotsOf(doc, finding, starts)) wanted.set(`${from} ${to} ${look.class} ${look['data-rule']} ${look.title}`, Decoration.inline(from, to, look, { look: `${look.class} ${look['data-rule']} ${look.title}` }))
  }
  const marks = key.getState(editor.state) ?? DecorationSet.empty
  const gone = marks.find().filter((mark) => !wanted.delete(`${mark.from} ${mark.to} ${String(mark.spec['look'])}`))
  // Most keys change no finding: then nothing is drawn, and otherwise only what came or went.
  if (gone.length === 0 && wanted.size === 0) return
  editor.view.dispatch(editor.state.tr.setMeta(key, marks.remove(gone).add(doc, [...wanted.values()])).setMeta('addToHistory', false))
}

/** Where a finding lies in the editor's text; empty when it is about an element. In a table it may lie in several cells. */
export function spotsOf(doc: Node, finding: Finding, starts?: readonly number[]): readonly { readonly from: number; readonly to: number }[] {
  const table = tableAt(doc, finding.block, starts)
  const spots = finding.spots.length > 0 ? finding.spots : [{ from: finding.from, to: finding.to }]
  if (table) return spots.flatMap((spot) => spotsInTable(table, spot))
  const block = blockAt(doc, finding.block, starts)
  if (!block) return []
  const runs = runsOfNode(block.node)
  return spots.map((spot) => {
    const isWhole = spot.from === spot.to
    const from = isWhole ? 0 : offsetInFullText(runs, spot.from)
    const to = isWhole ? block.node.content.size : offsetInFullText(runs, spot.to - 1) + 1
    return { from: block.position + 1 + from, to: Math.min(block.position + 1 + to, block.position + 1 + block.node.content.size) }
  })
}

interface NodeAt {
  readonly node: Node
  readonly position: number
}

function tableAt(doc: Node, index: number | null, starts?: readonly number[]): NodeAt | null {
  if (index === null || index >= doc.childCount) return null
  const node = doc.child(index)
  if (node.type.name !== nodeNames.table) return null
  return { node, position: starts?.[index] ?? startsOf(doc)[index] ?? 0 }
}

/** Offsets of a table run through the clean text of its cells in reading order, with one unit between two paragraphs, two cells
 * or two rows. */
function spotsInTable({ node, position }: NodeAt, spot: { readonly from: number; readonly to: number }): readonly { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = []
  const isWhole = spot.from === spot.to
  let clean = 0
  node.descendants((child, offset) => {
    if (!child.isTextblock) return true
    const runs = runsOfNode(child)
    const length = cleanText(runs).length
    const [from, to] = isWhole ? [0, length] : [Math.max(0, spot.from - clean), Math.min(length, spot.to - clean)]
    const start = position + 1 + offset + 1
    if (to > from) found.push({ from: start + offsetInFullText(runs, from), to: start + offsetInFullText(runs, to - 1) + 1 })
    clean += length + 1
    return false
  })
  return found
}

function blockAt(doc: Node, index: number | null, starts?: readonly number[]): NodeAt | null {
  if (index === null || index >= doc.childCount) return null
  const node = doc.child(index)
  if (!node.isTextblock) return null
  const known = starts?.[index]
  if (known !== undefined) return { node, position: known }
  let position = 0
  for (let each = 0; each < index; each += 1) position += doc.child(each).nodeSize
  return { node, position }
}

/** Where each block begins: asked for once when hundreds of findings are shown. */
function startsOf(doc: Node): readonly number[] {
  const starts: number[] = []
  doc.forEach((_node, offset) => starts.push(offset))
  return starts
}

/** Stretches of a block with their revisions, as the kernel counts offsets. */
function runsOfNode(node: Node): readonly TextRun[] {
  const runs: TextRun[] = []
  node.forEach((child) => {
    const isDeleted = child.marks.some((mark) => mark.type.name === changeMarks.deletion)
    runs.push({ text: child.text ?? '\uFFFC', ...(isDeleted ? { change: { kind: 'deletion', id: '', personId: '' } } : {}) })
  })
  return runs
}

/** Repairs a finding in the text; in revision mode the repair is a revision like any other. False when it has no repair there. */
export function repairInText(editor: Editor, finding: Finding, isRevising: boolean): boolean {
  const { fix } = finding
  if (!fix || fix.kind === 'set-element') return false
  const block = blockAt(editor.state.doc, fix.block)
  if (!block || (fix.kind === 'change-block' && isRevising)) return false
  const tr = editor.state.tr
  if (fix.kind === 'remove-block') {
    if (isRevising || block.node.textContent.trim() !== '') return false
    editor.view.dispatch(tr.delete(block.position, block.position + block.node.nodeSize))
    return true
  }
  const runs = runsOfNode(block.node)
  for (const edit of fix.edits.toReversed()) {
    const from = block.position + 1 + offsetInFullText(runs, edit.from)
    const to = edit.to > edit.from ? block.position + 1 + offsetInFullText(runs, edit.to - 1) + 1 : from
    if (edit.text === '') tr.delete(from, to)
    else tr.insertText(edit.text, from, to)
  }
  if (fix.kind === 'change-block') {
    const isNote = fix.to === 'attachment-note'
    const type = editor.schema.nodes[isNote ? nodeNames['attachment-note'] : nodeNames.heading]
    if (type) tr.setNodeMarkup(block.position, type, fix.to === 'attachment-note' ? null : { level: fix.to.level })
  }
  editor.view.dispatch(tr)
  return true
}

/** The finding with a repair that the cursor stands in, else the first of its block. */
export function findingAtCursor(editor: Editor, findings: readonly Finding[]): Finding | null {
  const { $from } = editor.state.selection
  const index = $from.index(0)
  const here = findings.filter((finding) => finding.block === index && finding.fix !== undefined)
  return here.find((finding) => spotsOf(editor.state.doc, finding).some(({ from, to }) => $from.pos >= from && $from.pos <= to)) ?? here[0] ?? null
}
