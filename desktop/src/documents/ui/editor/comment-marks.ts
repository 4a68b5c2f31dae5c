/** Comments (批注) in the text: anchors that name characters, not places, and the marks drawn where they stand now. */
import { type Editor, Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import { changeMarks } from '@xiewen/shared/documents'
import * as Y from 'yjs'

/** What the marks need to know of a thread. */
export interface AnchoredThread {
  readonly id: string
  readonly quote: string
  /** Yjs relative positions in base64; empty for the document as a whole. */
  readonly from: string
  readonly to: string
  readonly isResolved: boolean
}

interface Marks {
  readonly threads: readonly AnchoredThread[]
  readonly active: string | null
  readonly drawn: DecorationSet
}

const key = new PluginKey<Marks>('comments')
const none: Marks = { threads: [], active: null, drawn: DecorationSet.empty }

/** Options: `onPick` is told which thread was clicked in the text. */
export interface CommentMarksOptions {
  readonly onPick: (threadId: string) => void
}

/** The extension: marks move with the text; what a colleague's edit has carried off is found again by its anchor. */
export const CommentMarks = Extension.create<CommentMarksOptions>({
  name: 'commentMarks',
  addOptions: () => ({ onPick: () => undefined }),
  addProseMirrorPlugins() {
    const { options } = this
    return [
      new Plugin<Marks>({
        key,
        state: {
          init: () => none,
          apply: (tr, old, _before, state) => {
            const given = tr.getMeta(key) as Pick<Marks, 'threads' | 'active'> | undefined
            if (given) return { ...given, drawn: draw(state, given.threads, given.active) }
            if (!tr.docChanged || old.threads.length === 0) return old
            return { ...old, drawn: moved(old, old.drawn.map(tr.mapping, tr.doc), state) }
          },
        },
        props: {
          decorations: (state) => key.getState(state)?.drawn ?? null,
          handleClick: (view, position) => {
            const [found] = key.getState(view.state)?.drawn.find(position, position) ?? []
            if (found) options.onPick(String(found.spec['thread']))
            return false
          },
        },
      }),
    ]
  },
})

function moved(old: Marks, mapped: DecorationSet, state: EditorState): DecorationSet {
  const before = old.drawn.find()
  const after = mapped.find()
  if (before.length === after.length) return mapped
  const kept = new Set(after.map((each) => String(each.spec['thread'])))
  const lost = new Set(before.map((each) => String(each.spec['thread'])).filter((id) => !kept.has(id)))
  return mapped.add(state.doc, old.threads.filter((thread) => lost.has(thread.id)).flatMap((thread) => decorationOf(state, thread, old.active)))
}

function draw(state: EditorState, threads: readonly AnchoredThread[], active: string | null): DecorationSet {
  return DecorationSet.create(state.doc, threads.flatMap((thread) => decorationOf(state, thread, active)))
}

function decorationOf(state: EditorState, thread: AnchoredThread, active: string | null): readonly Decoration[] {
  if (thread.isResolved && thread.id !== active) return []
  const range = locateThread(state, thread)
  if (range === null) return []
  const name = `comment-mark${thread.id === active ? ' active' : ''}`
  return [Decoration.inline(range.from, range.to, { class: name, 'data-thread': thread.id }, { thread: thread.id, inclusiveEnd: false })]
}

/** Puts the threads on screen. */
export function showThreads(editor: Editor, threads: readonly AnchoredThread[], active: string | null): void {
  editor.view.dispatch(editor.state.tr.setMeta(key, { threads, active }).setMeta('addToHistory', false))
}

/** A stretch of the editor's text. */
export interface TextRange {
  readonly from: number
  readonly to: number
}

interface Binding {
  readonly doc: Y.Doc
  readonly type: Y.XmlFragment
  readonly mapping: Map<Y.AbstractType<unknown>, Node | Node[]>
}

function bindingOf(state: EditorState): Binding | null {
  // Safe because this is the state of y-tiptap's sync plugin, which is part of every editor of ours.
  const synced = ySyncPluginKey.getState(state) as { readonly binding?: Binding | null } | undefined
  return synced?.binding ?? null
}

/** Names the characters of a stretch so that they are found again after any edit. Null outside of a live text. */
export function anchorOf(state: EditorState, range: TextRange): { readonly from: string; readonly to: string } | null {
  const binding = bindingOf(state)
  if (binding === null) return null
  // Safe because y-tiptap keeps exactly these types in its mapping.
  const name = (position: number): string => toBase64(Y.encodeRelativePosition(absolutePositionToRelativePosition(position, binding.type, binding.mapping as never)))
  return { from: name(range.from), to: name(range.to) }
}

/** Where a thread's words stand now: by its anchor, else by the words themselves; null when they are gone. */
export function locateThread(state: EditorState, thread: Pick<AnchoredThread, 'from' | 'to' | 'quote'>): TextRange | null {
  if (thread.from === '') return null
  const [from, to] = [resolve(state, thread.from), resolve(state, thread.to)]
  if (from !== null && to !== null && to > from && to <= state.doc.content.size) return { from, to }
  return findWords(state.doc, thread.quote)
}

function resolve(state: EditorState, anchor: string): number | null {
  const binding = bindingOf(state)
  if (binding === null) return null
  try {
    const position = Y.decodeRelativePosition(fromBase64(anchor))
    // Safe as in `anchorOf`.
    return relativePositionToAbsolutePosition(binding.doc, binding.type, position, binding.mapping as never)
  } catch {
    // An anchor that is no relative position was not made by this program: the thread stands without a place.
    return null
  }
}

/** Text moved by a revision or a restored version has new characters; its words are the second way to it. */
function findWords(doc: Node, words: string): TextRange | null {
  if (words === '') return null
  let found: TextRange | null = null
  doc.descendants((node, position) => {
    if (found !== null || !node.isTextblock) return found === null
    const at = node.textContent.indexOf(words)
    if (at >= 0) found = { from: position + 1 + at, to: position + 1 + at + words.length }
    return false
  })
  return found
}

/** The words of a stretch without what is marked as deleted, for the quote. */
export function wordsIn(doc: Node, range: TextRange): string {
  let words = ''
  doc.nodesBetween(range.from, range.to, (node, position) => {
    if (!node.isText || node.marks.some((mark) => mark.type.name === changeMarks.deletion)) return
    words += (node.text ?? '').slice(Math.max(0, range.from - position), range.to - position)
  })
  return words
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
