import { EditorContent } from '@tiptap/react'
import { useEffect } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { LoadingState } from '../../platform/kit/index.ts'
import type { Desk } from './workbench-model.ts'

/** The text on its sheet. In 清稿 revisions are hidden as if accepted. */
export function Paper({ desk }: { readonly desk: Desk }) {
  const { t } = useWords()
  const { editor } = desk
  // Screen readers name the field by this; it is on the page only after EditorContent has put it there.
  useEffect(() => {
    if (editor !== null && !editor.isDestroyed) editor.view.dom.setAttribute('aria-label', t('documents.ui.text'))
  }, [editor, t])
  if (editor === null) return <LoadingState />
  return (
    <div className={`sheet-scroll mode-${desk.mode}`}>
      <div className="paper-sheet">
        <EditorContent editor={editor} />
      </div>
    </div>
  )
}
