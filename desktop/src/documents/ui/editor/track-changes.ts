/** Revision mode (修订): what would change the text becomes marks on it. Our text is flat (blocks of one line each), so every
 * change is either text marked as inserted or text marked as deleted; splitting or joining blocks moves the rest of the text
 * as a deletion here and an insertion there. Nothing of another person's is ever removed for real. */
import { Fragment, type Mark, type Node, type ResolvedPos } from '@tiptap/pm/model'
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { AddMarkStep, Mapping, RemoveMarkStep, ReplaceStep } from '@tiptap/pm/transform'
import { changeMarks } from '@xiewen/shared/documents'

/** Who revises. `nextSerial` gives a fresh part of a change's id. */
export interface Reviser {
  readonly personId: string
  readonly nextSerial: () => string
}

/** Turns a transaction into one that marks instead of replacing. Steps that only change structure are left out.
 *
 * @returns the transaction to dispatch; on top of `state`
 */
export function trackTransaction(original: Transaction, state: EditorState, reviser: Reviser): Transaction {
  const tr = state.tr
  original.steps.forEach((step, index) => {
    const before = original.docs[index]
    if (!before) return
    // Positions of this step, carried back to the start and forward over what has been done instead.
    // A sliced mapping forgets its bounds when inverted, so the earlier maps are taken out by hand.
    const back = new Mapping(original.mapping.maps.slice(0, index)).invert()
    const carry = (position: number, side: number): number => tr.mapping.map(back.map(position, side), side)
    if (step instanceof ReplaceStep) trackReplace(tr, { from: carry(step.from, -1), to: carry(step.to, 1), slice: step.slice }, { state, reviser })
    else if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) trackMark(tr, { from: carry(step.from, 1), to: carry(step.to, -1), mark: step.mark, isOn: step instanceof AddMarkStep }, { state, reviser })
  })
  if (!tr.docChanged && original.selectionSet && !original.docChanged) tr.setSelection(original.selection)
  if (original.scrolledIntoView) tr.scrollIntoView()
  return tr
}

interface MarkChange {
  readonly from: number
  readonly to: number
  readonly mark: Mark
  readonly isOn: boolean
}

/** Boldness changes at once and remembers how the letters were; one's own insertions just change. Other marks are no format. */
function trackMark(tr: Transaction, change: MarkChange, scene: Scene): void {
  const { mark, isOn } = change
  const act = (from: number, to: number) => (isOn ? tr.addMark(from, to, mark) : tr.removeMark(from, to, mark))
  if (mark.type.name !== 'bold') return void act(change.from, change.to)
  const { insertion, format } = marksOf(scene.state)
  const id = changeIdAt(tr.doc, change.from, change.to, scene.reviser)
  tr.doc.nodesBetween(change.from, change.to, (node, position) => {
    if (!node.isText || (mark.type.isInSet(node.marks) !== undefined) === isOn) return
    const [from, to] = [Math.max(change.from, position), Math.min(change.to, position + node.nodeSize)]
    act(from, to)
    const inserted = insertion.isInSet(node.marks)
    const known = format.isInSet(node.marks)
    if (inserted && authorOf(inserted) === scene.reviser.personId) return
    if (known?.attrs['bold'] === isOn) tr.removeMark(from, to, format)
    else if (!known) tr.addMark(from, to, format.create({ id, bold: !isOn }))
  })
}

interface Replacement {
  readonly from: number
  readonly to: number
  readonly slice: ReplaceStep['slice']
}

interface Scene {
  readonly state: EditorState
  readonly reviser: Reviser
}

function trackReplace(tr: Transaction, change: Replacement, scene: Scene): void {
  const { from, to, slice } = change
  const inserted = linesOf(slice.content)
  const isJoin = slice.size === 0 && tr.doc.textBetween(from, to).length === 0 && crossesBlocks(tr.doc, from, to)
  if (isJoin) return joinBlocks(tr, { from, to }, scene)
  const id = composedId(inserted, scene.reviser) ?? changeIdAt(tr.doc, from, to, scene.reviser)
  const cursorWasAtStart = scene.state.selection.from <= from && scene.state.selection.empty
  const end = markDeleted(tr, { from, to }, id, scene)
  const [first, ...rest] = inserted
  let cursor = first && first.size > 0 ? insertInline(tr, end, first, id, scene) : null
  if (rest.length > 0) cursor = insertLines(tr, cursor ?? end, rest, { id, scene })
  const landing = cursor ?? (cursorWasAtStart ? end : from)
  tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(landing, tr.doc.content.size)), cursor === null && !cursorWasAtStart ? -1 : 1))
}

/** The inline content of each line of a slice; a slice of inline content is one line. */
function linesOf(content: Fragment): readonly Fragment[] {
  if (content.childCount === 0) return []
  if (content.firstChild?.isInline) return [content]
  const lines: Fragment[] = []
  content.descendants((node) => {
    if (!node.isTextblock) return true
    lines.push(node.content)
    return false
  })
  return lines
}

function crossesBlocks(doc: Node, from: number, to: number): boolean {
  return to > from && !doc.resolve(from).sameParent(doc.resolve(to))
}

/** The id of the change the caller's neighbouring marks belong to, or a fresh one: what one person types in one place is one
 * change. */
function changeIdAt(doc: Node, from: number, to: number, reviser: Reviser): string {
  const marks = [...(doc.resolve(from).nodeBefore?.marks ?? []), ...(doc.resolve(to).nodeAfter?.marks ?? [])]
  const own = marks.find((mark) => isChange(mark) && authorOf(mark) === reviser.personId)
  return own ? idOf(own) : `${reviser.personId}:${reviser.nextSerial()}`
}

/** Text that comes out of an input method carries the mark it was composed under, see `beginComposition`; keeping its id keeps
 * the page as the input method left it. */
function composedId(lines: readonly Fragment[], reviser: Reviser): string | null {
  const mark = lines[0]?.firstChild?.marks.find((each) => each.type.name === changeMarks.insertion && authorOf(each) === reviser.personId)
  return mark ? idOf(mark) : null
}

/** Before an input method begins: what it composes is to stand under this person's mark from the first letter on, because
 * redrawing the line while composing would cut the input method off. */
export function beginComposition(state: EditorState, reviser: Reviser): Transaction {
  const { from, to } = state.selection
  const { insertion } = marksOf(state)
  return state.tr.setStoredMarks([insertion.create({ id: changeIdAt(state.doc, from, to, reviser) })])
}

/** Whether a mark is a pending revision. */
export function isChange(mark: Mark): boolean {
  return mark.type.name === changeMarks.insertion || mark.type.name === changeMarks.deletion || mark.type.name === changeMarks.format
}

/** The id of a change. */
export function idOf(mark: Mark): string {
  return String(mark.attrs['id'] ?? '')
}

/** The person a change belongs to. */
export function authorOf(mark: Mark): string {
  return authorOfId(idOf(mark))
}

/** Who made the change of this id; empty when it names nobody. */
export function authorOfId(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf(':')))
}

/** Marks a range as deleted; what the reviser has inserted there goes for real. Returns where the range ends now. */
function markDeleted(tr: Transaction, range: { readonly from: number; readonly to: number }, id: string, scene: Scene): number {
  const { insertion, deletion } = marksOf(scene.state)
  const start = tr.steps.length
  const own: { from: number; to: number }[] = []
  tr.doc.nodesBetween(range.from, range.to, (node, position) => {
    if (!node.isText) return
    const from = Math.max(range.from, position)
    const to = Math.min(range.to, position + node.nodeSize)
    const inserted = insertion.isInSet(node.marks)
    if (inserted && authorOf(inserted) === scene.reviser.personId) own.push({ from, to })
    else if (!deletion.isInSet(node.marks)) tr.addMark(from, to, deletion.create({ id }))
  })
  for (const { from, to } of own.reverse()) tr.delete(from, to)
  return tr.mapping.slice(start).map(range.to)
}

function insertInline(tr: Transaction, position: number, content: Fragment, id: string, scene: Scene): number {
  const { insertion } = marksOf(scene.state)
  const nodes: Node[] = []
  content.forEach((node) => {
    if (node.isText) nodes.push(node.mark(insertion.create({ id }).addToSet(node.marks.filter((mark) => !isChange(mark)))))
  })
  tr.insert(position, nodes)
  return position + nodes.reduce((size, node) => size + node.nodeSize, 0)
}

/** Puts further lines behind the block at `position`; the rest of that block moves to the end of the last one. */
function insertLines(tr: Transaction, position: number, lines: readonly Fragment[], how: { readonly id: string; readonly scene: Scene }): number {
  const { id, scene } = how
  const at = tr.doc.resolve(position)
  const rest = at.parent.slice(at.parentOffset).content
  const type = at.depth === 1 && at.parent.type.name === 'heading' && rest.size > 0 ? at.parent.type : scene.state.schema.nodes['paragraph']
  if (!type) return position
  const moved = remaining(rest)
  const end = at.end()
  markDeleted(tr, { from: position, to: end }, id, scene)
  let after = tr.doc.resolve(position).after()
  let cursor = position
  lines.forEach((line, index) => {
    const isLast = index === lines.length - 1
    tr.insert(after, type.create(type.name === 'heading' ? at.parent.attrs : null))
    cursor = insertInline(tr, after + 1, line, id, scene)
    if (isLast) insertInline(tr, cursor, moved, id, scene)
    after = tr.doc.resolve(cursor).after()
  })
  return cursor
}

/** Text that still counts: what is not marked as deleted. */
function remaining(content: Fragment): Fragment {
  const nodes: Node[] = []
  content.forEach((node) => {
    if (node.isText && !node.marks.some((mark) => mark.type.name === changeMarks.deletion)) nodes.push(node)
  })
  return Fragment.from(nodes)
}

/** Backspace at the beginning of a block, Delete at its end. An empty block just goes. */
function joinBlocks(tr: Transaction, range: { readonly from: number; readonly to: number }, scene: Scene): void {
  const [left, right] = [tr.doc.resolve(range.from), tr.doc.resolve(range.to)]
  if (left.depth !== 1 || right.depth !== 1) return
  if (right.parent.content.size === 0) {
    tr.delete(right.before(), right.after())
    tr.setSelection(TextSelection.near(tr.doc.resolve(range.from), -1))
    return
  }
  const id = changeIdAt(tr.doc, range.from, range.to, scene.reviser)
  const moved = remaining(right.parent.content)
  const wasEmpty = markAllDeleted(tr, right, id, scene)
  insertInline(tr, range.from, moved, id, scene)
  if (wasEmpty) removeEmptyAfter(tr, range.from)
  tr.setSelection(TextSelection.near(tr.doc.resolve(range.from), 1))
}

function markAllDeleted(tr: Transaction, position: ResolvedPos, id: string, scene: Scene): boolean {
  markDeleted(tr, { from: position.start(), to: position.end() }, id, scene)
  return tr.doc.resolve(position.start()).parent.content.size === 0
}

function removeEmptyAfter(tr: Transaction, position: number): void {
  const next = tr.doc.resolve(position).after()
  const node = tr.doc.nodeAt(next)
  if (node?.isTextblock && node.content.size === 0) tr.delete(next, next + node.nodeSize)
}

/** The marks of the schema that stand for revisions. */
export function marksOf(state: EditorState) {
  const { insertion, deletion, formatChange: format } = state.schema.marks
  if (!insertion || !deletion || !format) throw new Error('Bug: the schema has no revision marks')
  return { insertion, deletion, format }
}
