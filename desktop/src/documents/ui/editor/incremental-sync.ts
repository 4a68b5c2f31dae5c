/** Brings colleagues' edits into the editor block by block. The binding we build on rebuilds every node of the document and
 * replaces the whole text for each remote letter: with ten people typing in 100,000 characters nothing else gets done, and
 * every mark drawn in the text is lost. Here only blocks that changed are made anew and only what differs is replaced. */
import { Extension } from '@tiptap/core'
import { Fragment, type Mark, type Node, type Schema, Slice } from '@tiptap/pm/model'
import { Plugin, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import { nodeNames } from '@xiewen/shared/documents'
import * as Y from 'yjs'

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

/** Replaces the shortest stretch of blocks that differs; inside a single block, the shortest stretch of its text. */
function replaceChanged(tr: Transaction, nodes: readonly Node[]): Transaction {
  const old = tr.doc
  let head = 0
  while (head < old.childCount && head < nodes.length && isSame(old.child(head), nodes[head])) head += 1
  let tail = 0
  while (tail < old.childCount - head && tail < nodes.length - head && isSame(old.child(old.childCount - 1 - tail), nodes[nodes.length - 1 - tail])) tail += 1
  let from = 0
  for (let index = 0; index < head; index += 1) from += old.child(index).nodeSize
  let to = old.content.size
  for (let index = 0; index < tail; index += 1) to -= old.child(old.childCount - 1 - index).nodeSize
  const fresh = nodes.slice(head, nodes.length - tail)
  const [only] = fresh
  if (fresh.length === 1 && only !== undefined && old.childCount - head - tail === 1) {
    const former = old.child(head)
    if (former.sameMarkup(only)) return replaceInside(tr, { former, only, start: from + 1 })
  }
  return from === to && fresh.length === 0 ? tr : tr.replace(from, to, new Slice(Fragment.from(fresh), 0, 0))
}

/** Nearly always decided by identity: unchanged blocks keep their node. */
function isSame(a: Node, b: Node | undefined): boolean {
  return b !== undefined && (a === b || a.eq(b))
}

function replaceInside(tr: Transaction, { former, only, start }: { readonly former: Node; readonly only: Node; readonly start: number }): Transaction {
  const from = former.content.findDiffStart(only.content)
  const end = former.content.findDiffEnd(only.content)
  if (from === null || end === null) return tr
  // Repeated letters let both searches overlap.
  const overlap = Math.max(0, from - Math.min(end.a, end.b))
  return tr.replace(start + from, start + end.a + overlap, only.slice(from, end.b + overlap))
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
