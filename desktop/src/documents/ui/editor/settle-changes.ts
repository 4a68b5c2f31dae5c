/** Accepting and rejecting revisions (接受、拒绝). */
import type { Node } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { changeMarks } from '@xiewen/shared/documents'
import { authorOf, idOf, isChange, marksOf } from './track-changes.ts'

/** One change as the list shows it: all its stretches together. */
export interface ChangeView {
  readonly id: string
  readonly personId: string
  readonly inserted: string
  readonly deleted: string
  /** Position of its first stretch. */
  readonly from: number
}

/** All pending changes in reading order. */
export function listChanges(doc: Node): readonly ChangeView[] {
  const changes = new Map<string, ChangeView>()
  doc.descendants((node, position) => {
    if (!node.isText) return
    for (const mark of node.marks) {
      if (!isChange(mark)) continue
      const id = idOf(mark)
      const known = changes.get(id) ?? { id, personId: authorOf(mark), inserted: '', deleted: '', from: position }
      const text = node.text ?? ''
      changes.set(id, mark.type.name === changeMarks.insertion ? { ...known, inserted: known.inserted + text } : { ...known, deleted: known.deleted + text })
    }
  })
  return [...changes.values()]
}

/** Which changes an act is about. */
export type ChangeChoice = { readonly kind: 'all' } | { readonly kind: 'one'; readonly id: string } | { readonly kind: 'person'; readonly personId: string }

function isChosen(choice: ChangeChoice, id: string, personId: string): boolean {
  switch (choice.kind) {
    case 'all':
      return true
    case 'one':
      return choice.id === id
    case 'person':
      return choice.personId === personId
  }
}

/** Accepts or rejects changes. Blocks that lose all their text by it go, except the title and cells of tables.
 *
 * @returns a transaction, or null when nothing was chosen
 */
export function settleChanges(state: EditorState, verdict: 'accept' | 'reject', choice: ChangeChoice): Transaction | null {
  const { insertion, deletion } = marksOf(state)
  const removedBy = verdict === 'accept' ? deletion : insertion
  const gone: { from: number; to: number }[] = []
  const tr = state.tr
  state.doc.descendants((node, position) => {
    if (!node.isText) return
    const chosen = node.marks.filter((mark) => isChange(mark) && isChosen(choice, idOf(mark), authorOf(mark)))
    if (chosen.length === 0) return
    const range = { from: position, to: position + node.nodeSize }
    if (chosen.some((mark) => mark.type === removedBy)) gone.push(range)
    else for (const mark of chosen) tr.removeMark(range.from, range.to, mark)
  })
  for (const { from, to } of gone.reverse()) {
    tr.delete(from, to)
    dropIfEmpty(tr, from)
  }
  return tr.docChanged ? tr : null
}

function dropIfEmpty(tr: Transaction, position: number): void {
  const at = tr.doc.resolve(position)
  if (at.depth !== 1 || at.parent.content.size > 0 || at.parent.type.name === 'title' || tr.doc.childCount === 1) return
  tr.delete(at.before(), at.after())
}
