import type { Editor } from '@tiptap/core'
import { changeMarks, deriveLabels, nodeNames } from '@xiewen/shared/documents'
import { useWords } from '../../platform/i18n/index.ts'
import { goTo } from './editor/create-editor.ts'
import { shapeOfNode, skeletonOf } from './editor/labels.ts'
import { useQuietState } from './use-quiet-state.ts'
import type { Desk } from './workbench-model.ts'

interface Entry {
  readonly label: string
  readonly text: string
  readonly depth: number
  readonly position: number
}

/** How deep blocks that are no heading stand in the outline. */
const depths: ReadonlyMap<string, number> = new Map([[nodeNames['annex-title'], 1], [nodeNames.chapter, 1], [nodeNames.section, 2], [nodeNames.article, 3]])

/** 提纲: headings, parts of regulations and attachments with their numbers; a click goes there. */
export function Outline({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const entries = useQuietState(desk.editor, entriesOf, [])
  const { editor } = desk
  if (editor === null || entries.length === 0) return <p className="soft">{t('documents.ui.outline.none')}</p>
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
    const shape = shapeOfNode(node)
    const isHeading = shape.name === nodeNames.heading
    const depth = isHeading ? shape.level : depths.get(shape.name)
    if (depth === undefined) return
    let text = ''
    node.forEach((child) => {
      if (!child.marks.some((mark) => mark.type.name === changeMarks.deletion)) text += child.text ?? ''
    })
    // A heading that runs on shows its first sentence only.
    entries.push({ label: labels[index] ?? '', text: (text.split('。')[0] ?? '').slice(0, 40), depth, position })
  })
  return entries
}
