/** Brings colleagues' edits into the editor block by block. The binding we build on rebuilds every node of the document and
 * replaces the whole text for each remote letter: with ten people typing in 100,000 characters nothing else gets done, and
 * every mark drawn in the text is lost. Here only blocks that changed are made anew, and only what differs in each is replaced. */
import { Extension } from '@tiptap/core'
import { Fragment, type Mark, type Node, type Schema, Slice } from '@tiptap/pm/model'
import { Plugin, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import { nodeNames } from '@xiewen/shared/documents'
import * as Y from 'yjs'
import { replaceDifference } from './replace-difference.ts'

type Observer = (events: readonly Y.YEvent<Y.XmlFragment>[], transaction: Y.Transaction) => void

/** The parts of y-tiptap's binding used here. */
export interface Binding {
  readonly type: Y.XmlFragment
  readonly doc: Y.Doc
  readonly mapping: Map<object, Node | Node[]>
  readonly mux: (work: () => void) => void
  readonly prosemirrorView: EditorView | null
  readonly beforeTransactionSelection: { readonly type: string; readonly anchor: unknown; readonly head: unknown } | null
  _observeFunction: Observer
}

/** The extension; it takes the place of the binding's own observer as soon as the view exists. */
export const IncrementalSync = Extension.create({
  name: 'incrementalSync',
  priority: 900,
  addProseMirrorPlugins: () => [
    new Plugin({
      view: (view) => {
        // Safe because Collaboration is part of every editor of ours and keeps its binding there.
        const { binding } = ySyncPluginKey.getState(view.state) as { readonly binding: Binding | null }
        if (binding !== null) takeOver(binding)
        return {}
      },
    }),
  ],
})

const taken = new WeakSet<Binding>()

/** Puts this way of bringing in edits in place of the binding's own. */
export function takeOver(binding: Binding): void {
  if (taken.has(binding)) return
  taken.add(binding)
  const observer: Observer = (_events, transaction) => bringIn(binding, transaction)
  // Safe because Yjs only ever calls what it is given.
  binding.type.unobserveDeep(binding._observeFunction as never)
  binding._observeFunction = observer
  if (binding.prosemirrorView === null) return
  binding.type.observeDeep(observer as never)
  const { doc } = binding.prosemirrorView.state
  const elements = elementsIn(binding)
  if (elements.length === doc.childCount) elements.forEach((element, index) => binding.mapping.set(element, doc.child(index)))
}

function elementsIn(binding: Binding): readonly Y.XmlElement[] {
  return binding.type.toArray().filter((child) => child instanceof Y.XmlElement)
}

function bringIn(binding: Binding, transaction: Y.Transaction): void {
  const view = binding.prosemirrorView
  if (view === null) return
  binding.mux(() => {
    const { mapping } = binding
    for (const type of transaction.changed.keys()) mapping.delete(type)
    for (const type of transaction.changedParentTypes.keys()) mapping.delete(type)
    const { schema } = view.state
    const elements = elementsIn(binding)
    const nodes = elements.map((element) => knownNode(element, mapping) ?? makeNode(element, schema, mapping))
    const tr = replaceChanged(view.state.tr, nodes)
    elements.forEach((element, index) => mapping.set(element, tr.doc.child(index)))
    restoreSelection(tr, binding, transaction)
    tr.setMeta('addToHistory', false)
    tr.setMeta(ySyncPluginKey, { isChangeOrigin: true, isUndoRedoOperation: transaction.origin instanceof Y.UndoManager })
    view.dispatch(tr)
  })
}

function knownNode(element: Y.XmlElement, mapping: Binding['mapping']): Node | null {
  const known = mapping.get(element)
  return known === undefined || Array.isArray(known) ? null : known
}

/** Replaces every stretch of blocks that differs on its own, and in a block that was only written in the shortest stretch of its
 * text: what lies between two colleagues' places stays as it is drawn. */
function replaceChanged(tr: Transaction, nodes: readonly Node[]): Transaction {
  const old = tr.doc.children
  const starts = [0]
  for (const node of old) starts.push((starts.at(-1) ?? 0) + node.nodeSize)
  // From the end, so that the places in front keep their numbers.
  for (const { out, into } of stretchesOf(old, nodes).toReversed()) {
    const from = starts[out.from] ?? 0
    const fresh = nodes.slice(into.from, into.to)
    const [only] = fresh
    const former = out.to - out.from === 1 ? old[out.from] : undefined
    if (only && fresh.length === 1 && former) replaceDifference(tr, from, former, only)
    else tr.replace(from, starts[out.to] ?? from, new Slice(Fragment.from(fresh), 0, 0))
  }
  return tr
}

/** Blocks `out` of the old text that give way to blocks `into` of the new one, by index. */
interface Stretch {
  readonly out: { readonly from: number; readonly to: number }
  readonly into: { readonly from: number; readonly to: number }
}

/** Where two versions of the text differ, in order. */
function stretchesOf(old: readonly Node[], nodes: readonly Node[]): readonly Stretch[] {
  const tail = commonTail(old, nodes)
  const ends = { out: old.length - tail, into: nodes.length - tail }
  const found: Stretch[] = []
  let [at, next] = [0, 0]
  while (at < ends.out || next < ends.into) {
    if (at < ends.out && next < ends.into && isSame(old[at], nodes[next])) {
      at += 1
      next += 1
      continue
    }
    const meeting = nextMeeting(old.slice(at, ends.out), nodes.slice(next, ends.into))
    found.push(...asStretches({ from: at, to: at + meeting.out }, { from: next, to: next + meeting.into }))
    at += meeting.out
    next += meeting.into
  }
  return found
}

/** As many out as in were written in, each on its own. */
function asStretches(out: Stretch['out'], into: Stretch['into']): readonly Stretch[] {
  const count = out.to - out.from
  if (count !== into.to - into.from) return [{ out, into }]
  return Array.from({ length: count }, (_each, index) => ({
    out: { from: out.from + index, to: out.from + index + 1 },
    into: { from: into.from + index, to: into.from + index + 1 },
  }))
}

function commonTail(old: readonly Node[], nodes: readonly Node[]): number {
  let tail = 0
  while (tail < old.length && tail < nodes.length && isSame(old.at(-1 - tail), nodes.at(-1 - tail))) tail += 1
  return tail
}

/** Versions that do not meet again after so many blocks of both are replaced up to their end. */
const furthestMeeting = 50

/** How many blocks of each to pass over until both go on alike: the fewest. */
function nextMeeting(old: readonly Node[], nodes: readonly Node[]): { readonly out: number; readonly into: number } {
  for (let sum = 1; sum <= furthestMeeting; sum += 1) {
    for (let out = Math.max(0, sum - nodes.length); out <= Math.min(sum, old.length - 1); out += 1) {
      if (isSame(old[out], nodes[sum - out])) return { out, into: sum - out }
    }
  }
  return { out: old.length, into: nodes.length }
}

/** Nearly always decided by identity: unchanged blocks keep their node. */
function isSame(a: Node | undefined, b: Node | undefined): boolean {
  return a !== undefined && b !== undefined && (a === b || a.eq(b))
}

/** The caret stands between the same letters as before. */
function restoreSelection(tr: Transaction, binding: Binding, transaction: Y.Transaction): void {
  const before = binding.beforeTransactionSelection
  if (before === null || before.anchor === null || before.head === null || before.type !== 'text') return
  const place = (position: unknown): number | null => {
    // Safe because y-tiptap made the position from this very document.
    return relativePositionToAbsolutePosition(binding.doc, binding.type, position as never, binding.mapping as never)
  }
  const [anchor, head] = [place(before.anchor), place(before.head)]
  if (anchor === null || head === null) return
  const size = tr.doc.content.size
  if (anchor > size || head > size) return
  tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)))
  if (transaction.origin instanceof Y.UndoManager) tr.scrollIntoView()
}

/** Makes the node of a shared element and of what is inside it. What the schema does not know is shown as a paragraph of its
 * words: nothing is ever taken out of the shared text because this window cannot read it. */
function makeNode(element: Y.XmlElement, schema: Schema, mapping: Binding['mapping']): Node {
  const children = element.toArray().flatMap((child): readonly Node[] => {
    if (child instanceof Y.XmlText) return textNodes(child, schema)
    return child instanceof Y.XmlElement ? [knownNode(child, mapping) ?? makeNode(child, schema, mapping)] : []
  })
  const node = nodeOrWords(element, schema, children)
  mapping.set(element, node)
  return node
}

function nodeOrWords(element: Y.XmlElement, schema: Schema, children: readonly Node[]): Node {
  const type = schema.nodes[element.nodeName]
  if (type !== undefined && type.validContent(Fragment.from(children))) return type.create(element.getAttributes(), children)
  const words = children.filter((child) => child.isText)
  const paragraph = schema.nodes[nodeNames.paragraph]
  if (!paragraph) throw new Error('Bug: the schema has no paragraph')
  return paragraph.create(null, words)
}

function textNodes(text: Y.XmlText, schema: Schema): readonly Node[] {
  // Safe because the parts of a delta are looked at one by one.
  const delta = text.toDelta() as readonly { readonly insert?: unknown; readonly attributes?: Record<string, unknown> }[]
  return delta.flatMap(({ insert, attributes }) => (typeof insert === 'string' && insert !== '' ? [schema.text(insert, marksFrom(attributes ?? {}, schema))] : []))
}

/** Marks that may overlap themselves carry a hash after their name. */
function marksFrom(attributes: Record<string, unknown>, schema: Schema): readonly Mark[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    const type = schema.marks[name.replace(/--[a-zA-Z0-9+/=]{8}$/, '')]
    // Safe because ProseMirror fills in what is missing and ignores what it does not know.
    return type === undefined || value === null || value === false ? [] : [type.create(typeof value === 'object' ? (value as Record<string, unknown>) : null)]
  })
}
