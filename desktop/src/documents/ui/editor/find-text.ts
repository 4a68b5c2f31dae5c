/** Finding and replacing in the whole text. What is marked as deleted is not found; replacing in revision mode is a revision. */
import { type Editor, Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { changeMarks } from '@xiewen/shared/documents'

/** A place where the words stand. */
export interface Hit {
  readonly from: number
  readonly to: number
}

/** What is looked for, where it stands, and which place is current (-1: none). */
export interface Finding {
  readonly words: string
  readonly matchCase: boolean
  readonly hits: readonly Hit[]
  readonly current: number
}

interface Shown extends Finding {
  readonly drawn: DecorationSet
}

const nothing: Shown = { words: '', matchCase: false, hits: [], current: -1, drawn: DecorationSet.empty }
const key = new PluginKey<Shown>('find')
/** Most places marked at once. */
const mostHits = 5000

/** The extension; `onOpen` shows the bar, with the replacing half when asked. */
export const FindText = Extension.create<{ readonly onOpen: (replacing: boolean) => void }>({
  name: 'findText',
  addOptions: () => ({ onOpen: () => undefined }),
  addKeyboardShortcuts() {
    const { editor, options } = this
    const open = (replacing: boolean) => () => {
      options.onOpen(replacing)
      return true
    }
    return { 'Mod-f': open(false), 'Mod-h': open(true), F3: () => goToHit(editor, 1), 'Shift-F3': () => goToHit(editor, -1) }
  },
  addProseMirrorPlugins: () => [
    new Plugin<Shown>({
      key,
      state: {
        init: () => nothing,
        apply: (tr, old) => {
          const given = tr.getMeta(key) as Pick<Finding, 'words' | 'matchCase' | 'current'> | undefined
          if (given) return look(tr.doc, given)
          return tr.docChanged && old.words !== '' ? look(tr.doc, old) : old
        },
      },
      props: { decorations: (state) => key.getState(state)?.drawn ?? null },
    }),
  ],
})

function look(doc: Node, given: Pick<Finding, 'words' | 'matchCase' | 'current'>): Shown {
  if (given.words === '') return nothing
  const hits = findWords(doc, given.words, given.matchCase)
  const current = Math.min(given.current, hits.length - 1)
  const drawn = hits.map(({ from, to }, index) => Decoration.inline(from, to, { class: index === current ? 'found current' : 'found' }))
  return { words: given.words, matchCase: given.matchCase, hits, current, drawn: DecorationSet.create(doc, drawn) }
}

/** Every place where the words stand, in the order of the text. */
export function findWords(doc: Node, words: string, matchCase: boolean): readonly Hit[] {
  const wanted = matchCase ? words : words.toLowerCase()
  const hits: Hit[] = []
  doc.descendants((node, position) => {
    if (!node.isTextblock) return hits.length < mostHits
    const places = visiblePlaces(node)
    const text = matchCase ? places.text : places.text.toLowerCase()
    for (let at = text.indexOf(wanted); at >= 0 && hits.length < mostHits; at = text.indexOf(wanted, at + wanted.length)) {
      const [first, last] = [places.at[at], places.at[at + wanted.length - 1]]
      if (first !== undefined && last !== undefined) hits.push({ from: position + 1 + first, to: position + 2 + last })
    }
    return false
  })
  return hits
}

/** The text of a block without what is marked as deleted, and where each letter of it stands. */
function visiblePlaces(block: Node): { readonly text: string; readonly at: readonly number[] } {
  let text = ''
  const at: number[] = []
  block.forEach((child, offset) => {
    if (!child.isText || child.marks.some((mark) => mark.type.name === changeMarks.deletion)) return
    for (let index = 0; index < (child.text ?? '').length; index += 1) at.push(offset + index)
    text += child.text ?? ''
  })
  return { text, at }
}

/** What is being looked for now. */
export function findingOf(editor: Editor): Finding {
  return key.getState(editor.state) ?? nothing
}

/** Looks for other words; '' ends looking. The place after the cursor becomes the current one. */
export function lookFor(editor: Editor, words: string, matchCase: boolean): void {
  const hits = words === '' ? [] : findWords(editor.state.doc, words, matchCase)
  const here = editor.state.selection.from
  const next = hits.findIndex((hit) => hit.from >= here)
  editor.view.dispatch(editor.state.tr.setMeta(key, { words, matchCase, current: next < 0 ? hits.length - 1 : next }).setMeta('addToHistory', false))
}

/** Goes to the next or the last place, around the ends. */
export function goToHit(editor: Editor, step: 1 | -1): boolean {
  const { hits, current, words, matchCase } = findingOf(editor)
  const index = hits.length === 0 ? -1 : (current + step + hits.length) % hits.length
  const hit = hits[index]
  if (!hit) return words !== ''
  const tr = editor.state.tr.setMeta(key, { words, matchCase, current: index }).setSelection(TextSelection.create(editor.state.doc, hit.from, hit.to))
  editor.view.dispatch(tr.scrollIntoView())
  return true
}

/** Replaces the current place and goes on to the next one. */
export function replaceHit(editor: Editor, replacement: string): void {
  const { hits, current } = findingOf(editor)
  const hit = hits[Math.max(0, current)]
  if (!hit || !editor.isEditable) return
  editor.view.dispatch(replaceIn(editor, [hit], replacement))
  goToHit(editor, 1)
}

/** Replaces every place at once: one step to undo.
 *
 * @returns how many
 */
export function replaceAllHits(editor: Editor, replacement: string): number {
  const { hits } = findingOf(editor)
  if (hits.length === 0 || !editor.isEditable) return 0
  editor.view.dispatch(replaceIn(editor, hits, replacement))
  return hits.length
}

function replaceIn(editor: Editor, hits: readonly Hit[], replacement: string) {
  const tr = editor.state.tr
  for (const { from, to } of hits.toReversed()) {
    if (replacement === '') tr.delete(from, to)
    else tr.insertText(replacement, from, to)
  }
  return tr
}
