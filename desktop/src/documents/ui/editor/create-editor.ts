/** Puts the editor together: schema, shared text, carets, revision, numbers, checker's marks. */
import { type Editor, Extension } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import { bodyOf } from '@xiewen/shared/documents'
import { FindingMarks } from './finding-marks.ts'
import { Keys, type KeyOptions } from './keys.ts'
import { Labels } from './labels.ts'
import type { LiveDocument } from './live-document.ts'
import { schemaExtensions } from './nodes.ts'
import { CleanPaste } from './paste.ts'
import { Revision } from './revision.ts'

/** Who edits, as others see them. */
export interface EditorUser {
  readonly personId: string
  readonly name: string
  readonly post: string
  /** `#rrggbb` */
  readonly color: string
}

/** The extensions of a document's editor. */
export function editorExtensions(live: LiveDocument, user: EditorUser, keys: KeyOptions) {
  return [
    ...schemaExtensions,
    Collaboration.configure({ fragment: bodyOf(live.doc) }),
    CollaborationCaret.configure({ provider: { awareness: live.awareness }, user, render: renderCaret }),
    Labels,
    FindingMarks,
    CleanPaste,
    Keys.configure(keys),
    Revision.configure({ isRevising: keys.isRevising, personId: user.personId }),
    EditorAttributes,
  ]
}

/** What the editing surface says of itself to browsers and screen readers. */
const EditorAttributes = Extension.create({
  name: 'editorAttributes',
  onCreate() {
    this.editor.view.dom.setAttribute('spellcheck', 'false')
    this.editor.view.dom.setAttribute('lang', 'zh-CN')
  },
})

/** A caret with name and post; the server vouches for both. */
function renderCaret(user: Record<string, unknown>): HTMLElement {
  const color = typeof user['color'] === 'string' && /^#[0-9a-fA-F]{6}$/.test(user['color']) ? user['color'] : '#4a5462'
  const caret = document.createElement('span')
  caret.className = 'caret'
  caret.style.borderColor = color
  const label = document.createElement('span')
  label.className = 'caret-label'
  label.style.backgroundColor = color
  label.textContent = [user['name'], user['post']].filter((part) => typeof part === 'string' && part !== '').join(' ')
  caret.append(label)
  return caret
}

/** A colour for a person, the same in every window; dark enough for white letters. */
export function colourOf(personId: string): string {
  const colours = ['#1c57b3', '#8a5200', '#1b6b3a', '#7a3e9d', '#0b6e7a', '#a03050', '#5a5a1e', '#3c4a8c'] as const
  let sum = 0
  for (const character of personId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return colours[sum % colours.length] ?? colours[0]
}

/** Scrolls a position into view and puts the cursor there. */
export function goTo(editor: Editor, position: number): void {
  editor.chain().setTextSelection(Math.min(position, editor.state.doc.content.size)).scrollIntoView().run()
  if (editor.isEditable) editor.view.focus()
}
