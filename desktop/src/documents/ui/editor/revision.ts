/** The editor's switch between writing (起草) and revising (修订). */
import { type Editor, Extension } from '@tiptap/core'
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey, yUndoPluginKey } from '@tiptap/y-tiptap'
import { beginComposition, type Reviser, trackTransaction } from './track-changes.ts'

/** Options of the extension. `isRevising` is asked for every transaction. */
export interface RevisionOptions {
  readonly isRevising: () => boolean
  readonly personId: string
}

let serial = 0

/** A fresh serial: time and a counter, unique within one person's windows well enough to keep changes apart. */
function nextSerial(): string {
  serial += 1
  return `${Date.now().toString(36)}${serial.toString(36)}`
}

/** Marks a transaction as decided elsewhere (accepting, repairs by a decision): it is applied as it is. */
export const settledMeta = 'xiewen-settled'

/** Who revises in this editor now, or null while it writes. */
export function reviserOf(editor: Editor): Reviser | null {
  // Safe because this file's extension keeps nothing else under its name.
  const { isRevising, personId } = (editor.storage as unknown as { readonly revision: RevisionOptions }).revision
  return isRevising() ? { personId, nextSerial } : null
}

/** The extension. Remote changes, undo and settled acts pass through untouched. */
export const Revision = Extension.create<RevisionOptions, RevisionOptions>({
  name: 'revision',
  addOptions: () => ({ isRevising: () => false, personId: '' }),
  addStorage() {
    return this.options
  },
  addProseMirrorPlugins() {
    const { options } = this
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            compositionstart: (view) => {
              if (options.isRevising() && view.state.selection.empty) view.dispatch(beginComposition(view.state, { personId: options.personId, nextSerial }))
              return false
            },
          },
        },
      }),
    ]
  },
  dispatchTransaction({ transaction, next }) {
    const reviser: Reviser = { personId: this.options.personId, nextSerial }
    next(this.options.isRevising() && mustTrack(transaction) ? tracked(transaction, this.editor.state, reviser) : transaction)
  },
})

function mustTrack(transaction: Transaction): boolean {
  return transaction.docChanged && !transaction.getMeta(ySyncPluginKey) && !transaction.getMeta(yUndoPluginKey) && transaction.getMeta(settledMeta) !== true
}

function tracked(transaction: Transaction, state: EditorState, reviser: Reviser): Transaction {
  const result = trackTransaction(transaction, state, reviser)
  for (const name of ['composition', 'paste', 'uiEvent'] as const) {
    const value: unknown = transaction.getMeta(name)
    if (value !== undefined) result.setMeta(name, value)
  }
  return result
}
