import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { changeMarks, deriveLabels, nodeNames } from '@xiewen/shared/documents'
import { useWords } from '../../platform/i18n/index.ts'
import { goTo } from './editor/create-editor.ts'
import { levelOf, skeletonOf } from './editor/labels.ts'
import type { Desk } from './workbench-model.ts'

interface Entry {
  readonly label: string
  readonly text: string
  readonly depth: number
  readonly position: number
}

/** 提纲: headings and attachments with their numbers; a click goes there. */
export function Outline({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const entries = useEditorState({ editor: desk.editor, selector: ({ editor }) => (editor === null ? [] : entriesOf(editor)), equalityFn: (a, b) => JSON.stringify(a) === JSON.stringify(b) })
  const { editor } = desk
  if (editor === null || entries === null || entries.length === 0) return <p className="soft">{t('documents.ui.outline.none')}</p>
  return (
    <ol className="outline">
      {entries.map((entry) => (
        <li key={entry.position} className={`depth-${entry.depth}`}>
          <button type="button" className="plain" onClick={() => goTo(editor, entry.position + 1)}>
            {entry.label}
            {entry.text}
          </button>
        </li>
      ))}
    </ol>
  )
}

function entriesOf(editor: Editor): readonly Entry[] {
  const { doc } = editor.state
  const labels = deriveLabels(skeletonOf(doc))
  const entries: Entry[] = []
  doc.forEach((node, position, index) => {
    const isHeading = node.type.name === nodeNames.heading
    if (!isHeading && node.type.name !== nodeNames['annex-title']) return
    let text = ''
    node.forEach((child) => {
      if (!child.marks.some((mark) => mark.type.name === changeMarks.deletion)) text += child.text ?? ''
    })
    // A heading that runs on shows its first sentence only.
    entries.push({ label: labels[index] ?? '', text: (text.split('。')[0] ?? '').slice(0, 40), depth: isHeading ? levelOf(node) : 1, position })
  })
  return entries
}
