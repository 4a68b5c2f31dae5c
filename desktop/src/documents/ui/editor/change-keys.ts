/** Keys for revisions: to the next and the last one, accept or reject the one at the cursor. */
import { type Editor, Extension } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { settledMeta } from './revision.ts'
import { type ChangeView, listChanges, oneChange, settleChanges } from './settle-changes.ts'
import { parseProposal, proposalAttribute } from '@xiewen/shared/documents'
import { idOf, isChange } from './track-changes.ts'

/** Options: whether this person may accept and reject now. */
export interface ChangeKeysOptions {
  readonly maySettle: () => boolean
}

/** The extension. */
export const ChangeKeys = Extension.create<ChangeKeysOptions>({
  name: 'changeKeys',
  addOptions: () => ({ maySettle: () => false }),
  addKeyboardShortcuts() {
    const { editor, options } = this
    const settle = (verdict: 'accept' | 'reject') => () => options.maySettle() && settleAtCursor(editor, verdict)
    return {
      'Mod-Alt-ArrowDown': () => goToChange(editor, 1),
      'Mod-Alt-ArrowUp': () => goToChange(editor, -1),
      'Mod-Alt-y': settle('accept'),
      'Mod-Alt-n': settle('reject'),
    }
  },
})

function goToChange(editor: Editor, step: 1 | -1): boolean {
  const changes = listChanges(editor.state.doc)
  const here = editor.state.selection.from
  const found: ChangeView | undefined = step === 1 ? (changes.find((change) => change.from + 1 > here && change.from !== here) ?? changes[0]) : (changes.findLast((change) => change.from < here) ?? changes.at(-1))
  if (found === undefined) return true
  const { doc } = editor.state
  editor.view.dispatch(editor.state.tr.setSelection(TextSelection.near(doc.resolve(Math.min(found.from + 1, doc.content.size)))).scrollIntoView())
  return true
}

/** The revision at the cursor, or null. */
export function changeAtCursor(editor: Editor): string | null {
  const { $from } = editor.state.selection
  const marks = [...($from.nodeAfter?.marks ?? []), ...($from.nodeBefore?.marks ?? [])]
  const mark = marks.find(isChange)
  if (mark) return idOf(mark)
  return parseProposal($from.parent.attrs[proposalAttribute])?.id ?? null
}

function settleAtCursor(editor: Editor, verdict: 'accept' | 'reject'): boolean {
  const id = changeAtCursor(editor)
  const tr = id === null ? null : settleChanges(editor.state, verdict, oneChange(id))
  if (tr) editor.view.dispatch(tr.setMeta(settledMeta, true))
  return true
}
