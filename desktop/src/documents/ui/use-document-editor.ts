/** The editor of the page: made once per live text, told about mode and findings. */
import type { Editor } from '@tiptap/core'
import { useEditor } from '@tiptap/react'
import { useEffect, useRef } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { editorExtensions, type EditorUser, type PageHooks } from './editor/create-editor.ts'
import { findingAtCursor, showFindings } from './editor/finding-marks.ts'
import type { LiveDocument } from './editor/live-document.ts'
import { readPending } from './editor/prompt-caret.ts'
import { describeFinding, repairFinding } from './finding-words.ts'
import type { Checking } from './use-findings.ts'
import type { Mode } from './workbench-model.ts'

/** What the editor depends on. */
export interface EditorDeps {
  readonly live: LiveDocument
  readonly user: EditorUser
  readonly mode: Mode
  readonly findings: Checking
  readonly onComment: () => void
  readonly page: Pick<PageHooks, 'onFind' | 'onHelp' | 'onBrush' | 'pictureAddress' | 'brokenPicture' | 'onPasted'>
  /** May accept and reject revisions. */
  readonly maySettle: boolean
  readonly onPickThread: (threadId: string) => void
}

/** The editor, or null for the moment before it exists. */
export function useDocumentEditor(deps: EditorDeps): Editor | null {
  const { live, user, mode, findings } = deps
  const speech = useWords()
  const now = useRef({ deps, editor: null as Editor | null })
  now.current.deps = deps
  const editor = useEditor(
    {
      extensions: editorExtensions(live, user, {
        isRevising: () => now.current.deps.mode === 'revise',
        onComment: () => now.current.deps.onComment(),
        onFind: (replacing) => now.current.deps.page.onFind(replacing),
        onHelp: () => now.current.deps.page.onHelp(),
        onBrush: (isLoaded) => now.current.deps.page.onBrush(isLoaded),
        pictureAddress: (digest) => now.current.deps.page.pictureAddress(digest),
        brokenPicture: () => now.current.deps.page.brokenPicture(),
        onPasted: (report) => now.current.deps.page.onPasted(report),
        maySettle: () => now.current.deps.maySettle,
        onPickThread: (threadId) => now.current.deps.onPickThread(threadId),
        onFix: () => fixAtCursor(now.current.editor, now.current.deps),
      }),
      editable: mode === 'draft' || mode === 'revise',
      immediatelyRender: true,
      shouldRerenderOnTransaction: false,
    },
    [live, user.personId],
  )
  now.current.editor = editor
  useEffect(() => {
    const read = () => readPending(editor)
    const { dom } = editor.view
    live.beforeRemote.add(read)
    dom.addEventListener('keydown', read, { capture: true })
    return () => {
      live.beforeRemote.delete(read)
      dom.removeEventListener('keydown', read, { capture: true })
    }
  }, [editor, live])
  useEffect(() => {
    editor.setEditable(mode === 'draft' || mode === 'revise', false)
  }, [editor, mode])
  useEffect(() => {
    if (!editor.isDestroyed) showFindings(editor, findings.findings, (finding) => describeFinding(finding, speech.t))
  }, [editor, findings.findings, speech])
  return editor
}

function fixAtCursor(editor: Editor | null, deps: EditorDeps): boolean {
  if (!editor?.isEditable) return false
  const finding = findingAtCursor(editor, deps.findings.findings)
  return finding !== null && repairFinding({ editor, live: deps.live, isRevising: deps.mode === 'revise' }, finding)
}
