/** Small helps while writing: the format painter (格式刷), Chinese marks as they are typed, the key for help. */
import { type Editor, Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { fixPunctuation, punctuationTyped } from '@xiewen/shared/documents'
import { type BlockChoice, chooseBlock, currentBlock } from './block-commands.ts'
import { shapeOfNode } from './labels.ts'
import { leaveText } from './leave-text.ts'

/** What the painter carries: what a line is, and whether its words are bold. Nothing else may differ by GB/T 9704. */
export interface Brush {
  readonly choice: BlockChoice
  readonly isBold: boolean
}

/** What the helps remember between keys. */
export interface ComfortStorage {
  brush: Brush | null
}

/** Options: `onHelp` shows the sheet of keys, `onBrush` is told whether the painter is loaded. */
export interface ComfortOptions {
  readonly onHelp: () => void
  readonly onBrush: (isLoaded: boolean) => void
}

/** The extension. */
export const Comfort = Extension.create<ComfortOptions, ComfortStorage>({
  name: 'comfort',
  addOptions: () => ({ onHelp: () => undefined, onBrush: () => undefined }),
  addStorage: () => ({ brush: null }),
  addKeyboardShortcuts() {
    return {
      F1: () => {
        this.options.onHelp()
        return true
      },
      Escape: () => {
        const isLoaded = this.storage.brush !== null
        dropBrush(this.storage, this.options)
        return isLoaded || leaveText(this.editor.view.dom)
      },
    }
  },
  addProseMirrorPlugins() {
    const { editor, storage, options } = this
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            // The selection of a click or a drag is known to the editor a moment later.
            mouseup: () => {
              if (storage.brush !== null) setTimeout(() => paint(editor, storage, options), 0)
              return false
            },
          },
          handleTextInput: (view, from, to, text) => {
            if (!/^["',;:?!(]$/.test(text)) return false
            const $from = view.state.doc.resolve(from)
            const wanted = punctuationTyped($from.parent.textBetween(0, $from.parentOffset, undefined, '\uFFFC'), text)
            if (wanted === null) return false
            view.dispatch(view.state.tr.insertText(wanted, from, to))
            return true
          },
        },
      }),
    ]
  },
})

function storageOf(editor: Editor): ComfortStorage {
  // Safe because this file's extension keeps nothing else under its name.
  return (editor.storage as unknown as { readonly comfort: ComfortStorage }).comfort
}

/** Loads the painter from the line at the cursor; the next click or stroke paints. */
export function takeFormat(editor: Editor, onBrush: (isLoaded: boolean) => void): void {
  const block = currentBlock(editor.state)
  if (block === null) return
  const shape = shapeOfNode(block.node)
  storageOf(editor).brush = { choice: shape.level === 0 ? { name: shape.name } : { name: shape.name, level: shape.level }, isBold: editor.isActive('bold') }
  onBrush(true)
}

function paint(editor: Editor, storage: ComfortStorage, options: ComfortOptions): void {
  const { brush } = storage
  if (brush === null || editor.isDestroyed) return
  dropBrush(storage, options)
  chooseBlock(editor, brush.choice)
  if (editor.state.selection.empty) return
  if (brush.isBold) editor.commands.setMark('bold')
  else editor.commands.unsetMark('bold')
}

function dropBrush(storage: ComfortStorage, options: ComfortOptions): void {
  if (storage.brush === null) return
  storage.brush = null
  options.onBrush(false)
}

/** Makes half-width marks between Chinese characters full-width, in the selection or in the whole text; one step to undo, in
 * revision mode revisions.
 *
 * @returns how many
 */
export function punctuate(editor: Editor): number {
  const { doc, selection } = editor.state
  const [first, last] = selection.empty ? [0, doc.content.size] : [selection.from, selection.to]
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = []
  doc.nodesBetween(first, last, (node, position) => {
    if (!node.isTextblock) return true
    const text = node.textBetween(0, node.content.size, undefined, '\uFFFC')
    for (const fix of fixPunctuation(text)) {
      const [from, to] = [position + 1 + fix.from, position + 1 + fix.to]
      if (from >= first && to <= last) edits.push({ from, to, text: fix.text })
    }
    return false
  })
  if (edits.length === 0 || !editor.isEditable) return 0
  const tr = editor.state.tr
  for (const edit of edits.toReversed()) tr.insertText(edit.text, edit.from, edit.to)
  editor.view.dispatch(tr)
  return edits.length
}
