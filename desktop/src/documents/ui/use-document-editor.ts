/** The editor of the page: made once per live text, told about mode and findings. */
import type { Editor } from '@tiptap/core'
import { useEditor } from '@tiptap/react'
import { useEffect, useRef } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { editorExtensions, type EditorUser } from './editor/create-editor.ts'
import { findingAtCursor, showFindings } from './editor/finding-marks.ts'
import type { LiveDocument } from './editor/live-document.ts'
import { describeFinding, repairFinding } from './finding-words.ts'
import type { Checking } from './use-findings.ts'
import type { Mode } from './workbench-model.ts'

/** What the editor depends on. */
export interface EditorDeps {
  readonly live: LiveDocument
  readonly user: EditorUser
  readonly mode: Mode
  readonly findings: Checking
  readonly onStructureRefused: () => void
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
        onStructureRefused: () => now.current.deps.onStructureRefused(),
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
