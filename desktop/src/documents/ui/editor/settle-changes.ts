/** Accepting and rejecting revisions (接受、拒绝). */
import type { Mark, Node } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { changeMarks, nodeNames, parseProposal, personOfChange, proposalAttribute } from '@xiewen/shared/documents'
import { idOf, isChange, marksOf } from './track-changes.ts'

/** One change as the list shows it: all its stretches together. */
export interface ChangeView {
  readonly id: string
  readonly personId: string
  readonly inserted: string
  readonly deleted: string
  /** Words whose boldness it changes. */
  readonly reformatted: string
  /** Blocks it makes something else. */
  readonly reshaped: { readonly text: string; readonly before: Shape; readonly after: Shape } | null
  /** Position of its first stretch. */
  readonly from: number
}

/** A kind of block by its node name, a heading with its level. */
export interface Shape {
  readonly name: string
  readonly level: number
}

/** All pending changes in reading order. */
export function listChanges(doc: Node): readonly ChangeView[] {
  const changes = new Map<string, ChangeView>()
  doc.descendants((node, position) => {
    const known = (id: string): ChangeView => changes.get(id) ?? { id, personId: personOfChange(id), inserted: '', deleted: '', reformatted: '', reshaped: null, from: position }
    const proposal = parseProposal(node.attrs[proposalAttribute])
    if (proposal !== null) {
      const before = { name: node.type.name, level: Number(node.attrs['level'] ?? 0) }
      changes.set(proposal.id, { ...known(proposal.id), reshaped: { text: node.textContent.slice(0, 40), before, after: { name: nodeNames[proposal.kind], level: proposal.level } } })
    }
    if (!node.isText) return
    for (const mark of node.marks) if (isChange(mark)) changes.set(idOf(mark), withText(known(idOf(mark)), mark.type.name, node.text ?? ''))
  })
  return [...changes.values()]
}

function withText(change: ChangeView, mark: string, text: string): ChangeView {
  if (mark === changeMarks.insertion) return { ...change, inserted: change.inserted + text }
  return mark === changeMarks.deletion ? { ...change, deleted: change.deleted + text } : { ...change, reformatted: change.reformatted + text }
}

/** Which changes an act is about. */
export type ChangeChoice =
  | { readonly kind: 'all' }
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string> }
  /** Only what lies between two positions; a change that goes on beyond them keeps its rest. */
  | { readonly kind: 'range'; readonly from: number; readonly to: number }

/** The change of one id. */
export function oneChange(id: string): ChangeChoice {
  return { kind: 'some', ids: new Set([id]) }
}

function isChosen(choice: ChangeChoice, id: string): boolean {
  return choice.kind === 'some' ? choice.ids.has(id) : true
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
  const [first, last] = choice.kind === 'range' ? [choice.from, choice.to] : [0, state.doc.content.size]
  state.doc.nodesBetween(first, last, (node, position) => {
    settleProposal(tr, node, position, { verdict, choice })
    if (!node.isText) return
    const chosen = node.marks.filter((mark) => isChange(mark) && isChosen(choice, idOf(mark)))
    if (chosen.length === 0) return
    const range = { from: Math.max(first, position), to: Math.min(last, position + node.nodeSize) }
    if (chosen.some((mark) => mark.type === removedBy)) gone.push(range)
    else for (const mark of chosen) settleMark(tr, range, mark, verdict)
  })
  for (const { from, to } of gone.reverse()) {
    tr.delete(from, to)
    dropIfEmpty(tr, from)
  }
  return tr.docChanged ? tr : null
}

function settleMark(tr: Transaction, range: { readonly from: number; readonly to: number }, mark: Mark, verdict: 'accept' | 'reject'): void {
  tr.removeMark(range.from, range.to, mark)
  const { bold } = mark.type.schema.marks
  if (mark.type.name !== changeMarks.format || verdict === 'accept' || !bold) return
  if (mark.attrs['bold'] === true) tr.addMark(range.from, range.to, bold.create())
  else tr.removeMark(range.from, range.to, bold)
}

/** A block becomes what was proposed, or stays what it is. */
function settleProposal(tr: Transaction, node: Node, position: number, { verdict, choice }: { readonly verdict: 'accept' | 'reject'; readonly choice: ChangeChoice }): void {
  const proposal = parseProposal(node.attrs[proposalAttribute])
  if (proposal === null || !isChosen(choice, proposal.id)) return
  const type = node.type.schema.nodes[nodeNames[proposal.kind]]
  if (verdict === 'reject' || !type) tr.setNodeMarkup(position, null, { ...node.attrs, [proposalAttribute]: null })
  else tr.setNodeMarkup(position, type, proposal.level === 0 ? null : { level: proposal.level })
}

function dropIfEmpty(tr: Transaction, position: number): void {
  const at = tr.doc.resolve(position)
  if (at.depth !== 1 || at.parent.content.size > 0 || at.parent.type.name === 'title' || tr.doc.childCount === 1) return
  tr.delete(at.before(), at.after())
}
