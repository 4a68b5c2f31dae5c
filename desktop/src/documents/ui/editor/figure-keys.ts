/** Keys at the edges of figures (图). A picture hangs on the block of its caption: what joins, splits or retypes that block as if it
 * were a line of text would take the picture away without a word. */
import type { Node } from '@tiptap/pm/model'
import { type Command, type EditorState, Selection, type Transaction } from '@tiptap/pm/state'
import { nodeNames } from '@xiewen/shared/documents'

interface Caret {
  readonly block: Node
  /** Where the block begins and ends. */
  readonly before: number
  readonly after: number
  readonly isAtStart: boolean
  readonly isAtEnd: boolean
  readonly previous: Node | null
  readonly next: Node | null
}

/** The caret in a block of text, or null inside tables and while something is selected. */
function caretOf({ doc, selection }: EditorState): Caret | null {
  const { $from, empty } = selection
  if (!empty || $from.depth !== 1 || !$from.parent.isTextblock) return null
  const at = $from.index(0)
  return {
    block: $from.parent,
    before: $from.before(),
    after: $from.after(),
    isAtStart: $from.parentOffset === 0,
    isAtEnd: $from.parentOffset === $from.parent.content.size,
    previous: doc.maybeChild(at - 1),
    next: doc.maybeChild(at + 1),
  }
}

function isFigure(node: Node | null): boolean {
  return node?.type.name === nodeNames.figure
}

/** Backspace: in an empty caption its own figure goes, and nothing else; elsewhere the caret steps across the edge, and an empty
 * line behind a figure goes. A reviser's empty block is left to the revision. */
export function backspaceAtFigure(isRevising: () => boolean): Command {
  return (state, dispatch) => {
    const caret = caretOf(state)
    if (caret === null || !caret.isAtStart || !(isFigure(caret.block) || isFigure(caret.previous))) return false
    const isEmpty = caret.block.content.size === 0
    if (isEmpty && isRevising()) return false
    const { tr } = state
    if (isEmpty) removeBlock(tr, caret)
    return move(tr, caret.before, -1, dispatch)
  }
}

/** Delete: at the end of a line before a figure the caret steps into the caption. */
export const deleteAtFigure: Command = (state, dispatch) => {
  const caret = caretOf(state)
  if (caret === null || !caret.isAtEnd || caret.block.content.size === 0 || !isFigure(caret.next)) return false
  return move(state.tr, caret.after, 1, dispatch)
}

/** Enter: what stands behind the caret goes on in a paragraph below the figure. A reviser cannot part a caption. */
export function enterInFigure(isRevising: () => boolean): Command {
  return (state, dispatch) => {
    const caret = caretOf(state)
    const paragraph = state.schema.nodes[nodeNames.paragraph]
    if (caret === null || !isFigure(caret.block) || paragraph === undefined) return false
    if (isRevising()) return !caret.isAtEnd
    const { $from } = state.selection
    const tr = state.tr.delete($from.pos, $from.end())
    const below = tr.mapping.map(caret.after)
    tr.insert(below, paragraph.create(null, caret.block.content.cut($from.parentOffset)))
    return move(tr, below, 1, dispatch)
  }
}

/** The only block of a text becomes a paragraph, for a text has one. */
function removeBlock(tr: Transaction, { before, after }: Caret): void {
  if (tr.doc.childCount > 1) tr.delete(before, after)
  else tr.setNodeMarkup(before, tr.doc.type.schema.nodes[nodeNames.paragraph])
}

function move(tr: Transaction, position: number, direction: 1 | -1, dispatch?: (tr: Transaction) => void): boolean {
  dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(Math.min(position, tr.doc.content.size)), direction)).scrollIntoView())
  return true
}
