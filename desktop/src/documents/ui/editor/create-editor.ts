/** Puts the editor together: schema, shared text, carets, revision, numbers, checker's marks. */
import { type Editor, Extension } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import { bodyOf } from '@xiewen/shared/documents'
import { colourOf } from '../person-colours.ts'
import { calmCarets } from './calm-carets.ts'
import { ChangeKeys } from './change-keys.ts'
import { CommentMarks } from './comment-marks.ts'
import { Comfort } from './comfort.ts'
import { Figure } from './figure-view.ts'
import { FindText } from './find-text.ts'
import { FindingMarks } from './finding-marks.ts'
import { IncrementalSync } from './incremental-sync.ts'
import { Keys, type KeyOptions } from './keys.ts'
import { Labels } from './labels.ts'
import type { LiveDocument } from './live-document.ts'
import { figure, schemaExtensions } from './nodes.ts'
import { CleanPaste, type PasteReport } from './paste.ts'
import { PromptCaret } from './prompt-caret.ts'
import { Revision } from './revision.ts'

/** Who edits, as others see them. */
export interface EditorUser {
  readonly personId: string
  readonly name: string
  readonly post: string
}

/** What the editor asks of the page around it. */
export interface PageHooks extends KeyOptions {
  readonly onFind: (replacing: boolean) => void
  readonly onHelp: () => void
  readonly onBrush: (isLoaded: boolean) => void
  /** Where the bytes of a picture are; null when the document has no such file. */
  readonly pictureAddress: (digest: string) => string | null
  readonly brokenPicture: () => string
  readonly onPasted: (report: PasteReport) => void
}

/** The extensions of a document's editor. */
export function editorExtensions(live: LiveDocument, user: EditorUser, keys: PageHooks) {
  return [
    ...schemaExtensions.filter((extension) => extension.name !== figure.name),
    Figure.configure({ addressOf: keys.pictureAddress, brokenWords: keys.brokenPicture }),
    Collaboration.configure({ fragment: bodyOf(live.doc) }),
    CollaborationCaret.configure({ provider: { awareness: calmCarets(live.awareness) }, user, render: renderCaret, selectionRender: renderSelection }),
    IncrementalSync,
    PromptCaret,
    Labels,
    FindingMarks,
    CommentMarks.configure({ onPick: keys.onPickThread }),
    CleanPaste.configure({ onPasted: keys.onPasted }),
    Keys.configure(keys),
    FindText.configure({ onOpen: keys.onFind }),
    Comfort.configure({ onHelp: keys.onHelp, onBrush: keys.onBrush }),
    ChangeKeys.configure({ maySettle: keys.maySettle }),
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
  const color = colourOf(String(user['personId']))
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

/** What a colleague has selected, in a light shade of their colour. */
function renderSelection(user: Record<string, unknown>): { readonly nodeName: string; readonly style: string } {
  return { nodeName: 'span', style: `background-color: ${colourOf(String(user['personId']))}40` }
}

/** Scrolls a position into view and puts the cursor there. */
export function goTo(editor: Editor, position: number): void {
  editor.chain().setTextSelection(Math.min(position, editor.state.doc.content.size)).scrollIntoView().run()
  if (editor.isEditable) editor.view.focus()
}
