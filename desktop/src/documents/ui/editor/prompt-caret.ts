/** The browser tells of a moved caret a moment late, on a busy machine several frames. What is drawn meanwhile (a colleague's caret,
 * the checker's marks, a colleague's letters) would put the caret back where the editor last knew it, and the next key would act
 * there. So the editor looks where the caret is before it draws. */
import { type Editor, Extension } from '@tiptap/core'
import type { Transaction } from '@tiptap/pm/state'

/** The parts of ProseMirror's observer used here; every view has one, its types leave it out. */
interface DomObserver {
  forceFlush(): void
  flush(): void
  pendingRecords(): readonly unknown[]
}

function observerOf(editor: Editor): DomObserver {
  return (editor.view as unknown as { readonly domObserver: DomObserver }).domObserver
}

/** Takes in where the caret is and what was typed, if the browser has not told yet. */
export function readPending(editor: Editor): void {
  if (editor.isDestroyed || !editor.isEditable || editor.view.composing) return
  observerOf(editor).forceFlush()
  observerOf(editor).flush()
}

/** Looks for the caret before every transaction that only draws. */
export const PromptCaret = Extension.create({
  name: 'promptCaret',
  dispatchTransaction({ transaction, next }) {
    next(onlyDraws(transaction) ? afterPendingCaret(this.editor, transaction) : transaction)
  },
})

/** What tells of the focus comes before the editor has put its own caret on screen: there the browser's is the older one. */
function onlyDraws(transaction: Transaction): boolean {
  const tellsOfFocus = transaction.getMeta('focus') !== undefined || transaction.getMeta('blur') !== undefined
  return !transaction.docChanged && !transaction.selectionSet && !transaction.storedMarksSet && !tellsOfFocus
}

/** The transaction over the state with the caret where it is. */
function afterPendingCaret(editor: Editor, transaction: Transaction): Transaction {
  const before = editor.state
  // Typed letters that wait would move the places the transaction speaks of; they come in by themselves.
  if (editor.isDestroyed || observerOf(editor).pendingRecords().length > 0) return transaction
  readPending(editor)
  if (editor.state === before) return transaction
  const again = editor.state.tr
  // Safe because a transaction keeps what `setMeta` was given under these keys; there is no other way to copy it.
  for (const [key, value] of Object.entries((transaction as unknown as { readonly meta: Readonly<Record<string, unknown>> }).meta)) again.setMeta(key, value)
  return transaction.scrolledIntoView ? again.scrollIntoView() : again
}
